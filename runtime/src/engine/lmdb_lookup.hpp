#pragma once

/// \file
/// A key looked up, or sought, in a table's tree by reading the pages of a snapshot, instead of by mdb_get and
/// mdb_cursor_get.
///
///     branch page:  the node table | nodes: 6 bytes page number, 2 bytes of the key's length, the key
///     leaf page:    the node table | nodes: 4 bytes of the value's length, 2 flags, 2 of the key's length, key, value
///                                    or, with flag 1, the number of the first page of a run that holds the value
///     run:          a page header with kind 4, then the value over as many pages as it needs
///
/// The header of a page is that in lmdb_leaf.hpp. Branch node i leads to the keys from its own up to that of node i +
/// 1; the key of node 0 counts as less than any.
///
/// Why: mdb_get makes a cursor, keeps a stack of pages, and calls memcmp through two pointers for each comparison; most
/// of a small record's look-up is that. Here keys are compared eight bytes at a time in registers, and numbers are
/// found by interpolation (lmdb_interval.hpp).
///
/// Only for read transactions, whose pages lie in the map and never change. Every page number and every offset is
/// checked before it is followed, which LMDB does not do; whatever is not as above is left to LMDB, which has the last
/// word on what is damaged and how that is said.

#include <lmdb.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "netabase/bytes.hpp"

namespace netabase::engine::lmdb {

/// Where a table's tree lies in one snapshot.
struct Tree {
  const std::byte* map = nullptr;  ///< page 0
  std::uint64_t pages = 0;         ///< in the map; none behind them is looked at
  std::uint64_t root = 0;          ///< a page number; of no meaning with depth 0
  std::uint32_t page_size = 0;     ///< a power of two
  std::uint16_t depth = 0;         ///< pages from the root to a leaf; 0: the table has no entries
};

enum class Lookup : std::uint8_t {
  found,
  absent,
  unclear,  ///< only LMDB can tell
};

/// Sets `value` when it is found; it lies in the map. `key` is not empty.
Lookup look_up(const Tree& tree, Bytes key, Bytes& value) noexcept;

/// An entry of a leaf page.
struct Entry {
  const std::byte* page = nullptr;
  std::uint32_t index = 0;
  std::uint32_t count = 0;  ///< of the page's entries
};

/// Finds the first entry whose key is `key`, which is not empty, or greater. False when only LMDB can tell, or when
/// that entry is the first of the next page, or there is none.
bool seek(const Tree& tree, Bytes key, Entry& entry) noexcept;

/// The tree that an entry of LMDB's main table, of which `record` is the value, describes: in a map that begins at
/// `map` and has `pages` pages of `page_size` bytes. False when it is no plain table.
bool read_tree(Bytes record, const std::byte* map, std::uint64_t pages, std::uint32_t page_size, Tree& tree) noexcept;

/// Where the map of an open environment begins, which LMDB does not tell: the first entry of its main table lies in a
/// page whose number is found by reading the way there from the file. Null when it cannot be told. `name` is for
/// messages that nobody sees. Reads some pages of the file.
const std::byte* find_map(MDB_env* environment, MDB_dbi main, const std::string& name) noexcept;

}  // namespace netabase::engine::lmdb
