# How inventory.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xee8c2f7c4fa332b1;

struct Supplier @0xbcc40503e332de03 $Netabase.cpp("inventory::Supplier") {
  code @0 :Text;
  name @1 :Text;
  vatNumber :union $Netabase.cpp("vat_number") {
    vatNumberAbsent @2 :Void;
    vatNumber @3 :Text;
  }
}

struct Place @0x844329621bcbe52e $Netabase.cpp("inventory::Place") {
  aisle @0 :Text;
  shelf @1 :UInt16;
}

struct Item @0xe49dd2c6ac183a98 $Netabase.cpp("inventory::Item") {
  sku @0 :Text;
  name @1 :Text;
  supplier @2 :Text;
  replacement :union {
    replacementAbsent @3 :Void;
    replacement @4 :Text;
  }
  place @5 :Place;
  quantity @6 :UInt32;
  reorderAt @7 :UInt32 $Netabase.cpp("reorder_at");
  priceCents @8 :UInt32 $Netabase.cpp("price_cents");
  tags @9 :List(Text) $Netabase.meaning("std::set");
  facts @10 :List(MapTextVariantInt64Float64TextEntry) $Netabase.meaning("std::map");
}

struct Movement @0x9e6b683a1e32b1d6 $Netabase.cpp("inventory::Movement") {
  id @0 :UInt64;
  item @1 :Text;
  at @2 :Int64 $Netabase.meaning("std::chrono::sys_time<std::chrono::seconds>");
  change @3 :Int32;
}

struct VariantInt64Float64Text @0xa85797a9818b2ac3 $Netabase.wrapper("std::variant<std::int64_t, double, std::string>") {
  union {
    a0 @0 :Int64;
    a1 @1 :Float64;
    a2 @2 :Text;
  }
}

struct MapTextVariantInt64Float64TextEntry @0xf127de1ee4952067 $Netabase.wrapper("std::pair<const std::string, std::variant<std::int64_t, double, std::string>>") {
  key @0 :Text;
  value @1 :VariantInt64Float64Text;
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "InventoryDefinition", cppNamespace = "inventory", schemaVersion = 1, models = [
    (number = 0, table = "Supplier", record = "Supplier",
     primaryKey = (number = 0, name = "primary", parts = [(field = "code")]), indexes = [
      (number = 1, name = "vat_number", unique = true, sparse = true, parts = [(field = "vat_number")])
    ]),
    (number = 1, table = "Item", record = "Item",
     primaryKey = (number = 0, name = "primary", parts = [(field = "sku")]), indexes = [
      (number = 1, name = "supplier", link = "Supplier", onDelete = "restrict", parts = [(field = "supplier")]),
      (number = 2, name = "replacement", sparse = true, link = "Item", onDelete = "set_null", parts = [(field = "replacement")]),
      (number = 3, name = "tags", perElement = true, parts = [(field = "tags")]),
      (number = 4, name = "folded_name", parts = [(field = "folded_name", computed = "std::string")]),
      (number = 5, name = "by_place", parts = [(field = "place.aisle"), (field = "place.shelf")]),
      (number = 6, name = "by_supplier", parts = [(field = "supplier"), (field = "price_cents", descending = true)]),
      (number = 7, name = "low_stock", where = "is_low()", parts = [(field = "quantity")])
    ]),
    (number = 2, table = "Movement", record = "Movement",
     primaryKey = (number = 0, name = "primary", automatic = true, parts = [(field = "id")]), indexes = [
      (number = 1, name = "item", link = "Item", onDelete = "cascade", parts = [(field = "item")]),
      (number = 2, name = "by_item_time", parts = [(field = "item"), (field = "at", descending = true)])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
];

# What netabase-gen notes beside the layout.
struct Netabase @0xff88f47a86a0213c {
  # The C++ name, where it is another one.
  annotation cpp @0xbf14f2473c9adbbc (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0xfd4418cbd8844252 (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0xf3c9d078d1251646 (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0xd8b527b5e713222e (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0xb5798800c3c75dcd (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xb2c1a857a957a737 (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0x9a36baedd7fbd426 (field, union, group) :Text;

  struct Definition @0x9b38904ff89b554a {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0x9ec3964859724334 {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0x83b33f4763472f0e {
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
  struct Part @0xae87839fe4bfd86a {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0xfd1b59fa6d173c9e {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0xc0bc1641caeb4a79 {
    name @0 :Text;
    value @1 :Int64;
  }
}
