#pragma once

/// \file
/// Reads the head of a file as LMDB 0.9 writes it on 64-bit little-endian machines, without LMDB.
///
///     page 0 and 1 (each as long as the page size):
///       0  8  page number            8  2  unused       10  2  flags, 0x08: a meta page      12  4  unused
///      16  4  magic BEEFC0DE        20  4  version 1    24  8  address hint                  32  8  map size
///      40 48  the database of free pages; its first 4 bytes hold the page size
///      88 48  the main database, which holds the named ones
///     136  8  last page in use     144  8  transaction that wrote this page
///     a database: 4 (page size or unused)  2 flags  2 depth  8 branch pages  8 leaf pages  8 overflow pages  8 entries
///     8 root

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "netabase/bytes.hpp"

namespace netabase::engine::lmdb {

inline constexpr std::uint64_t no_page = ~std::uint64_t{0};  ///< the root of an empty database

/// A database as a meta page or the main database records it.
struct DatabaseRecord {
  static constexpr std::size_t size = 48;

  std::uint32_t pad = 0;
  std::uint16_t flags = 0;
  std::uint16_t depth = 0;
  std::uint64_t branch_pages = 0;
  std::uint64_t leaf_pages = 0;
  std::uint64_t overflow_pages = 0;
  std::uint64_t entries = 0;
  std::uint64_t root = no_page;

  /// `bytes` has at least `size` bytes.
  static DatabaseRecord read(Bytes bytes) noexcept;
};

/// One of the two meta pages.
struct Meta {
  static constexpr std::size_t size = 152;  ///< bytes from the start of the page

  std::uint64_t map_size = 0;
  DatabaseRecord free_pages;
  DatabaseRecord main;
  std::uint64_t last_page = 0;
  std::uint64_t transaction = 0;

  std::uint32_t page_size() const noexcept { return free_pages.pad; }
};

/// The number of the newest commit, as the two meta pages of a map that begins at `map` have it at this moment, after
/// all that the calling thread read before. A meta page's number is the last of it that LMDB writes.
inline std::uint64_t newest_commit(const std::byte* map, std::uint32_t page_size) noexcept {
  constexpr std::size_t transaction = 144;
  std::atomic_thread_fence(std::memory_order_acquire);
  const auto number = [](const std::byte* at) {
    return __atomic_load_n(reinterpret_cast<const std::uint64_t*>(at), __ATOMIC_ACQUIRE);
  };
  return std::max(number(map + transaction), number(map + page_size + transaction));
}

/// What the head says.
struct Head {
  Meta meta;                    ///< the newer of the two, if no other was asked for
  std::uint32_t page_size = 0;  ///< a power of two, 512 to 65536
  std::uint64_t pages = 0;  ///< up to the last page that was ever used; those at the end may never have been written
};

/// Judges a file of `file_size` bytes by its first bytes. `first` is the file from its start, up to the end of the
/// second meta page's content at least or, of a shorter file, all of it. Throws FormatMismatch when it is not LMDB
/// 0.9's, saying what it is instead where that can be told, and Corrupt when it is but its head contradicts itself.
/// `name` is for the message. With `transaction`: what the meta page says that this transaction wrote, if there is one.
Head read_head(Bytes first, std::uint64_t file_size, const std::string& name,
               std::optional<std::uint64_t> transaction = std::nullopt);

/// read_head() on an open file. Throws Corrupt also when the file was cut off.
Head read_head(int fd, const std::string& name, std::optional<std::uint64_t> transaction = std::nullopt);

}  // namespace netabase::engine::lmdb
