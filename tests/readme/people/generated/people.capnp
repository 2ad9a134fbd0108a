# How people.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xfee23a26e4ccb2bd;

struct Address @0xd860835bc69e3afa $Netabase.cpp("people::Address") {
  zip @0 :Text;
  country @1 :Text;
}

struct Person @0xba5a6ac832cd3dbf $Netabase.cpp("people::Person") {
  id @0 :UInt64;
  handle @1 :Text;
  email @2 :Text;
  address :union {
    addressAbsent @3 :Void;
    address @4 :Address;
  }
  age @5 :UInt8;
  retired @6 :Bool;
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "PeopleDefinition", cppNamespace = "people", schemaVersion = 1, models = [
    (number = 0, table = "Person", record = "Person",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "handle", unique = true, where = "is_active()", parts = [(field = "handle")]),
      (number = 2, name = "domain", parts = [(field = "domain", computed = "std::string")]),
      (number = 3, name = "by_zip", sparse = true, parts = [(field = "address.zip")]),
      (number = 4, name = "by_domain_age", where = "is_active()", parts = [(field = "domain", computed = "std::string"), (field = "age", descending = true)])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
];

# What netabase-gen notes beside the layout.
struct Netabase @0xcc44524076e26f30 {
  # The C++ name, where it is another one.
  annotation cpp @0x8341c1fbad4d9340 (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0x9ecb952df3e62356 (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0x8c30ecd6a2687a42 (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0x8873b91804eb3932 (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xf98690b693955e11 (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xee5ee9bc1aa8cda3 (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xcccb592cbab2019a (field, union, group) :Text;

  struct Definition @0x84d40012f176735e {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xf2ac7464cf9184a0 {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xc8681efbd46d9b5a {
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
  struct Part @0xf694104800b2445e {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0xe148bddd10996f7a {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0xc43ffc90e0d8ac2d {
    name @0 :Text;
    value @1 :Int64;
  }
}
