# How people.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xc1273ddd01b41e37;

struct Person @0x8a33e43c172c0995 $Netabase.cpp("people::Person") {
  id @0 :UInt64;
  name @1 :Text;
  street @2 :Text;
  household @3 :UInt32;
  country @4 :UInt32;
  age @5 :UInt32;
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "PeopleDefinition", cppNamespace = "people", schemaVersion = 2, models = [
    (number = 0, table = "Person", record = "Person",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "household", parts = [(field = "household")]),
      (number = 2, name = "country", parts = [(field = "country")])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
];

# What netabase-gen notes beside the layout.
struct Netabase @0xd91ec8ffcb360f36 {
  # The C++ name, where it is another one.
  annotation cpp @0xde544ed5056ef72e (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0xd358072880e85578 (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0xaeb81d8d6ef8f278 (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xe87c53c548de6670 (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xf8cf06e8eb6e1247 (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xb0a17ca50a22afc1 (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xbc5673309aa799c8 (field, union, group) :Text;

  struct Definition @0x90ededdf84753f0c {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xc4ab1fcb679871fe {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0x9934fbd4de551ec0 {
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
  struct Part @0x9aa9ab7592fe3a80 {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0xb8d4850955ae8b74 {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0xe66755f4529f636b {
    name @0 :Text;
    value @1 :Int64;
  }
}
