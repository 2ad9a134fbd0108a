# How articles.hpp is stored, and every ordinal, id and number that was ever given. Written by netabase-gen; commit it.
#
# Ordinals are never given again. When a merge leaves one claimed twice, keep the field that data was stored with, delete
# the other one's line and run netabase-gen again. The rest is best left to netabase-gen.
@0xe3ce8bb48449985d;

struct Article @0xf9f2e2a0153e8ef8 $Netabase.cpp("articles::Article") {
  id @0 :UInt64;
  title @1 :Text;
  content @2 :Text;
  authorId @3 :UInt64 $Netabase.cpp("author_id");
}

# The stores that these structs are kept in. A key's number is its enumerator's value.
const definitions :List(Netabase.Definition) = [
  (name = "ArticlesDefinition", cppNamespace = "articles", schemaVersion = 1, models = [
    (number = 0, table = "Article", record = "Article",
     primaryKey = (number = 0, name = "primary", parts = [(field = "id")]), indexes = [
      (number = 1, name = "author_id", parts = [(field = "author_id")])
    ])
  ])
];

# The enums of the fields, which are stored as their underlying integers.
const enumerations :List(Netabase.Enumeration) = [
];

# What netabase-gen notes beside the layout.
struct Netabase @0xb1582e8e3a2182a4 {
  # The C++ name, where it is another one.
  annotation cpp @0xf9eb432a3e02c4a4 (struct, field, union, group) :Text;
  # The enum that the field's integers stand for.
  annotation enumeration @0x89cdd0a797ea0d4a (field, union, group) :Text;
  # What the type does not say of the C++ type, without the arguments that it does say.
  annotation meaning @0xe758b8e08d09a2ae (field, union, group) :Text;
  # A struct for values of a C++ type that Cap'n Proto does not have, or cannot nest otherwise.
  annotation wrapper @0x9c8f3776d1e6a236 (struct) :Text;
  # No longer in the C++ struct; the name it had.
  annotation removed @0x8bcd3372afe849b5 (struct, field, union, group) :Text;
  # Where the values of a removed field belong: only a migration can bring them there.
  annotation successor @0xe88b44b405be102f (field, union, group) :Text;
  # The C++ initialiser, where it is no longer the default that older records read.
  annotation initially @0xed2fe69ad68465be (field, union, group) :Text;

  struct Definition @0x883a7a3a16e08ee2 {
    name @0 :Text;
    cppNamespace @1 :Text;
    # Counts the layouts ever given.
    schemaVersion @2 :UInt16;
    models @3 :List(Model);
  }
  struct Model @0xcc17a8b24367d4cc {
    number @0 :UInt16;
    table @1 :Text;
    # The struct, by its name in this file.
    record @2 :Text;
    primaryKey @3 :Key;
    indexes @4 :List(Key);
    removed @5 :Bool;
  }
  struct Key @0xb537f02a17440b16 {
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
  struct Part @0xa3e41e62fc39f862 {
    # The field, by its C++ name, or the names that lead to one of a nested struct; or the function that computes it.
    field @0 :Text;
    descending @1 :Bool;
    # The C++ type of what the function returns; empty: a field.
    computed @2 :Text;
  }
  struct Enumeration @0xe81393b61db4f396 {
    cpp @0 :Text;
    underlying @1 :Text;
    enumerators @2 :List(Enumerator);
  }
  struct Enumerator @0xac407f15924679e1 {
    name @0 :Text;
    value @1 :Int64;
  }
}
