# How trees.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0x9aeec229571c858b;

struct Label @0xe98d6c422e9ac9cc $Netabase.cpp("trees::Label") {
  text @0 :Text;
  bold @1 :Bool;
}

struct Node @0xebe10bdee98e4ad2 $Netabase.cpp("trees::Node") {
  value @0 :Int32;
  label @1 :Label;
  children @2 :List(Node);
  maybeChildren @3 :List(OptionalNode) $Netabase.cpp("maybe_children");
  rows @4 :List(List(Node));
  more :union {
    moreAbsent @5 :Void;
    more @6 :List(Node);
  }
}

struct Group @0xfa4bec4e27b7f159 $Netabase.cpp("trees::Group") {
  inner @0 :Expression;
  other :union {
    otherAbsent @1 :Void;
    other @2 :Expression;
  }
}

struct Operand @0xea687f9e1728829b $Netabase.cpp("trees::Operand") {
  number @0 :Int64;
  group @1 :Group;
}

struct Expression @0xffb3bc1b59b37104 $Netabase.cpp("trees::Expression") {
  name @0 :Text;
  operands @1 :List(Operand);
}

struct Topic @0xf498048d312eb751 $Netabase.cpp("trees::Topic") {
  name @0 :Text;
  topics @1 :List(Topic) $Netabase.meaning("std::set");
}

struct Fork @0xf3f4159c8417bb62 $Netabase.cpp("trees::Fork") {
  sides @0 :List(List(Fork)) $Netabase.meaning("std::array<_, 2>");
}

struct Forest @0xe4700f61b363488f $Netabase.cpp("trees::Forest") {
  id @0 :UInt64;
  root @1 :Node;
  formula @2 :Expression;
  topics @3 :List(Topic) $Netabase.meaning("std::set");
  fork @4 :Fork;
}

struct Comment @0xa3dc761542d7344b $Netabase.cpp("trees::Comment") {
  id @0 :UInt64;
  author @1 :Text;
  answers @2 :List(Comment);
}

struct OptionalNode @0xbb4fcf2560a475dd $Netabase.wrapper("std::optional<trees::Node>") {
  value :union {
    valueAbsent @0 :Void;
    value @1 :Node;
  }
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "TreesDefinition", cppNamespace = "trees", schemaVersion = 1, models = [
    (number = 0, table = "Forest", record = "Forest",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")])),
    (number = 1, table = "Comment", record = "Comment",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "author", parts = [(field = "author")])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
];

# What netabase-gen notes beside the layout.
struct Netabase @0x894297b4dced717a {
  # The C++ name, where it is another one.
  annotation cpp @0x9390aa95334ad932 (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0x9026f9e0ec4414ac (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0xe7287c377ff12114 (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0x8de0a7ff6c19e234 (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xb2da16e1e846728b (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xd1cc3107a7aa49fd (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xdce0ca1736becf7c (field, union, group) :Text;

  struct Definition @0xe765e7100f03ecd0 {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xd08e2ed5c446c34a {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xd8b7f7955a6c791c {
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
  struct Part @0xd796bdf81be7ed64 {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0x8fd360568f555850 {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0xe8375f96960c3f8f {
    name @0 :Text;
    value @1 :Int64;
  }
}
