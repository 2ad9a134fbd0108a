#pragma once

/// \file
/// The schema of a store as it lies in its file, resolved: models, their keys, and the shape of every value. All
/// commands work from this; none knows a generated header.
///
/// A Schema is immutable and may be used from any thread. What it points to lives as long as it does.

#include <capnp/schema-loader.h>
#include <capnp/schema.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "format/stored_schema.capnp.h"
#include "netabase/bytes.hpp"

namespace netabase::tools {

using stored::KeyType;

/// A C++ enum; values are stored as its underlying integers.
struct Enumeration {
  std::string cpp_name;  ///< "shop::Category"
  struct Enumerator {
    std::string name;
    std::int64_t value = 0;
  };
  std::vector<Enumerator> enumerators;

  /// Null when no enumerator has the value or the name.
  const Enumerator* find(std::int64_t value) const;
  const Enumerator* find(std::string_view name) const;
};

struct StructShape;

/// The type of a value.
struct Shape {
  enum class Kind : std::uint8_t {
    nothing,  ///< Void, which has one value
    boolean,
    signed_integer,
    unsigned_integer,
    float32,
    float64,
    text,
    bytes,
    wide_signed,    ///< an integer of 128 bits; `structure`, of two words
    wide_unsigned,  ///< the same
    list,           ///< `element`
    structure,      ///< `structure`
    wrapper,  ///< `structure`, whose only field is the value: an optional or an enum where Cap'n Proto nests neither
  };
  Kind kind = Kind::nothing;
  capnp::Type type;
  const Enumeration* enumeration = nullptr;  ///< of integers and booleans, and of a list's elements
  std::shared_ptr<const Shape> element;
  std::uint32_t extent = 0;  ///< of a std::array: how many elements or bytes it has; 0: any
  /// Of a set or map: each element, or key, is there once, and they are in order.
  enum class Order : std::uint8_t { none, own, as_keys };
  Order order = Order::none;
  bool path = false;  ///< a text that is a std::filesystem::path
  /// The C++ type, or that of the container alone, where `kind` does not say it: "std::chrono::seconds", "std::set".
  std::string meaning;
  const StructShape* structure = nullptr;
};

/// A field of a struct.
struct FieldShape {
  std::string name;  ///< the C++ one
  std::string capnp_name;
  capnp::StructSchema::Field field;
  bool removed = false;   ///< no longer in the C++ struct
  bool in_union = false;  ///< there only while the struct's union holds it
  /// A std::optional: `field` is a group, a union of `absent` and `present`.
  bool optional = false;
  capnp::StructSchema::Field absent;
  capnp::StructSchema::Field present;
  bool has_default = false;  ///< of pointers: null does not mean empty
  std::string meaning;       ///< as the schema notes it; empty: the type says all
  Shape shape;               ///< of the value; of an optional one that it holds
};

/// A struct, a wrapper or a group.
struct StructShape {
  std::string cpp_name;  ///< "blog::User"; of a wrapper the type that it stands for
  bool wrapper = false;
  capnp::StructSchema schema;
  std::vector<FieldShape> fields;  ///< in the order of the struct's ordinals

  const FieldShape* find(std::string_view cpp_name) const;
  const FieldShape* find_capnp(std::string_view capnp_name) const;
};

/// A part of a key.
struct Part {
  std::string name;  ///< "created"; of a nested field "price.cents"; of a function of the program "domain()"
  std::vector<const FieldShape*> path;  ///< of a map to its entries' key; empty: `computed`
  bool computed = false;                ///< given by a function of the program
  KeyType type = KeyType::BOOLEAN;
  bool descending = false;
  bool optional = false;
  std::uint32_t length = 0;  ///< of fixedBytes
  const Enumeration* enumeration = nullptr;
};

/// A model's primary key, or an index.
struct Key {
  std::string name;
  std::string table;  ///< "User" or "User.email"
  std::uint16_t number = 0;
  bool unique = false;
  bool sparse = false;
  bool per_element = false;
  bool automatic = false;
  std::uint64_t max_length = 0;
  std::vector<Part> parts;
  /// Its keys are primary keys of the model with this table; empty: no link.
  std::string link;
  stored::OnDelete on_delete = stored::OnDelete::RESTRICT;
  /// Only records for which it says yes have entries: "verified", or a function of the program, "is_active()"; empty:
  /// all.
  std::string where;
  const FieldShape* where_field = nullptr;  ///< of `where` that is a field
  /// Why this program cannot tell which keys of a record are entered: "is computed by the program's function domain()";
  /// empty: it can.
  std::string obstacle;
  bool computed = false;  ///< a part is: it cannot even tell what keys a record has
  bool readable =
      true;  ///< off: a part has a type that only a newer netabase knows, not even entries can be taken apart
};

struct Model {
  std::string name;      ///< of its table
  std::string cpp_name;  ///< "blog::User"
  std::uint16_t number = 0;
  const StructShape* shape = nullptr;
  Key primary;
  std::vector<Key> indexes;

  /// Throws UsageError, naming the indexes there are.
  const Key& index(std::string_view name) const;
};

class Schema {
 public:
  /// From the bytes of a StoredSchema message. `where` begins messages. Throws Corrupt when they are damaged,
  /// FormatMismatch when a newer netabase wrote them.
  static std::shared_ptr<const Schema> decode(Bytes bytes, const std::string& where);

  Schema();
  ~Schema();
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;

  const std::string& definition() const { return definition_; }
  std::uint16_t version() const { return version_; }
  const std::vector<Model>& models() const { return models_; }
  const std::map<std::string, Enumeration>& enumerations() const { return enumerations_; }
  /// Every struct that records are made of, wrappers too, in the order of the stored nodes; no groups.
  const std::vector<const StructShape*>& structs() const { return structs_; }

  /// By the table's name or the C++ one, with or without its namespace. Throws UsageError, naming the models there are.
  const Model& model(std::string_view name) const;
  /// What a link names. Throws Corrupt when there is no such model.
  const Model& target_of(const Key& link) const;
  /// The tables of the definition: records and indexes.
  std::size_t table_count() const;

 private:
  class Builder;

  std::string definition_;
  std::uint16_t version_ = 0;
  capnp::SchemaLoader loader_;
  std::map<std::uint64_t, StructShape> shapes_;  // by node, groups too
  std::vector<const StructShape*> structs_;
  std::map<std::string, Enumeration> enumerations_;
  std::vector<Model> models_;
};

/// "User, Post": for messages.
std::string names_of(const std::vector<Model>& models);
std::string names_of(const std::vector<Key>& indexes);

}  // namespace netabase::tools
