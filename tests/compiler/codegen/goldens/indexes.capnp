# How indexes.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0x9fe312ccd024c1dd;

struct Leaf @0xd61899c9e0400ecf $Netabase.cpp("indexes::Leaf") {
  text @0 :Text;
  note :union {
    noteAbsent @1 :Void;
    note @2 :Text;
  }
  bytes @3 :Data;
  address @4 :Data $Netabase.meaning("std::array<_, 4>");
  level @5 :Int8 = -1 $Netabase.enumeration("indexes::Level");
  numbers @6 :List(UInt32);
  flags @7 :List(Bool);
  dense @8 :Bool;
}

struct Branch @0xb2e612f1fc8c9583 $Netabase.cpp("indexes::Branch") {
  leaf @0 :Leaf;
  maybe :union {
    maybeAbsent @1 :Void;
    maybe @2 :Leaf;
  }
}

struct Tree @0xc8d9e68ff2c8eb27 $Netabase.cpp("indexes::Tree") {
  id @0 :UInt64;
  branch @1 :Branch;
  other :union {
    otherAbsent @2 :Void;
    other @3 :Branch;
  }
  leaf @4 :Leaf;
  leafText @5 :Text $Netabase.cpp("leaf_text");
  parts @6 :Int32;
  nickname :union {
    nicknameAbsent @7 :Void;
    nickname @8 :Text;
  }
  active @9 :Bool;
}

struct TreeHouseHomeAddress @0xda1967d50a747240 $Netabase.cpp("indexes::tree_house::home_address") {
  zip @0 :Text;
}

struct TreeHouse @0xae05a13816fd269c $Netabase.cpp("indexes::tree_house") {
  id @0 :Text;
  home @1 :TreeHouseHomeAddress;
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "IndexDefinition", cppNamespace = "indexes", schemaVersion = 1, models = [
    (number = 0, table = "Tree", record = "Tree",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "nickname", sparse = true, where = "active", parts = [(field = "nickname")]),
      (number = 2, name = "size", parts = [(field = "size", computed = "indexes::Size")]),
      (number = 3, name = "reference", unique = true, parts = [(field = "reference", computed = "std::string")]),
      (number = 4, name = "view", parts = [(field = "view", computed = "std::string")]),
      (number = 5, name = "blob", maxLength = 8, parts = [(field = "blob", computed = "std::vector<std::uint8_t>")]),
      (number = 6, name = "bits", perElement = true, parts = [(field = "bits", computed = "std::vector<bool>")]),
      (number = 7, name = "sometimes", sparse = true, perElement = true, parts = [(field = "sometimes", computed = "std::optional<std::vector<std::string>>")]),
      (number = 8, name = "half", sparse = true, parts = [(field = "half", computed = "std::optional<double>")]),
      (number = 9, name = "deduced", parts = [(field = "deduced", computed = "std::uint64_t")]),
      (number = 10, name = "by_text", parts = [(field = "branch.leaf.text")]),
      (number = 11, name = "by_owned", parts = [(field = "branch.leaf.dense")]),
      (number = 12, name = "by_maybe_note", sparse = true, parts = [(field = "other.maybe.note")]),
      (number = 13, name = "by_everything", parts = [(field = "other.maybe.text"), (field = "other.maybe.bytes", descending = true), (field = "other.maybe.address"), (field = "other.maybe.level"), (field = "other.leaf.note", descending = true), (field = "branch.leaf.note")]),
      (number = 14, name = "by_numbers", perElement = true, parts = [(field = "branch.leaf.numbers")]),
      (number = 15, name = "by_maybe_flags", sparse = true, perElement = true, parts = [(field = "other.maybe.flags")]),
      (number = 16, name = "by_twins", parts = [(field = "leaf.text"), (field = "leaf_text"), (field = "parts")]),
      (number = 17, name = "by_function", unique = true, parts = [(field = "size", descending = true, computed = "indexes::Size"), (field = "id")]),
      (number = 18, name = "by_active", where = "active", parts = [(field = "leaf.text")]),
      (number = 19, name = "by_busy", where = "is_busy()", parts = [(field = "leaf.text")]),
      (number = 20, name = "by_words", perElement = true, where = "active", parts = [(field = "words", computed = "std::vector<std::string>")])
    ]),
    (number = 1, table = "tree_house", record = "TreeHouse",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "upper", parts = [(field = "upper", computed = "std::string")]),
      (number = 2, name = "by_zip", parts = [(field = "home.zip")])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
  (cpp = "indexes::Level", underlying = "Int8", enumerators = [
    (name = "low", value = -1),
    (name = "high", value = 1)
  ])
];

# What netabase-gen notes beside the layout.
struct Netabase @0x84f85397b163dd11 {
  # The C++ name, where it is another one.
  annotation cpp @0x9aff4fd256c28525 (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0xfc4fd47a677bdb13 (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0x95ab42c62ab4734b (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xdccdb41b5b9706ef (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0x8ac42f84fb050608 (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xb433350fef5ae43e (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0x935debdf79ff8137 (field, union, group) :Text;

  struct Definition @0xc4606cb16b0030f5 {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xeb11a973a8d52a19 {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xd5d902d22fa2983b {
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
  struct Part @0xa9a9ced4e58ff829 {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0xb837e433e8d60ac9 {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0x91fdc7465033df2e {
    name @0 :Text;
    value @1 :Int64;
  }
}
