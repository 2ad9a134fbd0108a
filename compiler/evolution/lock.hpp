#pragma once

/// \file
/// What a committed NAME.capnp records: every ordinal, id and number ever given. Plain data, no I/O.
///
/// read_lock() makes it out of the file, assign() carries it on to the structs as they are now, compare() says what
/// changed between two of them, and layout::capnp_text() writes it down again. Writing and reading gives the same lock
/// back.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace netabase::compiler::evolution {

/// A field of a struct, or what is left of one.
struct LockedField {
  std::string cpp_name;  ///< "author_id"
  std::string name;      ///< Cap'n Proto's, unique in the struct: "authorId"; "removed3" for a removed one
  std::string type;      ///< of the value, as Cap'n Proto writes it: "UInt64", "List(Text)", "Address"
  /// As Cap'n Proto writes it, from the first run that saw the field on; empty: zero or empty.
  std::string default_value;
  std::uint16_t ordinal = 0;  ///< of the value
  /// std::optional fields are unions of nothing and the value: the ordinal of nothing. Whichever of the two ordinals is
  /// lower is what records from before the field read.
  std::optional<std::uint16_t> absent_ordinal;
  std::string enumeration;  ///< the C++ enum that the stored integers stand for: "blog::Status"; empty: none
  /// What `type` does not say of the C++ type, see schema::meaning(): "std::set", "std::chrono::milliseconds".
  std::string meaning;
  bool removed = false;  ///< a tombstone: keeps its ordinals and type, `cpp_name` is the name it had
  /// Of a tombstone: where its values belong now ("years", "Address.city"). Stores that have it live need a migration.
  /// Empty: it was dropped.
  std::string successor;
  /// The C++ initialiser as it is now, where it is no longer `default_value`.
  std::optional<std::string> initially;

  std::uint16_t first_ordinal() const {
    return absent_ordinal && *absent_ordinal < ordinal ? *absent_ordinal : ordinal;
  }
  bool operator==(const LockedField&) const = default;
};

/// A struct, or a wrapper: a struct for what Cap'n Proto cannot nest (a list of optionals) or does not have (a pair).
/// wrappers.hpp says which types have one.
struct LockedStruct {
  std::string cpp_name;  ///< "blog::User"; a wrapper's is the C++ type it stands for: "std::optional<std::string>",
                         ///< or a map's entries: "std::pair<const std::string, bool>"
  std::string name;      ///< Cap'n Proto's, unique in the file
  std::uint64_t id = 0;
  bool wrapper = false;
  bool is_union = false;  ///< its fields are one union: the wrapper of a variant
  bool removed = false;
  std::vector<LockedField> fields;  ///< by first_ordinal()

  bool operator==(const LockedStruct&) const = default;
};

struct LockedPart {
  std::string field;  ///< LockedField::cpp_name, of nested ones "address.zip"; the function's name when computed
  bool descending = false;
  std::string computed;  ///< the C++ type that the function returns; empty: a stored field

  bool operator==(const LockedPart&) const = default;
};

/// A key: the primary one (number 0) or an index.
struct LockedIndex {
  std::string name;
  std::uint16_t number = 0;  ///< the key enum's value
  bool unique = false;
  bool automatic = false;
  bool sparse = false;
  bool per_element = false;
  std::uint64_t max_length = 0;
  bool removed = false;
  std::string where;  ///< the predicate: a field's name, or a function's with "()"; empty: every record is entered
  std::vector<LockedPart> parts;
  std::string link;       ///< the table of the model that the key's values name records of; empty: no link
  std::string on_delete;  ///< of a link: "restrict", "cascade" or "set_null"

  bool operator==(const LockedIndex&) const = default;
};

struct LockedModel {
  std::string table;   ///< the name in the store's file
  std::string record;  ///< LockedStruct::name
  std::uint16_t number = 0;
  bool removed = false;
  LockedIndex primary;
  std::vector<LockedIndex> indexes;  ///< by number

  bool operator==(const LockedModel&) const = default;
};

struct LockedDefinition {
  std::string name;
  std::string cpp_namespace;
  std::uint16_t schema_version = 1;  ///< counts the layouts ever given
  std::vector<LockedModel> models;   ///< by number

  bool operator==(const LockedDefinition&) const = default;
};

struct LockedEnumerator {
  std::string name;
  std::int64_t value = 0;

  bool operator==(const LockedEnumerator&) const = default;
};

/// An enum that fields refer to. Stored as its underlying integer; the names are kept for tools and for comparisons.
struct LockedEnum {
  std::string cpp_name;    ///< "blog::Status"
  std::string underlying;  ///< "UInt8"
  std::vector<LockedEnumerator> enumerators;

  bool operator==(const LockedEnum&) const = default;
};

struct Lock {
  std::uint64_t file_id = 0;
  std::vector<LockedDefinition> definitions;
  std::vector<LockedStruct> structs;
  std::vector<LockedEnum> enums;

  const LockedStruct* find_struct(std::string_view name) const {
    for (const LockedStruct& structure : structs) {
      if (structure.name == name) return &structure;
    }
    return nullptr;
  }

  bool operator==(const Lock&) const = default;
};

}  // namespace netabase::compiler::evolution
