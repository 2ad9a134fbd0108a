#include "engine/lmdb_head.hpp"

#include <unistd.h>

#include <bit>
#include <cerrno>
#include <cstring>
#include <optional>
#include <vector>

#include "engine/lmdb_file.hpp"
#include "engine/lmdb_page_check.hpp"
#include "netabase/error.hpp"

namespace netabase::engine::lmdb {

namespace {

static_assert(std::endian::native == std::endian::little && sizeof(void*) == 8,
              "LMDB's files have the layout of the machine; this reader knows that of 64-bit little-endian ones");

constexpr std::uint32_t magic = 0xBEEFC0DE;
constexpr std::uint16_t meta_flag = 0x08;
constexpr std::size_t usual_page = 4096;
constexpr std::size_t largest_page = 65536;

template <class T>
T load(Bytes bytes, std::size_t offset) noexcept {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

bool has_magic_at(Bytes bytes, std::size_t offset) noexcept {
  return bytes.size() >= offset + 8 && load<std::uint32_t>(bytes, offset) == magic;
}

/// What a file without LMDB 0.9's magic number is, as the end of a sentence.
std::string foreign_kind(Bytes first) {
  if (has_magic_at(first, 24)) {
    return "it was written by LMDB 1.0 or newer, whose format differs: make a netabase store of its content with a "
           "program that reads it, or choose another path";
  }
  if (has_magic_at(first, 12)) {
    return "it was written by LMDB on a 32-bit machine: copy it there with mdb_dump, or choose another path";
  }
  if (first.size() >= 20 && load<std::uint32_t>(first, 16) == __builtin_bswap32(magic)) {
    return "it was written by LMDB on a machine with the other byte order: copy it there with mdb_dump, or choose "
           "another path";
  }
  if (as_text(first).starts_with("SQLite format 3")) return "it is an SQLite database: choose another path";
  return "it is something else: choose another path, or open it with Config::truncate to replace it";
}

std::optional<Meta> read_meta(Bytes page) noexcept {
  if (page.size() < Meta::size || !has_magic_at(page, 16) || load<std::uint32_t>(page, 20) != 1) return std::nullopt;
  if ((load<std::uint16_t>(page, 10) & meta_flag) == 0) return std::nullopt;
  Meta meta;
  meta.map_size = load<std::uint64_t>(page, 32);
  meta.free_pages = DatabaseRecord::read(page.subspan(40));
  meta.main = DatabaseRecord::read(page.subspan(88));
  meta.last_page = load<std::uint64_t>(page, 136);
  meta.transaction = load<std::uint64_t>(page, 144);
  return meta;
}

bool is_page_size(std::uint32_t size) noexcept {
  return size >= 512 && size <= largest_page && std::has_single_bit(size);
}

/// The first `length` bytes of the file, or all of a shorter one.
std::vector<std::byte> read_start(int fd, std::size_t length, const std::string& name) {
  std::vector<std::byte> bytes(length);
  std::size_t read = 0;
  while (read < length) {
    const ssize_t got = ::pread(fd, bytes.data() + read, length - read, static_cast<off_t>(read));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_system_error(errno, "cannot read", name);
    if (got == 0) break;
    read += static_cast<std::size_t>(got);
  }
  bytes.resize(read);
  return bytes;
}

[[noreturn]] void throw_corrupt(const std::string& name, const std::string& why) {
  throw Corrupt("'" + name + "' is damaged: " + why + "; restore it from a backup");
}

}  // namespace

DatabaseRecord DatabaseRecord::read(Bytes bytes) noexcept {
  DatabaseRecord record;
  record.pad = load<std::uint32_t>(bytes, 0);
  record.flags = load<std::uint16_t>(bytes, 4);
  record.depth = load<std::uint16_t>(bytes, 6);
  record.branch_pages = load<std::uint64_t>(bytes, 8);
  record.leaf_pages = load<std::uint64_t>(bytes, 16);
  record.overflow_pages = load<std::uint64_t>(bytes, 24);
  record.entries = load<std::uint64_t>(bytes, 32);
  record.root = load<std::uint64_t>(bytes, 40);
  return record;
}

Head read_head(Bytes first, std::uint64_t file_size, const std::string& name,
               std::optional<std::uint64_t> transaction) {
  if (file_size == 0) {
    throw FormatMismatch("'" + name +
                         "' is an empty file, not a netabase store: remove it, or open it with "
                         "Config::truncate to replace it");
  }
  if (!has_magic_at(first, 16)) throw FormatMismatch("'" + name + "' is not a netabase store: " + foreign_kind(first));
  const auto version = load<std::uint32_t>(first, 20);
  if (version != 1) {
    throw FormatMismatch("'" + name + "' is an LMDB file of data version " + std::to_string(version) +
                         ", and this program reads version 1 (LMDB 0.9): make a netabase store of its content with a "
                         "program that reads it, or choose another path");
  }

  const std::optional<Meta> one = read_meta(first);
  if (!one) throw_corrupt(name, "its first page is not a whole meta page");
  if (!is_page_size(one->page_size())) {
    throw_corrupt(name, "its first page gives a page size of " + std::to_string(one->page_size()) + " bytes");
  }
  const std::uint32_t page_size = one->page_size();
  if (file_size < 2 * std::uint64_t{page_size} || first.size() < page_size) {
    throw_corrupt(name, "it has " + std::to_string(file_size) + " bytes, less than its two meta pages: it was cut off");
  }
  const std::optional<Meta> two = read_meta(first.subspan(page_size));
  if (!two) throw_corrupt(name, "its second page is not a meta page");
  if (two->page_size() != page_size) throw_corrupt(name, "its two meta pages give different page sizes");

  Head head;
  head.meta = two->transaction > one->transaction ? *two : *one;
  for (const Meta& meta : {*one, *two}) {
    if (meta.transaction == transaction) head.meta = meta;
  }
  head.page_size = page_size;
  if (head.meta.last_page < 1 || head.meta.last_page >= (std::uint64_t{1} << 47) / page_size) {
    throw_corrupt(name, "it gives " + std::to_string(head.meta.last_page) + " as its last page");
  }
  head.pages = head.meta.last_page + 1;
  for (const DatabaseRecord* record : {&head.meta.free_pages, &head.meta.main}) {
    if (record->root != no_page && (record->root < 2 || record->root >= head.pages)) {
      throw_corrupt(name, "a root page has the number " + std::to_string(record->root) + ", outside the file");
    }
  }
  return head;
}

Head read_head(int fd, const std::string& name, std::optional<std::uint64_t> transaction) {
  std::vector<std::byte> first = read_start(fd, usual_page + Meta::size, name);
  const std::optional<Meta> one = read_meta(first);
  if (one && is_page_size(one->page_size()) && one->page_size() > usual_page) {
    first = read_start(fd, one->page_size() + Meta::size, name);
  }
  const std::uint64_t file_size = file_status(fd, name).size;
  const Head head = read_head(first, file_size, name, transaction);
  // LMDB does not write pages that a transaction took at the end of the file and gave back, so a sound file may end
  // before its last page, by no more than such a transaction holds in memory (2^17 pages and one large value). One that
  // was cut off lacks a page that is in use.
  constexpr std::uint64_t most_unwritten = std::uint64_t{1} << 21;
  const std::uint64_t file_pages = file_size / head.page_size;
  if (file_pages < head.pages && (head.pages - file_pages > most_unwritten || !check_pages(fd, head, name).empty())) {
    throw_corrupt(name, "it has " + std::to_string(file_size) + " bytes and should have " +
                            std::to_string(head.pages * head.page_size) + " at least: it was cut off");
  }
  return head;
}

}  // namespace netabase::engine::lmdb
