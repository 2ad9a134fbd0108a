# How journal_v2.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0x951c0b8db13eaf41;

struct Author @0xf9391f52db189c1f $Netabase.cpp("journal_v2::Author") {
  id @0 :UInt64;
  fullName @1 :Text $Netabase.cpp("full_name");
  email @2 :Text;
  city @3 :Text;
  age :union {
    age @4 :UInt16;
    ageAbsent @7 :Void;
  }
  mood @5 :UInt8 $Netabase.enumeration("journal_v2::Mood");
  removed6 @6 :Text $Netabase.removed("motto");
  score @8 :Int32 = 10;
  links @9 :List(Text);
}

struct Entry @0x8bfbb5c4afe77e48 $Netabase.cpp("journal_v2::Entry") {
  id @0 :UInt64;
  author @1 :UInt64;
  text @2 :Text;
}

struct Draft @0xf4bc30f1023d6007 $Netabase.cpp("journal_v1::Draft") $Netabase.removed("journal_v1::Draft") {
  id @0 :UInt64;
  title @1 :Text;
}

struct Sketch @0xef370ed2f1333740 $Netabase.cpp("journal_v1::Sketch") $Netabase.removed("journal_v1::Sketch") {
  id @0 :UInt64;
  label @1 :Text;
}

struct Comment @0x9c2dac2c6d3a6362 $Netabase.cpp("journal_v2::Comment") {
  id @0 :UInt64;
  entry @1 :UInt64;
  text @2 :Text;
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "JournalDefinition", cppNamespace = "journal_v2", schemaVersion = 2, models = [
    (number = 0, table = "Author", record = "Author",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "city", removed = true, parts = [(field = "city")]),
      (number = 2, name = "age", removed = true, parts = [(field = "age")]),
      (number = 3, name = "email", unique = true, parts = [(field = "email")]),
      (number = 4, name = "by_city_age", parts = [(field = "city"), (field = "age", descending = true)])
    ]),
    (number = 1, table = "Entry", record = "Entry",
     primaryKey = (number = 0, name = "primary", automatic = true, parts = [(field = "id")]), indexes = [
      (number = 1, name = "author", parts = [(field = "author")]),
      (number = 2, name = "text", parts = [(field = "text")])
    ]),
    (number = 2, table = "Draft", record = "Draft", removed = true,
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "title", parts = [(field = "title")])
    ]),
    (number = 3, table = "Sketch", record = "Sketch", removed = true,
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "label", parts = [(field = "label")])
    ]),
    (number = 4, table = "Comment", record = "Comment",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "entry", parts = [(field = "entry")])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
  (cpp = "journal_v2::Mood", underlying = "UInt8", enumerators = [
    (name = "calm", value = 0),
    (name = "busy", value = 1),
    (name = "cross", value = 2)
  ])
];

# What netabase-gen notes beside the layout.
struct Netabase @0xb9738f00823280aa {
  # The C++ name, where it is another one.
  annotation cpp @0xa1c7ac2e8f5636e2 (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0x8e3ad52fb402f47c (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0x8311ba9acf552344 (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xa9b4dcfe17eae604 (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0x8df6045f186bd67b (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xaccceffbbe4bfd4d (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xad30474dbe5b832c (field, union, group) :Text;

  struct Definition @0x885c01fa3b2505c0 {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0x96c866220745153a {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xe9e7f92eb8fe2dec {
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
  struct Part @0x9ef1a69ae6f096d4 {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0xac9f27ed58eba480 {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0xae54f4cce8e5a25f {
    name @0 :Text;
    value @1 :Int64;
  }
}
