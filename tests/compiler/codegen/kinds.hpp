#pragma once

/// \file
/// What kind of a field's type a C++ type is, for tests that are written once for all of them.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "netabase/int128.hpp"

namespace netabase::compiler::test {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_array = false;
template <class T, std::size_t size>
inline constexpr bool is_array<std::array<T, size>> = true;
template <class T>
inline constexpr bool is_hashed = requires {
  typename T::hasher;
};
template <class T>
concept Byte = std::is_same_v<T, std::byte> || std::is_same_v<T, std::uint8_t>;
template <class T>
inline constexpr bool is_path = requires(const T& value) {
  value.native();
};
template <class T>
inline constexpr bool is_text = std::is_same_v<T, std::string> || is_path<T>;
template <class T>
inline constexpr bool is_bytes = false;
template <Byte T>
inline constexpr bool is_bytes<std::vector<T>> = true;
template <Byte T, std::size_t size>
inline constexpr bool is_bytes<std::array<T, size>> = true;
template <class T>
inline constexpr bool is_map = requires {
  typename T::mapped_type;
};
/// A vector, array or set.
template <class T>
inline constexpr bool is_list = requires(const T& value) {
  typename T::value_type;
  value.begin();
}
&&!is_bytes<T> && !is_text<T> && !is_map<T>;
template <class T>
inline constexpr bool is_pair = false;
template <class A, class B>
inline constexpr bool is_pair<std::pair<A, B>> = true;
template <class T>
inline constexpr bool is_tuple = false;
template <class... A>
inline constexpr bool is_tuple<std::tuple<A...>> = true;
template <class T>
inline constexpr bool is_product = is_pair<T> || is_tuple<T>;
template <class T>
inline constexpr bool is_variant = false;
template <class... A>
inline constexpr bool is_variant<std::variant<A...>> = true;
template <class T>
inline constexpr bool is_monostate = std::is_same_v<T, std::monostate>;
template <class T>
inline constexpr bool is_wide = std::is_same_v<T, Int128> || std::is_same_v<T, UInt128>;
template <class T>
inline constexpr bool is_duration = requires(const T& value) {
  value.count();
}
&&!is_list<T>;
template <class T>
inline constexpr bool is_time = requires(const T& value) {
  value.time_since_epoch();
};
template <class T>
inline constexpr bool is_number =
    !is_wide<T> && (std::is_arithmetic_v<T> || std::is_enum_v<T> || is_duration<T> || is_time<T>);
template <class T>
struct IsBooleanEnum : std::false_type {};
template <class T>
requires std::is_enum_v<T>
struct IsBooleanEnum<T> : std::is_same<std::underlying_type_t<T>, bool> {
};
template <class T>
inline constexpr bool is_boolean_enum = IsBooleanEnum<T>::value;

/// Calls `f(name, member)` for each member of a pair or tuple, with its wrapper's name for it.
template <class T, class F>
void each_member(T& value, F&& f) {
  if constexpr (is_pair<std::remove_const_t<T>>) {
    f("first", value.first);
    f("second", value.second);
  } else {
    std::apply(
        [&](auto&... member) {
          std::size_t index = 0;
          (f(("e" + std::to_string(index++)).c_str(), member), ...);
        },
        value);
  }
}

}  // namespace netabase::compiler::test
