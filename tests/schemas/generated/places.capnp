# How places.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0x9df8c892c74b9959;

struct Place @0xa2194000121ec004 $Netabase.cpp("places::Place") {
  path @0 :Text;
  slug @1 :Text;
  name @2 :Text;
  labels @3 :List(Text);
  region :union {
    regionAbsent @4 :Void;
    region @5 :Text;
  }
  height @6 :Int32;
}

struct Visit @0x821c60ae51ddb634 $Netabase.cpp("places::Visit") {
  path @0 :Text;
  time @1 :Int64;
  visitor @2 :Text;
  tickets @3 :List(Text);
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "PlacesDefinition", cppNamespace = "places", schemaVersion = 1, models = [
    (number = 0, table = "Place", record = "Place",
     primaryKey = (number = 0, name = "primary", parts = [(field = "path")]), indexes = [
      (number = 1, name = "slug", unique = true, parts = [(field = "slug")]),
      (number = 2, name = "name", parts = [(field = "name")]),
      (number = 3, name = "labels", perElement = true, parts = [(field = "labels")]),
      (number = 4, name = "region", sparse = true, parts = [(field = "region")]),
      (number = 5, name = "by_region_name", parts = [(field = "region"), (field = "name", descending = true)]),
      (number = 6, name = "by_name_height", unique = true, parts = [(field = "name"), (field = "height")])
    ]),
    (number = 1, table = "Visit", record = "Visit",
     primaryKey = (number = 0, name = "primary", parts = [(field = "path"), (field = "time")]), indexes = [
      (number = 1, name = "visitor", parts = [(field = "visitor")]),
      (number = 2, name = "tickets", unique = true, perElement = true, parts = [(field = "tickets")])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
];

# What netabase-gen notes beside the layout.
struct Netabase @0x8e4dc6e2c02f63a8 {
  # The C++ name, where it is another one.
  annotation cpp @0x820bb9482eaa03b8 (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0xe0b38f70d057b9de (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0x844b893a312d07ba (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xfb952a685ca8c3aa (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xf58a7e0052004509 (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0x877a6f9bac153ecb (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0x9b29f27714cfaf42 (field, union, group) :Text;

  struct Definition @0x97f470b00a577746 {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xa098da0d954f4188 {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xbd06764807a55b32 {
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
  struct Part @0xadbe9f4732b13506 {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0x8f8eccdbf58a5b82 {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0xb1a4584486b942e5 {
    name @0 :Text;
    value @1 :Int64;
  }
}
