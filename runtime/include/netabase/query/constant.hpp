#pragma once

/// \file
/// The values that fields are compared with: which ones a field takes, how a condition keeps them, and how they compare
/// with what a view gives.
///
/// Comparisons are mathematical, whatever the two types: 300 is above every std::uint8_t, -1 below every unsigned
/// number, 2^53 + 1 lies between two doubles and equals none. So a constant becomes a place among the field's values.

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "netabase/bytes.hpp"
#include "netabase/key/encoding.hpp"
#include "netabase/key/text.hpp"
#include "netabase/query/path.hpp"

namespace netabase::query {

/// Numbers that are compared exactly with each other. (Not 128-bit integers, which some compilers count among them.)
template <class T>
concept Arithmetic = std::floating_point<T> ||(std::is_arithmetic_v<T> && sizeof(T) <= 8);
template <class T>
concept ByteValue = std::same_as<T, std::byte> || std::same_as<T, std::uint8_t>;

/// Fields that hold bytes.
template <class T>
inline constexpr bool is_bytes = false;
template <ByteValue Byte>
inline constexpr bool is_bytes<std::vector<Byte>> = true;
template <ByteValue Byte, std::size_t size>
inline constexpr bool is_bytes<std::array<Byte, size>> = true;

/// Where a constant lies among the values of the field's type.
enum class Place : std::uint8_t {
  at,         ///< it is `value`
  before,     ///< between `value` and the next smaller value
  above_all,  ///< greater than every value
  below_all,  ///< less than every value
  unordered,  ///< NaN: compares with nothing
};

template <class T>
struct Placed {
  T value{};
  Place place = Place::at;
};

template <std::integral T>
constexpr bool is_negative(T value) {
  if constexpr (std::is_signed_v<T>) return value < 0;
  return false;
}

/// 3-way comparison of two arithmetic values without loss; neither is NaN.
template <Arithmetic A, Arithmetic B>
constexpr int exact_order(A a, B b) {
  if constexpr (std::integral<A> && std::integral<B>) {
    if (is_negative(a) != is_negative(b)) return is_negative(a) ? -1 : 1;
    const auto bits_a = static_cast<std::uint64_t>(a);
    const auto bits_b = static_cast<std::uint64_t>(b);
    return bits_a < bits_b ? -1 : bits_a > bits_b ? 1 : 0;
  } else if constexpr (std::floating_point<A> && std::floating_point<B>) {
    const auto wide_a = static_cast<long double>(a);
    const auto wide_b = static_cast<long double>(b);
    return wide_a < wide_b ? -1 : wide_a > wide_b ? 1 : 0;
  } else if constexpr (std::integral<A>) {
    return -exact_order(b, a);
  } else {
    // Behind 2^64 and below -2^63 no integer can change the answer; in between the whole part converts exactly.
    if (a >= A(18446744073709551616.0)) return 1;
    if (a < A(-9223372036854775808.0)) return -1;
    if (a < 0) {
      const auto whole = static_cast<std::int64_t>(a);
      const int order = exact_order(whole, b);
      return order != 0 ? order : a < static_cast<A>(whole) ? -1 : 0;
    }
    const auto whole = static_cast<std::uint64_t>(a);
    const int order = exact_order(whole, b);
    return order != 0 ? order : a > static_cast<A>(whole) ? 1 : 0;
  }
}

template <Arithmetic T, Arithmetic Given>
constexpr Placed<T> place_number(Given given) {
  if constexpr (std::same_as<T, bool>) {
    return {given, Place::at};
  } else if constexpr (std::integral<T>) {
    if (exact_order(given, std::numeric_limits<T>::max()) > 0) return {{}, Place::above_all};
    if (exact_order(given, std::numeric_limits<T>::min()) < 0) return {{}, Place::below_all};
    return {static_cast<T>(given), Place::at};
  } else {
    if (given != given) return {{}, Place::unordered};
    constexpr T infinity = std::numeric_limits<T>::infinity();
    if constexpr (std::floating_point<Given> && sizeof(Given) > sizeof(T)) {
      // Out of range: converting is undefined, and the place is next to an infinity or is one.
      if (given > std::numeric_limits<T>::max()) {
        return {infinity, given > std::numeric_limits<Given>::max() ? Place::at : Place::before};
      }
      if (given < std::numeric_limits<T>::lowest()) {
        if (given < std::numeric_limits<Given>::lowest()) return {-infinity, Place::at};
        return {std::numeric_limits<T>::lowest(), Place::before};
      }
    }
    const T nearest = static_cast<T>(given);
    const int order = exact_order(nearest, given);
    if (order == 0) return {nearest, Place::at};
    if (order > 0) return {nearest, Place::before};
    // The next greater value: one more in the bits, one less for negative ones.
    using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    const Bits bits = std::bit_cast<Bits>(nearest);
    return {std::bit_cast<T>(static_cast<Bits>(nearest < 0 ? bits - 1 : bits + 1)), Place::before};
  }
}

// What kind of field takes what kind of value.

template <class T, class Given>
concept TakesNumber = Arithmetic<T> && Arithmetic<Given> &&
    (std::same_as<T, bool> == std::same_as<Given, bool>)&&(std::floating_point<T> || std::integral<Given>);
template <class T, class Given>
concept TakesText = std::same_as<T, std::string> && std::convertible_to<const Given&, std::string_view> &&
    !std::same_as<Given, std::nullptr_t>;
template <class T>
inline constexpr bool is_byte_array = false;
template <ByteValue Byte, std::size_t size>
inline constexpr bool is_byte_array<std::array<Byte, size>> = true;
template <class T, class Given>
concept TakesBytes = is_bytes<T> &&(!is_byte_array<T> || std::same_as<T, Given>)&&requires(const Given& given) {
  requires sizeof(*std::span(given).data()) == 1;
  requires ByteValue<std::remove_cvref_t<decltype(*std::span(given).data())>>;
};
/// Everything else that has an order, such as enums: values of the very type, or what converts to it. Numbers do not:
/// they could lose their sign.
template <class T, class Given>
concept TakesItself =
    !Arithmetic<T> && !std::same_as<T, std::string> && !is_bytes<T> && KeyType<T> && std::totally_ordered<T> &&
    (std::same_as<T, Given> || (!Arithmetic<Given> && std::convertible_to<const Given&, T>));

template <class T, class Given>
concept Takes = TakesNumber<T, Given> || TakesText<T, Given> || TakesBytes<T, Given> || TakesItself<T, Given>;

/// What keeps a constant: a Placed number, a std::string or a std::string_view, bytes, or the value.
///
/// A std::string (and a char buffer) is copied. A std::string_view and a literal are borrowed, as is a std::span.
template <class T, class Given>
struct Keep;
template <class T, class Given>
requires TakesNumber<T, Given>
struct Keep<T, Given> {
  using type = Placed<T>;
  static type make(Given given) { return place_number<T>(given); }
};
template <class T, class Given>
requires TakesText<T, Given>
struct Keep<T, Given> {
  static constexpr bool borrows = std::same_as<Given, std::string_view>;
  using type = std::conditional_t<borrows, std::string_view, std::string>;
  template <class Value>
  static type make(Value&& given) {
    return type(std::forward<Value>(given));
  }
};
template <class T, std::size_t size>
requires std::same_as<T, std::string>
struct Keep<T, const char[size]> {  // a literal; its zero byte at the end is not part of the text
  using type = std::string_view;
  static type make(const char* given) { return type(given); }
};
template <class T, class Given>
requires TakesBytes<T, Given>
struct Keep<T, Given> {
  using type = Given;
  template <class Value>
  static type make(Value&& given) {
    return type(std::forward<Value>(given));
  }
};
template <class T, class Given>
requires TakesItself<T, Given>
struct Keep<T, Given> {
  using type = T;
  static type make(const Given& given) { return given; }
};

/// The kept form of an argument written as `Argument` (a forwarding reference's type).
template <class T, class Argument>
using KeepFor = Keep<T, std::conditional_t<std::is_array_v<std::remove_reference_t<Argument>>,
                                           std::remove_reference_t<Argument>, std::remove_cvref_t<Argument>>>;
template <class T, class Argument>
using Kept = typename KeepFor<T, Argument>::type;
template <class T, class Argument>
Kept<T, Argument> keep(Argument&& argument) {
  return KeepFor<T, Argument>::make(std::forward<Argument>(argument));
}

/// Anything made of bytes, as bytes.
template <class Container>
Bytes bytes_of(const Container& container) {
  return {reinterpret_cast<const std::byte*>(container.data()), container.size()};
}

/// Less than, equal to, greater than 0: a field's value against a kept constant. Only with Place::at for numbers.
template <class T, class View, class Constant>
int order_of(const View& value, const Constant& constant) {
  if constexpr (std::same_as<T, std::string>) {
    return std::string_view(value).compare(constant);
  } else if constexpr (is_bytes<T>) {
    return compare(bytes_of(value), bytes_of(constant));
  } else {
    return value < constant ? -1 : constant < value ? 1 : 0;
  }
}

template <class T, class View, class Constant>
bool equals(const View& value, const Constant& constant) {
  if constexpr (Arithmetic<T>) {
    return constant.place == Place::at && value == constant.value;
  } else if constexpr (std::same_as<T, std::string>) {
    return std::string_view(value) == std::string_view(constant);
  } else {
    return order_of<T>(value, constant) == 0;
  }
}

/// `or_equal`: <= instead of <.
template <class T, bool or_equal, class View, class Constant>
bool less(const View& value, const Constant& constant) {
  if constexpr (Arithmetic<T>) {
    if (constant.place == Place::at) [[likely]]
      return or_equal ? value <= constant.value : value < constant.value;
    if (constant.place == Place::before) return value < constant.value;
    return constant.place == Place::above_all && value == value;
  } else {
    const int order = order_of<T>(value, constant);
    return or_equal ? order <= 0 : order < 0;
  }
}
template <class T, bool or_equal, class View, class Constant>
bool greater(const View& value, const Constant& constant) {
  if constexpr (Arithmetic<T>) {
    if (constant.place == Place::at) [[likely]]
      return or_equal ? value >= constant.value : value > constant.value;
    if (constant.place == Place::before) return value >= constant.value;
    return constant.place == Place::below_all && value == value;
  } else {
    const int order = order_of<T>(value, constant);
    return or_equal ? order >= 0 : order > 0;
  }
}

/// Appends the constant's encoding in keys, ascending. Numbers: of the value that they lie at or before.
template <class T, class Constant>
void encode(key::Buffer& out, const Constant& constant) {
  if constexpr (Arithmetic<T>) {
    key::Encoding<T>::append(out, constant.value);
  } else if constexpr (is_bytes<T> && key::Encoding<T>::fixed_size == 0) {
    key::Encoding<T>::append(out, std::span(constant.data(), constant.size()));
  } else {
    key::Encoding<T>::append(out, constant);
  }
}

}  // namespace netabase::query
