# How two_stores.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xa51486720324f973;

struct Label @0xbda8978cb0eefc1f $Netabase.cpp("stores::Label") {
  text @0 :Text;
  language :union {
    languageAbsent @1 :Void;
    language @2 :Text;
  }
}

struct OuterPart @0xb9c2dc82e13a6c21 $Netabase.cpp("stores::inner::Outer::Part") {
  lines @0 :List(OptionalText);
}

struct Thing @0x87d7554b858009cb $Netabase.cpp("stores::inner::Thing") {
  id @0 :UInt64;
  label @1 :Label;
  part @2 :OuterPart;
  references @3 :List(LabelRef) $Netabase.enumeration("stores::LabelRef");
  others @4 :List(OptionalLabel);
}

struct Thing2 @0xce02a2e3f06ba76d $Netabase.cpp("stores::second::Thing") {
  id @0 :UInt64;
  labels @1 :List(Label);
  lines @2 :List(OptionalText);
}

struct OptionalText @0xe20cd86a906a8186 $Netabase.wrapper("std::optional<std::string>") {
  value :union {
    valueAbsent @0 :Void;
    value @1 :Text;
  }
}

struct LabelRef @0x83e20258212de96e $Netabase.wrapper("stores::LabelRef") {
  value @0 :Bool $Netabase.enumeration("stores::LabelRef");
}

struct OptionalLabel @0xa13dfbcc525a45f2 $Netabase.wrapper("std::optional<stores::Label>") {
  value :union {
    valueAbsent @0 :Void;
    value @1 :Label;
  }
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "Definition", cppNamespace = "stores::inner", schemaVersion = 1, models = [
    (number = 0, table = "Thing", record = "Thing",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]))
  ]),
  (name = "SecondDefinition", cppNamespace = "stores::second", schemaVersion = 1, models = [
    (number = 0, table = "Thing", record = "Thing2",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]))
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
  (cpp = "stores::LabelRef", underlying = "Bool", enumerators = [
    (name = "by_name", value = 0),
    (name = "by_number", value = 1)
  ])
];

# What netabase-gen notes beside the layout.
struct Netabase @0xab479211c91710f9 {
  # The C++ name, where it is another one.
  annotation cpp @0xeaccf616e177a1ed (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0xa8b968aa9e19fccb (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0xaeb4892d3b830fd3 (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0x8d7912ac9946c9f7 (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xd638c9b7835282b0 (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xe1256255e4043bd6 (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xd467f10d41c6a4cf (field, union, group) :Text;

  struct Definition @0xe44266c86aad614d {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xe06cfe30db648071 {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xafd12917087a7c43 {
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
  struct Part @0x8ed4bd4d34acf401 {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0xd39552b1703fb121 {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0x83b984c3c69e0f96 {
    name @0 :Text;
    value @1 :Int64;
  }
}
