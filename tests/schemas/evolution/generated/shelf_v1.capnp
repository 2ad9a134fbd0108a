# How shelf_v1.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0x85d3fe6baa29e1f1;

struct Writer @0xce8e4f29dfa4816a $Netabase.cpp("shelf_v1::Writer") {
  id @0 :UInt64;
  name @1 :Text;
}

struct Book @0xfdfcc97216d884f8 $Netabase.cpp("shelf_v1::Book") {
  id @0 :UInt64;
  writerId @1 :UInt64 $Netabase.cpp("writer_id");
  title @2 :Text;
  place @3 :Text;
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "ShelfDefinition", cppNamespace = "shelf_v1", schemaVersion = 1, models = [
    (number = 0, table = "Writer", record = "Writer",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")])),
    (number = 1, table = "Book", record = "Book",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "place", parts = [(field = "place")])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
];

# What netabase-gen notes beside the layout.
struct Netabase @0xe3f66412d0665174 {
  # The C++ name, where it is another one.
  annotation cpp @0x97e2f441639a9ef4 (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0xd7f82487d748b4ba (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0xf9af4c61bda8697e (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xb0194344f3887766 (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xb3b7f143c257e285 (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xb56cbab14459b4df (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xdb009d865d14240e (field, union, group) :Text;

  struct Definition @0xbe566f8672a77f32 {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xc17417f458eec55c {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xd39ca1413d38b746 {
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
  struct Part @0xbc96d7b16189d4f2 {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0x82a7ee0f4be61de6 {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0x9b55b13091d698d1 {
    name @0 :Text;
    value @1 :Int64;
  }
}
