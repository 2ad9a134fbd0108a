#pragma once

/// \file
/// Texts and byte runs of any length inside a key.
///
///     value       61 00 62           "a\0b"
///     encoded     61 00 FF 62 00 01
///                    ~~~~~    ~~~~~
///                    a zero   the end
///
/// A zero byte of the value becomes 00 FF, and 00 01 ends the value. 01 is below FF, so a value sorts before every
/// longer one that begins with it; no encoded value is the beginning of another one, so parts can simply follow each
/// other, a key can be padded, and NOT of all bytes gives the exact reverse order. Rejected: a bare 00 as the end
/// (values hold zeros); the length in front (loses the order); no end for the last part (then NOT of it is wrong,
/// padding needs a length of its own, and one type has two encodings).
///
/// `mask` is 00 for ascending and FF for descending parts; every byte is combined with it.

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "netabase/bytes.hpp"
#include "netabase/key/buffer.hpp"

namespace netabase::key::detail {

inline constexpr std::byte escaped_zero{0xff};  ///< behind a zero: the zero belongs to the value
inline constexpr std::byte end_of_value{0x01};  ///< behind a zero: the value ends here

/// Adds `value`, which holds a zero byte first at `zero`, escaped and terminated.
void append_escaped(Buffer& out, Bytes value, const std::byte* zero);
/// NOT of `count` bytes in place.
void invert(std::byte* first, std::size_t count) noexcept;
/// Writes the value of `encoded` (without its terminator, and known to be well formed) to `out`, which has room for as
/// many bytes; returns the value's length.
std::size_t unescape(Bytes encoded, std::byte mask, std::byte* out) noexcept;
/// The decoders' answer to bytes that no key is made of.
[[noreturn]] void throw_no_such_key();

/// Whether one of the eight bytes is zero.
inline bool has_zero(std::uint64_t bytes) noexcept {
  constexpr std::uint64_t ones = 0x0101'0101'0101'0101;
  return ((bytes - ones) & ~bytes & (ones << 7)) != 0;
}

/// Copies `value` to `to` and returns true, or, when a zero byte is in it, false with anything in `to`. For a value of
/// 8 bytes and more, but few: where a search and a copy, by two calls, would cost more than what they do.
inline bool copy_without_zero(std::byte* to, Bytes value) noexcept {
  constexpr std::size_t word = sizeof(std::uint64_t);
  const std::size_t last = value.size() - word;  // the last word may overlap the one before it
  std::uint64_t bytes = 0;
  for (std::size_t at = 0; at < last; at += word) {
    std::memcpy(&bytes, value.data() + at, word);
    if (has_zero(bytes)) return false;
    std::memcpy(to + at, &bytes, word);
  }
  std::memcpy(&bytes, value.data() + last, word);
  std::memcpy(to + last, &bytes, word);
  return !has_zero(bytes);
}

/// Adds `value` escaped and terminated. Without zero bytes, which is the usual case, this is one search and one copy.
template <std::byte mask>
inline void append_terminated(Buffer& out, Bytes value) {
  const std::size_t start = out.size();
  const std::size_t size = value.size();
  if (size >= 8 && size <= 64) [[likely]] {
    std::byte* const at = out.extend(size + 2);
    if (copy_without_zero(at, value)) [[likely]] {
      at[size] = std::byte{0};
      at[size + 1] = end_of_value;
      if constexpr (mask != std::byte{0}) invert(out.data() + start, out.size() - start);
      return;
    }
    out.truncate(start);
  }
  const void* const zero = size == 0 ? nullptr : std::memchr(value.data(), 0, size);
  if (zero == nullptr) [[likely]] {
    std::byte* const at = out.extend(size + 2);
    if (size != 0) std::memcpy(at, value.data(), size);
    at[size] = std::byte{0};
    at[size + 1] = end_of_value;
  } else {
    append_escaped(out, value, static_cast<const std::byte*>(zero));
  }
  if constexpr (mask != std::byte{0}) invert(out.data() + start, out.size() - start);
}

/// Moves `rest` behind the value that it begins with; false, and `rest` as it was, when it does not begin with one.
template <std::byte mask>
inline bool skip_terminated(Bytes& rest) noexcept {
  if (rest.empty()) return false;
  const std::byte* at = rest.data();
  const std::byte* const end = at + rest.size();
  for (;;) {
    at = static_cast<const std::byte*>(std::memchr(at, std::to_integer<int>(mask), static_cast<std::size_t>(end - at)));
    if (at == nullptr || end - at < 2) return false;
    const std::byte next = at[1] ^ mask;
    at += 2;
    if (next == end_of_value) {
      rest = Bytes(at, static_cast<std::size_t>(end - at));
      return true;
    }
    if (next != escaped_zero || at == end) return false;
  }
}

/// Takes the value that `rest` begins with into `Container`, a std::string or a vector of bytes. Throws Corrupt.
template <std::byte mask, class Container>
inline Container decode_terminated(Bytes& rest) {
  const Bytes before = rest;
  if (!skip_terminated<mask>(rest)) throw_no_such_key();
  const Bytes encoded = before.first(before.size() - rest.size() - 2);
  Container value;
  value.resize(encoded.size());
  if (!encoded.empty()) value.resize(unescape(encoded, mask, reinterpret_cast<std::byte*>(value.data())));
  return value;
}

}  // namespace netabase::key::detail
