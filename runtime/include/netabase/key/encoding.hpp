#pragma once

/// \file
/// How one value becomes bytes of a key, such that memcmp order of the bytes is the order of the values.
///
///     std::uint32_t    7           00 00 00 07                 big-endian
///     std::int32_t     -1          7F FF FF FF                 big-endian, sign bit flipped
///     float            1.5         BF C0 00 00                 big-endian, sign bit flipped
///                      -1.5        40 3F FF FF                 negative: all bits flipped
///                      -0.0        80 00 00 00                 as +0.0
///                      NaN         FF C0 00 00                 any NaN; after infinity
///     bool             true        01
///     enum             e           as its underlying type
///     Int128, UInt128  1           80 00 .. 00 01, 00 .. 00 01 16 bytes, as the smaller ones
///     std::chrono::duration        as the number of its ticks; time_point alike (chrono.hpp)
///     std::array of bytes          its N bytes
///     std::string      "ab"        61 62 00 01                 see terminated.hpp; std::vector of bytes alike
///     std::filesystem::path        as its native text (path.hpp)
///     std::optional    absent      00                          before every value
///                      7           01 and the value
///     Desc<T>          v           NOT of every byte of T's encoding
///
/// Each encoding upholds, for all values a and b of its type:
///   order           a < b if and only if encode(a) comes before encode(b)
///   injectivity     a == b if and only if encode(a) == encode(b)
///   prefix-freeness encode(a) is never the beginning of a different encode(b)
/// with -0 equal to +0, all NaNs equal and after every number, and containers of bytes compared as unsigned bytes.
/// Hence encodings put behind each other compare part by part (parts.hpp).
///
/// Encoding allocates nothing unless the key gets longer than Buffer's 512 bytes. All functions may be called from any
/// thread on different buffers.

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "netabase/bytes.hpp"
#include "netabase/int128.hpp"
#include "netabase/key/buffer.hpp"
#include "netabase/key/terminated.hpp"

namespace netabase::key {

/// A part that sorts the other way round: NOT of T's bytes. Only a tag; its values are T's.
template <class T>
struct Desc {};

namespace detail {

static_assert(std::endian::native == std::endian::little,
              "netabase's key encoding is written for little-endian machines");

template <std::size_t size>
using Unsigned = std::conditional_t<
    size == 1, std::uint8_t,
    std::conditional_t<size == 2, std::uint16_t, std::conditional_t<size == 4, std::uint32_t, std::uint64_t>>>;

/// `value` with its bytes in the other order.
template <class U>
constexpr U swap_bytes(U value) noexcept {
  if constexpr (sizeof(U) == 1) return value;
  if constexpr (sizeof(U) == 2) return __builtin_bswap16(value);
  if constexpr (sizeof(U) == 4) return __builtin_bswap32(value);
  if constexpr (sizeof(U) == 8) return __builtin_bswap64(value);
}

template <class T>
concept ScalarPart =
    (std::is_integral_v<T> && sizeof(T) <= 8) || std::is_enum_v<T> || std::same_as<T, float> || std::same_as<T, double>;

/// Another type than std::string that is encoded as one.
template <class T>
inline constexpr bool is_text_part = false;

template <class T>
concept WideIntegerPart = std::same_as<T, Int128> || std::same_as<T, UInt128>;

template <class T>
concept BytePart = std::same_as<T, std::byte> || std::same_as<T, std::uint8_t>;

/// An unsigned number whose order is T's.
template <ScalarPart T>
constexpr Unsigned<sizeof(T)> to_ordered(T value) noexcept {
  using U = Unsigned<sizeof(T)>;
  constexpr U sign = static_cast<U>(U{1} << (8 * sizeof(T) - 1));
  if constexpr (std::is_enum_v<T>) {
    return to_ordered(static_cast<std::underlying_type_t<T>>(value));
  } else if constexpr (std::is_floating_point_v<T>) {
    if (value != value) value = std::numeric_limits<T>::quiet_NaN();
    if (value == 0) value = 0;  // drops the sign of -0
    const U bits = std::bit_cast<U>(value);
    return (bits & sign) != 0 ? static_cast<U>(~bits) : static_cast<U>(bits | sign);
  } else if constexpr (std::is_signed_v<T>) {
    return static_cast<U>(static_cast<U>(value) ^ sign);
  } else {
    return static_cast<U>(value);
  }
}

/// The value that `ordered` was made of, through `value`; false when there is none.
template <ScalarPart T>
constexpr bool from_ordered(Unsigned<sizeof(T)> ordered, T& value) noexcept {
  using U = Unsigned<sizeof(T)>;
  constexpr U sign = static_cast<U>(U{1} << (8 * sizeof(T) - 1));
  if constexpr (std::is_enum_v<T>) {
    std::underlying_type_t<T> number{};
    if (!from_ordered(ordered, number)) return false;
    value = static_cast<T>(number);
  } else if constexpr (std::is_floating_point_v<T>) {
    value = std::bit_cast<T>((ordered & sign) != 0 ? static_cast<U>(ordered ^ sign) : static_cast<U>(~ordered));
    return to_ordered(value) == ordered;  // not for -0 and NaNs other than the one
  } else if constexpr (std::is_same_v<T, bool>) {
    value = ordered == 1;
    return ordered <= 1;
  } else if constexpr (std::is_signed_v<T>) {
    value = static_cast<T>(static_cast<U>(ordered ^ sign));
  } else {
    value = static_cast<T>(ordered);
  }
  return true;
}

/// The encoding of T with every byte combined with `mask`, 00 or FF. Not defined for what cannot be part of a key.
template <class T, std::byte mask>
struct Coder;

template <ScalarPart T, std::byte mask>
struct Coder<T, mask> {
  using Owned = T;
  using Borrowed = T;
  static constexpr std::size_t fixed_size = sizeof(T);

  static void append(Buffer& out, Borrowed value) {
    const auto ordered = to_ordered(value);
    using U = Unsigned<sizeof(T)>;
    const U bytes = swap_bytes<U>(mask == std::byte{0} ? ordered : static_cast<U>(~ordered));
    std::memcpy(out.extend(sizeof(bytes)), &bytes, sizeof(bytes));
  }
  static bool skip(Bytes& rest) noexcept {
    if (rest.size() < sizeof(T)) return false;
    rest = rest.subspan(sizeof(T));
    return true;
  }
  static T decode(Bytes& rest) {
    if (rest.size() < sizeof(T)) throw_no_such_key();
    Unsigned<sizeof(T)> ordered;
    std::memcpy(&ordered, rest.data(), sizeof(ordered));
    ordered = swap_bytes(ordered);
    if constexpr (mask != std::byte{0}) ordered = static_cast<Unsigned<sizeof(T)>>(~ordered);
    T value{};
    if (!from_ordered(ordered, value)) throw_no_such_key();
    rest = rest.subspan(sizeof(T));
    return value;
  }
};

template <WideIntegerPart T, std::byte mask>
struct Coder<T, mask> {
  using Owned = T;
  using Borrowed = T;
  using Half = Coder<std::uint64_t, mask>;
  static constexpr std::size_t fixed_size = sizeof(T);
  static constexpr UInt128 sign = std::same_as<T, Int128> ? UInt128{1} << 127 : UInt128{0};

  static void append(Buffer& out, Borrowed value) {
    const UInt128 ordered = static_cast<UInt128>(value) ^ sign;
    Half::append(out, static_cast<std::uint64_t>(ordered >> 64));
    Half::append(out, static_cast<std::uint64_t>(ordered));
  }
  static bool skip(Bytes& rest) noexcept {
    if (rest.size() < fixed_size) return false;
    rest = rest.subspan(fixed_size);
    return true;
  }
  static T decode(Bytes& rest) {
    if (rest.size() < fixed_size) throw_no_such_key();
    const UInt128 high = Half::decode(rest);
    return static_cast<T>((high << 64 | Half::decode(rest)) ^ sign);
  }
};

template <BytePart Byte, std::size_t size, std::byte mask>
struct Coder<std::array<Byte, size>, mask> {
  static_assert(size > 0, "an empty array cannot be part of a key");
  using Owned = std::array<Byte, size>;
  using Borrowed = const Owned&;
  static constexpr std::size_t fixed_size = size;

  static void append(Buffer& out, Borrowed value) {
    std::byte* const at = out.extend(size);
    std::memcpy(at, value.data(), size);
    if constexpr (mask != std::byte{0}) invert(at, size);
  }
  static bool skip(Bytes& rest) noexcept {
    if (rest.size() < size) return false;
    rest = rest.subspan(size);
    return true;
  }
  static Owned decode(Bytes& rest) {
    if (rest.size() < size) throw_no_such_key();
    Owned value;
    std::memcpy(value.data(), rest.data(), size);
    if constexpr (mask != std::byte{0}) invert(reinterpret_cast<std::byte*>(value.data()), size);
    rest = rest.subspan(size);
    return value;
  }
};

/// Texts and byte runs of any length.
template <class Container, class View, std::byte mask>
struct TerminatedCoder {
  using Owned = Container;
  using Borrowed = View;
  static constexpr std::size_t fixed_size = 0;

  static void append(Buffer& out, Borrowed value) {
    append_terminated<mask>(out, Bytes(reinterpret_cast<const std::byte*>(value.data()), value.size()));
  }
  static bool skip(Bytes& rest) noexcept { return skip_terminated<mask>(rest); }
  static Owned decode(Bytes& rest) { return decode_terminated<mask, Owned>(rest); }
};

template <std::byte mask>
struct Coder<std::string, mask> : TerminatedCoder<std::string, std::string_view, mask> {};

template <BytePart Byte, std::byte mask>
struct Coder<std::vector<Byte>, mask> : TerminatedCoder<std::vector<Byte>, std::span<const Byte>, mask> {};

template <class T, std::byte mask>
struct Coder<std::optional<T>, mask> {
  using Value = Coder<T, mask>;
  using Owned = std::optional<typename Value::Owned>;
  using Borrowed = std::optional<std::remove_cvref_t<typename Value::Borrowed>>;
  static constexpr std::size_t fixed_size = 0;
  static constexpr std::byte absent = mask;
  static constexpr std::byte present = std::byte{1} ^ mask;

  static void append(Buffer& out, const Borrowed& value) {
    out.push(value ? present : absent);
    if (value) Value::append(out, *value);
  }
  static bool skip(Bytes& rest) noexcept {
    if (rest.empty() || (rest[0] != absent && rest[0] != present)) return false;
    Bytes behind = rest.subspan(1);
    if (rest[0] == present && !Value::skip(behind)) return false;
    rest = behind;
    return true;
  }
  static Owned decode(Bytes& rest) {
    if (rest.empty() || (rest[0] != absent && rest[0] != present)) throw_no_such_key();
    const bool has_value = rest[0] == present;
    Bytes behind = rest.subspan(1);
    Owned value;
    if (has_value) value.emplace(Value::decode(behind));
    rest = behind;
    return value;
  }
};

}  // namespace detail

/// The encoding of T. Members:
///
///     using Owned;                            // T
///     using Borrowed;                         // what append takes: scalars by value, std::string_view, std::span of
///                                             // const bytes, const std::array&, std::optional of these
///     static constexpr std::size_t fixed_size;// bytes of every encoded value; 0 when that varies
///     static void append(Buffer&, Borrowed);  // adds the encoded value; `Borrowed` is not the buffer's own bytes
///     static bool skip(Bytes& rest);          // moves `rest` behind the value it begins with; false, and `rest` as it
///                                             // was, when its shape is not that of a value
///     static Owned decode(Bytes& rest);       // the value `rest` begins with, and moves behind it; throws Corrupt,
///     and
///                                             // `rest` as it was, when there is no such value
///
/// `skip` looks at lengths, ends and the marks of optionals alone; `decode` accepts exactly what `append` makes.
template <class T>
struct Encoding : detail::Coder<T, std::byte{0x00}> {};

template <class T>
struct Encoding<Desc<T>> : detail::Coder<T, std::byte{0xff}> {};

}  // namespace netabase::key
