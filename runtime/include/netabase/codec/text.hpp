#pragma once

/// \file
/// The wire types of bytes beside each other. For each wire type W (here, in list.hpp and in struct.hpp):
///
///     static bool is_null(const V&);                          // stored as a null pointer: takes no words
///     static std::size_t words(const V&, Depth);              // all words behind the pointer; 0 when null. The depth
///     is that of the struct or list which holds the pointer
///     static void write(std::byte* at, Space&, const V&);     // the object and the pointer to it at `at`; not when
///     null using View;                                             // what reading gives, borrowed static View
///     read(const PointerView&);                   // empty when null; throws Corrupt static void own(View, T& out); //
///     a copy that owns its bytes; throws Corrupt, bad_alloc
///
/// `words` throws Error(invalid_argument) for a value that the format cannot hold: 512 MiB and more of text or bytes,
/// more than max_depth structs and lists in each other. It is called before anything is written.
///
///     Text   | list pointer, bytes, n + 1 | ... | the n bytes, 0, zeros up to a word |
///     Data   | list pointer, bytes, n     | ... | the n bytes, zeros up to a word |

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "netabase/bytes.hpp"
#include "netabase/codec/damage.hpp"
#include "netabase/codec/pointer_view.hpp"
#include "netabase/codec/struct_writer.hpp"
#include "netabase/codec/word.hpp"

namespace netabase::wire {

namespace detail {

/// Writes `size` bytes, `count - size` zero bytes (at most one) and zeros to the end of the word; `count` is not 0.
inline void write_bytes(std::byte* at, Space& space, const void* bytes, std::size_t size, std::size_t count) noexcept {
  const std::size_t words = words_for(count);
  std::byte* const first = space.take(words);
  store(at, Word::to_list(offset(at, first), ElementSize::byte, count).bits());
  store(first + (words - 1) * word_size, std::uint64_t{0});
  copy_bytes(first, bytes, size);
}

inline std::size_t words_of_bytes(std::size_t count) {
  if (count > max_count) [[unlikely]]
    throw_too_large(count, max_count);
  return words_for(count);
}

}  // namespace detail

/// Text of a field with a default that is not empty: always written, because a null pointer reads as the default.
struct RequiredText {
  using View = std::string_view;

  static constexpr bool is_null(std::string_view) noexcept { return false; }
  static std::size_t words(std::string_view text, Depth) { return detail::words_of_bytes(text.size() + 1); }
  static void write(std::byte* at, Space& space, std::string_view text) noexcept {
    detail::write_bytes(at, space, text.data(), text.size(), text.size() + 1);
  }
  static View read(const PointerView& pointer) {
    if (pointer.is_null()) return {};
    const Bytes bytes = pointer.bytes();
    if (bytes.empty() || bytes.back() != std::byte{0}) [[unlikely]]
      throw_damaged(Damage::unterminated_text);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size() - 1};
  }
  static void own(View view, std::string& out) { out.assign(view); }
};

/// A std::string; empty is null. Any bytes, also zeros.
struct Text {
  using View = std::string_view;

  static constexpr bool is_null(std::string_view text) noexcept { return text.empty(); }
  static std::size_t words(std::string_view text, Depth depth) {
    return text.empty() ? 0 : RequiredText::words(text, depth);
  }
  static void write(std::byte* at, Space& space, std::string_view text) noexcept {
    RequiredText::write(at, space, text);
  }
  static View read(const PointerView& pointer) { return RequiredText::read(pointer); }
  static void own(View view, std::string& out) { out.assign(view); }
};

/// Bytes in a vector of `Byte` (std::byte or std::uint8_t); empty is null.
template <class Byte = std::byte>
struct Data {
  static_assert(sizeof(Byte) == 1);
  using View = std::span<const Byte>;

  static bool is_null(View bytes) noexcept { return bytes.empty(); }
  static std::size_t words(View bytes, Depth) { return detail::words_of_bytes(bytes.size()); }
  static void write(std::byte* at, Space& space, View bytes) noexcept {
    detail::write_bytes(at, space, bytes.data(), bytes.size(), bytes.size());
  }
  static View read(const PointerView& pointer) {
    if (pointer.is_null()) return {};
    const Bytes bytes = pointer.bytes();
    return {reinterpret_cast<const Byte*>(bytes.data()), bytes.size()};
  }
  template <class Container>
  static void own(View view, Container& out) {
    out.assign(view.begin(), view.end());
  }
};

/// Exactly `size` bytes in a std::array: always written. A null pointer (a record older than the field) reads as zeros;
/// any other length is Corrupt.
template <std::size_t size, class Byte = std::byte>
struct FixedData {
  static_assert(sizeof(Byte) == 1 && size > 0);
  using Array = std::array<Byte, size>;
  using View = const Array&;

  static constexpr bool is_null(const Array&) noexcept { return false; }
  static std::size_t words(const Array&, Depth) noexcept { return detail::words_for(size); }
  static void write(std::byte* at, Space& space, const Array& bytes) noexcept {
    detail::write_bytes(at, space, bytes.data(), size, size);
  }
  static View read(const PointerView& pointer) {
    static constexpr Array zeros{};
    if (pointer.is_null()) return zeros;
    const Bytes bytes = pointer.bytes();
    if (bytes.size() != size) throw_damaged(Damage::wrong_length);
    return *reinterpret_cast<const Array*>(bytes.data());  // an array of bytes has their size and alignment
  }
  static void own(View view, Array& out) { out = view; }
};

}  // namespace netabase::wire
