#pragma once

/// \file
/// The schema model: what the front end found in the user's headers, as plain data. The front end fills it; checks,
/// evolution, layout and code generation read it. No libclang, no Cap'n Proto, no I/O.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/diagnostics/diagnostics.hpp"

namespace netabase::compiler::schema {

struct Struct;
struct Enum;

/// The kinds of types that a field can have.
enum class TypeKind : std::uint8_t {
  boolean,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  float32,
  float64,
  enumeration,  ///< `enumeration`
  string,       ///< std::string
  bytes,        ///< std::vector<std::byte>, std::vector<std::uint8_t>, std::array<std::byte, N>: `cpp` says which
  vector,       ///< `arguments[0]`
  optional,     ///< `arguments[0]`
  structure,    ///< `structure`
  array,        ///< `arguments[0]`, `extent`
  set,          ///< `arguments[0]`; `hashed` tells unordered from ordered
  duration,     ///< `arguments[0]`, the number that counts the ticks; `period`
  time_point,   ///< of system_clock: `arguments[0]`, the duration since 1970
  int128,
  uint128,
  path,       ///< std::filesystem::path
  map,        ///< `arguments`; `hashed` tells unordered from ordered
  pair,       ///< `arguments`
  tuple,      ///< `arguments`
  variant,    ///< `arguments`, two at least
  monostate,  ///< only in a variant
};

/// The seconds of one tick, as a fraction in its lowest terms.
struct Period {
  std::int64_t numerator = 1;
  std::int64_t denominator = 1;
};

/// A field's type, resolved through every alias.
struct Type {
  TypeKind kind = TypeKind::boolean;
  /// The canonical C++ spelling to use in generated code, valid in any namespace: "std::uint64_t", "::blog::Address",
  /// "std::vector<std::string>". Fixed-width integers are spelled by their <cstdint> names.
  std::string cpp;
  std::vector<Type> arguments;
  const Struct* structure = nullptr;
  const Enum* enumeration = nullptr;
  std::uint64_t extent = 0;  ///< of an array, and of fixed bytes; 0 for bytes of any length
  bool hashed = false;       ///< an unordered container
  Period period{};           ///< of a duration

  bool operator==(const Type& other) const { return cpp == other.cpp; }
};

/// One enumerator, in the order of the source.
struct Enumerator {
  std::string name;
  /// Its value as the underlying type reads it: 255 of a uint8. Values of a uint64 above int64's largest are kept by
  /// their 64 bits, as negative numbers.
  std::int64_t value = 0;
  SourceLocation location;
};

/// An enum or enum class.
struct Enum {
  std::string qualified_name;  ///< "::blog::Status"
  std::string name;            ///< "Status"
  bool scoped = true;
  TypeKind underlying = TypeKind::int32;  ///< one of the integer kinds (or boolean)
  std::vector<Enumerator> enumerators;
  SourceLocation location;
};

/// What a default member initialiser gives: a value of the field's kind. monostate: the type's zero or empty value.
using DefaultValue = std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string>;

/// One stored member of a struct.
struct Field {
  std::string name;  ///< as written in C++
  Type type;
  DefaultValue default_value;               ///< enums: the underlying value as int64_t/uint64_t
  std::optional<std::string> renamed_from;  ///< evolution
  SourceLocation location;                  ///< of the name
};

/// The name of something that the definition or struct had once, and that is not to be taken for renamed.
struct DroppedName {
  std::string name;
  SourceLocation location;
};

/// A struct whose members are stored: a model, or one that fields of models are made of.
struct Struct {
  std::string qualified_name;  ///< "::blog::User"
  std::string name;            ///< its name in generated code: enclosing classes' names put before it ("UserAddress")
  bool snake_case = false;     ///< generated names are written user_ref instead of UserRef
  std::vector<Field> fields;   ///< in the order of the source, without skipped ones
  std::vector<std::string> skipped;         ///< names of the fields marked `skip`
  std::optional<std::string> renamed_from;  ///< evolution
  std::vector<DroppedName> dropped;         ///< fields that are gone on purpose
  /// Whether the struct is an aggregate that braces can make (to_owned() fills members one by one either way).
  bool default_constructible = true;
  SourceLocation location;
};

/// A const member function of a model's struct that gives a part of a key.
struct Computed {
  std::string name;
  Type type;            ///< of the part: what it returns, a std::string for a std::string_view
  std::string returns;  ///< what it returns, references left out, as generated code spells it
};

/// One part of a key: a field, maybe one of a nested struct, or what a function computes. key_parts.hpp reads it.
struct KeyPart {
  /// Indexes into Struct::fields: of the model's struct, then of the struct that each field holds. Empty when computed.
  std::vector<std::size_t> path;
  std::optional<Computed> computed;
  bool descending = false;
  SourceLocation location;
};

/// What becomes of the records that link to a record that is removed.
enum class OnDelete : std::uint8_t {
  restrict_,  ///< the removal is refused
  cascade,    ///< they are removed, too
  set_null,   ///< the link is taken out of them
};

/// "restrict".
const char* name_of(OnDelete policy);

/// A key whose values are primary keys of a model.
struct Link {
  std::string target;  ///< as written: "User", "blog::User"
  SourceLocation target_location;
  OnDelete on_delete = OnDelete::restrict_;
  SourceLocation on_delete_location;
  /// The target's place in Definition::models, by resolve_links(); nothing: there is none, which check_links() reports.
  std::optional<std::size_t> model;
};

/// Which records an index has: those for which a bool field or a const member function says so.
struct Predicate {
  std::string name;
  bool is_function = false;
  SourceLocation location;
};

/// A primary or secondary key. The primary one has plain fields only.
struct Key {
  std::string name;  ///< "primary", or the field's name, or the name given in index(...)
  std::vector<KeyPart> parts;
  bool unique = false;             ///< always for the primary key
  bool automatic = false;          ///< primary_key(auto)
  bool declared_on_field = false;  ///< made by an attribute on one field or function: selectable by member pointer
  /// Its single part is an optional (absent: no entry) or a container (one entry per element, bytes excepted).
  bool sparse = false;
  bool per_element = false;
  std::optional<Link> link;        ///< made by `link` on a field, never of the primary key
  std::optional<Predicate> where;  ///< absent: every record
  std::uint64_t max_length = 0;    ///< bytes; 0: any
  SourceLocation location;
};

/// A struct with a tree of its own.
struct Model {
  const Struct* structure = nullptr;
  std::string stored_name;  ///< the table's name in the file
  Key primary;
  std::vector<Key> secondary;  ///< in the order of the source, composite ones after those on fields
  SourceLocation location;
};

/// The models that live in one store: one annotated namespace.
struct Definition {
  std::string name;                  ///< "BlogDefinition"
  std::string keys_name;             ///< "BlogKeys"
  std::string cpp_namespace;         ///< "blog", "a::b"; empty for none
  std::string header;                ///< the header given on the command line, as named there; outputs take its stem
  std::vector<Model> models;         ///< in the order of the source
  std::vector<DroppedName> dropped;  ///< stored names of models that are gone on purpose
  /// Every struct reachable from the models, each after all that it contains by value.
  std::vector<const Struct*> structs;
  std::vector<const Enum*> enums;  ///< every enum reachable from them
  SourceLocation location;
};

/// Everything one run found. Owns what the pointers above point to; move-only, and moving keeps them valid.
struct Schema {
  std::vector<std::unique_ptr<Struct>> structs;
  std::vector<std::unique_ptr<Enum>> enums;
  std::vector<Definition> definitions;
  /// Every file the run read, sorted, for --depfile.
  std::vector<std::string> dependencies;
};

}  // namespace netabase::compiler::schema
