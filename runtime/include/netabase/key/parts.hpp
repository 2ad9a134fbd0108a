#pragma once

/// \file
/// Keys of one or several parts: the encodings of the parts behind each other, in order. Each encoding is prefix-free,
/// so the whole compares part by part, and the first parts alone are a prefix of exactly the keys that begin with them.
///
///     using Parts = key::Parts<std::uint64_t, key::Desc<std::int64_t>>;
///     key::Buffer buffer;
///     Parts::append(buffer, author_id, created);

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include "netabase/bytes.hpp"
#include "netabase/key/buffer.hpp"
#include "netabase/key/encoding.hpp"

namespace netabase::key {

/// A key made of `P...`, each a type that Encoding knows, or Desc of one.
template <class... P>
struct Parts {
  static_assert(sizeof...(P) > 0, "a key has at least one part");

  static constexpr std::size_t count = sizeof...(P);
  /// Bytes of every encoded key; 0 when that varies.
  static constexpr std::size_t fixed_size =
      ((Encoding<P>::fixed_size != 0) && ...) ? (Encoding<P>::fixed_size + ...) : 0;

  using Owned = std::tuple<typename Encoding<P>::Owned...>;
  using Borrowed = std::tuple<typename Encoding<P>::Borrowed...>;

  /// Adds the encoded key. Anything that converts to the borrowed types is taken (a std::string for a
  /// std::string_view). None of them may be the buffer's own bytes.
  static void append(Buffer& out, const typename Encoding<P>::Borrowed&... parts) {
    (Encoding<P>::append(out, parts), ...);
  }

  /// The same from a tuple, such as a strong key's `parts()`.
  template <class... T>
  requires(sizeof...(T) == count) static void append_tuple(Buffer& out, const std::tuple<T...>& parts) {
    std::apply([&out](const auto&... part) { append(out, part...); }, parts);
  }

  /// Adds the encoding of the first parts only, as many as are given: the prefix of all keys that begin with them.
  template <class... T>
  requires(sizeof...(T) >= 1 && sizeof...(T) <= count) static void append_prefix(Buffer& out, const T&... first) {
    append_first(out, std::index_sequence_for<T...>(), first...);
  }

  /// Moves `rest` behind the key it begins with; false, and `rest` as it was, when its shape is not that of a key.
  static bool skip(Bytes& rest) noexcept {
    Bytes behind = rest;
    if constexpr (fixed_size != 0) {
      if (behind.size() < fixed_size) return false;
      behind = behind.subspan(fixed_size);
    } else {
      if (!(Encoding<P>::skip(behind) && ...)) return false;
    }
    rest = behind;
    return true;
  }

  /// The key `rest` begins with; moves `rest` behind it. Throws Corrupt, and `rest` as it was, when there is none.
  /// Allocates for strings and vectors.
  static Owned decode(Bytes& rest) {
    Bytes behind = rest;
    Owned parts{Encoding<P>::decode(behind)...};  // braces: decoded from left to right
    rest = behind;
    return parts;
  }

 private:
  template <std::size_t i>
  using Part = Encoding<std::tuple_element_t<i, std::tuple<P...>>>;

  template <std::size_t... i, class... T>
  static void append_first(Buffer& out, std::index_sequence<i...>, const T&... first) {
    (Part<i>::append(out, first), ...);
  }
};

}  // namespace netabase::key
