#pragma once

/// \file
/// Takes a page of a file apart, as LMDB 0.9 writes it (little-endian, 64 bit), without LMDB and trusting none of it.
///
///       0  8  page number        8  2  unused        10  2  kind (flags)
///      12  2  end of the node table, from the page's start      14  2  start of the node heap
///      16     the node table: 2 bytes for each node, its offset from the page's start
///     a node of a branch page: 6 bytes page number, 2 key length, key (the first node's key is ignored)
///     a node of a leaf page:   4 bytes value length, 2 flags, 2 key length, key, value or 8 bytes page number of the
///                              overflow run that holds it
///     an overflow run: 8 bytes page number, 2 unused, 2 kind, 4 length in pages, the value, over as many whole pages

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "netabase/bytes.hpp"

namespace netabase::engine::lmdb {

inline constexpr std::size_t page_header_size = 16;
inline constexpr std::size_t node_header_size = 8;
// Kinds of pages.
inline constexpr std::uint16_t branch_kind = 0x01;
inline constexpr std::uint16_t leaf_kind = 0x02;
inline constexpr std::uint16_t run_kind = 0x04;
// Flags of a leaf page's node.
inline constexpr std::uint16_t overflow_value = 0x01;
inline constexpr std::uint16_t table_value = 0x02;

/// A number of the file; it must lie in `bytes`.
template <class T>
T load(Bytes bytes, std::size_t offset) noexcept {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

/// The same at an address.
template <class T>
T load(const std::byte* at) noexcept {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

/// Eight bytes as a number that has the order of memcmp.
inline std::uint64_t load_head(const std::byte* at) noexcept { return __builtin_bswap64(load<std::uint64_t>(at)); }

/// A node of a page, checked to lie in it.
struct Node {
  std::size_t offset = 0;
  std::size_t end = 0;
  Bytes key{};
  std::uint64_t child = 0;       // of branch pages
  std::uint64_t value_size = 0;  // of leaf pages
  std::uint16_t flags = 0;       // of leaf pages
  Bytes value{};                 // of leaf pages: in the page; with overflow_value the run's page number
};

/// What is wrong with the header of the page `number`, which should be a leaf or a branch; empty: nothing. `page` is
/// all of its bytes.
std::string header_fault(Bytes page, std::uint64_t number, bool leaf);

/// The nodes of a page whose header is right, or of those before the first that does not lie in it: then `fault` says
/// what is wrong with that one. They refer to `page`.
std::vector<Node> read_nodes(Bytes page, bool leaf, std::string& fault);

/// An offset in the page at which two nodes overlap, if any do.
std::optional<std::size_t> overlap(const std::vector<Node>& nodes);

/// What is wrong with the header of an overflow run that begins at page `number` and has at least `needed` pages;
/// empty: nothing. `header` has at least page_header_size bytes.
std::string overflow_fault(Bytes header, std::uint64_t number, std::uint64_t needed);

/// The length of an overflow run in pages.
inline std::uint64_t overflow_pages(Bytes header) noexcept { return load<std::uint32_t>(header, 12); }

}  // namespace netabase::engine::lmdb
