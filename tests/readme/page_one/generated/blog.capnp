# How blog.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xfcee2998d0766c61;

struct User @0x8fad10f20ae15fde $Netabase.cpp("blog::User") {
  id @0 :UInt64;
  username @1 :Text;
  email @2 :Text;
  city :union {
    cityAbsent @3 :Void;
    city @4 :Text;
  }
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "BlogDefinition", cppNamespace = "blog", schemaVersion = 1, models = [
    (number = 0, table = "User", record = "User",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "email", unique = true, parts = [(field = "email")]),
      (number = 2, name = "city", sparse = true, parts = [(field = "city")])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
];

# What netabase-gen notes beside the layout.
struct Netabase @0xd1365261fc87f593 {
  # The C++ name, where it is another one.
  annotation cpp @0xb72523b874453787 (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0xe8f4a6fe70e3e9e9 (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0xbfe8f06d3759813d (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xbdfcb71d977898f1 (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xa0c7e7f97b3b6842 (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xf9469791679e03e8 (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0x8373dd26280cbb69 (field, union, group) :Text;

  struct Definition @0xf285f7217690f36f {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xf07b9b4074926e63 {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xfeb666b89d73654d {
    number @0 :UInt16;
    name @1 :Text;
    parts @2 :List(Part);
    unique @3 :Bool;
    # The primary key is given by a sequence.
    automatic @4 :Bool;
    # No entry where the optional is absent.
    sparse @5 :Bool;
    # An entry for each element of the container, of a map each key.
    perElement @6 :Bool;
    # The most bytes of a value; 0: any.
    maxLength @7 :UInt64;
    removed @8 :Bool;
    # The table of the model whose primary keys these are, and what becomes of a record when the one it names is removed.
    link @9 :Text;
    onDelete @10 :Text;
    # Only records for which this bool field, or this function (with parentheses), says yes; empty: all.
    where @11 :Text;
  }
  struct Part @0x96e22ff03a2c498f {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0x9d57ea603b8b33a7 {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0xdd91ed0cf19cadc0 {
    name @0 :Text;
    value @1 :Int64;
  }
}
