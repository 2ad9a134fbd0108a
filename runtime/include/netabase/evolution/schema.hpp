#pragma once

/// \file
/// A schema as it lies in a file and in every generated header, taken apart: what records of each version look like.
///
/// The bytes are the Cap'n Proto message StoredSchema, as netabase-gen writes it. They are read with the codec's own
/// checked views; nothing here knows an engine.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "netabase/bytes.hpp"

namespace netabase::evolution {

/// The kinds of a field, numbered as Cap'n Proto's schema.capnp numbers them.
enum class TypeKind : std::uint16_t {
  nothing,
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
  text,
  data,
  list,
  enumeration,
  structure,
};

struct Type {
  TypeKind kind = TypeKind::nothing;
  std::uint64_t id = 0;       ///< of a struct
  std::vector<Type> element;  ///< of a list: one

  bool operator==(const Type&) const = default;
};

/// Bits that a value takes in the data section; 0: it is a pointer, or nothing.
std::uint32_t data_bits(TypeKind kind) noexcept;
bool is_pointer(TypeKind kind) noexcept;

/// One field of a struct: a value that is always there, or one side of a union of nothing and the value.
struct Field {
  std::string cpp_name;       ///< "author_id"
  std::string name;           ///< Cap'n Proto's: "authorId"
  std::string enumeration;    ///< the C++ enum that the integers stand for; empty: none
  std::string meaning;        ///< what the type does not say of the C++ type; empty: it says all
  bool removed = false;       ///< a tombstone
  std::string successor;      ///< of a tombstone: where its values belong now; empty: it was dropped
  std::uint16_t ordinal = 0;  ///< of the value: what a field is known by in every version
  Type type;                  ///< of the value
  std::uint32_t offset = 0;   ///< of the value: in units of its size, or the number of its pointer
  std::uint64_t default_bits = 0;
  std::string default_bytes;  ///< of text and data

  bool optional = false;                ///< a union of nothing and the value
  std::uint32_t tag_offset = 0;         ///< of an optional: its discriminant, in units of 16 bits
  std::uint16_t present = 0;            ///< of an optional: the discriminant that says that the value is there
  std::optional<std::uint16_t> choice;  ///< in a struct that is a union: the discriminant that chooses this field
};

struct Struct {
  std::uint64_t id = 0;
  std::string cpp_name;  ///< "blog::User"; of a wrapper the C++ type it stands for
  bool wrapper = false;
  std::uint16_t data_words = 0;
  std::uint16_t pointers = 0;
  bool is_union = false;  ///< a variant: one of the fields is there
  std::uint32_t tag_offset = 0;
  std::vector<Field> fields;

  const Field* find(std::string_view field) const;  ///< by C++ name, among those that are not removed
};

struct Part {
  std::string text;                     ///< "author_id"
  std::vector<std::uint16_t> ordinals;  ///< of the fields on the way to it, from the model's struct downwards
  bool descending = false;
};

struct Index {
  std::string name;
  bool unique = false;
  bool automatic = false;
  bool has_rules = false;  ///< it is unique, a link, or has a greatest length: there are records that it refuses
  std::vector<Part> parts;
  std::string all_bytes;   ///< all that is known of it, with ordinals for names: equal bytes, equal entries
  std::string part_bytes;  ///< the same of its parts alone
};

struct Model {
  std::string name;  ///< its table's
  std::string cpp_name;
  std::uint64_t struct_id = 0;
  Index primary;
  std::vector<Index> indexes;

  const Index* find(std::string_view index) const;
};

struct Enum {
  struct Enumerator {
    std::string name;
    std::int64_t value = 0;
  };
  std::string cpp_name;
  std::vector<Enumerator> enumerators;
};

struct Schema {
  std::uint16_t version = 0;
  std::string definition;
  std::vector<Model> models;
  std::vector<Struct> structs;
  std::vector<Enum> enums;

  const Model* find_model(std::string_view name) const;
  const Struct* find_struct(std::uint64_t id) const;
  const Enum* find_enum(std::string_view cpp_name) const;
};

/// Throws Corrupt when the bytes contradict themselves, and FormatMismatch when a later netabase wrote them. Takes some
/// tens of microseconds for a schema of ten models.
Schema parse(Bytes bytes);

/// "UInt64", "List(Text)", "blog::Address": for messages.
std::string to_string(const Schema& schema, const Type& type);

/// parse() for compiled_schema(), which need not know how to destroy one.
std::shared_ptr<const Schema> parse_shared(Bytes bytes);

/// The parsed schema that the program was compiled with. Parsed once, when it is first asked for.
template <class Definition>
const Schema& compiled_schema() {
  static const std::shared_ptr<const Schema> schema = parse_shared(as_bytes(Definition::schema()));
  return *schema;
}

}  // namespace netabase::evolution
