#pragma once

/// \file
/// A definition as a user has it in mind: the source of a random schema header, and of what its stored data must mean.
/// Every field has an identity that lives through renames and changes of type; nothing of netabase is known here.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace random_evolution {

using Id = std::uint64_t;
__extension__ using Wide = __int128;

enum class Kind : std::uint8_t {
  boolean,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  int128,
  uint128,
  float32,
  float64,
  milliseconds,
  seconds,
  days_point,
  enumeration,  ///< `id`
  text,
  path,
  bytes,
  fixed_bytes,  ///< `extent`
  structure,    ///< `id`
  optional,
  vector,
  array,  ///< `extent`
  set,
  hashed_set,
  map,
  hashed_map,
  pair,
  tuple,
  variant,
};

struct Field;

struct Type {
  Kind kind = Kind::boolean;
  std::vector<Type> arguments;
  Id id = 0;
  std::size_t extent = 0;

  bool operator==(const Type&) const = default;
};

/// A value of any type. A missing optional is `absent`; a present one is the value itself.
struct Value {
  bool absent = false;
  Wide integer = 0;          ///< bool, integers, enums, times
  double real = 0;           ///< float and double
  std::string text;          ///< text, paths, bytes
  std::size_t choice = 0;    ///< of a variant
  std::vector<Value> items;  ///< elements; of a map's entries, pairs and tuples the members; of a variant the one value
  std::map<Id, Value> fields;  ///< of a struct, by the fields' identities; those that came later are not there

  /// Of a struct: the field's value, or what it was born with.
  const Value& of(const Field& field) const;

  bool operator==(const Value&) const = default;
};

struct Field {
  Id id = 0;
  std::string name;
  Type type;
  std::optional<Value> initialiser;  ///< as the header says it now
  /// What records from before the field read: what the initialiser was when the field came.
  Value born;
  std::string renamed_from;
};

struct Struct {
  Id id = 0;
  std::string name;
  std::vector<Field> fields;
  std::string renamed_from;
  std::vector<std::string> dropped;      ///< fields that the header says are gone on purpose
  std::vector<std::string> free_names;   ///< of fields that were removed
  std::vector<std::string> freed_names;  ///< the same, of this version: to use one now would be no removal

  const Field* find(Id field) const;
};

struct Enumerator {
  std::string name;
  std::int64_t value = 0;
};

struct Enum {
  Id id = 0;
  std::string name;
  Kind underlying = Kind::uint8;
  std::vector<Enumerator> enumerators;
};

struct Part {
  std::vector<Id> path;  ///< fields, from the model's struct downwards
  bool descending = false;
};

struct Index {
  std::string name;  ///< of one declared on its field: empty, the field's name
  bool unique = false;
  std::vector<Part> parts;
  std::optional<Id> where;  ///< a bool field
};

struct Model {
  Id structure = 0;
  std::string stored_name;  ///< empty: the struct's name
  std::vector<Id> primary;
  bool automatic = false;
  std::vector<Index> indexes;
};

struct Draft {
  std::string name;             ///< of the namespace
  std::string definition_name;  ///< "chain1Definition"
  std::vector<Enum> enums;
  std::vector<Struct> structs;  ///< each after those that it holds
  std::vector<Model> models;
  std::vector<Model> removed_models;  ///< their structs are in `removed_structs`
  std::vector<Struct> removed_structs;
  Id next_id = 1;

  const Struct& structure(Id id) const;
  Struct& structure(Id id);
  const Enum& enumeration(Id id) const;
  Enum& enumeration(Id id);
  bool is_model(Id structure) const;
  std::string table(const Model& model) const;
  std::string index_name(const Model& model, const Index& index) const;
  /// Takes out what the key's parts, or an index's predicate, no longer can be: after fields went or changed type.
  void drop_broken_indexes();
  /// The last field of a part's path; null when there is none of these fields any more.
  const Field* part_field(const Model& model, const std::vector<Id>& path) const;
};

bool is_integer(Kind kind);
bool is_number(Kind kind);
/// Whether it can be a primary key, or a part of any key.
bool is_key(const Type& type);
/// Whether it can be an index of its own.
bool is_single_key(const Type& type);
bool is_part(const Type& type);
/// Whether a header can give it a default that the schema keeps.
bool has_initialiser(const Type& type);

/// The type in C++.
std::string cpp_type(const Draft& draft, const Type& type);

/// The whole schema header.
std::string header_text(const Draft& draft);

}  // namespace random_evolution
