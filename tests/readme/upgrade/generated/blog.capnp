# How blog.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xd382dabbceb64bf1;

struct User @0x8436a47d51b21e8c $Netabase.cpp("blog::User") {
  id @0 :UInt64;
  username @1 :Text;
  removed2 @2 :Text $Netabase.removed("born") $Netabase.successor("born");
  born @3 :UInt16;
}

struct Post @0xd7ec58a71e0c88d1 $Netabase.cpp("blog::Post") {
  id @0 :UInt64;
  removed1 @1 :Text $Netabase.removed("tags") $Netabase.successor("tags");
  tags @2 :List(Text);
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "BlogDefinition", cppNamespace = "blog", schemaVersion = 2, models = [
    (number = 0, table = "User", record = "User",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "born", parts = [(field = "born")])
    ]),
    (number = 1, table = "Post", record = "Post",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "tags", perElement = true, parts = [(field = "tags")])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
];

# What netabase-gen notes beside the layout.
struct Netabase @0xfc3f58f0a0a12958 {
  # The C++ name, where it is another one.
  annotation cpp @0xc2938ef3c7a5a3e8 (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0xee38fb837fcb21ee (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0x892d9ff376c66aea (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xf555b5191c0a143a (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xaae44fbfd9515939 (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xa453821931b6b61b (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xbbc98adb9963feb2 (field, union, group) :Text;

  struct Definition @0xc17bd6c944395676 {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xa5a763c5da207f78 {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xfdfb4bf3a0fdcd42 {
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
  struct Part @0xbba9a0d0c28a5bf6 {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0x9b26af6c9bf1ebf2 {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0x82a7dfd5ee1d5bf5 {
    name @0 :Text;
    value @1 :Int64;
  }
}
