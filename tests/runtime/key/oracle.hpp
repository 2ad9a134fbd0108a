#pragma once

/// \file
/// What key encodings are tested against: the order of the C++ values themselves, and random values of every type.

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "netabase/key/parts.hpp"
#include "support.hpp"

namespace netabase::test {

enum class Small : std::int8_t { low = -128, none = 0, high = 127 };
enum class Wide : std::uint32_t { zero = 0, most = 0xffffffff };

/// The type of a part's values: Desc<T> has T's.
template <class P>
struct ValueOf {
  using type = P;
  static constexpr bool descending = false;
};
template <class T>
struct ValueOf<key::Desc<T>> {
  using type = T;
  static constexpr bool descending = true;
};

/// Negative, zero or positive: the order that the keys of `a` and `b` must have.
template <class T>
int order(const T& a, const T& b) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(a) || std::isnan(b)) return int{std::isnan(a)} - int{std::isnan(b)};
    return a < b ? -1 : b < a ? 1 : 0;
  } else if constexpr (std::is_enum_v<T> && !std::is_same_v<T, std::byte>) {
    return order(static_cast<std::underlying_type_t<T>>(a), static_cast<std::underlying_type_t<T>>(b));
  } else if constexpr (requires { a.has_value(); }) {
    if (!a || !b) return int{a.has_value()} - int{b.has_value()};
    return order(*a, *b);
  } else if constexpr (requires { a.time_since_epoch(); }) {
    return order(a.time_since_epoch(), b.time_since_epoch());
  } else if constexpr (requires { a.count(); }) {
    return order(a.count(), b.count());  // as numbers: those of floating-point ticks have NaN
  } else if constexpr (requires { a.native(); }) {
    return a.native().compare(b.native());  // a path as a key is its text
  } else {
    return a < b ? -1 : b < a ? 1 : 0;
  }
}

template <class... P, std::size_t... i>
int order_of_parts(const std::tuple<typename ValueOf<P>::type...>& a, const std::tuple<typename ValueOf<P>::type...>& b,
                   std::index_sequence<i...>) {
  int result = 0;
  ((result = result != 0 ? result : (ValueOf<P>::descending ? -1 : 1) * order(std::get<i>(a), std::get<i>(b))), ...);
  return result;
}

template <class T>
struct Generate {
  static T value(Random& random) {
    if constexpr (std::is_same_v<T, bool>) {
      return random.one_in(2);
    } else if constexpr (std::is_enum_v<T>) {
      return static_cast<T>(Generate<std::underlying_type_t<T>>::value(random));
    } else if constexpr (std::is_floating_point_v<T>) {
      using Limits = std::numeric_limits<T>;
      static constexpr T edges[] = {0,
                                    -T{0},
                                    1,
                                    -1,
                                    Limits::infinity(),
                                    -Limits::infinity(),
                                    Limits::quiet_NaN(),
                                    Limits::denorm_min(),
                                    -Limits::denorm_min(),
                                    Limits::min(),
                                    -Limits::min(),
                                    Limits::max(),
                                    Limits::lowest()};
      if (random.one_in(3)) return edges[random.below(std::size(edges))];
      using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
      return std::bit_cast<T>(static_cast<Bits>(random.bits()));  // NaNs with every payload among them
    } else {
      if (random.one_in(4)) {
        static constexpr T edges[] = {0, 1, std::numeric_limits<T>::max(), std::numeric_limits<T>::min(),
                                      static_cast<T>(-1)};
        return edges[random.below(std::size(edges))];
      }
      return static_cast<T>(random.bits() >> random.below(64));
    }
  }
};
template <>
struct Generate<std::string> {
  static std::string value(Random& random) { return random.text(random.one_in(50) ? 700 : 6); }
};
template <class Byte>
struct Generate<std::vector<Byte>> {
  static std::vector<Byte> value(Random& random) { return random.bytes<Byte>(random.one_in(50) ? 700 : 6); }
};
template <class Byte, std::size_t size>
struct Generate<std::array<Byte, size>> {
  static std::array<Byte, size> value(Random& random) {
    std::array<Byte, size> bytes;
    for (Byte& byte : bytes) byte = static_cast<Byte>(random.one_in(2) ? random.bits() % 2 : random.bits() & 0xff);
    return bytes;
  }
};
template <class T>
struct Generate<std::optional<T>> {
  static std::optional<T> value(Random& random) {
    if (random.one_in(4)) return std::nullopt;
    return Generate<T>::value(random);
  }
};

}  // namespace netabase::test
