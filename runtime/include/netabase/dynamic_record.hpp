#pragma once

/// \file
/// A stored record of a schema that the program has no struct for, read by field names: for migrations from layouts
/// whose headers are gone.
///
///     netabase::Migration<netabase::DynamicRecord, blog::User>([](const netabase::DynamicRecord& old) {
///       return blog::User{.id = old.get<std::uint64_t>("id"), .name = old.get<std::string>("username")};
///     })

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "netabase/bytes.hpp"
#include "netabase/codec/struct_view.hpp"
#include "netabase/evolution/schema.hpp"

namespace netabase {

class DynamicRecord;

namespace detail {

template <class T>
inline constexpr bool dynamic_optional = false;
template <class T>
inline constexpr bool dynamic_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool dynamic_vector = false;
template <class T>
inline constexpr bool dynamic_vector<std::vector<T>> = true;

/// What a DynamicRecord gives of a field.
template <class T>
concept DynamicScalar = std::is_arithmetic_v<T> || std::is_enum_v<T>;

/// A scalar as it is stored, widened.
struct DynamicNumber {
  evolution::TypeKind kind = evolution::TypeKind::nothing;
  std::int64_t integer = 0;   ///< of signed kinds
  std::uint64_t natural = 0;  ///< of unsigned kinds and bool
  double real = 0;            ///< of float kinds
};

}  // namespace detail

/// Borrows a stored record, or a struct in one. Valid while the migration function it was given to runs.
class DynamicRecord {
 public:
  DynamicRecord(const evolution::Schema& schema, const evolution::Struct& structure, wire::StructView view)
      : schema_(&schema), structure_(&structure), view_(view) {}

  /// The version of the schema that the store's file has.
  std::uint16_t schema_version() const noexcept { return schema_->version; }
  /// The C++ names of the fields, in the order they were added.
  std::vector<std::string> fields() const;
  /// Whether there was a field of that name.
  bool has_field(std::string_view field) const { return structure_->find(field) != nullptr; }
  /// Whether an optional field has a value; true for every other one.
  bool has(std::string_view field) const;

  /// The value of a field, by its C++ name. `T`:
  ///
  ///     bool, integers, floats, enums   of any scalar field whose value T can hold (else invalid_argument)
  ///     std::string, std::string_view   of text; the view is borrowed
  ///     netabase::Bytes                 of bytes; borrowed
  ///     std::vector<std::byte>          of bytes
  ///     DynamicRecord                   of a struct, also of what C++ spells pair, tuple or variant
  ///     std::vector<T>                  of a list of T; not of string_view, Bytes or optional
  ///     std::optional<T>                of an optional field
  ///
  /// An optional field without a value throws Error(invalid_argument) unless T is an optional; so does a name that the
  /// struct does not have, and a T that does not fit. Damaged bytes throw Corrupt.
  template <class T>
  T get(std::string_view field) const {
    if constexpr (detail::dynamic_optional<T>) {
      if (!has(field)) return std::nullopt;
      return get<typename T::value_type>(field);
    } else if constexpr (std::is_same_v<T, std::vector<std::byte>>) {
      const Bytes bytes = data(field);
      return {bytes.begin(), bytes.end()};
    } else if constexpr (detail::dynamic_vector<T>) {
      return get_list<typename T::value_type>(field);
    } else if constexpr (detail::DynamicScalar<T>) {
      return convert<T>(number(field), field);
    } else if constexpr (std::is_same_v<T, std::string>) {
      return std::string(text(field));
    } else if constexpr (std::is_same_v<T, std::string_view>) {
      return text(field);
    } else if constexpr (std::is_same_v<T, Bytes>) {
      return data(field);
    } else {
      static_assert(std::is_same_v<T, DynamicRecord>,
                    "DynamicRecord::get() cannot give this type: see its description");
      return structure(field);
    }
  }

 private:
  const evolution::Field& find(std::string_view field) const;
  const evolution::Field& find_value(std::string_view field, std::initializer_list<evolution::TypeKind> kinds,
                                     const char* wanted) const;
  detail::DynamicNumber number(std::string_view field) const;
  std::string_view text(std::string_view field) const;
  Bytes data(std::string_view field) const;
  DynamicRecord structure(std::string_view field) const;
  std::vector<detail::DynamicNumber> numbers(std::string_view field) const;
  std::vector<std::string> texts(std::string_view field) const;
  std::vector<std::vector<std::byte>> blobs(std::string_view field) const;
  std::vector<DynamicRecord> structures(std::string_view field) const;
  [[noreturn]] void throw_range(std::string_view field) const;

  template <class T>
  T convert(const detail::DynamicNumber& number, std::string_view field) const {
    using evolution::TypeKind;
    if constexpr (std::is_enum_v<T>) {
      return static_cast<T>(convert<std::underlying_type_t<T>>(number, field));
    } else if (number.kind == TypeKind::float32 || number.kind == TypeKind::float64) {
      if constexpr (!std::is_floating_point_v<T>) {
        throw_range(field);
      } else {
        return static_cast<T>(number.real);
      }
    } else if constexpr (std::is_floating_point_v<T>) {
      return number.integer != 0 ? static_cast<T>(number.integer) : static_cast<T>(number.natural);
    } else if constexpr (std::is_same_v<T, bool>) {
      return number.integer != 0 || number.natural != 0;
    } else {
      const T value = number.integer != 0 ? static_cast<T>(number.integer) : static_cast<T>(number.natural);
      const bool fits = number.integer != 0
                            ? static_cast<std::int64_t>(value) == number.integer && (value < 0) == (number.integer < 0)
                            : static_cast<std::uint64_t>(value) == number.natural && !(value < 0);
      if (!fits) throw_range(field);
      return value;
    }
  }

  template <class T>
  std::vector<T> get_list(std::string_view field) const {
    if constexpr (detail::DynamicScalar<T>) {
      std::vector<T> values;
      for (const detail::DynamicNumber& number : numbers(field)) values.push_back(convert<T>(number, field));
      return values;
    } else if constexpr (std::is_same_v<T, std::string>) {
      return texts(field);
    } else if constexpr (std::is_same_v<T, std::vector<std::byte>>) {
      return blobs(field);
    } else {
      static_assert(std::is_same_v<T, DynamicRecord>, "DynamicRecord::get() cannot give a vector of this type");
      return structures(field);
    }
  }

  const evolution::Schema* schema_;
  const evolution::Struct* structure_;
  wire::StructView view_;
};

}  // namespace netabase
