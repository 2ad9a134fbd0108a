#pragma once

/// \file
/// Borrowed bytes: the only currency between the typed layer, the key and record codecs, and the engines.

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>

namespace netabase {

/// A borrowed, read-only run of bytes. Owns nothing; whoever hands one out says how long it lives.
using Bytes = std::span<const std::byte>;

/// The bytes of `text`, borrowed.
inline Bytes as_bytes(std::string_view text) noexcept {
  return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

/// `bytes` seen as characters, borrowed.
inline std::string_view as_text(Bytes bytes) noexcept {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Three-way memcmp order, a shorter run before a longer one that begins with it: the order of every engine.
inline int compare(Bytes left, Bytes right) noexcept {
  const std::size_t common = left.size() < right.size() ? left.size() : right.size();
  const int order = common == 0 ? 0 : std::memcmp(left.data(), right.data(), common);
  if (order != 0) return order;
  return left.size() < right.size() ? -1 : left.size() > right.size() ? 1 : 0;
}

/// std::memcpy, without a call for the short runs that texts and keys mostly are.
inline void copy_bytes(std::byte* to, const void* from, std::size_t size) noexcept {
  const auto* const source = static_cast<const std::byte*>(from);
  // The last words of a run overlap those before them.
  if (size > 32) {
    std::memcpy(to, source, size);
  } else if (size >= 16) {
    std::memcpy(to, source, 16);
    std::memcpy(to + size - 16, source + size - 16, 16);
  } else if (size >= 8) {
    std::memcpy(to, source, 8);
    std::memcpy(to + size - 8, source + size - 8, 8);
  } else if (size >= 4) {
    std::memcpy(to, source, 4);
    std::memcpy(to + size - 4, source + size - 4, 4);
  } else {
    for (std::size_t i = 0; i < size; ++i) to[i] = source[i];
  }
}

/// Whether `bytes` begins with `prefix`.
inline bool starts_with(Bytes bytes, Bytes prefix) noexcept {
  return bytes.size() >= prefix.size() &&
         (prefix.empty() || std::memcmp(bytes.data(), prefix.data(), prefix.size()) == 0);
}

}  // namespace netabase
