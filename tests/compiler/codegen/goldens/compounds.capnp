# How compounds.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xaa10cf2710b2fcea;

struct Point @0xa765d532567a9959 $Netabase.cpp("compounds::Point") {
  x @0 :Int32;
  y @1 :Int32 = -1;
}

struct Place @0x8e4b884a3a4d41c4 $Netabase.cpp("compounds::Place") {
  name @0 :Text;
  position :union {
    positionAbsent @1 :Void;
    position @2 :PairFloat64Float64;
  }
  labels @3 :List(MapTextTextEntry) $Netabase.meaning("std::map");
}

struct Products @0xe328a6fc7c0e38a5 $Netabase.cpp("compounds::Products") {
  id @0 :UInt64;
  nameAndAge @1 :PairTextInt32 $Netabase.cpp("name_and_age");
  flags @2 :PairBoolSwitch;
  single @3 :TupleColour;
  mixed @4 :TupleInt8TextListUInt16DataDataFloat64;
  structs @5 :PairPointPlace;
  maybes @6 :PairOptionalInt64OptionalText;
  moreMaybes @7 :TupleOptionalPointOptionalOptionalBoolOptionalData $Netabase.cpp("more_maybes");
  maybePair :union $Netabase.cpp("maybe_pair") {
    maybePairAbsent @8 :Void;
    maybePair @9 :PairTextBool;
  }
  pairs @10 :List(PairTextFloat32);
  scalars @11 :List(TupleUInt8BoolColour);
  nested @12 :PairPairTextTextTupleTupleInt16;
  table @13 :List(List(PairPointListText));
}

struct Variants @0xf8c9d694548f69b7 $Netabase.cpp("compounds::Variants") {
  id @0 :UInt64;
  numberOrText @1 :VariantInt32Text $Netabase.cpp("number_or_text");
  scalar @2 :VariantVoidColourSwitchBoolFloat64;
  same @3 :VariantTextTextText;
  large @4 :VariantVoidPointPlaceListTextDataData;
  composed @5 :VariantDataOptionalTextPairTextInt64;
  nested @6 :VariantVariantVoidInt8ListVariantTextBool;
  nothing @7 :VariantVoidVoid;
  maybe :union {
    maybeAbsent @8 :Void;
    maybe @9 :VariantVoidUInt16;
  }
  many @10 :List(VariantVoidUInt64TextPoint);
  inPair @11 :PairVariantTextFloat32Colour $Netabase.cpp("in_pair");
}

struct Maps @0xd8e96577c852ee1e $Netabase.cpp("compounds::Maps") {
  id @0 :UInt64;
  scores @1 :List(MapTextInt32Entry) $Netabase.meaning("std::map");
  names @2 :List(MapInt64TextEntry) $Netabase.meaning("std::unordered_map");
  places @3 :List(MapTextPlaceEntry) $Netabase.meaning("std::unordered_map");
  colours @4 :List(MapColourBoolEntry) $Netabase.meaning("std::map");
  switches @5 :List(MapBoolSwitchEntry) $Netabase.meaning("std::map");
  measures @6 :List(MapFloat64Float32Entry) $Netabase.meaning("std::unordered_map");
  blobs @7 :List(MapDataDataEntry) $Netabase.meaning("std::map");
  digests @8 :List(MapDataOptionalTextEntry) $Netabase.meaning("std::map");
  lists @9 :List(MapTextListTextEntry) $Netabase.meaning("std::map");
  byPoint @10 :List(MapPointPairTextBoolEntry) $Netabase.cpp("by_point") $Netabase.meaning("std::map");
  byPair @11 :List(MapPairTextInt32VariantTextBoolEntry) $Netabase.cpp("by_pair") $Netabase.meaning("std::map");
  nested @12 :List(MapTextMapTextMapInt8TextEntry) $Netabase.meaning("std::map");
  many @13 :List(List(MapUInt32TextEntry)) $Netabase.meaning("std::vector<std::map>");
  maybe :union $Netabase.meaning("std::map") {
    maybeAbsent @14 :Void;
    maybe @15 :List(MapTextTextEntry);
  }
  either @16 :VariantMapTextInt32MapTextInt32;
}

struct Json @0xf0a29cb3aec2afbb $Netabase.cpp("compounds::Json") {
  value @0 :VariantVoidBoolFloat64TextListJsonMapTextJson;
}

struct Outline @0x8c0c16f496adbcd5 $Netabase.cpp("compounds::Outline") {
  title @0 :Text;
  chapters @1 :List(PairInt32ListOutline);
  notes @2 :List(MapInt32OutlineEntry) $Netabase.meaning("std::map");
}

struct Documents @0xc9038c2c4e6c1d8d $Netabase.cpp("compounds::Documents") {
  id @0 :UInt64;
  root @1 :Json;
  outline @2 :PairTextOutline;
}

struct PairFloat64Float64 @0xd75a2bcb37e0ae3e $Netabase.wrapper("std::pair<double, double>") {
  first @0 :Float64;
  second @1 :Float64;
}

struct MapTextTextEntry @0x9e93cc99a74d378d $Netabase.wrapper("std::pair<const std::string, std::string>") {
  key @0 :Text;
  value @1 :Text;
}

struct PairTextInt32 @0xa3bf5f2a2528e72a $Netabase.wrapper("std::pair<std::string, std::int32_t>") {
  first @0 :Text;
  second @1 :Int32;
}

struct PairBoolSwitch @0xc625b6c54aa92cdc $Netabase.wrapper("std::pair<bool, compounds::Switch>") {
  first @0 :Bool;
  second @1 :Bool $Netabase.enumeration("compounds::Switch");
}

struct TupleColour @0xc819312a2c6f7cc2 $Netabase.wrapper("std::tuple<compounds::Colour>") {
  e0 @0 :UInt8 $Netabase.enumeration("compounds::Colour");
}

struct TupleInt8TextListUInt16DataDataFloat64 @0xe4856aad0a94334c $Netabase.wrapper("std::tuple<std::int8_t, std::string, std::vector<std::uint16_t>, std::array<std::uint8_t, 4>, std::vector<std::byte>, double>") {
  e0 @0 :Int8;
  e1 @1 :Text;
  e2 @2 :List(UInt16);
  e3 @3 :Data $Netabase.meaning("std::array<_, 4>");
  e4 @4 :Data;
  e5 @5 :Float64;
}

struct PairPointPlace @0xea4cb3a563ca80b9 $Netabase.wrapper("std::pair<compounds::Point, compounds::Place>") {
  first @0 :Point;
  second @1 :Place;
}

struct PairOptionalInt64OptionalText @0xcfc1e8c19ed9b3b7 $Netabase.wrapper("std::pair<std::optional<std::int64_t>, std::optional<std::string>>") {
  first :union {
    firstAbsent @0 :Void;
    first @1 :Int64;
  }
  second :union {
    secondAbsent @2 :Void;
    second @3 :Text;
  }
}

struct OptionalBool @0xe488509590c8a222 $Netabase.wrapper("std::optional<bool>") {
  value :union {
    valueAbsent @0 :Void;
    value @1 :Bool;
  }
}

struct TupleOptionalPointOptionalOptionalBoolOptionalData @0xbfe91744b0e71b52 $Netabase.wrapper("std::tuple<std::optional<compounds::Point>, std::optional<std::optional<bool>>, std::optional<std::array<std::uint8_t, 4>>>") {
  e0 :union {
    e0Absent @0 :Void;
    e0 @1 :Point;
  }
  e1 :union {
    e1Absent @2 :Void;
    e1 @3 :OptionalBool;
  }
  e2 :union $Netabase.meaning("std::array<_, 4>") {
    e2Absent @4 :Void;
    e2 @5 :Data;
  }
}

struct PairTextBool @0xc04fb21b38398fb2 $Netabase.wrapper("std::pair<std::string, bool>") {
  first @0 :Text;
  second @1 :Bool;
}

struct PairTextFloat32 @0xf85ff0a7b4571244 $Netabase.wrapper("std::pair<std::string, float>") {
  first @0 :Text;
  second @1 :Float32;
}

struct TupleUInt8BoolColour @0x8081d2cc28daeec6 $Netabase.wrapper("std::tuple<std::uint8_t, bool, compounds::Colour>") {
  e0 @0 :UInt8;
  e1 @1 :Bool;
  e2 @2 :UInt8 $Netabase.enumeration("compounds::Colour");
}

struct PairTextText @0xef905e15048766d6 $Netabase.wrapper("std::pair<std::string, std::string>") {
  first @0 :Text;
  second @1 :Text;
}

struct TupleInt16 @0xcc7c7d01084532d6 $Netabase.wrapper("std::tuple<std::int16_t>") {
  e0 @0 :Int16;
}

struct TupleTupleInt16 @0xbcf342dae79beb03 $Netabase.wrapper("std::tuple<std::tuple<std::int16_t>>") {
  e0 @0 :TupleInt16;
}

struct PairPairTextTextTupleTupleInt16 @0xdb532940de9cfa5b $Netabase.wrapper("std::pair<std::pair<std::string, std::string>, std::tuple<std::tuple<std::int16_t>>>") {
  first @0 :PairTextText;
  second @1 :TupleTupleInt16;
}

struct PairPointListText @0x8f165a8125fcf152 $Netabase.wrapper("std::pair<compounds::Point, std::vector<std::string>>") {
  first @0 :Point;
  second @1 :List(Text);
}

struct VariantInt32Text @0x84be9646245c1ed9 $Netabase.wrapper("std::variant<std::int32_t, std::string>") {
  union {
    a0 @0 :Int32;
    a1 @1 :Text;
  }
}

struct VariantVoidColourSwitchBoolFloat64 @0xb98d3610f2665abd $Netabase.wrapper("std::variant<std::monostate, compounds::Colour, compounds::Switch, bool, double>") {
  union {
    a0 @0 :Void;
    a1 @1 :UInt8 $Netabase.enumeration("compounds::Colour");
    a2 @2 :Bool $Netabase.enumeration("compounds::Switch");
    a3 @3 :Bool;
    a4 @4 :Float64;
  }
}

struct VariantTextTextText @0xd1c6b41544ab7671 $Netabase.wrapper("std::variant<std::string, std::string, std::string>") {
  union {
    a0 @0 :Text;
    a1 @1 :Text;
    a2 @2 :Text;
  }
}

struct VariantVoidPointPlaceListTextDataData @0x830c8098f0461826 $Netabase.wrapper("std::variant<std::monostate, compounds::Point, compounds::Place, std::vector<std::string>, std::vector<std::byte>, std::array<std::uint8_t, 4>>") {
  union {
    a0 @0 :Void;
    a1 @1 :Point;
    a2 @2 :Place;
    a3 @3 :List(Text);
    a4 @4 :Data;
    a5 @5 :Data $Netabase.meaning("std::array<_, 4>");
  }
}

struct OptionalText @0xe20cd86a906a8186 $Netabase.wrapper("std::optional<std::string>") {
  value :union {
    valueAbsent @0 :Void;
    value @1 :Text;
  }
}

struct PairTextInt64 @0x9b91c1bc251d8d57 $Netabase.wrapper("std::pair<std::string, std::int64_t>") {
  first @0 :Text;
  second @1 :Int64;
}

struct VariantDataOptionalTextPairTextInt64 @0xd52f3e26c15bbe7e $Netabase.wrapper("std::variant<std::array<std::uint8_t, 4>, std::optional<std::string>, std::pair<std::string, std::int64_t>>") {
  union {
    a0 @0 :Data $Netabase.meaning("std::array<_, 4>");
    a1 @1 :OptionalText;
    a2 @2 :PairTextInt64;
  }
}

struct VariantVoidInt8 @0xb6608c861ff588ed $Netabase.wrapper("std::variant<std::monostate, std::int8_t>") {
  union {
    a0 @0 :Void;
    a1 @1 :Int8;
  }
}

struct VariantTextBool @0xeb9fcdc85c2e0669 $Netabase.wrapper("std::variant<std::string, bool>") {
  union {
    a0 @0 :Text;
    a1 @1 :Bool;
  }
}

struct VariantVariantVoidInt8ListVariantTextBool @0xed3470c8ca9c6001 $Netabase.wrapper("std::variant<std::variant<std::monostate, std::int8_t>, std::vector<std::variant<std::string, bool>>>") {
  union {
    a0 @0 :VariantVoidInt8;
    a1 @1 :List(VariantTextBool);
  }
}

struct VariantVoidVoid @0xec1283b8c395e36b $Netabase.wrapper("std::variant<std::monostate, std::monostate>") {
  union {
    a0 @0 :Void;
    a1 @1 :Void;
  }
}

struct VariantVoidUInt16 @0xd2939a3f1ab0291d $Netabase.wrapper("std::variant<std::monostate, std::uint16_t>") {
  union {
    a0 @0 :Void;
    a1 @1 :UInt16;
  }
}

struct VariantVoidUInt64TextPoint @0xd7bd75586786f886 $Netabase.wrapper("std::variant<std::monostate, std::uint64_t, std::string, compounds::Point>") {
  union {
    a0 @0 :Void;
    a1 @1 :UInt64;
    a2 @2 :Text;
    a3 @3 :Point;
  }
}

struct VariantTextFloat32 @0xb46b3adaf96b6131 $Netabase.wrapper("std::variant<std::string, float>") {
  union {
    a0 @0 :Text;
    a1 @1 :Float32;
  }
}

struct PairVariantTextFloat32Colour @0xf39ae0f825ef5ffa $Netabase.wrapper("std::pair<std::variant<std::string, float>, compounds::Colour>") {
  first @0 :VariantTextFloat32;
  second @1 :UInt8 $Netabase.enumeration("compounds::Colour");
}

struct MapTextInt32Entry @0x8069a637ee7c7f43 $Netabase.wrapper("std::pair<const std::string, std::int32_t>") {
  key @0 :Text;
  value @1 :Int32;
}

struct MapInt64TextEntry @0xe5757a7dbe656e24 $Netabase.wrapper("std::pair<const std::int64_t, std::string>") {
  key @0 :Int64;
  value @1 :Text;
}

struct MapTextPlaceEntry @0x889bb0195207cbc8 $Netabase.wrapper("std::pair<const std::string, compounds::Place>") {
  key @0 :Text;
  value @1 :Place;
}

struct MapColourBoolEntry @0xa062625deaa2d4d9 $Netabase.wrapper("std::pair<const compounds::Colour, bool>") {
  key @0 :UInt8 $Netabase.enumeration("compounds::Colour");
  value @1 :Bool;
}

struct MapBoolSwitchEntry @0xe4b6ef4e5022e5dd $Netabase.wrapper("std::pair<const bool, compounds::Switch>") {
  key @0 :Bool;
  value @1 :Bool $Netabase.enumeration("compounds::Switch");
}

struct MapFloat64Float32Entry @0xd523c740842cf414 $Netabase.wrapper("std::pair<const double, float>") {
  key @0 :Float64;
  value @1 :Float32;
}

struct MapDataDataEntry @0xd6cfe86ea169bfe5 $Netabase.wrapper("std::pair<const std::vector<std::byte>, std::vector<std::byte>>") {
  key @0 :Data;
  value @1 :Data;
}

struct MapDataOptionalTextEntry @0xbfc6a42c28192f20 $Netabase.wrapper("std::pair<const std::array<std::uint8_t, 4>, std::optional<std::string>>") {
  key @0 :Data $Netabase.meaning("std::array<_, 4>");
  value :union {
    valueAbsent @1 :Void;
    value @2 :Text;
  }
}

struct MapTextListTextEntry @0xbfcd7e2fa11f224b $Netabase.wrapper("std::pair<const std::string, std::vector<std::string>>") {
  key @0 :Text;
  value @1 :List(Text);
}

struct MapPointPairTextBoolEntry @0xee87a7248585a0d2 $Netabase.wrapper("std::pair<const compounds::Point, std::pair<std::string, bool>>") {
  key @0 :Point;
  value @1 :PairTextBool;
}

struct MapPairTextInt32VariantTextBoolEntry @0xdbcd1ffe2e6b309e $Netabase.wrapper("std::pair<const std::pair<std::string, std::int32_t>, std::variant<std::string, bool>>") {
  key @0 :PairTextInt32;
  value @1 :VariantTextBool;
}

struct MapInt8TextEntry @0xfb77790244a8b6c4 $Netabase.wrapper("std::pair<const std::int8_t, std::string>") {
  key @0 :Int8;
  value @1 :Text;
}

struct MapTextMapInt8TextEntry @0xe20da9cca21d7750 $Netabase.wrapper("std::pair<const std::string, std::unordered_map<std::int8_t, std::string>>") {
  key @0 :Text;
  value @1 :List(MapInt8TextEntry) $Netabase.meaning("std::unordered_map");
}

struct MapTextMapTextMapInt8TextEntry @0x811d80ecb297d5c7 $Netabase.wrapper("std::pair<const std::string, std::map<std::string, std::unordered_map<std::int8_t, std::string>>>") {
  key @0 :Text;
  value @1 :List(MapTextMapInt8TextEntry) $Netabase.meaning("std::map");
}

struct MapUInt32TextEntry @0xbc8faa2b3f1ec98e $Netabase.wrapper("std::pair<const std::uint32_t, std::string>") {
  key @0 :UInt32;
  value @1 :Text;
}

struct VariantMapTextInt32MapTextInt32 @0x9301af193da06916 $Netabase.wrapper("std::variant<std::map<std::string, std::int32_t>, std::unordered_map<std::string, std::int32_t>>") {
  union {
    a0 @0 :List(MapTextInt32Entry) $Netabase.meaning("std::map");
    a1 @1 :List(MapTextInt32Entry) $Netabase.meaning("std::unordered_map");
  }
}

struct MapTextJsonEntry @0xe045f2b3b125ede1 $Netabase.wrapper("std::pair<const std::string, compounds::Json>") {
  key @0 :Text;
  value @1 :Json;
}

struct VariantVoidBoolFloat64TextListJsonMapTextJson @0xbbfc0e45f95a9a82 $Netabase.wrapper("std::variant<std::monostate, bool, double, std::string, std::vector<compounds::Json>, std::map<std::string, compounds::Json>>") {
  union {
    a0 @0 :Void;
    a1 @1 :Bool;
    a2 @2 :Float64;
    a3 @3 :Text;
    a4 @4 :List(Json);
    a5 @5 :List(MapTextJsonEntry) $Netabase.meaning("std::map");
  }
}

struct PairInt32ListOutline @0xe9081468a5f03a02 $Netabase.wrapper("std::pair<std::int32_t, std::vector<compounds::Outline>>") {
  first @0 :Int32;
  second @1 :List(Outline);
}

struct MapInt32OutlineEntry @0xb332c7b14968981d $Netabase.wrapper("std::pair<const std::int32_t, compounds::Outline>") {
  key @0 :Int32;
  value @1 :Outline;
}

struct PairTextOutline @0xdf75f36bc7699d12 $Netabase.wrapper("std::pair<std::string, compounds::Outline>") {
  first @0 :Text;
  second @1 :Outline;
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "CompoundDefinition", cppNamespace = "compounds", schemaVersion = 1, models = [
    (number = 0, table = "Products", record = "Products",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")])),
    (number = 1, table = "Variants", record = "Variants",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")])),
    (number = 2, table = "Maps", record = "Maps",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "scores", perElement = true, parts = [(field = "scores")]),
      (number = 2, name = "names", perElement = true, parts = [(field = "names")]),
      (number = 3, name = "digests", perElement = true, parts = [(field = "digests")])
    ]),
    (number = 3, table = "Documents", record = "Documents",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]))
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
  (cpp = "compounds::Switch", underlying = "Bool", enumerators = [
    (name = "off", value = 0),
    (name = "on", value = 1)
  ]),
  (cpp = "compounds::Colour", underlying = "UInt8", enumerators = [
    (name = "red", value = 1),
    (name = "green", value = 2)
  ])
];

# What netabase-gen notes beside the layout.
struct Netabase @0x82bd7a7841c50abe {
  # The C++ name, where it is another one.
  annotation cpp @0xa1cd1b01b4730a96 (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0xc59a027170990bb0 (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0xcc17fc9d842401e0 (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xf319a0476f652cb8 (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xe2a7f57e94341e4f (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0x828e8616c9efda99 (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xdd1c3210b72ed8e0 (field, union, group) :Text;

  struct Definition @0x9d22b3e133401a64 {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xbf41e88e132d4996 {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xe6d86801db7c2fc8 {
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
  struct Part @0xaef7236259329498 {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0xec7c7cf70706920c {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0x8a1c02e8b8656d73 {
    name @0 :Text;
    value @1 :Int64;
  }
}
