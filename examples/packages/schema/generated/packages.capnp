# How packages.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xb872022e5f1dd6a1;

struct Package @0x8c34beccded2b084 $Netabase.cpp("debian::Package") {
  name @0 :Text;
  architecture @1 :Text;
  version @2 :Text;
  section @3 :Text;
  priority @4 :UInt8 $Netabase.enumeration("debian::Priority");
  maintainer @5 :Text;
  installedSize :union $Netabase.cpp("installed_size") {
    installedSizeAbsent @6 :Void;
    installedSize @7 :UInt64;
  }
  essential @8 :Bool;
  source @9 :Text;
  status @10 :Text;
  summary @11 :Text;
  description @12 :Text;
  homepage @13 :Text;
  depends @14 :Text;
  preDepends @15 :Text $Netabase.cpp("pre_depends");
  dependencies @16 :List(Text);
  provides @17 :List(Text);
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "DebianDefinition", cppNamespace = "debian", schemaVersion = 1, models = [
    (number = 0, table = "Package", record = "Package",
     primaryKey = (number = 0, name = "primary", parts = [(field = "name"), (field = "architecture"), (field = "version")]), indexes = [
      (number = 1, name = "architecture", parts = [(field = "architecture")]),
      (number = 2, name = "section", parts = [(field = "section")]),
      (number = 3, name = "maintainer", parts = [(field = "maintainer")]),
      (number = 4, name = "installed_size", sparse = true, parts = [(field = "installed_size")]),
      (number = 5, name = "dependencies", perElement = true, parts = [(field = "dependencies")]),
      (number = 6, name = "provides", perElement = true, parts = [(field = "provides")]),
      (number = 7, name = "by_section_size", parts = [(field = "section"), (field = "installed_size", descending = true)])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
  (cpp = "debian::Priority", underlying = "UInt8", enumerators = [
    (name = "unspecified", value = 0),
    (name = "required", value = 1),
    (name = "important", value = 2),
    (name = "standard", value = 3),
    (name = "optional", value = 4),
    (name = "extra", value = 5)
  ])
];

# What netabase-gen notes beside the layout.
struct Netabase @0xb3e9b438bcbd8183 {
  # The C++ name, where it is another one.
  annotation cpp @0x9cbb8ae2ad8fef37 (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0xc7170d4fa4340479 (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0xb3a56dfa67421b6d (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xed53c453efd6a281 (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xcf873abb7e288132 (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xb0cf13cd8618d838 (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xad838a19d116cd19 (field, union, group) :Text;

  struct Definition @0xeb22e8e467025c1f {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xe937fd17d280d053 {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xe152cde2d43612dd {
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
  struct Part @0x94afadbaf7d92dff {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0xefc8871b4857b297 {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0xdaa751002eef0b10 {
    name @0 :Text;
    value @1 :Int64;
  }
}
