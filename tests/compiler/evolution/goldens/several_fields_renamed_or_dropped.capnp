# How several_fields_renamed_or_dropped.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xc00438927b200821;

struct Item @0xdf51a1088caf1d82 $Netabase.cpp("shop::Item") {
  id @0 :UInt64;
  name @1 :Text;
  colour @2 :Text;
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "ShopDefinition", cppNamespace = "shop", schemaVersion = 1, models = [
    (number = 0, table = "Item", record = "Item",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]))
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
];

# What netabase-gen notes beside the layout.
struct Netabase @0xb4480f646be7c56e {
  # The C++ name, where it is another one.
  annotation cpp @0xade18eddb03398c6 (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0xb44aac58a4625480 (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0x9bff99129905bb90 (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xc9985ff83ad42948 (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xa4e92fc0ff92eebf (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xc6f878573c1773e9 (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xe1e854944712af10 (field, union, group) :Text;

  struct Definition @0x8c42bd096a88e3d4 {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xb3453f91a55ad246 {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xf27fdbddd6dfec18 {
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
  struct Part @0xe1c1f123bdadd888 {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0xa0596bbf84f2223c {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0xe67c3104e95c4303 {
    name @0 :Text;
    value @1 :Int64;
  }
}
