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

/// Whether `bytes` begins with `prefix`.
inline bool starts_with(Bytes bytes, Bytes prefix) noexcept {
  return bytes.size() >= prefix.size() &&
         (prefix.empty() || std::memcmp(bytes.data(), prefix.data(), prefix.size()) == 0);
}

}  // namespace netabase
