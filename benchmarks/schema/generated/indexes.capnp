# How indexes.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xaa53f401c3fb6779;

struct Row @0xda52fb3e1c7052af $Netabase.cpp("indexes0::Row") {
  id @0 :UInt64;
  name @1 :Text;
  number0 @2 :UInt64;
  number1 @3 :UInt64;
  number2 @4 :UInt64;
  number3 @5 :UInt64;
  number4 @6 :UInt64;
  number5 @7 :UInt64;
  number6 @8 :UInt64;
  number7 @9 :UInt64;
  number8 @10 :UInt64;
  number9 @11 :UInt64;
}

struct Row2 @0xc5ed345752a9226e $Netabase.cpp("indexes1::Row") {
  id @0 :UInt64;
  name @1 :Text;
  number0 @2 :UInt64;
  number1 @3 :UInt64;
  number2 @4 :UInt64;
  number3 @5 :UInt64;
  number4 @6 :UInt64;
  number5 @7 :UInt64;
  number6 @8 :UInt64;
  number7 @9 :UInt64;
  number8 @10 :UInt64;
  number9 @11 :UInt64;
}

struct Row3 @0x90290c8993c5ea72 $Netabase.cpp("indexes5::Row") {
  id @0 :UInt64;
  name @1 :Text;
  number0 @2 :UInt64;
  number1 @3 :UInt64;
  number2 @4 :UInt64;
  number3 @5 :UInt64;
  number4 @6 :UInt64;
  number5 @7 :UInt64;
  number6 @8 :UInt64;
  number7 @9 :UInt64;
  number8 @10 :UInt64;
  number9 @11 :UInt64;
}

struct Row4 @0xb36b0005b7b49632 $Netabase.cpp("indexes10::Row") {
  id @0 :UInt64;
  name @1 :Text;
  number0 @2 :UInt64;
  number1 @3 :UInt64;
  number2 @4 :UInt64;
  number3 @5 :UInt64;
  number4 @6 :UInt64;
  number5 @7 :UInt64;
  number6 @8 :UInt64;
  number7 @9 :UInt64;
  number8 @10 :UInt64;
  number9 @11 :UInt64;
}

struct Row5 @0x97bdee76d1ee45e1 $Netabase.cpp("indexes2::Row") {
  id @0 :UInt64;
  name @1 :Text;
  number0 @2 :UInt64;
  number1 @3 :UInt64;
  number2 @4 :UInt64;
  number3 @5 :UInt64;
  number4 @6 :UInt64;
  number5 @7 :UInt64;
  number6 @8 :UInt64;
  number7 @9 :UInt64;
  number8 @10 :UInt64;
  number9 @11 :UInt64;
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "Indexes0Definition", cppNamespace = "indexes0", schemaVersion = 2, models = [
    (number = 0, table = "Row", record = "Row",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]))
  ]),
  (name = "Indexes1Definition", cppNamespace = "indexes1", schemaVersion = 2, models = [
    (number = 0, table = "Row", record = "Row2",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "number0", parts = [(field = "number0")])
    ])
  ]),
  (name = "Indexes5Definition", cppNamespace = "indexes5", schemaVersion = 2, models = [
    (number = 0, table = "Row", record = "Row3",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "number0", parts = [(field = "number0")]),
      (number = 2, name = "number1", parts = [(field = "number1")]),
      (number = 3, name = "number2", parts = [(field = "number2")]),
      (number = 4, name = "number3", parts = [(field = "number3")]),
      (number = 5, name = "number4", parts = [(field = "number4")])
    ])
  ]),
  (name = "Indexes10Definition", cppNamespace = "indexes10", schemaVersion = 2, models = [
    (number = 0, table = "Row", record = "Row4",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "number0", parts = [(field = "number0")]),
      (number = 2, name = "number1", parts = [(field = "number1")]),
      (number = 3, name = "number2", parts = [(field = "number2")]),
      (number = 4, name = "number3", parts = [(field = "number3")]),
      (number = 5, name = "number4", parts = [(field = "number4")]),
      (number = 6, name = "number5", parts = [(field = "number5")]),
      (number = 7, name = "number6", parts = [(field = "number6")]),
      (number = 8, name = "number7", parts = [(field = "number7")]),
      (number = 9, name = "number8", parts = [(field = "number8")]),
      (number = 10, name = "number9", parts = [(field = "number9")])
    ])
  ]),
  (name = "Indexes2Definition", cppNamespace = "indexes2", schemaVersion = 1, models = [
    (number = 0, table = "Row", record = "Row5",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "number0", parts = [(field = "number0")]),
      (number = 2, name = "number1", parts = [(field = "number1")])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
];

# What netabase-gen notes beside the layout.
struct Netabase @0xf3f919f3495acb8b {
  # The C++ name, where it is another one.
  annotation cpp @0xea17514f3e40223f (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0xbfa01bfcaaf3dbf1 (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0x9cd2357b92927b75 (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xed36eebbb855c929 (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xf4e9289a62fd1a3a (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xbdb530ed73402e10 (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xde8e1a21a239eb71 (field, union, group) :Text;

  struct Definition @0xe7252f4a19a694d7 {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xe5e93a1bf7dc482b {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xa1f7144f14984665 {
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
  struct Part @0xa34fff296f887d17 {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0x8a093994d6b0648f {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0xfac59d7c2ad4baf8 {
    name @0 :Text;
    value @1 :Int64;
  }
}
