#pragma once

/// \file
/// The ends of ranges.
///
///     users.range_borrowed(10, 20);                                        // 10 <= id < 20
///     users.range_borrowed(netabase::excluding(10), netabase::including(20));  // 10 < id <= 20
///     users.range_borrowed(10, netabase::unbounded);                       // 10 <= id
///
/// An end may be the leading parts of a key; it stands for every key that begins with them:
///
///     by_author_date.range(std::tuple(7, since), netabase::including(7));  // of author 7, from `since` on

#include <cstdint>
#include <type_traits>
#include <utility>

namespace netabase {

/// No end on this side.
struct Unbounded {};
inline constexpr Unbounded unbounded{};

enum class BoundKind : std::uint8_t { including, excluding };

/// An end of a range with the word whether it belongs to the range. Holds a copy of `key`.
template <class Key, BoundKind bound_kind>
struct Bound {
  static constexpr BoundKind kind = bound_kind;
  Key key;
};

template <class Key>
Bound<std::decay_t<Key>, BoundKind::including> including(Key&& key) {
  return {std::forward<Key>(key)};
}

template <class Key>
Bound<std::decay_t<Key>, BoundKind::excluding> excluding(Key&& key) {
  return {std::forward<Key>(key)};
}

namespace detail {

template <class Argument>
struct BoundKey {
  using type = Argument;
};
template <class Key, BoundKind kind>
struct BoundKey<Bound<Key, kind>> {
  using type = Key;
};

template <class Argument>
inline constexpr bool is_bound = false;
template <class Key, BoundKind kind>
inline constexpr bool is_bound<Bound<Key, kind>> = true;

}  // namespace detail
}  // namespace netabase
