# The schema as it lies in a store's file and, as a string, in each generated header.
#
# The bytes are one segment in Cap'n Proto's canonical form, without a segment table: the same as a record's body. Their
# fingerprint is FNV-1a of 64 bits. A store whose fingerprint equals the program's was written with the same schema.
@0xe1a3c0b7f04a9d25;

using Schema = import "/capnp/schema.capnp";
using Cxx = import "/capnp/c++.capnp";

$Cxx.namespace("netabase::stored");

struct StoredSchema {
  # 1: this one. A reader refuses numbers it does not know.
  formatVersion @0 :UInt16;
  # Counts the layouts that the definition had: of two schemas of one definition the higher is the newer.
  schemaVersion @1 :UInt16;
  definition @2 :Text;
  # By number. Without removed ones.
  models @3 :List(Model);
  # Every struct that a model is made of, by the C++ name. For tools, and to say in C++'s words what differs.
  structs @4 :List(Struct);
  enums @5 :List(Enum);
  # The structs' nodes as Cap'n Proto's parser gives them, without annotations; each before those it refers to first.
  nodes @6 :List(Schema.Node);
}

struct Model {
  # The table's name in the file.
  name @0 :Text;
  # "blog::User"
  cppName @1 :Text;
  structId @2 :UInt64;
  number @3 :UInt16;
  primaryKey @4 :Index;
  # By number. Without removed ones.
  indexes @5 :List(Index);
}

# A key: the primary one has number 0.
struct Index {
  name @0 :Text;
  number @1 :UInt16;
  unique @2 :Bool;
  # Nothing is entered where the optional field is absent.
  sparse @3 :Bool;
  # Each element of the list is entered; each key of a map.
  perElement @4 :Bool;
  parts @5 :List(Part);
  # The most bytes of a value; 0: any.
  maxLength @6 :UInt64;
  # Given by a sequence.
  automatic @7 :Bool;
  # Its values are primary keys of the model of this name: each names a record that is there. Empty: no link.
  link @8 :Text;
  # What becomes of the record when the one that it names is removed.
  onDelete @9 :OnDelete;
  # Only records for which this bool field, or this function (with parentheses), says yes are entered; empty: all.
  where @10 :Text;
}

enum OnDelete {
  # The removal is refused.
  restrict @0;
  # The record is removed, too.
  cascade @1;
  # The key is taken out of the record.
  setNull @2;
}

struct Part {
  # Names of Cap'n Proto fields, from the model's struct downwards; of a map its own and that of its entries' key.
  field @0 :List(Text);
  descending @1 :Bool;
  keyType @2 :KeyType;
  # Absent sorts before every value; only in keys of several parts.
  optional @3 :Bool;
  # Of fixedBytes.
  length @4 :UInt32;
  # The member function that gives the part; `field` is empty then.
  computed @5 :Text;
}

enum KeyType {
  boolean @0;
  int8 @1;
  int16 @2;
  int32 @3;
  int64 @4;
  uint8 @5;
  uint16 @6;
  uint32 @7;
  uint64 @8;
  float32 @9;
  float64 @10;
  text @11;
  bytes @12;
  fixedBytes @13;
  int128 @14;
  uint128 @15;
}

struct Struct {
  id @0 :UInt64;
  # "blog::User"; of a wrapper the C++ type it stands for.
  cppName @1 :Text;
  wrapper @2 :Bool;
  # In the order of the node's. Only what the node does not say.
  fields @3 :List(Field);
}

struct Field {
  # Empty: the name in the node.
  cppName @0 :Text;
  # The C++ enum that the integers stand for; empty: none.
  enumeration @1 :Text;
  removed @2 :Bool;
  # What the node's type does not say of the C++ type, without the arguments that it does say: "std::set",
  # "std::chrono::milliseconds", "std::vector<std::array<_, 3>>". Empty: it says all.
  meaning @3 :Text;
  # Of a removed field: where its values belong now; a record that has them needs a migration. Empty: it was dropped.
  successor @4 :Text;
}

struct Enum {
  cppName @0 :Text;
  enumerators @1 :List(Enumerator);
}

struct Enumerator {
  name @0 :Text;
  value @1 :Int64;
}
