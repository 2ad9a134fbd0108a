#pragma once

/// \file
/// From what a caller writes (a plain value, several, a tuple, a strong key) to the bytes of a key.

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "netabase/error.hpp"
#include "netabase/int128.hpp"
#include "netabase/key/buffer.hpp"
#include "netabase/key/parts.hpp"
#include "netabase/key/stored.hpp"
#include "netabase/key/text.hpp"

namespace netabase::detail {

template <class Index>
using BorrowedParts = typename Index::Parts::Borrowed;

template <class T>
concept WideInteger = std::same_as<T, Int128> || std::same_as<T, UInt128>;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class Part, class Argument>
constexpr bool stands_for() {
  if constexpr (!is_optional<Part>) {
    return !std::same_as<Argument, std::nullptr_t> && std::convertible_to<const Argument&, Part> &&
           !((std::integral<Part> || WideInteger<Part>)&&std::floating_point<Argument>)&&!(
               std::same_as<Part, bool> != std::same_as<Argument, bool> && std::is_arithmetic_v<Part>);
  } else if constexpr (is_optional<Argument>) {
    return stands_for<typename Part::value_type, typename Argument::value_type>();
  } else {
    return std::same_as<Argument, std::nullopt_t> || stands_for<typename Part::value_type, Argument>();
  }
}

/// Whether an argument can stand for a part: what converts without losing meaning. No fractions for integers. For an
/// optional part: what can stand for its value, an optional of that, or std::nullopt.
template <class Part, class Argument>
concept StandsFor = stands_for<Part, Argument>();

[[noreturn]] inline void throw_outside_range(const std::string& number) {
  throw Error(ErrorCode::invalid_argument,
              "the key " + number + " is outside the range of the key's type: no record can have it");
}

template <class Part, class Argument>
Part to_part(const Argument& argument) {
  if constexpr (is_optional<Part>) {
    using Value = typename Part::value_type;
    if constexpr (std::same_as<Argument, std::nullopt_t>) {
      return std::nullopt;
    } else if constexpr (is_optional<Argument>) {
      if (!argument) return std::nullopt;
      return to_part<Value>(*argument);
    } else {
      return to_part<Value>(argument);
    }
  } else if constexpr (WideInteger<Part> || WideInteger<Argument>) {
    if constexpr (!std::same_as<Part, Argument>) {
      // Both ways and the same sign: nothing was lost.
      const Part part = static_cast<Part>(argument);
      if (static_cast<Argument>(part) != argument || (part < Part{}) != (argument < Argument{})) {
        throw_outside_range(key::to_string(std::tuple(argument)));
      }
      return part;
    } else {
      return argument;
    }
  } else if constexpr (std::integral<Part> && std::integral<Argument> && !std::same_as<Part, bool>) {
    const auto number = +argument;  // a plain char is a number here
    if (!std::in_range<Part>(number)) {
      throw_outside_range(std::to_string(number));
    }
    return static_cast<Part>(number);
  } else if constexpr (std::is_arithmetic_v<Part> && std::is_arithmetic_v<Argument>) {
    return static_cast<Part>(argument);
  } else {
    return argument;
  }
}

template <class Index, class... Arguments>
constexpr bool stand_for_parts() {
  if constexpr (sizeof...(Arguments) == 0 || sizeof...(Arguments) > Index::Parts::count) {
    return false;
  } else {
    return []<std::size_t... places>(std::index_sequence<places...>) {
      return (StandsFor<std::tuple_element_t<places, BorrowedParts<Index>>, Arguments> && ...);
    }
    (std::index_sequence_for<Arguments...>{});
  }
}

/// Arguments that name the first parts of the index's key, one each, in order.
template <class Index, class... Arguments>
concept LeadingParts = stand_for_parts<Index, Arguments...>();

template <class Index, class Argument>
concept StrongKeyOf = std::same_as<Argument, typename Index::Key>;

template <class Index, class Tuple>
struct IsLeadingTuple : std::false_type {};
template <class Index, class... Elements>
struct IsLeadingTuple<Index, std::tuple<Elements...>>
    : std::bool_constant<LeadingParts<Index, std::remove_cvref_t<Elements>...>> {};

/// What `equal`, `count` and bounds take: leading parts one by one, a tuple of them, or the whole key.
template <class Index, class... Arguments>
concept KeyPrefix = LeadingParts<Index, Arguments...> ||
    (sizeof...(Arguments) == 1 && ((StrongKeyOf<Index, Arguments> || IsLeadingTuple<Index, Arguments>::value) && ...));

template <class Index, class Tuple>
struct IsWholeTuple : std::false_type {};
template <class Index, class... Elements>
struct IsWholeTuple<Index, std::tuple<Elements...>> : std::bool_constant<sizeof...(Elements) == Index::Parts::count> {};

/// What `get`, `find` and `remove` take: every part one by one, a tuple of all, or the strong key.
template <class Index, class... Arguments>
concept WholeKey = KeyPrefix<Index, Arguments...> &&
    (sizeof...(Arguments) == Index::Parts::count ||
     ((StrongKeyOf<Index, Arguments> || IsWholeTuple<Index, Arguments>::value) && ...));

template <class Index, std::size_t... places, class... Arguments>
void append_parts(key::Buffer& out, std::index_sequence<places...>, const Arguments&... arguments) {
  Index::Parts::append_prefix(out, to_part<std::tuple_element_t<places, BorrowedParts<Index>>>(arguments)...);
}

/// Appends the encoding of the parts that the arguments name. Allocates only beyond 512 bytes.
template <class Index, class... Arguments>
void append_key(key::Buffer& out, const Arguments&... arguments) requires KeyPrefix<Index, Arguments...> {
  if constexpr (LeadingParts<Index, Arguments...>) {
    append_parts<Index>(out, std::index_sequence_for<Arguments...>{}, arguments...);
  } else if constexpr ((StrongKeyOf<Index, Arguments> && ...)) {
    (std::apply([&](const auto&... parts) { Index::Parts::append(out, parts...); }, arguments.parts()), ...);
  } else {
    (std::apply([&](const auto&... parts) { append_key<Index>(out, parts...); }, arguments), ...);
  }
}

/// The stored form of the primary key that the arguments name.
template <class Index, class... Arguments>
void make_record_key(key::Buffer& out, const Arguments&... arguments) {
  out.clear();
  append_key<Index>(out, arguments...);
  key::seal_record_key(out);
}

/// Turns `bytes` into the least byte string that is greater than everything that begins with it; false when there is
/// none (only FF bytes, or nothing).
inline bool to_prefix_successor(key::Buffer& bytes) {
  std::size_t size = bytes.size();
  while (size > 0 && bytes.data()[size - 1] == std::byte{0xff}) --size;
  bytes.truncate(size);
  if (size == 0) return false;
  std::byte& last = bytes.data()[size - 1];
  last = static_cast<std::byte>(std::to_integer<unsigned>(last) + 1);
  return true;
}

/// `part` as the type that owns it.
template <class Owned, class Part>
Owned own_part(const Part& part) {
  if constexpr (std::constructible_from<Owned, const Part&>) {
    return Owned(part);
  } else {
    return Owned(part.begin(), part.end());
  }
}

template <class Index, std::size_t... places, class... Values>
typename Index::Key own_key_at(std::index_sequence<places...>, const Values&... parts) {
  return typename Index::Key(own_part<std::tuple_element_t<places, typename Index::Parts::Owned>>(parts)...);
}

/// A strong key made of borrowed parts: owns copies.
template <class Index, class... Values>
typename Index::Key own_key(const Values&... parts) {
  return own_key_at<Index>(std::index_sequence_for<Values...>{}, parts...);
}

template <class Index, std::size_t... places, class... Arguments>
typename Index::Key whole_key_of_parts(std::index_sequence<places...>, const Arguments&... arguments) {
  return own_key<Index>(to_part<std::tuple_element_t<places, BorrowedParts<Index>>>(arguments)...);
}

/// The strong key that the arguments name. Owns copies.
template <class Index, class... Arguments>
typename Index::Key whole_key(const Arguments&... arguments) requires WholeKey<Index, Arguments...> {
  if constexpr (LeadingParts<Index, Arguments...>) {
    return whole_key_of_parts<Index>(std::index_sequence_for<Arguments...>{}, arguments...);
  } else if constexpr ((StrongKeyOf<Index, Arguments> && ...)) {
    return (arguments, ...);
  } else {
    return (std::apply([](const auto&... parts) { return whole_key<Index>(parts...); }, arguments), ...);
  }
}

}  // namespace netabase::detail
