#pragma once

/// \file
/// Writing a struct into space of exactly the right size: first StructSize says how long the sections must be, then
/// StructWriter fills them.
///
/// The form is Cap'n Proto's canonical one: one segment, every object behind the struct or list that points to it, in
/// the order of the pointers and depth first ("preorder"), sections without their trailing zeros, nothing in between.
///
///     | root pointer | root's data | root's pointers | all of pointer 0 | all of pointer 1 | ...
///
/// So equal values have equal bytes, which makes comparing and deduplicating records a memcmp, and the place of the
/// next object is simply the end of the last: one moving address, no arena.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "netabase/codec/word.hpp"

namespace netabase::wire {

/// The sections that a value needs: up to the last word that is not zero.
struct StructSize {
  std::uint16_t data_words = 0;
  std::uint16_t pointers = 0;

  /// Makes room for a scalar or enum at `byte_offset` of the data section, unless it has its default.
  template <detail::Scalar T>
  constexpr void scalar(std::uint32_t byte_offset, T value, std::type_identity_t<T> default_value = {}) noexcept {
    if (detail::to_bits<T>(value) != detail::to_bits<T>(default_value)) need_data(byte_offset / word_size + 1);
  }

  /// Makes room for a bool at bit `bit_offset` of the data section, unless it has its default.
  constexpr void boolean(std::uint32_t bit_offset, bool value, bool default_value = false) noexcept {
    if (value != default_value) need_data(bit_offset / (8 * word_size) + 1);
  }

  /// Makes room for pointer `index`, unless `value` is null as wire type W.
  template <class W, class V>
  constexpr void pointer(std::uint16_t index, const V& value) {
    if (!W::is_null(value) && pointers <= index) pointers = static_cast<std::uint16_t>(index + 1);
  }

  constexpr std::size_t words() const noexcept { return std::size_t{data_words} + pointers; }

 private:
  constexpr void need_data(std::size_t words) noexcept {
    if (data_words < words) data_words = static_cast<std::uint16_t>(words);
  }
};

/// Where the next object goes. Space is uninitialised; whoever takes some fills all of it.
class Space {
 public:
  explicit Space(std::byte* next) noexcept : next_(next) {}

  std::byte* next() const noexcept { return next_; }

  /// `words` words, uninitialised.
  std::byte* take(std::size_t words) noexcept {
    std::byte* const first = next_;
    next_ += words * word_size;
    return first;
  }
  /// `words` words of zeros.
  std::byte* take_zeros(std::size_t words) noexcept {
    std::byte* const first = take(words);
    // Sections are a handful of words: stores beat a call.
    for (std::size_t i = 0; i < words; ++i) detail::store(first + i * word_size, std::uint64_t{0});
    return first;
  }

 private:
  std::byte* next_;
};

namespace detail {

/// Words from behind the pointer at `at` to `target`.
inline std::int64_t offset(const std::byte* at, const std::byte* target) noexcept {
  return (target - at) / static_cast<std::int64_t>(word_size) - 1;
}

}  // namespace detail

/// Fills the sections of one struct. Made by the wire types and record::write; generated code calls the members,
/// scalars in any order, pointers in ascending order of their index.
class StructWriter {
 public:
  /// The struct whose sections, zeroed, begin at `sections`. Further objects go to `space`.
  StructWriter(std::byte* sections, StructSize size, Space& space) noexcept
      : data_(sections),
        data_bytes_(std::uint32_t{size.data_words} * static_cast<std::uint32_t>(word_size)),
        space_(space) {}

  /// Stores a scalar or enum. One beyond the trimmed section is its default and needs no store.
  template <detail::Scalar T>
  void scalar(std::uint32_t byte_offset, T value, std::type_identity_t<T> default_value = {}) noexcept {
    using Bits = detail::BitsOf<T>;
    if (byte_offset >= data_bytes_) return;
    detail::store(data_ + byte_offset,
                  static_cast<Bits>(detail::to_bits<T>(value) ^ detail::to_bits<T>(default_value)));
  }

  void boolean(std::uint32_t bit_offset, bool value, bool default_value = false) noexcept {
    if (value != default_value) data_[bit_offset / 8] |= std::byte{1} << (bit_offset % 8);
  }

  /// Writes `value` as wire type W behind everything written so far, and pointer `index` to it; nothing when it is
  /// null.
  template <class W, class V>
  void pointer(std::uint16_t index, const V& value) {
    if (!W::is_null(value)) W::write(data_ + data_bytes_ + std::size_t{index} * word_size, space_, value);
  }

 private:
  std::byte* data_;
  std::uint32_t data_bytes_;
  Space& space_;
};

}  // namespace netabase::wire
