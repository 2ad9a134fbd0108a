# How games.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0x9b12d10c7bb13ce3;

struct Move @0xcfcb36d6ea6a7585 $Netabase.cpp("games::Move") {
  from @0 :PairInt8Int8;
  to @1 :PairInt8Int8;
  remark :union {
    remarkAbsent @2 :Void;
    remark @3 :Text;
  }
}

struct Resigned @0x93ddae894d9821d1 $Netabase.cpp("games::Resigned") {
  side @0 :UInt8 = 1 $Netabase.enumeration("games::Colour");
}

struct Game @0x8613e12a8ad76f2a $Netabase.cpp("games::Game") {
  id @0 :UInt64;
  scores @1 :List(MapTextInt32Entry) $Netabase.meaning("std::map");
  notes @2 :List(MapInt64MoveEntry) $Netabase.meaning("std::unordered_map");
  tags @3 :List(MapDataListTextEntry) $Netabase.meaning("std::map");
  players @4 :PairTextText;
  rules @5 :TupleUInt8BoolOptionalFloat64;
  moves @6 :List(Move);
  result @7 :VariantVoidColourResignedTextMove;
  log @8 :List(VariantTextTextInt32);
  clocks @9 :List(MapTextMapColourUInt32Entry) $Netabase.meaning("std::unordered_map");
}

struct PairInt8Int8 @0x9d1bec4b77e51a34 $Netabase.wrapper("std::pair<std::int8_t, std::int8_t>") {
  first @0 :Int8;
  second @1 :Int8;
}

struct MapTextInt32Entry @0x8069a637ee7c7f43 $Netabase.wrapper("std::pair<const std::string, std::int32_t>") {
  key @0 :Text;
  value @1 :Int32;
}

struct MapInt64MoveEntry @0xbadf44edab3d048e $Netabase.wrapper("std::pair<const std::int64_t, games::Move>") {
  key @0 :Int64;
  value @1 :Move;
}

struct MapDataListTextEntry @0xaafab25a8799b2c1 $Netabase.wrapper("std::pair<const std::array<std::uint8_t, 2>, std::vector<std::string>>") {
  key @0 :Data $Netabase.meaning("std::array<_, 2>");
  value @1 :List(Text);
}

struct PairTextText @0xef905e15048766d6 $Netabase.wrapper("std::pair<std::string, std::string>") {
  first @0 :Text;
  second @1 :Text;
}

struct TupleUInt8BoolOptionalFloat64 @0xce10f12a7065781c $Netabase.wrapper("std::tuple<std::uint8_t, bool, std::optional<double>>") {
  e0 @0 :UInt8;
  e1 @1 :Bool;
  e2 :union {
    e2Absent @2 :Void;
    e2 @3 :Float64;
  }
}

struct VariantVoidColourResignedTextMove @0xe4892fac7382ca21 $Netabase.wrapper("std::variant<std::monostate, games::Colour, games::Resigned, std::string, games::Move>") {
  union {
    a0 @0 :Void;
    a1 @1 :UInt8 $Netabase.enumeration("games::Colour");
    a2 @2 :Resigned;
    a3 @3 :Text;
    a4 @4 :Move;
  }
}

struct VariantTextTextInt32 @0xbd154954b7785e27 $Netabase.wrapper("std::variant<std::string, std::string, std::int32_t>") {
  union {
    a0 @0 :Text;
    a1 @1 :Text;
    a2 @2 :Int32;
  }
}

struct MapColourUInt32Entry @0x8dd9b45172da96d3 $Netabase.wrapper("std::pair<const games::Colour, std::uint32_t>") {
  key @0 :UInt8 $Netabase.enumeration("games::Colour");
  value @1 :UInt32;
}

struct MapTextMapColourUInt32Entry @0xd1461048f0f91ef0 $Netabase.wrapper("std::pair<const std::string, std::map<games::Colour, std::uint32_t>>") {
  key @0 :Text;
  value @1 :List(MapColourUInt32Entry) $Netabase.meaning("std::map");
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "GamesDefinition", cppNamespace = "games", schemaVersion = 1, models = [
    (number = 0, table = "Game", record = "Game",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "scores", perElement = true, parts = [(field = "scores")]),
      (number = 2, name = "notes", perElement = true, parts = [(field = "notes")]),
      (number = 3, name = "tags", perElement = true, parts = [(field = "tags")])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
  (cpp = "games::Colour", underlying = "UInt8", enumerators = [
    (name = "white", value = 0),
    (name = "black", value = 1)
  ])
];

# What netabase-gen notes beside the layout.
struct Netabase @0x828dbd93962b3015 {
  # The C++ name, where it is another one.
  annotation cpp @0xe04efa3d316fd399 (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0x93696cf8cc2b80e7 (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0xb1ff2a40b7e828b7 (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xecb9316d935024f3 (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xb81a7b845f5473fc (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xfa04fdb39000084a (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0x91468a0b473e588b (field, union, group) :Text;

  struct Definition @0xc934cee088c6ae09 {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xcb07ca63dca9aa55 {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0x9c1dbd3d0b206d57 {
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
  struct Part @0xa0bcfe667cefb43d {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0x9edbdc0d41f1f8e5 {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0xdf2c22cc31ed92f2 {
    name @0 :Text;
    value @1 :Int64;
  }
}
