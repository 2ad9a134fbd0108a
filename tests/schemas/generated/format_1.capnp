# How format_1.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xccbdd2ee2e8940f1;

struct Address @0xc4095dd01ca670ce $Netabase.cpp("format_1::Address") {
  street @0 :Text;
  zip @1 :Text;
  floor :union {
    floorAbsent @2 :Void;
    floor @3 :UInt16;
  }
}

struct Branch @0xe5dc5b8f598a26b6 $Netabase.cpp("format_1::Branch") {
  name @0 :Text;
  branches @1 :List(Branch);
}

struct Thing @0xc22623e0d005f726 $Netabase.cpp("format_1::Thing") {
  name @0 :Text;
  flag @1 :Bool;
  i8 @2 :Int8;
  i16 @3 :Int16;
  i32 @4 :Int32;
  i64 @5 :Int64;
  u8 @6 :UInt8;
  u16 @7 :UInt16 = 7;
  u32 @8 :UInt32;
  u64 @9 :UInt64;
  f32 @10 :Float32;
  f64 @11 :Float64 = 0.5;
  i128 @12 :Int128;
  u128 @13 :UInt128;
  colour @14 :UInt8 = 1 $Netabase.enumeration("format_1::Colour");
  code @15 :Text;
  path @16 :Text $Netabase.meaning("std::filesystem::path");
  bytes @17 :Data;
  uuid @18 :Data $Netabase.meaning("std::array<_, 4>");
  lasts @19 :Int64 $Netabase.meaning("std::chrono::milliseconds");
  at @20 :Int64 $Netabase.meaning("std::chrono::sys_time<std::chrono::seconds>");
  day @21 :Int64 $Netabase.meaning("std::chrono::sys_time<std::chrono::days>");
  note :union {
    noteAbsent @22 :Void;
    note @23 :Text;
  }
  maybe :union {
    maybeAbsent @24 :Void;
    maybe @25 :Int32;
  }
  tags @26 :List(Text);
  triple @27 :List(Int16) $Netabase.meaning("std::array<_, 3>");
  bits @28 :List(Bool);
  numbers @29 :List(UInt32) $Netabase.meaning("std::set");
  words @30 :List(Text) $Netabase.meaning("std::unordered_set");
  scores @31 :List(MapTextInt32Entry) $Netabase.meaning("std::map");
  switches @32 :List(MapUInt32BoolEntry) $Netabase.meaning("std::unordered_map");
  gaps @33 :List(OptionalText);
  pair @34 :PairTextInt32;
  tuple @35 :TupleBoolTextFloat64;
  variant @36 :VariantInt64TextAddress;
  address @37 :Address;
  second :union {
    secondAbsent @38 :Void;
    second @39 :Address;
  }
  more @40 :List(Address);
  tree @41 :Branch;
  rank @42 :Float64;
}

struct Part @0x84876cd254a5a91f $Netabase.cpp("format_1::Part") {
  id @0 :UInt64;
  thing @1 :Text;
  next :union {
    nextAbsent @2 :Void;
    next @3 :UInt64;
  }
}

struct Cell @0xb015ba447ceffc7e $Netabase.cpp("format_1::Cell") {
  row @0 :Int32;
  column @1 :Text;
  text @2 :Text;
}

struct Int128 @0xc76d17af1084513a $Netabase.wrapper("netabase::Int128") {
  low @0 :UInt64;
  high @1 :Int64;
}

struct UInt128 @0xf241b76384e9b811 $Netabase.wrapper("netabase::UInt128") {
  low @0 :UInt64;
  high @1 :UInt64;
}

struct MapTextInt32Entry @0x8069a637ee7c7f43 $Netabase.wrapper("std::pair<const std::string, std::int32_t>") {
  key @0 :Text;
  value @1 :Int32;
}

struct MapUInt32BoolEntry @0x82b4f825cc2383ca $Netabase.wrapper("std::pair<const std::uint32_t, bool>") {
  key @0 :UInt32;
  value @1 :Bool;
}

struct OptionalText @0xe20cd86a906a8186 $Netabase.wrapper("std::optional<std::string>") {
  value :union {
    valueAbsent @0 :Void;
    value @1 :Text;
  }
}

struct PairTextInt32 @0xa3bf5f2a2528e72a $Netabase.wrapper("std::pair<std::string, std::int32_t>") {
  first @0 :Text;
  second @1 :Int32;
}

struct TupleBoolTextFloat64 @0x9bad89c358b6745f $Netabase.wrapper("std::tuple<bool, std::string, double>") {
  e0 @0 :Bool;
  e1 @1 :Text;
  e2 @2 :Float64;
}

struct VariantInt64TextAddress @0x98d1ccd675375a45 $Netabase.wrapper("std::variant<std::int64_t, std::string, format_1::Address>") {
  union {
    a0 @0 :Int64;
    a1 @1 :Text;
    a2 @2 :Address;
  }
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "FormatOneDefinition", cppNamespace = "format_1", schemaVersion = 1, models = [
    (number = 0, table = "Thing", record = "Thing",
     primaryKey = (number = 0, name = "primary", parts = [(field = "name")]), indexes = [
      (number = 1, name = "colour", where = "flag", parts = [(field = "colour")]),
      (number = 2, name = "code", unique = true, maxLength = 16, parts = [(field = "code")]),
      (number = 3, name = "uuid", parts = [(field = "uuid")]),
      (number = 4, name = "note", sparse = true, parts = [(field = "note")]),
      (number = 5, name = "tags", perElement = true, parts = [(field = "tags")]),
      (number = 6, name = "scores", perElement = true, parts = [(field = "scores")]),
      (number = 7, name = "initial", parts = [(field = "initial", computed = "std::string")]),
      (number = 8, name = "by_zip_rank", parts = [(field = "address.zip"), (field = "rank", descending = true), (field = "note")]),
      (number = 9, name = "by_at", where = "is_big()", parts = [(field = "at")])
    ]),
    (number = 1, table = "Part", record = "Part",
     primaryKey = (number = 0, name = "primary", automatic = true, parts = [(field = "id")]), indexes = [
      (number = 1, name = "thing", link = "Thing", onDelete = "cascade", parts = [(field = "thing")]),
      (number = 2, name = "next", sparse = true, link = "Part", onDelete = "set_null", parts = [(field = "next")])
    ]),
    (number = 2, table = "cells", record = "Cell",
     primaryKey = (number = 0, name = "primary", parts = [(field = "row"), (field = "column")]))
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
  (cpp = "format_1::Colour", underlying = "UInt8", enumerators = [
    (name = "red", value = 1),
    (name = "green", value = 2),
    (name = "blue", value = 200)
  ])
];

# What netabase-gen notes beside the layout.
struct Netabase @0xca99e52196e89a80 {
  # The C++ name, where it is another one.
  annotation cpp @0xbff0d6a73bb7f5d0 (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0xd7abf879ce3be886 (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0x8210ab52122a7352 (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xecff0f626d97bae2 (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xb195a6927cd61e21 (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0x94d762b86739dcd3 (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xce82f39a2ddcc6aa (field, union, group) :Text;

  struct Definition @0x8da072967ec67f6e {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0x8961010234d94d70 {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0x881033a7655e550a {
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
  struct Part @0xe9f1bebf9bc0212e {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0xd3230d5f71a7240a {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0xa1e46b9dfff3905d {
    name @0 :Text;
    value @1 :Int64;
  }
}
