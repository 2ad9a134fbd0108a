# How sightings.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xab8d57f4de76d881;

struct Part @0xd6e4d5445fbc1ede $Netabase.cpp("sightings::Part") {
  name @0 :Text;
  corner @1 :List(Int16) $Netabase.meaning("std::array<_, 2>");
  parts @2 :List(Part);
}

struct Sighting @0xcfb4182ea303ba28 $Netabase.cpp("sightings::Sighting") {
  camera @0 :Text $Netabase.meaning("std::filesystem::path");
  at @1 :Int64 $Netabase.meaning("std::chrono::sys_time<std::chrono::milliseconds>");
  serial @2 :UInt128;
  day @3 :Int64 $Netabase.meaning("std::chrono::sys_time<std::chrono::days>");
  length @4 :Float64 = 1.5 $Netabase.meaning("std::chrono::hours");
  maybeDay :union $Netabase.cpp("maybe_day") $Netabase.meaning("std::chrono::sys_time<std::chrono::days>") {
    maybeDayAbsent @5 :Void;
    maybeDay @6 :Int64;
  }
  exposure @7 :Int64 = 20 $Netabase.meaning("std::chrono::milliseconds");
  distance :union {
    distanceAbsent @8 :Void;
    distance @9 :Int128;
  }
  tags @10 :List(Text) $Netabase.meaning("std::set");
  lenses @11 :List(Int32) $Netabase.meaning("std::unordered_set");
  size @12 :List(UInt16) $Netabase.meaning("std::array<_, 2>");
  returns @13 :List(Int64) $Netabase.meaning("std::vector<std::chrono::sys_time<std::chrono::days>>");
  copies @14 :List(Text) $Netabase.meaning("std::set<std::filesystem::path>");
  uuid @15 :Data $Netabase.meaning("std::array<_, 16>");
  parts @16 :List(Part);
  groups @17 :List(List(Int32)) $Netabase.meaning("std::vector<std::set>");
  matrix @18 :List(List(Float64));
}

struct Account @0xdbdbfe9671c47d86 $Netabase.cpp("sightings::Account") {
  number @0 :Int128;
  age @1 :Int64 $Netabase.meaning("std::chrono::seconds");
}

struct UInt128 @0xf241b76384e9b811 $Netabase.wrapper("netabase::UInt128") {
  low @0 :UInt64;
  high @1 :UInt64;
}

struct Int128 @0xc76d17af1084513a $Netabase.wrapper("netabase::Int128") {
  low @0 :UInt64;
  high @1 :Int64;
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "SightingsDefinition", cppNamespace = "sightings", schemaVersion = 1, models = [
    (number = 0, table = "Sighting", record = "Sighting",
     primaryKey = (number = 0, name = "primary", parts = [(field = "camera"), (field = "at")]), indexes = [
      (number = 1, name = "exposure", parts = [(field = "exposure")]),
      (number = 2, name = "distance", sparse = true, parts = [(field = "distance")]),
      (number = 3, name = "tags", perElement = true, parts = [(field = "tags")]),
      (number = 4, name = "lenses", perElement = true, parts = [(field = "lenses")]),
      (number = 5, name = "size", perElement = true, parts = [(field = "size")]),
      (number = 6, name = "returns", perElement = true, parts = [(field = "returns")]),
      (number = 7, name = "copies", perElement = true, parts = [(field = "copies")]),
      (number = 8, name = "uuid", unique = true, parts = [(field = "uuid")]),
      (number = 9, name = "by_day", parts = [(field = "day", descending = true), (field = "camera")]),
      (number = 10, name = "by_serial", unique = true, parts = [(field = "serial", descending = true)]),
      (number = 11, name = "by_length", parts = [(field = "length"), (field = "maybe_day")])
    ]),
    (number = 1, table = "Account", record = "Account",
     primaryKey = (number = 0, name = "primary", parts = [(field = "number")]), indexes = [
      (number = 1, name = "age", parts = [(field = "age")])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
];

# What netabase-gen notes beside the layout.
struct Netabase @0x84fb78442e1c9f61 {
  # The C++ name, where it is another one.
  annotation cpp @0xa7d417eba8b62c35 (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0x93a783d9fd505303 (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0xb99755f0bb973d1b (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0x8621c8545a4e8b1f (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xf0e95a0c56adf2d8 (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xc6e27b52593ffe6e (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0x8a9f80e9c7a804c7 (field, union, group) :Text;

  struct Definition @0xeb9fe01e42a98085 {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0x827dcc07872119e9 {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xe319caeb81f15e2b {
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
  struct Part @0xaa4aa0ce876cd4b9 {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0x8f77d73ac7938a99 {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0xe6c7c72047b8655e {
    name @0 :Text;
    value @1 :Int64;
  }
}
