# How office.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xa5048f3527abf329;

struct Person @0x858b034c972e0644 $Netabase.cpp("office::Person") {
  id @0 :UInt64;
  name @1 :Text;
  boss :union {
    bossAbsent @2 :Void;
    boss @3 :UInt64;
  }
}

struct Team @0x974fe2ad02614930 $Netabase.cpp("office::Team") {
  name @0 :Text;
  lead @1 :UInt64;
  members @2 :List(UInt64);
  within :union {
    withinAbsent @3 :Void;
    within @4 :Text;
  }
}

struct Task @0xbb6c64ad17402920 $Netabase.cpp("office::Task") {
  id @0 :UInt64;
  team :union {
    teamAbsent @1 :Void;
    team @2 :Text;
  }
  parent :union {
    parentAbsent @3 :Void;
    parent @4 :UInt64;
  }
  waitsFor @5 :List(UInt64) $Netabase.cpp("waits_for");
  reviewers @6 :List(UInt64);
}

struct Badge @0x9de9d6874f8041a4 $Netabase.cpp("office::Badge") {
  person @0 :UInt64;
  code @1 :Text;
}

struct Access @0xfdced2f0ac56a0ff $Netabase.cpp("office::Access") {
  badge @0 :UInt64;
  team @1 :Text;
}

struct Seat @0xc98629940a442654 $Netabase.cpp("office::Seat") {
  number @0 :UInt32;
  person :union {
    personAbsent @1 :Void;
    person @2 :UInt64;
  }
}

struct Folder @0x83bbc883d530e1b8 $Netabase.cpp("drawer::Folder") {
  id @0 :UInt64;
  within :union {
    withinAbsent @1 :Void;
    within @2 :UInt64;
  }
  name @3 :Text;
}

struct Sheet @0xb53bb5b2a4f95cdf $Netabase.cpp("drawer::Sheet") {
  id @0 :UInt64;
  folder @1 :UInt64;
}

struct ByEnum @0xa53f336958d67a14 $Netabase.cpp("kinds::ByEnum") {
  id @0 :UInt8 $Netabase.enumeration("kinds::Colour");
}

struct ByFixedBytes @0xcaf80b52e743d29c $Netabase.cpp("kinds::ByFixedBytes") {
  id @0 :Data $Netabase.meaning("std::array<_, 16>");
}

struct ByBytes @0xa0874a30ad76ede0 $Netabase.cpp("kinds::ByBytes") {
  id @0 :Data;
}

struct ByDouble @0xcba476626bd9d664 $Netabase.cpp("kinds::ByDouble") {
  id @0 :Float64;
}

struct ByBool @0xeba6615eafb0e8d9 $Netabase.cpp("kinds::ByBool") {
  id @0 :Bool;
}

struct BySigned @0x9504ef0e78b50999 $Netabase.cpp("kinds::BySigned") {
  id @0 :Int16;
}

struct Holder @0x9869761596a7182a $Netabase.cpp("kinds::Holder") {
  id @0 :UInt64;
  colour @1 :UInt8 $Netabase.enumeration("kinds::Colour");
  colours @2 :List(UInt8) $Netabase.enumeration("kinds::Colour");
  fixed :union $Netabase.meaning("std::array<_, 16>") {
    fixedAbsent @3 :Void;
    fixed @4 :Data;
  }
  bytes @5 :List(Data);
  numbers @6 :List(Float64);
  flags @7 :List(Bool);
  number :union {
    numberAbsent @8 :Void;
    number @9 :Int16;
  }
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "OfficeDefinition", cppNamespace = "office", schemaVersion = 1, models = [
    (number = 0, table = "Person", record = "Person",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "boss", sparse = true, link = "Person", onDelete = "set_null", parts = [(field = "boss")])
    ]),
    (number = 1, table = "Team", record = "Team",
     primaryKey = (number = 0, name = "primary", parts = [(field = "name")]), indexes = [
      (number = 1, name = "lead", link = "Person", onDelete = "restrict", parts = [(field = "lead")]),
      (number = 2, name = "members", perElement = true, link = "Person", onDelete = "set_null", parts = [(field = "members")]),
      (number = 3, name = "within", sparse = true, link = "Team", onDelete = "restrict", parts = [(field = "within")])
    ]),
    (number = 2, table = "Task", record = "Task",
     primaryKey = (number = 0, name = "primary", automatic = true, parts = [(field = "id")]), indexes = [
      (number = 1, name = "team", sparse = true, link = "Team", onDelete = "cascade", parts = [(field = "team")]),
      (number = 2, name = "parent", sparse = true, link = "Task", onDelete = "cascade", parts = [(field = "parent")]),
      (number = 3, name = "waits_for", perElement = true, link = "Task", onDelete = "cascade", parts = [(field = "waits_for")]),
      (number = 4, name = "reviewers", perElement = true, link = "Person", onDelete = "restrict", parts = [(field = "reviewers")])
    ]),
    (number = 3, table = "Badge", record = "Badge",
     primaryKey = (number = 0, name = "primary", parts = [(field = "person")]), indexes = [
      (number = 1, name = "person", link = "Person", onDelete = "cascade", parts = [(field = "person")]),
      (number = 2, name = "code", unique = true, parts = [(field = "code")])
    ]),
    (number = 4, table = "Access", record = "Access",
     primaryKey = (number = 0, name = "primary", parts = [(field = "badge"), (field = "team")]), indexes = [
      (number = 1, name = "badge", link = "Badge", onDelete = "cascade", parts = [(field = "badge")]),
      (number = 2, name = "team", link = "Team", onDelete = "cascade", parts = [(field = "team")])
    ]),
    (number = 5, table = "Seat", record = "Seat",
     primaryKey = (number = 0, name = "primary", parts = [(field = "number")]), indexes = [
      (number = 1, name = "person", unique = true, sparse = true, link = "Person", onDelete = "set_null", parts = [(field = "person")])
    ])
  ]),
  (name = "DrawerDefinition", cppNamespace = "drawer", schemaVersion = 1, models = [
    (number = 0, table = "Folder", record = "Folder",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "within", sparse = true, link = "Folder", onDelete = "set_null", parts = [(field = "within")]),
      (number = 2, name = "by_place", unique = true, parts = [(field = "within"), (field = "name")])
    ]),
    (number = 1, table = "Sheet", record = "Sheet",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "folder", link = "Folder", onDelete = "cascade", parts = [(field = "folder")])
    ])
  ]),
  (name = "KindsDefinition", cppNamespace = "kinds", schemaVersion = 1, models = [
    (number = 0, table = "ByEnum", record = "ByEnum",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")])),
    (number = 1, table = "ByFixedBytes", record = "ByFixedBytes",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")])),
    (number = 2, table = "ByBytes", record = "ByBytes",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")])),
    (number = 3, table = "ByDouble", record = "ByDouble",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")])),
    (number = 4, table = "ByBool", record = "ByBool",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")])),
    (number = 5, table = "BySigned", record = "BySigned",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")])),
    (number = 6, table = "Holder", record = "Holder",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "colour", link = "ByEnum", onDelete = "restrict", parts = [(field = "colour")]),
      (number = 2, name = "colours", perElement = true, link = "ByEnum", onDelete = "set_null", parts = [(field = "colours")]),
      (number = 3, name = "fixed", sparse = true, link = "ByFixedBytes", onDelete = "set_null", parts = [(field = "fixed")]),
      (number = 4, name = "bytes", perElement = true, link = "ByBytes", onDelete = "set_null", parts = [(field = "bytes")]),
      (number = 5, name = "numbers", perElement = true, link = "ByDouble", onDelete = "set_null", parts = [(field = "numbers")]),
      (number = 6, name = "flags", perElement = true, link = "ByBool", onDelete = "set_null", parts = [(field = "flags")]),
      (number = 7, name = "number", sparse = true, link = "BySigned", onDelete = "cascade", parts = [(field = "number")])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
  (cpp = "kinds::Colour", underlying = "UInt8", enumerators = [
    (name = "red", value = 0),
    (name = "green", value = 1),
    (name = "blue", value = 2)
  ])
];

# What netabase-gen notes beside the layout.
struct Netabase @0xda6d3240ddeac67b {
  # The C++ name, where it is another one.
  annotation cpp @0xf841a1c6d16dca6f (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0xbf71291a061e0dc1 (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0xb023358c61795f25 (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xff8a18b7ea5e9c79 (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xeb403771f014742a (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xde1f551c2031c460 (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0x91d56ba0a317b461 (field, union, group) :Text;

  struct Definition @0xa1ecb65f49dbdf47 {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0x8e384c2ab9ae3e9b {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xb3f464c6ab05e975 {
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
  struct Part @0xa375ab65254623c7 {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0xdfa0c4c48afd60ff {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0xf72840ef94f883c8 {
    name @0 :Text;
    value @1 :Int64;
  }
}
