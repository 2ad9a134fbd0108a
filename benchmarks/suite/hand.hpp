#pragma once

/// \file
/// Records and keys as one lays them out by hand, for the engines that know bytes only: numbers and the lengths of
/// texts at fixed places, then the texts; keys of which memcmp order is the order of the values.

#include <cstring>
#include <limits>
#include <string>
#include <string_view>

#include "row.hpp"

namespace suite {

inline constexpr std::uint16_t absent = std::numeric_limits<std::uint16_t>::max();

template <class View>
std::size_t packed_size(View view) {
  std::size_t size = 0;
  const auto text_size = [&](std::string_view text) { size += sizeof(absent) + text.size(); };
  Row<typename View::Record>::each_field(view, [&](auto& field) {
    using Field = std::remove_cvref_t<decltype(field)>;
    if constexpr (std::is_integral_v<Field>) {
      size += sizeof(field);
    } else if constexpr (std::is_same_v<Field, std::string_view>) {
      text_size(field);
    } else {
      text_size(field ? *field : std::string_view());
    }
  });
  return size;
}

/// Row<Record>::View with its record's type, for overloads to deduce.
template <class Record_>
struct ViewOf : Row<Record_>::View {
  using Record = Record_;
};

template <class View>
void pack(View view, void* space) {
  char* at = static_cast<char*>(space);
  const auto add = [&](const void* data, std::size_t size) {
    if (size != 0) std::memcpy(at, data, size);
    at += size;
  };
  using AnyRow = Row<typename View::Record>;
  AnyRow::each_field(view, [&](auto& field) {
    using Field = std::remove_cvref_t<decltype(field)>;
    if constexpr (std::is_integral_v<Field>) {
      add(&field, sizeof(field));
    } else {
      std::uint16_t size = absent;
      if constexpr (std::is_same_v<Field, std::string_view>) {
        size = static_cast<std::uint16_t>(field.size());
      } else if (field) {
        size = static_cast<std::uint16_t>(field->size());
      }
      add(&size, sizeof(size));
    }
  });
  AnyRow::each_field(view, [&](auto& field) {
    using Field = std::remove_cvref_t<decltype(field)>;
    if constexpr (std::is_same_v<Field, std::string_view>) {
      add(field.data(), field.size());
    } else if constexpr (!std::is_integral_v<Field>) {
      if (field) add(field->data(), field->size());
    }
  });
}

template <class Record>
ViewOf<Record> unpack(const char* at) {
  ViewOf<Record> view;
  Row<Record>::each_field(view, [&](auto& field) {
    using Field = std::remove_cvref_t<decltype(field)>;
    if constexpr (std::is_integral_v<Field>) {
      std::memcpy(&field, at, sizeof(field));
      at += sizeof(field);
    } else {
      std::uint16_t size = 0;
      std::memcpy(&size, at, sizeof(size));
      at += sizeof(size);
      if constexpr (std::is_same_v<Field, std::string_view>) {
        field = std::string_view(at, size);
      } else if (size != absent) {
        field = std::string_view(at, size);
      }
    }
  });
  // `at` is where the texts begin now.
  Row<Record>::each_field(view, [&](auto& field) {
    using Field = std::remove_cvref_t<decltype(field)>;
    if constexpr (std::is_same_v<Field, std::string_view>) {
      field = std::string_view(at, field.size());
      at += field.size();
    } else if constexpr (!std::is_integral_v<Field>) {
      if (field) {
        field = std::string_view(at, field->size());
        at += field->size();
      }
    }
  });
  return view;
}

template <class Record, class Any>
ViewOf<Record> view_of(const Any& row) {
  return {Row<Record>::view(row)};
}

/// A primary key, big-endian.
struct IdKey {
  explicit IdKey(std::uint64_t id) : bytes(__builtin_bswap64(id)) {}
  std::string_view text() const { return {reinterpret_cast<const char*>(&bytes), sizeof(bytes)}; }
  std::uint64_t bytes;
};

inline std::uint64_t id_of(const void* bytes) {
  std::uint64_t id = 0;
  std::memcpy(&id, bytes, sizeof(id));
  return __builtin_bswap64(id);
}

/// A key of an index: the value and, where the index is not unique, the primary key behind it.
class HandKey {
 public:
  std::string_view text() const { return {bytes_, size_}; }

  void value(Kind kind, const IndexValue& value) {
    size_ = 0;
    if (kind == Kind::number64) {
      number(__builtin_bswap64(value.number));
    } else if (kind == Kind::number32) {
      number(__builtin_bswap32(static_cast<std::uint32_t>(value.number)));
    } else {
      std::memcpy(bytes_, value.text.data(), value.text.size());
      size_ = value.text.size();
      if (kind == Kind::text) bytes_[size_++] = 0;
    }
  }
  void id(std::uint64_t id) { number(__builtin_bswap64(id)); }

  /// What index i has of this record; false when it has nothing.
  template <class Record, std::size_t i>
  bool entry(const ViewOf<Record>& view) {
    const auto found = Row<Record>::template key<i>(view);
    if (!found) return false;
    constexpr Kind kind = Row<Record>::indexes[i].kind;
    value(kind, *found);
    if constexpr (kind != Kind::unique_text) id(view.id);
    return true;
  }

 private:
  template <class Number>
  void number(Number number) {
    std::memcpy(bytes_ + size_, &number, sizeof(number));
    size_ += sizeof(number);
  }

  std::size_t size_ = 0;
  char bytes_[120];
};

}  // namespace suite
