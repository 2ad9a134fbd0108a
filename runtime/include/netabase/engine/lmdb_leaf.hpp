#pragma once

/// \file
/// The leaf pages of LMDB 0.9, read in place, so that a walk need not ask LMDB for every step.
///
///     offset  0  8  page number        8  2  unused        10  2  kind: 0x02, a leaf
///            12  2  lower: where the node table ends       14  2  upper: where the nodes begin
///            16     the node table: 2 bytes for each node, its offset from the page's start
///     a node: 0  4  bytes of the value   4  2  flags   6  2  bytes of the key   8  the key, then the value
///
/// Only for read transactions, whose pages all lie in the map and never change; a write transaction has pages of its
/// own elsewhere. The layout is that of data format 1, which the head of every file is checked for (lmdb_head.hpp).
///
/// Why: stepping by mdb_cursor_get costs 5 to 6 ns an entry, of which most is LMDB finding out again where it stands.
/// In a header, because a call for each entry would be a tenth of a scan.

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "netabase/bytes.hpp"

namespace netabase::engine::lmdb {

class LeafPage {
 public:
  /// The page of `size` bytes, a power of two, that `inside` lies in, in a map that begins at a multiple of `size`.
  LeafPage(const std::byte* inside, std::size_t size) noexcept
      : page_(inside - (reinterpret_cast<std::uintptr_t>(inside) & (size - 1))), size_(size) {}

  const std::byte* begin() const noexcept { return page_; }

  /// How many entries it has; 0 when it is no page of plain entries, or its node table does not lie in it.
  std::uint32_t count() const noexcept {
    const std::size_t lower = load<std::uint16_t>(page_ + 12);
    if (load<std::uint16_t>(page_ + 10) != leaf_kind || lower < header_size || lower > size_) return 0;
    return static_cast<std::uint32_t>(lower - header_size) / 2;
  }

  /// Asks the processor for the bytes of all entries at once, which a walk would otherwise wait for one after the
  /// other.
  void prefetch() const noexcept {
    constexpr std::size_t line = 64;
    for (std::size_t at = load<std::uint16_t>(page_ + 14); at < size_; at += line) __builtin_prefetch(page_ + at);
  }

  /// Whether entry `index` has its key at `key`.
  bool is_at(std::uint32_t index, const std::byte* key) const noexcept {
    return key - page_ ==
           load<std::uint16_t>(page_ + header_size + 2 * std::size_t{index}) + std::ptrdiff_t{node_header_size};
  }

  /// Which of `count` entries has its key at `key`; `count` when none has.
  std::uint32_t find(const std::byte* key, std::uint32_t count) const noexcept {
    const auto offset = static_cast<std::uint16_t>(key - page_ - static_cast<std::ptrdiff_t>(node_header_size));
    std::uint32_t found = count;
    // To the end in any case: without a way out the compiler compares eight at once.
    for (std::uint32_t i = 0; i < count; ++i) {
      if (load<std::uint16_t>(page_ + header_size + 2 * std::size_t{i}) == offset) found = i;
    }
    return found;
  }

  /// Entry `index`, one of count(), of a page at `page` of `size` bytes. False when its value lies on pages of its own,
  /// or when the entry would reach out of the page, as in a damaged file: both are left to LMDB.
  [[gnu::always_inline]] static bool read(const std::byte* page, std::size_t size, std::uint32_t index, Bytes& key,
                                          Bytes& value) noexcept {
    const std::size_t offset = load<std::uint16_t>(page + header_size + 2 * std::size_t{index});
    if (offset > size - node_header_size) [[unlikely]]
      return false;
    const auto node = load<std::uint64_t>(page + offset);
    const std::size_t key_size = node >> 48;
    const std::size_t value_size = node & 0xffffffff;
    if ((node >> 32 & 0xffff) != 0 || key_size + value_size > size - node_header_size - offset) [[unlikely]]
      return false;
    const std::byte* const at = page + offset + node_header_size;
    key = {at, key_size};
    value = {at + key_size, value_size};
    return true;
  }

 private:
  static constexpr std::size_t header_size = 16;
  static constexpr std::size_t node_header_size = 8;
  static constexpr std::uint16_t leaf_kind = 0x02;

  template <class T>
  static T load(const std::byte* at) noexcept {
    T value;
    std::memcpy(&value, at, sizeof value);
    return value;
  }

  const std::byte* page_;
  std::size_t size_;
};

}  // namespace netabase::engine::lmdb
