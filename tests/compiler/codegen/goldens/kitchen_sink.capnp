# How kitchen_sink.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xa764c3a0e8806f49;

struct Scalars @0xec3266f2697e0df0 $Netabase.cpp("kitchen::Scalars") {
  id @0 :UInt64;
  flag @1 :Bool;
  i8 @2 :Int8;
  i16 @3 :Int16;
  i32 @4 :Int32;
  i64 @5 :Int64;
  u8 @6 :UInt8;
  u16 @7 :UInt16;
  u32 @8 :UInt32;
  f32 @9 :Float32;
  f64 @10 :Float64;
  status @11 :UInt8 $Netabase.enumeration("kitchen::Status");
  balance @12 :Int32 $Netabase.enumeration("kitchen::Balance");
  toggle @13 :Bool $Netabase.enumeration("kitchen::Switch");
  flags @14 :UInt16 $Netabase.enumeration("kitchen::Flags");
}

struct Defaults @0x8d0b3c362d1e4b31 $Netabase.cpp("kitchen::Defaults") {
  id @0 :Int32 = -7;
  flag @1 :Bool = true;
  i8 @2 :Int8 = -128;
  smallest @3 :Int64 = -9223372036854775808;
  largest @4 :UInt64 = 18446744073709551615;
  third @5 :Float32 = 0.1;
  tiny @6 :Float64 = 1e-300;
  status @7 :UInt8 = 255 $Netabase.enumeration("kitchen::Status");
  balance @8 :Int32 = -1 $Netabase.enumeration("kitchen::Balance");
  toggle @9 :Bool = true $Netabase.enumeration("kitchen::Switch");
  title @10 :Text = "un\"titled\"\x0a?";
}

struct Point @0xa51389883c0f00bc $Netabase.cpp("kitchen::shared::Point") {
  x @0 :Float64;
  y @1 :Float64;
}

struct Address @0xe85f59ceaab6b9ed $Netabase.cpp("kitchen::Address") {
  street @0 :Text;
  city :union {
    cityAbsent @1 :Void;
    city @2 :Text;
  }
  corners @3 :List(Point);
  status @4 :UInt8 = 1 $Netabase.enumeration("kitchen::Status");
}

struct Nested @0xa40c6b9f16f5795c $Netabase.cpp("kitchen::Nested") {
  name @0 :Text;
  bytes @1 :Data;
  octets @2 :Data;
  fixed @3 :Data $Netabase.meaning("std::array<_, 5>");
  digest @4 :Data $Netabase.meaning("std::array<_, 16>");
  home @5 :Address;
  place @6 :Point;
  numbers @7 :List(Int32);
  bits @8 :List(Bool);
  doubles @9 :List(Float64);
  statuses @10 :List(UInt8) $Netabase.enumeration("kitchen::Status");
  toggles @11 :List(Switch) $Netabase.enumeration("kitchen::Switch");
  words @12 :List(Text);
  blobs @13 :List(Data);
  addresses @14 :List(Address);
  matrix @15 :List(List(UInt16));
  table @16 :List(List(Text));
  bitTable @17 :List(List(Bool)) $Netabase.cpp("bit_table");
  maybeWords @18 :List(OptionalText) $Netabase.cpp("maybe_words");
  maybeNumbers @19 :List(OptionalInt64) $Netabase.cpp("maybe_numbers");
  maybeAddresses @20 :List(OptionalAddress) $Netabase.cpp("maybe_addresses");
  maybeBits @21 :List(List(OptionalBool)) $Netabase.cpp("maybe_bits");
  maybeFlag :union $Netabase.cpp("maybe_flag") {
    maybeFlagAbsent @22 :Void;
    maybeFlag @23 :Bool;
  }
  maybeFloat :union $Netabase.cpp("maybe_float") {
    maybeFloatAbsent @24 :Void;
    maybeFloat @25 :Float32;
  }
  maybeStatus :union $Netabase.cpp("maybe_status") $Netabase.enumeration("kitchen::Status") {
    maybeStatusAbsent @26 :Void;
    maybeStatus @27 :UInt8;
  }
  maybeToggle :union $Netabase.cpp("maybe_toggle") $Netabase.enumeration("kitchen::Switch") {
    maybeToggleAbsent @28 :Void;
    maybeToggle @29 :Bool;
  }
  maybeText :union $Netabase.cpp("maybe_text") {
    maybeTextAbsent @30 :Void;
    maybeText @31 :Text;
  }
  maybeBytes :union $Netabase.cpp("maybe_bytes") {
    maybeBytesAbsent @32 :Void;
    maybeBytes @33 :Data;
  }
  maybeFixed :union $Netabase.cpp("maybe_fixed") $Netabase.meaning("std::array<_, 3>") {
    maybeFixedAbsent @34 :Void;
    maybeFixed @35 :Data;
  }
  maybeAddress :union $Netabase.cpp("maybe_address") {
    maybeAddressAbsent @36 :Void;
    maybeAddress @37 :Address;
  }
  maybeList :union $Netabase.cpp("maybe_list") {
    maybeListAbsent @38 :Void;
    maybeList @39 :List(Text);
  }
  maybeMaybeText :union $Netabase.cpp("maybe_maybe_text") {
    maybeMaybeTextAbsent @40 :Void;
    maybeMaybeText @41 :OptionalText;
  }
  maybeMaybeMaybeNumber :union $Netabase.cpp("maybe_maybe_maybe_number") {
    maybeMaybeMaybeNumberAbsent @42 :Void;
    maybeMaybeMaybeNumber @43 :OptionalOptionalInt32;
  }
  maybeMaybeToggles @44 :List(OptionalOptionalSwitch) $Netabase.cpp("maybe_maybe_toggles") $Netabase.enumeration("kitchen::Switch");
}

struct Keyed @0xfe8d98775f9be597 $Netabase.cpp("kitchen::Keyed") {
  year @0 :UInt32;
  name @1 :Text;
  day @2 :Int16;
  rank @3 :Float64;
  city :union {
    cityAbsent @4 :Void;
    city @5 :Text;
  }
  token @6 :Data $Netabase.meaning("std::array<_, 8>");
  numbers @7 :List(Int32);
  tags @8 :List(Text);
  content @9 :Data;
  balance :union $Netabase.enumeration("kitchen::Balance") {
    balanceAbsent @10 :Void;
    balance @11 :Int32;
  }
  flag @12 :Bool;
  weight @13 :Float32;
  toggle @14 :Bool $Netabase.enumeration("kitchen::Switch");
  status @15 :UInt8 $Netabase.enumeration("kitchen::Status");
  parts @16 :UInt8;
}

struct AuditEntry @0xd00514d494fb53f5 $Netabase.cpp("kitchen::audit_entry") {
  at @0 :Int64;
  userName @1 :Text $Netabase.cpp("user_name");
  note @2 :Text;
}

struct Lonely @0xfefccd91fe9279dc $Netabase.cpp("kitchen::Lonely") {
  id @0 :UInt64;
}

struct Switch @0xed1c82ad98a855f5 $Netabase.wrapper("kitchen::Switch") {
  value @0 :Bool $Netabase.enumeration("kitchen::Switch");
}

struct OptionalText @0xe20cd86a906a8186 $Netabase.wrapper("std::optional<std::string>") {
  value :union {
    valueAbsent @0 :Void;
    value @1 :Text;
  }
}

struct OptionalInt64 @0xd4ac4d215480a9e7 $Netabase.wrapper("std::optional<std::int64_t>") {
  value :union {
    valueAbsent @0 :Void;
    value @1 :Int64;
  }
}

struct OptionalAddress @0x99698362f837c276 $Netabase.wrapper("std::optional<kitchen::Address>") {
  value :union {
    valueAbsent @0 :Void;
    value @1 :Address;
  }
}

struct OptionalBool @0xe488509590c8a222 $Netabase.wrapper("std::optional<bool>") {
  value :union {
    valueAbsent @0 :Void;
    value @1 :Bool;
  }
}

struct OptionalInt32 @0xdafeaebe1eda077a $Netabase.wrapper("std::optional<std::int32_t>") {
  value :union {
    valueAbsent @0 :Void;
    value @1 :Int32;
  }
}

struct OptionalOptionalInt32 @0x9d7c5a44d7ec0dcb $Netabase.wrapper("std::optional<std::optional<std::int32_t>>") {
  value :union {
    valueAbsent @0 :Void;
    value @1 :OptionalInt32;
  }
}

struct OptionalSwitch @0xc7555c953295b622 $Netabase.wrapper("std::optional<kitchen::Switch>") {
  value :union $Netabase.enumeration("kitchen::Switch") {
    valueAbsent @0 :Void;
    value @1 :Bool;
  }
}

struct OptionalOptionalSwitch @0x9db97b609b5ae791 $Netabase.wrapper("std::optional<std::optional<kitchen::Switch>>") {
  value :union $Netabase.enumeration("kitchen::Switch") {
    valueAbsent @0 :Void;
    value @1 :OptionalSwitch;
  }
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "KitchenDefinition", cppNamespace = "kitchen", schemaVersion = 1, models = [
    (number = 0, table = "Scalars", record = "Scalars",
     primaryKey = (number = 0, name = "primary", automatic = true, parts = [(field = "id")])),
    (number = 1, table = "Defaults", record = "Defaults",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")])),
    (number = 2, table = "nested_things", record = "Nested",
     primaryKey = (number = 0, name = "primary", parts = [(field = "name")])),
    (number = 3, table = "Keyed", record = "Keyed",
     primaryKey = (number = 0, name = "primary", parts = [(field = "year"), (field = "name")]), indexes = [
      (number = 1, name = "city", sparse = true, parts = [(field = "city")]),
      (number = 2, name = "token", unique = true, parts = [(field = "token")]),
      (number = 3, name = "numbers", perElement = true, parts = [(field = "numbers")]),
      (number = 4, name = "tags", perElement = true, parts = [(field = "tags")]),
      (number = 5, name = "content", parts = [(field = "content")]),
      (number = 6, name = "balance", sparse = true, parts = [(field = "balance")]),
      (number = 7, name = "flag", parts = [(field = "flag")]),
      (number = 8, name = "weight", parts = [(field = "weight")]),
      (number = 9, name = "toggle", parts = [(field = "toggle")]),
      (number = 10, name = "parts", parts = [(field = "parts")]),
      (number = 11, name = "by_day_and_name", parts = [(field = "year"), (field = "day", descending = true), (field = "name")]),
      (number = 12, name = "by_rank", unique = true, parts = [(field = "rank", descending = true)]),
      (number = 13, name = "by_city", parts = [(field = "city"), (field = "status")])
    ]),
    (number = 4, table = "audit_entry", record = "AuditEntry",
     primaryKey = (number = 0, name = "primary", parts = [(field = "at")]), indexes = [
      (number = 1, name = "user_name", parts = [(field = "user_name")])
    ]),
    (number = 5, table = "Lonely", record = "Lonely",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]))
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
  (cpp = "kitchen::Status", underlying = "UInt8", enumerators = [
    (name = "draft", value = 0),
    (name = "published", value = 1),
    (name = "withdrawn", value = 255)
  ]),
  (cpp = "kitchen::Balance", underlying = "Int32", enumerators = [
    (name = "debt", value = -1),
    (name = "none", value = 0),
    (name = "credit", value = 1)
  ]),
  (cpp = "kitchen::Switch", underlying = "Bool", enumerators = [
    (name = "off", value = 0),
    (name = "on", value = 1)
  ]),
  (cpp = "kitchen::Flags", underlying = "UInt16", enumerators = [
    (name = "flag_none", value = 0),
    (name = "flag_a", value = 1),
    (name = "flag_b", value = 2)
  ])
];

# What netabase-gen notes beside the layout.
struct Netabase @0x950b69c33cf25a80 {
  # The C++ name, where it is another one.
  annotation cpp @0xc7558dd7726bb5d0 (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0xf7535cd110e7a886 (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0xc29d8b83cefa3352 (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xad8bef942a677ae2 (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xf22286c439a5de21 (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0x9d16debb5bbf9cd3 (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xd6c26f9d226286aa (field, union, group) :Text;

  struct Definition @0x97402b9bfe0bbf6e {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xd3d285a3dae30d70 {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0x8f74ead79c12150a {
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
  struct Part @0xadd505ac8f2f612e {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0x9706544c6516640a {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0xab8424a37f38d05d {
    name @0 :Text;
    value @1 :Int64;
  }
}
