#pragma once

/// \file
/// The words of Cap'n Proto's wire format, as far as one segment needs them. A message is a run of 8-byte little-endian
/// words. A word is data or one of these (bit 0 is the lowest):
///
///     struct pointer   | 00 | offset, 30 bits signed | data words, 16 bits | pointers, 16 bits |
///     list pointer     | 01 | offset, 30 bits signed | element size, 3 bits | count, 29 bits   |
///     tag of a list of structs: a struct pointer whose offset is the number of elements
///     null             all zero
///
/// The offset counts words from behind the pointer. With element size 7 (structs) the count is the words behind the
/// tag. 10 and 11 (pointers into other segments, capabilities) do not occur in records.
///
/// Why this format, and why not through libcapnp: any Cap'n Proto tool can read the records, fields can be added
/// without rewriting what is stored, and reading is in place. The stock readers and builders cost 25 to 150 ns a record
/// for segments, arenas and traversal limits, none of which one contiguous record needs.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace netabase::wire {

static_assert(std::endian::native == std::endian::little, "records are read in place: little-endian machines only");

inline constexpr std::size_t word_size = 8;
/// The longest record body, nearly 4 GiB: every offset can reach all of it, and with the record's head of one word it
/// is a value that LMDB takes, whose values end at 2^32 - 1 bytes.
inline constexpr std::size_t max_words = (std::size_t{1} << 29) - 2;
/// The most elements of a list, and the most bytes of a text including its final zero.
inline constexpr std::size_t max_count = (std::size_t{1} << 29) - 1;
/// How many structs and lists an object lies in; the root struct's is 1.
using Depth = std::uint16_t;
/// Structs and lists in each other. What is deeper is refused when it is written, and Corrupt when it is read.
inline constexpr Depth max_depth = 64;
/// The most elements of a struct list whose elements take no space, being zero throughout. Such a list costs two words
/// for any count, so the count must not be taken from damaged bytes unbounded; longer ones are written with a data word
/// for each element.
inline constexpr std::uint32_t max_empty_elements = 1024;

/// What a list pointer says about its elements.
enum class ElementSize : std::uint8_t { none, bit, byte, two_bytes, four_bytes, eight_bytes, pointer, structs };

/// Bytes of one element of the kinds that have whole bytes; 0 otherwise.
constexpr std::uint32_t bytes_of(ElementSize size) noexcept {
  constexpr std::uint8_t bytes[] = {0, 0, 1, 2, 4, 8, 8, 0};
  return bytes[static_cast<std::uint8_t>(size)];
}

namespace detail {

template <std::size_t size>
struct UnsignedOf;
template <>
struct UnsignedOf<1> {
  using type = std::uint8_t;
};
template <>
struct UnsignedOf<2> {
  using type = std::uint16_t;
};
template <>
struct UnsignedOf<4> {
  using type = std::uint32_t;
};
template <>
struct UnsignedOf<8> {
  using type = std::uint64_t;
};

/// What lies in a data section as it is in memory: integers, floats, enums. Not bool, which is a bit.
template <class T>
concept PlainScalar = (std::is_arithmetic_v<T> || std::is_enum_v<T>)&&!std::is_same_v<T, bool> &&
                      (sizeof(T) == 1 || sizeof(T) == 2 || sizeof(T) == 4 || sizeof(T) == 8);

/// How a class is stored as a number. Specialised for each such class (chrono.hpp):
///     using Number;                         // the PlainScalar
///     static constexpr Number number(T);
///     static constexpr T value(Number);     // T again; its layout in memory does not matter
template <class T>
struct StoredAs;

template <class T>
concept Scalar = PlainScalar<T> || PlainScalar<typename StoredAs<T>::Number>;

template <class T>
struct NumberOf : StoredAs<T> {};
template <PlainScalar T>
struct NumberOf<T> {
  using Number = T;
  static constexpr T number(T value) noexcept { return value; }
  static constexpr T value(T number) noexcept { return number; }
};

/// The unsigned integer of a scalar's stored size.
template <Scalar T>
using BitsOf = typename UnsignedOf<sizeof(typename NumberOf<T>::Number)>::type;

template <Scalar T>
constexpr BitsOf<T> to_bits(T value) noexcept {
  return std::bit_cast<BitsOf<T>>(NumberOf<T>::number(value));
}

template <Scalar T>
constexpr T from_bits(BitsOf<T> bits) noexcept {
  return NumberOf<T>::value(std::bit_cast<typename NumberOf<T>::Number>(bits));
}

template <class U>
U load(const std::byte* at) noexcept {
  U value;
  std::memcpy(&value, at, sizeof(value));
  return value;
}

template <class U>
void store(std::byte* at, U value) noexcept {
  std::memcpy(at, &value, sizeof(value));
}

constexpr std::size_t words_for(std::size_t bytes) noexcept { return (bytes + word_size - 1) / word_size; }

}  // namespace detail

/// A pointer word taken apart. Any 64 bits are a Word; `is_struct` and `is_list` say what the rest means.
class Word {
 public:
  constexpr explicit Word(std::uint64_t bits = 0) noexcept : bits_(bits) {}

  static constexpr Word to_struct(std::int64_t offset, std::uint16_t data_words, std::uint16_t pointers) noexcept {
    return Word(offset_bits(offset) | std::uint64_t{data_words} << 32 | std::uint64_t{pointers} << 48);
  }
  static constexpr Word to_list(std::int64_t offset, ElementSize size, std::size_t count) noexcept {
    return Word(offset_bits(offset) | 1 | static_cast<std::uint64_t>(size) << 32 | std::uint64_t{count} << 35);
  }
  static constexpr Word tag(std::size_t elements, std::uint16_t data_words, std::uint16_t pointers) noexcept {
    return to_struct(static_cast<std::int64_t>(elements), data_words, pointers);
  }

  constexpr std::uint64_t bits() const noexcept { return bits_; }
  constexpr bool is_null() const noexcept { return bits_ == 0; }
  constexpr bool is_struct() const noexcept { return (bits_ & 3) == 0; }
  constexpr bool is_list() const noexcept { return (bits_ & 3) == 1; }

  /// Both at once: one compare.
  constexpr bool is_list_of(ElementSize size) const noexcept {
    return (bits_ & (std::uint64_t{7} << 32 | 3)) == (static_cast<std::uint64_t>(size) << 32 | 1);
  }

  /// In words, from behind the pointer.
  constexpr std::int64_t offset() const noexcept { return static_cast<std::int32_t>(bits_) >> 2; }

  constexpr std::uint16_t data_words() const noexcept { return static_cast<std::uint16_t>(bits_ >> 32); }
  constexpr std::uint16_t pointers() const noexcept { return static_cast<std::uint16_t>(bits_ >> 48); }
  constexpr std::uint32_t struct_words() const noexcept { return std::uint32_t{data_words()} + pointers(); }

  constexpr ElementSize element_size() const noexcept { return static_cast<ElementSize>((bits_ >> 32) & 7); }
  constexpr std::uint32_t count() const noexcept { return static_cast<std::uint32_t>(bits_ >> 35); }

  /// Of a tag.
  constexpr std::uint32_t elements() const noexcept { return static_cast<std::uint32_t>(bits_) >> 2; }

 private:
  static constexpr std::uint64_t offset_bits(std::int64_t offset) noexcept {
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(offset) << 2);
  }

  std::uint64_t bits_;
};

}  // namespace netabase::wire
