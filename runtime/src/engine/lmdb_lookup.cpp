#include "engine/lmdb_lookup.hpp"

#include <unistd.h>

#include <cstring>
#include <exception>
#include <vector>

#include "engine/lmdb_head.hpp"
#include "engine/lmdb_interval.hpp"
#include "engine/lmdb_page.hpp"

namespace netabase::engine::lmdb {

namespace {

/// LMDB's own limit; a tree of four billion pages is five deep.
constexpr std::uint16_t deepest = 32;

constexpr std::size_t head_size = sizeof(std::uint64_t);
constexpr std::size_t cache_line = 64;

/// A key that is looked for by halves.
struct Wanted {
  explicit Wanted(Bytes key) noexcept
      : bytes(key), head(key.size() >= head_size ? load_head(key.data()) : padded(key)) {}

  /// Its order towards another key, as compare() has it.
  int order(Bytes key) const noexcept {
    if (key.size() < head_size) return compare(bytes, key);
    const std::uint64_t other = load_head(key.data());
    if (head != other) return head < other ? -1 : 1;
    // A shorter one is the beginning of the other.
    return bytes.size() < head_size ? -1 : compare(bytes.subspan(head_size), key.subspan(head_size));
  }

  Bytes bytes;
  std::uint64_t head;

 private:
  /// With zeros behind it.
  static std::uint64_t padded(Bytes key) noexcept {
    std::uint64_t first = 0;
    std::memcpy(&first, key.data(), key.size());
    return __builtin_bswap64(first);
  }
};

/// A page whose node table lies in it.
struct Page {
  const std::byte* begin = nullptr;
  std::size_t size = 0;
  std::uint32_t count = 0;  // of its nodes, at least one

  std::size_t offset(std::uint32_t index) const noexcept {
    return load<std::uint16_t>(begin + page_header_size + 2 * std::size_t{index});
  }

  /// False when the node does not lie in the page.
  bool read_key(std::uint32_t index, Bytes& key) const noexcept {
    const std::size_t at = offset(index);
    const std::size_t last = size - node_header_size;
    if (at > last) [[unlikely]]
      return false;
    const std::size_t key_size = load<std::uint16_t>(begin + at + 6);
    if (key_size > last - at) [[unlikely]]
      return false;
    key = {begin + at + node_header_size, key_size};
    return true;
  }
};

/// Page `number` of the tree; false when it is none of that kind.
bool enter(const Tree& tree, std::uint64_t number, std::uint16_t kind, Page& page) noexcept {
  if (number >= tree.pages) return false;
  page.begin = tree.map + number * tree.page_size;
  page.size = tree.page_size;
  const std::size_t lower = load<std::uint16_t>(page.begin + 12);
  if (load<std::uint16_t>(page.begin + 10) != kind || lower <= page_header_size || lower > page.size) return false;
  page.count = static_cast<std::uint32_t>((lower - page_header_size) / 2);
  return page.count != 0;
}

/// What a search in a page comes to.
struct Place {
  std::uint32_t index = 0;  // of the first node searched whose key is greater than the wanted one, or is it
  bool equal = false;       // it is that key
  bool sound = true;        // false: a node did not lie in its page
};

/// Searches the nodes [low, page.count) by halves.
Place search(const Page& page, std::uint32_t low, const Wanted& wanted) noexcept {
  std::uint32_t high = page.count;
  Bytes key;
  while (low < high) {
    const std::uint32_t middle = (low + high) / 2;
    if (!page.read_key(middle, key)) [[unlikely]]
      return {0, false, false};
    const int order = wanted.order(key);
    if (order == 0) return {middle, true, true};
    if (order < 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return {low, false, true};
}

/// Asks the processor for the beginning of a page, which need not be one of the tree.
void prefetch(const Tree& tree, std::uint64_t number) noexcept {
  if (number >= tree.pages) return;
  const std::byte* const page = tree.map + number * tree.page_size;
  __builtin_prefetch(page);
  __builtin_prefetch(page + cache_line);
}

/// The number of the page that a node of a branch page leads to.
std::uint64_t child_of(const std::byte* node) noexcept { return load<std::uint64_t>(node) & 0xffff'ffff'ffff; }

/// Searches a page for a key of eight bytes, by guesses. `interval` goes from page to page; in a branch page nothing is
/// equal, so that it knows what is next to the child on both sides. What a guess is likely to lead to, a child or a
/// record, is asked for at once: in a large store that takes a tenth off a look-up by a random id. Inline: a call keeps
/// the interval in memory, for a quarter of the look-up's instructions.
[[gnu::always_inline]] inline Place search_number(const Tree& tree, const Page& page, bool branch, Bytes wanted,
                                                  Interval& interval) noexcept {
  const std::uint64_t number = load_head(wanted.data());
  interval.enter(branch ? 1 : 0, page.count);
  Bytes key;
  while (!interval.empty()) {
    const std::uint32_t index = interval.choose(number);
    if (!page.read_key(index, key)) [[unlikely]]
      return {0, false, false};
    if (!branch && interval.guessed()) {
      __builtin_prefetch(key.data() + cache_line);
      __builtin_prefetch(key.data() + 2 * cache_line);
    }
    const std::uint64_t head = key.size() < head_size ? 0 : load_head(key.data());
    const bool equal = head == number && key.size() == head_size;
    if (equal && !branch) return {index, true, true};
    if (key.size() < head_size ? compare(wanted, key) < 0 : number < head || (number == head && !equal)) {
      interval.go_below(head);
    } else {
      interval.go_above(head);
      if (branch) prefetch(tree, child_of(key.data() - node_header_size));
    }
  }
  return {interval.low(), false, true};
}

/// The value of entry `index`, which a search found; false when it does not lie where it should.
bool read_value(const Tree& tree, const Page& page, std::uint32_t index, Bytes& value) noexcept {
  const std::byte* const node = page.begin + page.offset(index);
  const std::size_t size = load<std::uint32_t>(node);
  const std::size_t flags = load<std::uint16_t>(node + 4);
  const std::byte* const at = node + node_header_size + load<std::uint16_t>(node + 6);
  const auto room = static_cast<std::size_t>(page.begin + page.size - at);
  if (flags == 0) [[likely]] {
    if (size > room) return false;
    value = {at, size};
    return true;
  }
  if (flags != overflow_value || room < sizeof(std::uint64_t)) return false;
  const auto number = load<std::uint64_t>(at);
  if (number >= tree.pages) return false;
  const std::byte* const run = tree.map + number * tree.page_size;
  const std::uint64_t pages = load<std::uint32_t>(run + 12);
  if (load<std::uint64_t>(run) != number || load<std::uint16_t>(run + 10) != run_kind) return false;
  if (pages > tree.pages - number || page_header_size + size > pages * tree.page_size) return false;
  value = {run + page_header_size, size};
  return true;
}

/// Goes down to the leaf where a key is, or would be. `search`, of a Page and whether it is a branch, gives a Place.
/// False: only LMDB can tell. Inline, like all that it calls in turn, so that page and place need not lie in memory.
template <class Search>
[[gnu::always_inline]] inline bool descend(const Tree& tree, Page& page, Place& place, Search search) noexcept {
  std::uint64_t number = tree.root;
  for (std::uint16_t level = 1; level < tree.depth; ++level) {
    if (!enter(tree, number, branch_kind, page)) [[unlikely]]
      return false;
    place = search(page, true);
    if (!place.sound) [[unlikely]]
      return false;
    const std::size_t offset = page.offset(place.equal ? place.index : place.index - 1);
    // The search did not come to node 0.
    if (offset > page.size - node_header_size) [[unlikely]]
      return false;
    number = child_of(page.begin + offset);
  }
  if (!enter(tree, number, leaf_kind, page)) [[unlikely]]
    return false;
  place = search(page, false);
  return place.sound;
}

/// descend() to where `key`, which is not empty, is or would be.
[[gnu::always_inline]] inline bool descend(const Tree& tree, Bytes key, Page& leaf, Place& place) noexcept {
  if (key.size() == head_size) {
    return descend(tree, leaf, place, [&tree, key, interval = Interval(true)](const Page& page, bool branch) mutable {
      return search_number(tree, page, branch, key, interval);
    });
  }
  return descend(tree, leaf, place, [wanted = Wanted(key)](const Page& page, bool branch) {
    return search(page, branch ? 1 : 0, wanted);
  });
}

/// The number of the leaf page with the main table's first entry, as the file has it in version `version`; 0: it cannot
/// be told.
std::uint64_t first_leaf(int fd, std::uint64_t version, const std::string& name) {
  const Head head = read_head(fd, name);
  const DatabaseRecord& main = head.meta.main;
  // Another process may have committed meanwhile; then the caller's snapshot is none that the head tells of.
  if (head.meta.transaction != version || main.depth == 0 || main.depth > deepest) return 0;
  std::uint64_t number = main.root;
  std::vector<std::byte> page(head.page_size);
  for (std::uint16_t level = 1; level < main.depth; ++level) {
    const auto at = static_cast<off_t>(number * head.page_size);
    if (number >= head.pages || ::pread(fd, page.data(), page.size(), at) != static_cast<ssize_t>(page.size()))
      return 0;
    if (!header_fault(page, number, false).empty()) return 0;
    std::string fault;
    const std::vector<Node> nodes = read_nodes(page, false, fault);
    if (nodes.empty()) return 0;
    number = nodes.front().child;
  }
  return number < head.pages ? number : 0;
}

}  // namespace

Lookup look_up(const Tree& tree, Bytes key, Bytes& value) noexcept {
  if (tree.depth == 0) return Lookup::absent;
  Page leaf;
  Place place;
  if (!descend(tree, key, leaf, place)) [[unlikely]]
    return Lookup::unclear;
  if (!place.equal) return Lookup::absent;
  return read_value(tree, leaf, place.index, value) ? Lookup::found : Lookup::unclear;
}

bool seek(const Tree& tree, Bytes key, Entry& entry) noexcept {
  Page leaf;
  Place place;
  if (tree.depth == 0 || !descend(tree, key, leaf, place) || place.index == leaf.count) return false;
  entry = {leaf.begin, place.index, leaf.count};
  return true;
}

bool read_tree(Bytes record, const std::byte* map, std::uint64_t pages, std::uint32_t page_size, Tree& tree) noexcept {
  if (record.size() != DatabaseRecord::size) return false;
  const DatabaseRecord table = DatabaseRecord::read(record);
  if (table.flags != 0 || table.depth > deepest || (table.depth == 0) != (table.root == no_page)) return false;
  tree = {map, pages, table.root, page_size, table.depth};
  return true;
}

const std::byte* find_map(MDB_env* environment, MDB_dbi main, const std::string& name) noexcept {
  int fd = -1;
  MDB_stat sizes{};
  if (mdb_env_get_fd(environment, &fd) != 0 || mdb_env_stat(environment, &sizes) != 0) return nullptr;
  const std::byte* map = nullptr;
  for (int attempt = 0; attempt < 10 && map == nullptr; ++attempt) {
    MDB_txn* transaction = nullptr;
    if (mdb_txn_begin(environment, nullptr, MDB_RDONLY, &transaction) != 0) return nullptr;
    MDB_cursor* cursor = nullptr;
    MDB_val key{};
    if (mdb_cursor_open(transaction, main, &cursor) == 0) {
      if (mdb_cursor_get(cursor, &key, nullptr, MDB_FIRST) == 0) {
        const auto* const entry = static_cast<const std::byte*>(key.mv_data);
        const std::byte* const page = entry - (reinterpret_cast<std::uintptr_t>(entry) & (sizes.ms_psize - 1));
        try {
          const std::uint64_t number = first_leaf(fd, mdb_txn_id(transaction), name);
          if (number != 0 && load<std::uint64_t>(page) == number) map = page - number * sizes.ms_psize;
        } catch (const std::exception&) {
          attempt = 10;  // the file cannot be read, or it is damaged
        }
      }
      mdb_cursor_close(cursor);
    }
    mdb_txn_abort(transaction);
  }
  return map;
}

}  // namespace netabase::engine::lmdb
