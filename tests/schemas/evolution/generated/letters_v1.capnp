# How letters_v1.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xe0d6726ee46a424d;

struct Stamp @0xe407acca62715ec9 $Netabase.cpp("letters_v1::Stamp") {
  cents @0 :UInt16;
  motif @1 :Text;
}

struct Address @0xc5c2ec25415c730a $Netabase.cpp("letters_v1::Address") {
  street @0 :Text;
  isHome @1 :Bool $Netabase.cpp("is_home");
  stamp @2 :Stamp;
}

struct Letter @0xec0ecbff7475a77e $Netabase.cpp("letters_v1::Letter") {
  id @0 :UInt64;
  subject @1 :Text;
  read @2 :Bool;
  small @3 :Int8 = -3;
  number @4 :Int32;
  weight @5 :Float64;
  mood @6 :UInt8 $Netabase.enumeration("letters_v1::Mood");
  replyTo :union $Netabase.cpp("reply_to") {
    replyToAbsent @7 :Void;
    replyTo @8 :Text;
  }
  pages :union {
    pagesAbsent @9 :Void;
    pages @10 :Int16;
  }
  seal @11 :Data;
  code @12 :Data $Netabase.meaning("std::array<_, 4>");
  marks @13 :List(Int32);
  flags @14 :List(Bool);
  lines @15 :List(Text);
  from @16 :Address;
  to :union {
    toAbsent @17 :Void;
    to @18 :Address;
  }
  stamps @19 :List(Stamp);
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "LettersDefinition", cppNamespace = "letters_v1", schemaVersion = 1, models = [
    (number = 0, table = "Letter", record = "Letter",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "subject", parts = [(field = "subject")])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
  (cpp = "letters_v1::Mood", underlying = "UInt8", enumerators = [
    (name = "calm", value = 0),
    (name = "busy", value = 1)
  ])
];

# What netabase-gen notes beside the layout.
struct Netabase @0xcb343d8241cecca2 {
  # The C++ name, where it is another one.
  annotation cpp @0xac343a607483033a (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0xea3eec39568313c4 (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0xfd9fd6f48a190d3c (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0x989c45db73ddb4dc (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xe0726a1c55dc0193 (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xedc22a4ac6270af5 (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xe47c76d5135ee854 (field, union, group) :Text;

  struct Definition @0xee58fcb633df4e88 {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0x94dd439863e205a2 {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xe79be7604ddb1164 {
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
  struct Part @0xebbdbd62b3fa5edc {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0x98c61eb61119bc28 {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0x868d8ffad5d9acd7 {
    name @0 :Text;
    value @1 :Int64;
  }
}
