#pragma once

/// \file
/// libcapnp's side of the comparison: fills messages from the C++ structs and compares messages with them, field by
/// field by name, knowing nothing of offsets.

#include <capnp/dynamic.h>
#include <capnp/message.h>
#include <capnp/schema.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>
#include <random>
#include <vector>

#include "table_codec.hpp"
#include "wire_test.capnp.h"

namespace netabase::test {

namespace stock_detail {

template <class T>
capnp::DynamicValue::Reader simple(const T& value) {
  if constexpr (std::is_same_v<T, Colour>) {
    return capnp::DynamicEnum(capnp::Schema::from<stock::Colour>(), static_cast<std::uint16_t>(value));
  } else if constexpr (std::is_same_v<T, Level>) {
    return static_cast<std::int8_t>(value);
  } else if constexpr (std::is_arithmetic_v<T>) {
    return value;
  } else if constexpr (std::is_same_v<T, std::string>) {
    return capnp::Text::Reader(value.c_str(), value.size());
  } else {
    return capnp::Data::Reader(reinterpret_cast<const capnp::byte*>(value.data()), value.size());
  }
}

template <class T>
inline constexpr bool is_simple = std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_same_v<T, std::string>;
template <>
inline constexpr bool is_simple<std::vector<std::byte>> = true;
template <>
inline constexpr bool is_simple<std::vector<std::uint8_t>> = true;
template <std::size_t n>
inline constexpr bool is_simple<std::array<std::byte, n>> = true;

template <class T>
concept Record = requires {
  typename TableRef<T>;
}
&&std::is_class_v<T> && !is_simple<T> && !requires(T v) { v.begin(); };

template <class T>
bool is_empty(const T& value) {
  if constexpr (Record<T>) {
    return TableCodec<T>::size(value).words() == 0;
  } else if constexpr (requires { value.fill({}); }) {
    return false;
  } else if constexpr (requires { value.empty(); }) {
    return value.empty();
  } else {
    return false;
  }
}

}  // namespace stock_detail

/// Sets a message's fields, in any order the caller shuffles `steps` into.
struct StockFill {
  capnp::DynamicStruct::Builder out;
  std::mt19937_64* shuffle = nullptr;  ///< null: in the order of the table
  std::vector<std::function<void()>> steps{};

  void run() {
    if (shuffle != nullptr) std::shuffle(steps.begin(), steps.end(), *shuffle);
    for (const auto& step : steps) step();
  }

  template <class T>
  static void fill(capnp::DynamicStruct::Builder out, const T& value, std::mt19937_64* shuffle) {
    StockFill filler{out, shuffle};
    T::fields(value, filler);
    filler.run();
  }

  void boolean(const char* name, std::uint32_t, const bool& value, bool = false) { later(out, name, value); }
  template <class T>
  void scalar(const char* name, std::uint32_t, const T& value, table::Same<T> = {}) {
    later(out, name, value);
  }
  template <class W, class T>
  void pointer(const char* name, std::uint16_t, const T& value) {
    later(out, name, value);
  }
  void text_with_default(const char* name, std::uint16_t, const std::string& value, std::string_view) {
    steps.push_back([this, name, &value] { out.set(name, stock_detail::simple(value)); });
  }
  template <class T>
  void maybe_scalar(const char* name, std::uint32_t, std::uint32_t, const std::optional<T>& value) {
    maybe(name, value);
  }
  void maybe_boolean(const char* name, std::uint32_t, std::uint32_t, const std::optional<bool>& value) {
    maybe(name, value);
  }
  template <class W, class T>
  void maybe_pointer(const char* name, std::uint32_t, std::uint16_t, const std::optional<T>& value) {
    maybe(name, value);
  }

 private:
  template <class T>
  void later(capnp::DynamicStruct::Builder into, const char* name, const T& value) {
    steps.push_back([this, into, name, &value] { set(into, name, value); });
  }
  template <class T>
  void maybe(const char* name, const std::optional<T>& value) {
    if (!value) return;
    steps.push_back([this, name, &value] {
      auto group = out.get(name).as<capnp::DynamicStruct>();
      group.clear("value");  // chooses it, null
      set(group, "value", *value);
    });
  }

  template <class T>
  void set(capnp::DynamicStruct::Builder into, const char* name, const T& value) {
    if (stock_detail::is_empty(value)) return;
    if constexpr (stock_detail::is_simple<T>) {
      // A value set twice leaves a hole in the message.
      if (shuffle != nullptr && std::is_same_v<T, std::string>) into.set(name, "replaced");
      into.set(name, stock_detail::simple(value));
    } else if constexpr (stock_detail::Record<T>) {
      fill(into.init(name).as<capnp::DynamicStruct>(), value, shuffle);
    } else {
      fill_list(into.init(name, static_cast<unsigned>(value.size())).as<capnp::DynamicList>(), value);
    }
  }
  template <class T>
  void fill_list(capnp::DynamicList::Builder list, const std::vector<T>& values) {
    for (unsigned i = 0; i < values.size(); ++i) {
      if constexpr (stock_detail::Record<T>) {
        fill(list[i].as<capnp::DynamicStruct>(), values[i], shuffle);
      } else {
        const T value = values[i];
        if (stock_detail::is_empty(value)) continue;
        if constexpr (stock_detail::is_simple<T>) {
          list.set(i, stock_detail::simple(value));
        } else {
          fill_list(list.init(i, static_cast<unsigned>(value.size())).as<capnp::DynamicList>(), value);
        }
      }
    }
  }
};

/// Compares a message with a struct. Floats by their bits.
struct StockEqual {
  capnp::DynamicStruct::Reader in;
  bool equal = true;

  template <class T>
  static bool check(capnp::DynamicStruct::Reader in, const T& value) {
    StockEqual visitor{in};
    T::fields(value, visitor);
    return visitor.equal;
  }

  void boolean(const char* name, std::uint32_t, const bool& value, bool = false) { compare(in.get(name), value); }
  template <class T>
  void scalar(const char* name, std::uint32_t, const T& value, table::Same<T> = {}) {
    compare(in.get(name), value);
  }
  template <class W, class T>
  void pointer(const char* name, std::uint16_t, const T& value) {
    compare(in.get(name), value);
  }
  void text_with_default(const char* name, std::uint16_t, const std::string& value, std::string_view) {
    compare(in.get(name), value);
  }
  template <class T>
  void maybe_scalar(const char* name, std::uint32_t, std::uint32_t, const std::optional<T>& value) {
    maybe(name, value);
  }
  void maybe_boolean(const char* name, std::uint32_t, std::uint32_t, const std::optional<bool>& value) {
    maybe(name, value);
  }
  template <class W, class T>
  void maybe_pointer(const char* name, std::uint32_t, std::uint16_t, const std::optional<T>& value) {
    maybe(name, value);
  }

 private:
  template <class T>
  void maybe(const char* name, const std::optional<T>& value) {
    const auto group = in.get(name).as<capnp::DynamicStruct>();
    bool present = false;
    KJ_IF_MAYBE (field, group.which()) present = field->getProto().getName() == "value";
    equal = equal && present == value.has_value();
    if (equal && present) compare(group.get("value"), *value);
  }

  template <class T>
  void compare(capnp::DynamicValue::Reader stored, const T& value) {
    equal = equal && same(stored, value);
  }
  template <class T>
  static bool same(const capnp::DynamicValue::Reader& stored, const T& value) {
    if constexpr (std::is_same_v<T, Colour>) {
      return stored.as<capnp::DynamicEnum>().getRaw() == static_cast<std::uint16_t>(value);
    } else if constexpr (std::is_same_v<T, Level>) {
      return stored.as<std::int8_t>() == static_cast<std::int8_t>(value);
    } else if constexpr (std::is_floating_point_v<T>) {
      const T number = stored.as<T>();
      return std::memcmp(&number, &value, sizeof(T)) == 0;
    } else if constexpr (std::is_arithmetic_v<T>) {
      return stored.as<T>() == value;
    } else if constexpr (std::is_same_v<T, std::string>) {
      const auto text = stored.as<capnp::Text>();
      return std::string_view(text.begin(), text.size()) == value;
    } else if constexpr (stock_detail::is_simple<T>) {
      const auto data = stored.as<capnp::Data>();
      return data.size() == value.size() &&
             (value.empty() || std::memcmp(data.begin(), value.data(), value.size()) == 0);
    } else if constexpr (stock_detail::Record<T>) {
      return check(stored.as<capnp::DynamicStruct>(), value);
    } else {
      const auto list = stored.as<capnp::DynamicList>();
      bool all = list.size() == value.size();
      for (unsigned i = 0; all && i < value.size(); ++i) {
        all = same(list[i], static_cast<typename T::value_type>(value[i]));
      }
      return all;
    }
  }
};

/// A record's value whose body is `words`.
inline Block as_record(kj::ArrayPtr<const capnp::word> words) {
  const auto bytes = words.asBytes();
  Block block(record::header_size + bytes.size());
  std::memset(block.data(), 0, record::header_size);
  std::memcpy(block.data() + record::header_size, bytes.begin(), bytes.size());
  return block;
}

/// A record's body as libcapnp takes it. Borrows `record`.
inline kj::ArrayPtr<const capnp::word> body_words(const Block& record) {
  return {reinterpret_cast<const capnp::word*>(record.data() + record::header_size),
          (record.size() - record::header_size) / sizeof(capnp::word)};
}

}  // namespace netabase::test
