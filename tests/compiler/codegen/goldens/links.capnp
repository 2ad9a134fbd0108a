# How links.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xe33a75b411540a8f;

struct Page @0xa9a986907a21c4d9 $Netabase.cpp("links::Page") {
  id @0 :UInt64;
  site @1 :Text;
  next :union {
    nextAbsent @2 :Void;
    next @3 :UInt64;
  }
  parts @4 :List(UInt64);
}

struct SiteName @0xf53657dd8cd83e91 $Netabase.cpp("links::site_name") {
  host @0 :Text;
  mirrorOf :union $Netabase.cpp("mirror_of") {
    mirrorOfAbsent @1 :Void;
    mirrorOf @2 :Text;
  }
}

struct Cover @0xbd510d3fe3661121 $Netabase.cpp("links::Cover") {
  page @0 :UInt64;
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "LinksDefinition", cppNamespace = "links", schemaVersion = 1, models = [
    (number = 0, table = "Page", record = "Page",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "site", link = "sites", onDelete = "restrict", parts = [(field = "site")]),
      (number = 2, name = "next", unique = true, sparse = true, link = "Page", onDelete = "set_null", parts = [(field = "next")]),
      (number = 3, name = "parts", perElement = true, link = "Page", onDelete = "cascade", parts = [(field = "parts")])
    ]),
    (number = 1, table = "sites", record = "SiteName",
     primaryKey = (number = 0, name = "primary", parts = [(field = "host")]), indexes = [
      (number = 1, name = "mirror_of", sparse = true, link = "sites", onDelete = "restrict", parts = [(field = "mirror_of")])
    ]),
    (number = 2, table = "Cover", record = "Cover",
     primaryKey = (number = 0, name = "primary", parts = [(field = "page")]), indexes = [
      (number = 1, name = "page", link = "Page", onDelete = "cascade", parts = [(field = "page")])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
];

# What netabase-gen notes beside the layout.
struct Netabase @0xa1aec29cca831ec1 {
  # The C++ name, where it is another one.
  annotation cpp @0x8346feccf2b4c795 (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0x90e054f87c25e263 (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0xd00b670400ba0f7b (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0x9aa7e1bdd811177f (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xb43f6b2486b44c38 (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0x963b56053bc067ce (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xf1bb4359bf2be527 (field, union, group) :Text;

  struct Definition @0xa3aae45fd7be7d65 {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xc3571ebb41412249 {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xbb27b1ccc90e838b {
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
  struct Part @0x9089919f45f0bb99 {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0xf5b7c80b86192479 {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0x886f9873eb08dc3e {
    name @0 :Text;
    value @1 :Int64;
  }
}
