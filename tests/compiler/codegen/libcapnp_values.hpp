#pragma once

/// \file
/// Values of every type that a field can have, put into libcapnp's builders. Pointers that the codec leaves null are
/// left null here, too: that empty and absent are one is this format's choice, not Cap'n Proto's. What a struct says of
/// itself, in its own namespace:
///
///     template <class F> void each_field(T&, F&& f);   // f("capnpName", member) for each
///     std::type_identity<TCodec> codec_of(const T&);

#include <capnp/dynamic.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "netabase/int128.hpp"
#include "tests/compiler/codegen/kinds.hpp"

namespace netabase::compiler::test {

using capnp::DynamicList;
using capnp::DynamicStruct;

template <class T>
auto number_of(const T& value) {
  if constexpr (std::is_enum_v<T>) {
    return static_cast<std::underlying_type_t<T>>(value);
  } else if constexpr (is_time<T>) {
    return value.time_since_epoch().count();
  } else if constexpr (is_duration<T>) {
    return value.count();
  } else {
    return value;
  }
}

template <class T>
std::string text_of(const T& value) {
  if constexpr (is_path<T>) {
    return value.native();
  } else {
    return value;
  }
}

/// The elements as they are to be stored: hashed ones in the order of their values.
template <class T>
auto elements_of(const T& values) {
  std::vector<typename T::value_type> out(values.begin(), values.end());
  if constexpr (is_hashed<T>) std::sort(out.begin(), out.end());
  return out;
}

/// Whether all bits of a wrapper's member are zero, and its pointers null.
template <class T>
bool is_zero(const T& value);

template <class T>
bool is_null(const T& value, bool has_default) {
  if constexpr (is_array<T>) {
    return false;
  } else if constexpr (is_wide<T>) {
    return value == 0;
  } else if constexpr (is_text<T> || is_bytes<T> || is_list<T> || is_map<T>) {
    return value.empty() && !has_default;
  } else if constexpr (is_number<T> || is_monostate<T>) {
    return false;
  } else if constexpr (is_optional<T>) {
    return !value;  // a wrapper
  } else if constexpr (is_product<T>) {
    bool all = true;
    each_member(value, [&](const char*, const auto& member) { all = all && is_zero(member); });
    return all;
  } else if constexpr (is_variant<T>) {
    return value.index() == 0 && std::visit([](const auto& first) { return is_zero(first); }, value);
  } else {
    return decltype(codec_of(value))::type::size(value).words() == 0;
  }
}

template <class T>
bool is_zero(const T& value) {
  if constexpr (is_monostate<T>) {
    return true;
  } else if constexpr (is_number<T>) {
    const auto number = number_of(value);
    if constexpr (std::is_same_v<decltype(number), const double>) {
      return std::bit_cast<std::uint64_t>(number) == 0;
    } else if constexpr (std::is_same_v<decltype(number), const float>) {
      return std::bit_cast<std::uint32_t>(number) == 0;
    } else {
      return number == decltype(number){};
    }
  } else {
    return is_null(value, false);
  }
}

template <class T>
void put_struct(DynamicStruct::Builder builder, T& value);
template <class T>
void put_field(DynamicStruct::Builder builder, const char* name, T& field);
template <class T>
void put_optional(DynamicStruct::Builder group, const std::string& name, std::optional<T>& value);

template <class T>
void put_wide(DynamicStruct::Builder builder, T value) {
  builder.set("low", static_cast<std::uint64_t>(value));
  const auto high = static_cast<std::uint64_t>(static_cast<UInt128>(value) >> 64);
  if constexpr (std::is_same_v<T, Int128>) {
    builder.set("high", static_cast<std::int64_t>(high));
  } else {
    builder.set("high", high);
  }
}

inline capnp::Text::Reader text_reader(const std::string& text) { return {text.c_str(), text.size()}; }

template <class T>
capnp::Data::Reader data_reader(const T& bytes) {
  return {reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size()};
}

/// Puts the entries, in the order that C++ has for their keys.
template <class T>
void put_map(DynamicList::Builder list, const T& values) {
  std::map<typename T::key_type, typename T::mapped_type> ordered(values.begin(), values.end());
  unsigned index = 0;
  for (auto& [key, value] : ordered) {
    const auto entry = list[index++].template as<DynamicStruct>();
    auto copy = key;
    put_field(entry, "key", copy);
    put_field(entry, "value", value);
  }
}

/// Puts the elements.
template <class T>
void put_list(DynamicList::Builder list, const T& values) {
  using Element = typename T::value_type;
  auto elements = elements_of(values);
  for (unsigned i = 0; i < elements.size(); ++i) {
    Element value = elements[i];
    if constexpr (is_boolean_enum<Element>) {
      list[i].as<DynamicStruct>().set("value", static_cast<bool>(value));
    } else if constexpr (is_number<Element>) {
      list.set(i, number_of(value));
    } else if constexpr (is_wide<Element>) {
      put_wide(list[i].template as<DynamicStruct>(), value);
    } else if constexpr (is_optional<Element>) {
      put_optional(list[i].template as<DynamicStruct>().get("value").template as<DynamicStruct>(), "value", value);
    } else if constexpr (is_text<Element>) {
      if (!is_null(value, false)) list.set(i, text_reader(text_of(value)));
    } else if constexpr (is_bytes<Element>) {
      if (!is_null(value, false)) list.set(i, data_reader(value));
    } else if constexpr (is_list<Element> || is_map<Element>) {
      if (is_null(value, false)) continue;
      const auto inner = list.init(i, static_cast<unsigned>(value.size())).template as<DynamicList>();
      if constexpr (is_map<Element>) {
        put_map(inner, value);
      } else {
        put_list(inner, value);
      }
    } else {
      put_struct(list[i].template as<DynamicStruct>(), value);
    }
  }
}

/// Puts a value into the field `name`, which is no union: an optional is in a wrapper there.
template <class T>
void put(DynamicStruct::Builder builder, const std::string& name, T& value, bool has_default) {
  if (is_null(value, has_default)) return;
  if constexpr (is_number<T>) {
    builder.set(name.c_str(), number_of(value));
  } else if constexpr (is_wide<T>) {
    put_wide(builder.init(name.c_str()).template as<DynamicStruct>(), value);
  } else if constexpr (is_text<T>) {
    builder.set(name.c_str(), text_reader(text_of(value)));
  } else if constexpr (is_bytes<T>) {
    builder.set(name.c_str(), data_reader(value));
  } else if constexpr (is_monostate<T>) {
    builder.set(name.c_str(), capnp::VOID);
  } else if constexpr (is_map<T>) {
    put_map(builder.init(name.c_str(), static_cast<unsigned>(value.size())).template as<DynamicList>(), value);
  } else if constexpr (is_list<T>) {
    put_list(builder.init(name.c_str(), static_cast<unsigned>(value.size())).template as<DynamicList>(), value);
  } else {
    put_struct(builder.init(name.c_str()).template as<DynamicStruct>(), value);
  }
}

/// `group`: the union of the optional's field or wrapper.
template <class T>
void put_optional(DynamicStruct::Builder group, const std::string& name, std::optional<T>& value) {
  if (!value) {
    group.set((name + "Absent").c_str(), capnp::VOID);
    return;
  }
  // Choosing the member without a value: what the codec leaves null is null.
  group.clear(name.c_str());
  put(group, name, *value, false);
}

/// Puts a field of a struct, or a member of a wrapper.
template <class T>
void put_field(DynamicStruct::Builder builder, const char* name, T& field) {
  if constexpr (is_optional<T>) {
    put_optional(builder.get(name).template as<DynamicStruct>(), name, field);
  } else {
    const auto proto = builder.getSchema().getFieldByName(name).getProto();
    put(builder, name, field, proto.getSlot().getHadExplicitDefault());
  }
}

template <class T>
void put_struct(DynamicStruct::Builder builder, T& value) {
  if constexpr (is_optional<T>) {
    put_field(builder, "value", value);
  } else if constexpr (is_product<T>) {
    each_member(value, [&](const char* name, auto& member) { put_field(builder, name, member); });
  } else if constexpr (is_variant<T>) {
    const std::string name = "a" + std::to_string(value.index());
    builder.clear(name.c_str());
    std::visit([&](auto& alternative) { put(builder, name, alternative, false); }, value);
  } else {
    each_field(value, [&](const char* name, auto& field) { put_field(builder, name, field); });
  }
}

}  // namespace netabase::compiler::test
