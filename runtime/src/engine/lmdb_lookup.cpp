#include "engine/lmdb_lookup.hpp"

#include <unistd.h>

#include <exception>
#include <vector>

#include "engine/lmdb_head.hpp"
#include "engine/lmdb_page.hpp"

namespace netabase::engine::lmdb {

namespace {

/// LMDB's own limit; a tree of four billion pages is five deep.
constexpr std::uint16_t deepest = 32;

constexpr std::size_t head_size = sizeof(std::uint64_t);

/// A key that is looked for. `long_enough`: it has eight bytes at least.
template <bool long_enough>
struct Wanted {
  explicit Wanted(Bytes key) noexcept : bytes(key), head(long_enough ? load_head(key.data()) : 0) {}

  /// Its order towards a key of `size` bytes, as compare() has it.
  int order(const std::byte* key, std::size_t size) const noexcept {
    if (long_enough && size >= head_size) {
      const std::uint64_t other = load_head(key);
      if (head != other) return head < other ? -1 : 1;
      return compare(bytes.subspan(head_size), {key + head_size, size - head_size});
    }
    return compare(bytes, {key, size});
  }

  Bytes bytes;
  std::uint64_t head;
};

/// A page whose node table lies in it.
struct Page {
  const std::byte* begin = nullptr;
  std::size_t size = 0;
  std::uint32_t count = 0;  // of its nodes, at least one

  std::size_t offset(std::uint32_t index) const noexcept {
    return load<std::uint16_t>(begin + page_header_size + 2 * std::size_t{index});
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
  std::uint32_t index = 0;  // of the first node, from `low` on, whose key is not less than the wanted one
  bool equal = false;       // it is that key
  bool sound = true;        // false: a node did not lie in its page
};

/// Searches the nodes [low, page.count).
template <bool long_enough>
Place search(const Page& page, std::uint32_t low, const Wanted<long_enough>& wanted) noexcept {
  std::uint32_t high = page.count;
  const std::size_t last = page.size - node_header_size;
  while (low < high) {
    const std::uint32_t middle = (low + high) / 2;
    const std::size_t offset = page.offset(middle);
    if (offset > last) [[unlikely]]
      return {0, false, false};
    const std::size_t size = load<std::uint16_t>(page.begin + offset + 6);
    if (size > last - offset) [[unlikely]]
      return {0, false, false};
    const int order = wanted.order(page.begin + offset + node_header_size, size);
    if (order == 0) return {middle, true, true};
    if (order < 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return {low, false, true};
}

/// The value of entry `index`, which search() found; false when it does not lie where it should.
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

template <bool long_enough>
Lookup descend(const Tree& tree, Bytes key, Bytes& value) noexcept {
  const Wanted<long_enough> wanted(key);
  std::uint64_t number = tree.root;
  Page page;
  for (std::uint16_t level = 1; level < tree.depth; ++level) {
    if (!enter(tree, number, branch_kind, page)) [[unlikely]]
      return Lookup::unclear;
    const Place place = search(page, 1, wanted);
    if (!place.sound) [[unlikely]]
      return Lookup::unclear;
    const std::size_t offset = page.offset(place.equal ? place.index : place.index - 1);
    // The search did not come to node 0.
    if (offset > page.size - node_header_size) [[unlikely]]
      return Lookup::unclear;
    number = load<std::uint64_t>(page.begin + offset) & 0xffff'ffff'ffff;
  }
  if (!enter(tree, number, leaf_kind, page)) [[unlikely]]
    return Lookup::unclear;
  const Place place = search(page, 0, wanted);
  if (place.equal && read_value(tree, page, place.index, value)) [[likely]]
    return Lookup::found;
  return place.equal || !place.sound ? Lookup::unclear : Lookup::absent;
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
  return key.size() >= head_size ? descend<true>(tree, key, value) : descend<false>(tree, key, value);
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
