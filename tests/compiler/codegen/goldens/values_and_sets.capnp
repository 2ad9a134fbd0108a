# How values_and_sets.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xcf7799c9c5650511;

struct Values @0x844f1d56c7a9fc57 $Netabase.cpp("goods::Values") {
  at @0 :Int64 $Netabase.meaning("std::chrono::sys_time<std::chrono::seconds>");
  timeout @1 :Int64 = 1500 $Netabase.meaning("std::chrono::milliseconds");
  grace @2 :Int64 = 2000 $Netabase.meaning("std::chrono::milliseconds");
  step @3 :Int64 = -5000 $Netabase.meaning("std::chrono::nanoseconds");
  wait @4 :Int64 = 120 $Netabase.meaning("std::chrono::seconds");
  age @5 :Int64 $Netabase.meaning("std::chrono::days");
  frames @6 :UInt16 = 25 $Netabase.meaning("std::chrono::duration<_, std::ratio<1, 25>>");
  length @7 :Float64 = 1.5 $Netabase.meaning("std::chrono::seconds");
  lag @8 :Float32 = 0.5 $Netabase.meaning("std::chrono::microseconds");
  thirds @9 :Int8 = -3 $Netabase.meaning("std::chrono::duration<_, std::ratio<1, 3>>");
  day @10 :Int64 = 19000 $Netabase.meaning("std::chrono::sys_time<std::chrono::days>");
  exact @11 :Int64 $Netabase.meaning("std::chrono::sys_time<std::chrono::nanoseconds>");
  maybeDay :union $Netabase.cpp("maybe_day") $Netabase.meaning("std::chrono::sys_time<std::chrono::days>") {
    maybeDayAbsent @12 :Void;
    maybeDay @13 :Int64;
  }
  maybeLength :union $Netabase.cpp("maybe_length") $Netabase.meaning("std::chrono::seconds") {
    maybeLengthAbsent @14 :Void;
    maybeLength @15 :Float64;
  }
  balance @16 :Int128;
  serial @17 :UInt128;
  maybeBalance :union $Netabase.cpp("maybe_balance") {
    maybeBalanceAbsent @18 :Void;
    maybeBalance @19 :Int128;
  }
  place @20 :Text $Netabase.meaning("std::filesystem::path");
  home @21 :Text = "/home" $Netabase.meaning("std::filesystem::path");
  maybePlace :union $Netabase.cpp("maybe_place") $Netabase.meaning("std::filesystem::path") {
    maybePlaceAbsent @22 :Void;
    maybePlace @23 :Text;
  }
}

struct Mark @0xa5f79b108c9dd724 $Netabase.cpp("goods::Mark") {
  weight @0 :Int32;
  name @1 :Text;
}

struct Shelves @0xb7ee1c6004b0b4b7 $Netabase.cpp("goods::Shelves") {
  id @0 :UInt64;
  numbers @1 :List(Int32) $Netabase.meaning("std::array<_, 3>");
  doubles @2 :List(Float64) $Netabase.meaning("std::array<_, 2>");
  bits @3 :List(Bool) $Netabase.meaning("std::array<_, 9>");
  grades @4 :List(UInt8) $Netabase.enumeration("goods::Grade") $Netabase.meaning("std::array<_, 2>");
  switches @5 :List(Switch) $Netabase.enumeration("goods::Switch") $Netabase.meaning("std::array<_, 2>");
  words @6 :List(Text) $Netabase.meaning("std::array<_, 2>");
  marks @7 :List(Mark) $Netabase.meaning("std::array<_, 2>");
  times @8 :List(Int64) $Netabase.meaning("std::array<std::chrono::milliseconds, 2>");
  grid @9 :List(List(UInt16)) $Netabase.meaning("std::array<std::array<_, 2>, 3>");
  maybeWords @10 :List(OptionalText) $Netabase.cpp("maybe_words") $Netabase.meaning("std::array<_, 2>");
  balances @11 :List(Int128) $Netabase.meaning("std::array<_, 2>");
  numberSet @12 :List(Int32) $Netabase.cpp("number_set") $Netabase.meaning("std::set");
  wordSet @13 :List(Text) $Netabase.cpp("word_set") $Netabase.meaning("std::set");
  bitSet @14 :List(Bool) $Netabase.cpp("bit_set") $Netabase.meaning("std::set");
  gradeSet @15 :List(UInt8) $Netabase.cpp("grade_set") $Netabase.enumeration("goods::Grade") $Netabase.meaning("std::set");
  markSet @16 :List(Mark) $Netabase.cpp("mark_set") $Netabase.meaning("std::set");
  timeSet @17 :List(Int64) $Netabase.cpp("time_set") $Netabase.meaning("std::set<std::chrono::sys_time<std::chrono::seconds>>");
  blobSet @18 :List(Data) $Netabase.cpp("blob_set") $Netabase.meaning("std::set");
  tokenSet @19 :List(Data) $Netabase.cpp("token_set") $Netabase.meaning("std::set<std::array<_, 4>>");
  maybeSet @20 :List(OptionalInt32) $Netabase.cpp("maybe_set") $Netabase.meaning("std::set");
  setSet @21 :List(List(Text)) $Netabase.cpp("set_set") $Netabase.meaning("std::set<std::set>");
  serialSet @22 :List(UInt128) $Netabase.cpp("serial_set") $Netabase.meaning("std::set");
  hashedNumbers @23 :List(Int32) $Netabase.cpp("hashed_numbers") $Netabase.meaning("std::unordered_set");
  hashedWords @24 :List(Text) $Netabase.cpp("hashed_words") $Netabase.meaning("std::unordered_set");
  hashedDoubles @25 :List(Float64) $Netabase.cpp("hashed_doubles") $Netabase.meaning("std::unordered_set");
  hashedGrades @26 :List(UInt8) $Netabase.cpp("hashed_grades") $Netabase.enumeration("goods::Grade") $Netabase.meaning("std::unordered_set");
  hashedMaybes @27 :List(OptionalText) $Netabase.cpp("hashed_maybes") $Netabase.meaning("std::unordered_set");
  setList @28 :List(List(Text)) $Netabase.cpp("set_list") $Netabase.meaning("std::vector<std::set>");
  pairList @29 :List(List(Int32)) $Netabase.cpp("pair_list") $Netabase.meaning("std::vector<std::array<_, 2>>");
  timeList @30 :List(Int64) $Netabase.cpp("time_list") $Netabase.meaning("std::vector<std::chrono::milliseconds>");
  maybeTimes @31 :List(OptionalInt64) $Netabase.cpp("maybe_times") $Netabase.meaning("std::vector<std::optional<std::chrono::milliseconds>>");
  placeList @32 :List(Text) $Netabase.cpp("place_list") $Netabase.meaning("std::vector<std::filesystem::path>");
  balanceList @33 :List(Int128) $Netabase.cpp("balance_list");
  hashedList @34 :List(List(Int32)) $Netabase.cpp("hashed_list") $Netabase.meaning("std::vector<std::unordered_set>");
  maybeNumbers :union $Netabase.cpp("maybe_numbers") $Netabase.meaning("std::set") {
    maybeNumbersAbsent @35 :Void;
    maybeNumbers @36 :List(Int32);
  }
  maybePair :union $Netabase.cpp("maybe_pair") $Netabase.meaning("std::array<_, 2>") {
    maybePairAbsent @37 :Void;
    maybePair @38 :List(Int32);
  }
  maybeSets @39 :List(OptionalListText) $Netabase.cpp("maybe_sets") $Netabase.meaning("std::vector<std::optional<std::set>>");
}

struct Labelled @0x980962e8470113ae $Netabase.cpp("goods::Labelled") {
  serial @0 :UInt128;
  place @1 :Text $Netabase.meaning("std::filesystem::path");
  day @2 :Int64 $Netabase.meaning("std::chrono::sys_time<std::chrono::days>");
  length @3 :Float64 $Netabase.meaning("std::chrono::seconds");
  maybeDay :union $Netabase.cpp("maybe_day") $Netabase.meaning("std::chrono::sys_time<std::chrono::days>") {
    maybeDayAbsent @4 :Void;
    maybeDay @5 :Int64;
  }
  timeout @6 :Int64 $Netabase.meaning("std::chrono::milliseconds");
  uuid @7 :Data $Netabase.meaning("std::array<_, 16>");
  balance :union {
    balanceAbsent @8 :Void;
    balance @9 :Int128;
  }
  tags @10 :List(Text) $Netabase.meaning("std::set");
  numbers @11 :List(Int32) $Netabase.meaning("std::unordered_set");
  corners @12 :List(Int16) $Netabase.meaning("std::array<_, 3>");
  visits @13 :List(Int64) $Netabase.meaning("std::vector<std::chrono::sys_time<std::chrono::seconds>>");
  places @14 :List(Text) $Netabase.meaning("std::vector<std::filesystem::path>");
  balances @15 :List(Int128) $Netabase.meaning("std::set");
}

struct Int128 @0xc76d17af1084513a $Netabase.wrapper("netabase::Int128") {
  low @0 :UInt64;
  high @1 :Int64;
}

struct UInt128 @0xf241b76384e9b811 $Netabase.wrapper("netabase::UInt128") {
  low @0 :UInt64;
  high @1 :UInt64;
}

struct Switch @0xe2da84ad47039a27 $Netabase.wrapper("goods::Switch") {
  value @0 :Bool $Netabase.enumeration("goods::Switch");
}

struct OptionalText @0xe20cd86a906a8186 $Netabase.wrapper("std::optional<std::string>") {
  value :union {
    valueAbsent @0 :Void;
    value @1 :Text;
  }
}

struct OptionalInt32 @0xdafeaebe1eda077a $Netabase.wrapper("std::optional<std::int32_t>") {
  value :union {
    valueAbsent @0 :Void;
    value @1 :Int32;
  }
}

struct OptionalInt64 @0xa6a11e082ebfaf12 $Netabase.wrapper("std::optional<std::chrono::milliseconds>") {
  value :union $Netabase.meaning("std::chrono::milliseconds") {
    valueAbsent @0 :Void;
    value @1 :Int64;
  }
}

struct OptionalListText @0xfc437b4c444ae47b $Netabase.wrapper("std::optional<std::set<std::string>>") {
  value :union $Netabase.meaning("std::set") {
    valueAbsent @0 :Void;
    value @1 :List(Text);
  }
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "GoodsDefinition", cppNamespace = "goods", schemaVersion = 1, models = [
    (number = 0, table = "Values", record = "Values",
     primaryKey = (number = 0, name = "primary", parts = [(field = "at")])),
    (number = 1, table = "Shelves", record = "Shelves",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")])),
    (number = 2, table = "Labelled", record = "Labelled",
     primaryKey = (number = 0, name = "primary", parts = [(field = "serial"), (field = "place")]), indexes = [
      (number = 1, name = "timeout", parts = [(field = "timeout")]),
      (number = 2, name = "uuid", unique = true, parts = [(field = "uuid")]),
      (number = 3, name = "balance", sparse = true, parts = [(field = "balance")]),
      (number = 4, name = "tags", perElement = true, parts = [(field = "tags")]),
      (number = 5, name = "numbers", perElement = true, parts = [(field = "numbers")]),
      (number = 6, name = "corners", perElement = true, parts = [(field = "corners")]),
      (number = 7, name = "visits", perElement = true, parts = [(field = "visits")]),
      (number = 8, name = "places", perElement = true, parts = [(field = "places")]),
      (number = 9, name = "balances", perElement = true, parts = [(field = "balances")]),
      (number = 10, name = "by_day", parts = [(field = "day", descending = true), (field = "place")]),
      (number = 11, name = "by_serial", unique = true, parts = [(field = "serial", descending = true)]),
      (number = 12, name = "by_length", parts = [(field = "length"), (field = "maybe_day")])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
  (cpp = "goods::Grade", underlying = "UInt8", enumerators = [
    (name = "low", value = 0),
    (name = "high", value = 1)
  ]),
  (cpp = "goods::Switch", underlying = "Bool", enumerators = [
    (name = "off", value = 0),
    (name = "on", value = 1)
  ])
];

# What netabase-gen notes beside the layout.
struct Netabase @0xe0bbe8a5ffc1cace {
  # The C++ name, where it is another one.
  annotation cpp @0xf3ef4fd188a9f726 (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0xdf80214aafce41e0 (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0xd5e04ca02e40c1f0 (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xc55a70f10e5ca2a8 (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0x8859162219f4e91f (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xab0ab61838aa2949 (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xe5d5ccbf4b349b70 (field, union, group) :Text;

  struct Definition @0xe035b94e91273fb4 {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xb82c1078189672a6 {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xbbf39cd1b2397378 {
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
  struct Part @0x8afa6f8176cf4d68 {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0xc62bea1d3b306e1c {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0x8ebcae90f19e7ce3 {
    name @0 :Text;
    value @1 :Int64;
  }
}
