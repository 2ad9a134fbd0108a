# How users.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xe1a9382b77d2ec51;

struct User @0xb6d5d078355b4f00 $Netabase.cpp("users::User") {
  id @0 :UInt64;
  username @1 :Text;
  email @2 :Text;
  age @3 :UInt32;
  city :union {
    cityAbsent @4 :Void;
    city @5 :Text;
  }
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "UsersDefinition", cppNamespace = "users", schemaVersion = 1, models = [
    (number = 0, table = "User", record = "User",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "email", unique = true, parts = [(field = "email")]),
      (number = 2, name = "age", parts = [(field = "age")]),
      (number = 3, name = "city", sparse = true, parts = [(field = "city")])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
];

# What netabase-gen notes beside the layout.
struct Netabase @0x82a7077bb6a1bb32 {
  # The C++ name, where it is another one.
  annotation cpp @0xbd6a25acb42deb4a (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0xcc1a8eddc81d21f4 (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0xb6b59e5563cac20c (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xb33edaf68ef9950c (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0x8aa4f35749bf15e3 (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0x9b6d8f6232310365 (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xb2afc040ba173fa4 (field, union, group) :Text;

  struct Definition @0xe991c4d01aa10858 {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xe10ecfa45525fd72 {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xf865d2ac8d2ada94 {
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
  struct Part @0xeda09eec6a8ce82c {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0xefaaa145a5ad7238 {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0xc454d728873ef147 {
    name @0 :Text;
    value @1 :Int64;
  }
}
