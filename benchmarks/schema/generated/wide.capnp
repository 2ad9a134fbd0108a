# How wide.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xed9843cc840fe3c5;

struct Point @0xbece25259a9dcfd0 $Netabase.cpp("wide::Point") {
  x @0 :Float64;
  y @1 :Float64;
}

struct Line @0xb4600d932f2b16d4 $Netabase.cpp("wide::Line") {
  from @0 :Point;
  to @1 :Point;
  label @2 :Text;
}

struct Drawing @0xb42557e0378ca560 $Netabase.cpp("wide::Drawing") {
  lines @0 :List(Line);
  frame :union {
    frameAbsent @1 :Void;
    frame @2 :Line;
  }
  author @3 :Text;
}

struct Everything @0xb3591021507d6c57 $Netabase.cpp("wide::Everything") {
  id @0 :UInt64;
  flag @1 :Bool;
  tiny @2 :Int8;
  small @3 :Int16;
  medium @4 :Int32;
  large @5 :Int64;
  tinyUnsigned @6 :UInt8 $Netabase.cpp("tiny_unsigned");
  smallUnsigned @7 :UInt16 $Netabase.cpp("small_unsigned");
  mediumUnsigned @8 :UInt32 $Netabase.cpp("medium_unsigned");
  single @9 :Float32;
  precise @10 :Float64;
  colour @11 :UInt8 $Netabase.enumeration("wide::Colour");
  created @12 :Int64 $Netabase.meaning("std::chrono::sys_time<std::chrono::seconds>");
  lasted @13 :Int64 $Netabase.meaning("std::chrono::milliseconds");
  text @14 :Text;
  bytes @15 :Data;
  uuid @16 :Data $Netabase.meaning("std::array<_, 16>");
  maybe :union {
    maybeAbsent @17 :Void;
    maybe @18 :UInt32;
  }
  numbers @19 :List(UInt32);
  texts @20 :List(Text);
  set @21 :List(UInt64) $Netabase.meaning("std::set");
  map @22 :List(MapTextUInt32Entry) $Netabase.meaning("std::map");
  pair @23 :PairUInt32Text;
  either @24 :VariantUInt64Text;
  drawing @25 :Drawing;
}

struct Document @0xe793a195bdc9a9e3 $Netabase.cpp("wide::Document") {
  id @0 :UInt64;
  number @1 :UInt64;
  text @2 :Text;
  vector @3 :List(Float32);
}

struct MapTextUInt32Entry @0xfaa05071495cbfa4 $Netabase.wrapper("std::pair<const std::string, std::uint32_t>") {
  key @0 :Text;
  value @1 :UInt32;
}

struct PairUInt32Text @0xe86d73c30aa4e725 $Netabase.wrapper("std::pair<std::uint32_t, std::string>") {
  first @0 :UInt32;
  second @1 :Text;
}

struct VariantUInt64Text @0x8e651bda30e5252b $Netabase.wrapper("std::variant<std::uint64_t, std::string>") {
  union {
    a0 @0 :UInt64;
    a1 @1 :Text;
  }
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "WideDefinition", cppNamespace = "wide", schemaVersion = 1, models = [
    (number = 0, table = "Everything", record = "Everything",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")])),
    (number = 1, table = "Document", record = "Document",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]))
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
  (cpp = "wide::Colour", underlying = "UInt8", enumerators = [
    (name = "red", value = 0),
    (name = "green", value = 1),
    (name = "blue", value = 2)
  ])
];

# What netabase-gen notes beside the layout.
struct Netabase @0x9678baa9a0b2a5c6 {
  # The C++ name, where it is another one.
  annotation cpp @0xe90e50e52add093e (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0xd0eced51a289b468 (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0xb747fc6d1a32a808 (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xa420f9f259f445e0 (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xcb1b258f999490d7 (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xbd574e9e832923f1 (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xf257a35e77872fd8 (field, union, group) :Text;

  struct Definition @0xfb57b708700f4e1c {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xecd71174a017894e {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xa45afde5041e4fb0 {
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
  struct Part @0x8236fbd88ddee810 {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0xf39af6798a8cb344 {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0xcc8da0d1b20979db {
    name @0 :Text;
    value @1 :Int64;
  }
}
