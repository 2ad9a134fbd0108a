# How verdicts_v2.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0x97075802682d6699;

struct Box @0x8ce2815ee19f44a6 $Netabase.cpp("verdicts_v2::Crate") {
  width @0 :Int32;
  colour @1 :Text;
  depth @2 :Int64 = 7;
}

struct Follower @0xa7f2ee172b5f6743 $Netabase.cpp("verdicts_v2::Follower") {
  id @0 :UInt64;
  title @1 :Text;
  price :union $Netabase.initially("") {
    price @2 :Int32 = 5;
    priceAbsent @12 :Void;
  }
  removed3 @3 :Int32 $Netabase.removed("gone");
  either @4 :VariantTextInt32Box;
  many @5 :List(VariantTextInt32Float64);
  pairs @6 :List(MapInt32PairTextBoolEntry) $Netabase.meaning("std::map");
  row @7 :TupleInt32TextFloat64;
  tags @8 :List(Text) $Netabase.meaning("std::unordered_set");
  kind @9 :UInt8 $Netabase.enumeration("verdicts_v2::Kind");
  box @10 :Box;
  rank @11 :Int32;
  added @13 :Text = "new";
}

struct Retyped @0xc82520899b6fe2a0 $Netabase.cpp("verdicts_v2::Retyped") {
  id @0 :UInt64;
  removed1 @1 :Int32 $Netabase.removed("count") $Netabase.successor("count");
  last @2 :Text;
  count @3 :Text;
}

struct Renamed @0x951d05891b92a9f9 $Netabase.cpp("verdicts_v2::Renamed") {
  id @0 :UInt64;
  removed1 @1 :Int32 $Netabase.removed("age") $Netabase.successor("years");
  years @2 :Text;
}

struct Moved @0xbb39a0885200b844 $Netabase.cpp("verdicts_v2::Moved") {
  id @0 :UInt64;
  removed1 @1 :Text $Netabase.removed("city") $Netabase.successor("Address.city");
  address @2 :Address;
}

struct Required @0x90f861d71eb15594 $Netabase.cpp("verdicts_v2::Required") {
  id @0 :UInt64;
  removed2 :union $Netabase.removed("weight") $Netabase.successor("weight") {
    removed2Absent @1 :Void;
    removed2 @2 :Int32;
  }
  weight @3 :Int32;
}

struct Swapped @0xaf855590d63d59ff $Netabase.cpp("verdicts_v2::Swapped") {
  id @0 :UInt64;
  removed1 @1 :VariantTextInt32 $Netabase.removed("either") $Netabase.successor("either");
  either @2 :VariantInt32Text;
}

struct Renumbered @0xc2eecd21f75fa1c4 $Netabase.cpp("verdicts_v2::Renumbered") {
  id @0 :UInt64;
  size @1 :UInt8 $Netabase.enumeration("verdicts_v2::Size") $Netabase.initially("1");
}

struct Rekeyed @0xa8d23b2abac764fa $Netabase.cpp("verdicts_v2::Rekeyed") {
  id @0 :UInt64;
  code @1 :Text;
}

struct Unique @0x9d57b055d12ddb0a $Netabase.cpp("verdicts_v2::Unique") {
  id @0 :UInt64;
  email @1 :Text;
}

struct VariantTextInt32 @0xc8528707d4e44e7d $Netabase.wrapper("std::variant<std::string, std::int32_t>") $Netabase.removed("std::variant<std::string, std::int32_t>") {
  union {
    a0 @0 :Text;
    a1 @1 :Int32;
  }
}

struct PairTextBool @0xc04fb21b38398fb2 $Netabase.wrapper("std::pair<std::string, bool>") {
  first @0 :Text;
  second @1 :Bool;
}

struct MapInt32PairTextBoolEntry @0x8d2f0def6e3d3b22 $Netabase.wrapper("std::pair<const std::int32_t, std::pair<std::string, bool>>") {
  key @0 :Int32;
  value @1 :PairTextBool;
}

struct TupleInt32Text @0xab98cd084c42294c $Netabase.wrapper("std::tuple<std::int32_t, std::string>") $Netabase.removed("std::tuple<std::int32_t, std::string>") {
  e0 @0 :Int32;
  e1 @1 :Text;
}

struct Address @0xe0e382dba52a453c $Netabase.cpp("verdicts_v2::Address") {
  city @0 :Text;
}

struct VariantTextInt32Box @0xf3d58599c3797893 $Netabase.wrapper("std::variant<std::string, std::int32_t, verdicts_v2::Crate>") {
  union {
    a0 @0 :Text;
    a1 @1 :Int32;
    a2 @2 :Box;
  }
}

struct VariantTextInt32Float64 @0xdf00676dc6684842 $Netabase.wrapper("std::variant<std::string, std::int32_t, double>") {
  union {
    a0 @0 :Text;
    a1 @1 :Int32;
    a2 @2 :Float64;
  }
}

struct TupleInt32TextFloat64 @0xa9fc9bd91203d6af $Netabase.wrapper("std::tuple<std::int32_t, std::string, double>") {
  e0 @0 :Int32;
  e1 @1 :Text;
  e2 @2 :Float64;
}

struct VariantInt32Text @0x84be9646245c1ed9 $Netabase.wrapper("std::variant<std::int32_t, std::string>") {
  union {
    a0 @0 :Int32;
    a1 @1 :Text;
  }
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "VerdictsDefinition", cppNamespace = "verdicts_v2", schemaVersion = 2, models = [
    (number = 0, table = "Follower", record = "Follower",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "rank", where = "is_ranked()", parts = [(field = "rank")])
    ]),
    (number = 1, table = "Retyped", record = "Retyped",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")])),
    (number = 2, table = "Renamed", record = "Renamed",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")])),
    (number = 3, table = "Moved", record = "Moved",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")])),
    (number = 4, table = "Required", record = "Required",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")])),
    (number = 5, table = "Swapped", record = "Swapped",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")])),
    (number = 6, table = "Renumbered", record = "Renumbered",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")])),
    (number = 7, table = "Rekeyed", record = "Rekeyed",
     primaryKey = (number = 0, name = "primary", parts = [(field = "code")])),
    (number = 8, table = "Unique", record = "Unique",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "email", unique = true, parts = [(field = "email")])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
  (cpp = "verdicts_v2::Kind", underlying = "UInt8", enumerators = [
    (name = "plain", value = 0),
    (name = "fancy", value = 1),
    (name = "newest", value = 2)
  ]),
  (cpp = "verdicts_v2::Size", underlying = "UInt8", enumerators = [
    (name = "large", value = 0),
    (name = "small", value = 1)
  ])
];

# What netabase-gen notes beside the layout.
struct Netabase @0xba960818b43f4bc9 {
  # The C++ name, where it is another one.
  annotation cpp @0xffdfe552288f55fd (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0x837c5deb370c2ffb (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0x8b97d93c9d7917e3 (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xccb9b079ec19b1e7 (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xe8de4c7a9ffcbb80 (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xc8ff4718430cdac6 (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xae5bdc9e6b61971f (field, union, group) :Text;

  struct Definition @0x8db55dfc89a1251d {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xb6b8adf54969f6c1 {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xc7de1852521a3a73 {
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
  struct Part @0xe1ff0dff4dac0891 {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0xa46c846a9fcd2f31 {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0xb53402dd3ae98106 {
    name @0 :Text;
    value @1 :Int64;
  }
}
