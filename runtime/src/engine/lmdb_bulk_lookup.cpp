#include "engine/lmdb_bulk_lookup.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "engine/lmdb_interval.hpp"
#include "engine/lmdb_page.hpp"

namespace netabase::engine::lmdb {

namespace {

/// What a search found.
enum class Found : std::uint8_t {
  no,
  yes,
  unknown,  ///< LMDB has to be asked
};

constexpr std::size_t cache_line = 64;
constexpr std::size_t largest_prefetch = 4 * cache_line;
/// Searches in turn: enough to keep the loads busy that a processor has outstanding. Of 16, 24 and 32, 24 took the
/// least time.
constexpr std::size_t searches_at_once = 24;

/// A search for one key in one page at a time: for the number of the page's nodes, from `low` on, whose keys are not
/// greater than the one wanted.
class Search {
 public:
  enum class Step : std::uint8_t { go_on, done };

  /// At `page`, to compare with its nodes `low` to `high`; with `high` 0 the page's header says how many there are.
  void begin(const Tree& tree, const std::byte* page, unsigned level, std::uint32_t low, std::uint32_t high, Bytes key,
             std::size_t number) noexcept {
    key_ = key;
    head_ = key.size() >= sizeof(head_) ? load_head(key.data()) : 0;
    number_ = number;
    level_ = level;
    page_ = page;
    interval_ = Interval(key.size() == sizeof(head_));
    entered_ = high != 0;
    if (entered_) {
      interval_.enter(low, high);
      aim(tree);
    } else {
      enter();
    }
  }

  std::size_t number() const noexcept { return number_; }
  const std::byte* page() const noexcept { return page_; }
  unsigned level() const noexcept { return level_; }
  std::uint32_t low() const noexcept { return interval_.low(); }
  Found found() const noexcept { return found_; }
  Bytes value() const noexcept { return value_; }
  /// The page of the child that the search in a branch page ended in.
  const std::byte* child() const noexcept { return child_; }

  /// One comparison, or the look at a page's header. Goes down to the next page when `descend`; otherwise it is done
  /// with each page, and child() says where to go on, null at a leaf.
  Step advance(const Tree& tree, bool descend = true) noexcept {
    if (!entered_) {
      if (!read_header(tree)) return fail();
    } else {
      const std::optional<int> order = compare_with_aim(tree);
      if (!order) return fail();
      if (*order == 0 && level_ == tree.depth) return finish_leaf(tree, true);
    }
    if (!interval_.empty()) {
      aim(tree);
      return Step::go_on;
    }
    if (level_ == tree.depth) return finish_leaf(tree, false);
    if (!read_child(tree)) return fail();
    if (!descend) return Step::done;
    page_ = child_;
    ++level_;
    enter();
    return Step::go_on;
  }

 private:
  void enter() noexcept {
    entered_ = false;
    __builtin_prefetch(page_);
    __builtin_prefetch(page_ + cache_line);
  }

  bool read_header(const Tree& tree) noexcept {
    const std::size_t end = load<std::uint16_t>(page_ + 12);
    const bool leaf = level_ == tree.depth;
    if (load<std::uint16_t>(page_ + 10) != (leaf ? leaf_kind : branch_kind)) return false;
    if (end <= page_header_size || end > tree.page_size) return false;
    // What a branch page's first node has for a key is less than every other.
    interval_.enter(leaf ? 0 : 1, static_cast<std::uint32_t>((end - page_header_size) / 2));
    entered_ = true;
    return true;
  }

  /// The offset of a node whose header lies in the page; nothing when it does not.
  std::size_t offset_of(std::size_t node) const noexcept {
    return load<std::uint16_t>(page_ + page_header_size + 2 * node);
  }

  void aim(const Tree& tree) noexcept {
    offset_ = offset_of(interval_.choose(head_));
    if (offset_ <= tree.page_size - node_header_size) __builtin_prefetch(page_ + offset_);
  }

  /// The order of the key and the node aimed at, with the interval narrowed by it; nothing when the node does not lie
  /// in the page.
  std::optional<int> compare_with_aim(const Tree& tree) noexcept {
    if (offset_ > tree.page_size - node_header_size) return std::nullopt;
    const std::byte* const node = page_ + offset_;
    const std::size_t size = load<std::uint16_t>(node + 6);
    if (size > tree.page_size - node_header_size - offset_) return std::nullopt;
    const std::byte* const key = node + node_header_size;
    if (size >= sizeof(head_) && key_.size() >= sizeof(head_)) {
      const std::uint64_t head = load_head(key);
      if (head != head_) return narrow(head_ < head ? -1 : 1, head);
      return narrow(compare(key_.subspan(sizeof(head_)), Bytes(key + sizeof(head_), size - sizeof(head_))), head);
    }
    return narrow(compare(key_, Bytes(key, size)), 0);
  }

  int narrow(int order, std::uint64_t head) noexcept {
    if (order < 0) {
      interval_.go_below(head);
    } else {
      interval_.go_above(head);
    }
    return order;
  }

  bool read_child(const Tree& tree) noexcept {
    const std::size_t offset = offset_of(interval_.low() - 1);
    if (offset > tree.page_size - node_header_size) return false;
    const std::byte* const node = page_ + offset;
    const std::uint64_t number = load<std::uint32_t>(node) | std::uint64_t{load<std::uint16_t>(node + 4)} << 32;
    if (number >= tree.pages) return false;
    child_ = tree.map + number * tree.page_size;
    return true;
  }

  /// The node that was compared last is the one, if there is any.
  Step finish_leaf(const Tree& tree, bool equal) noexcept {
    child_ = nullptr;
    found_ = Found::no;
    if (!equal) return Step::done;
    const std::byte* const node = page_ + offset_;
    const std::size_t key_size = load<std::uint16_t>(node + 6);
    const std::size_t value_size = load<std::uint32_t>(node);
    // Flags: the value lies on pages of its own, or is a table.
    if (load<std::uint16_t>(node + 4) != 0 || key_size + value_size > tree.page_size - node_header_size - offset_) {
      return fail();
    }
    value_ = {node + node_header_size + key_size, value_size};
    // All lines of a small record, for whoever decodes it.
    const std::size_t wanted = std::min(value_size, largest_prefetch);
    for (std::size_t at = cache_line; at < wanted + cache_line; at += cache_line) {
      __builtin_prefetch(value_.data() + std::min(at, wanted - 1));
    }
    found_ = Found::yes;
    return Step::done;
  }

  Step fail() noexcept {
    child_ = nullptr;
    found_ = Found::unknown;
    return Step::done;
  }

  const std::byte* page_ = nullptr;
  Interval interval_{false};
  bool entered_ = false;    // the page's header was looked at
  std::size_t offset_ = 0;  // of the node that is compared next
  std::uint64_t head_ = 0;
  Bytes key_{};
  std::size_t number_ = 0;
  unsigned level_ = 1;
  Found found_ = Found::unknown;
  const std::byte* child_ = nullptr;
  Bytes value_{};
};

/// Where the ways of the first and the last key part.
struct Start {
  const std::byte* page = nullptr;
  unsigned level = 1;
  std::uint32_t low = 0;
  std::uint32_t high = 0;  // 0: the whole page
};

Start common_way(const Tree& tree, Bytes first, Bytes last) noexcept {
  Start start{tree.map + tree.root * tree.page_size, 1, 0, 0};
  while (start.level < tree.depth) {
    Search left;
    Search right;
    left.begin(tree, start.page, start.level, 0, 0, first, 0);
    right.begin(tree, start.page, start.level, 0, 0, last, 0);
    while (left.advance(tree, false) == Search::Step::go_on) {
    }
    while (right.advance(tree, false) == Search::Step::go_on) {
    }
    if (left.child() == nullptr || right.child() == nullptr) return start;
    if (left.child() != right.child()) {
      // Nodes below left.low() are not greater than any of the keys, those from right.low() on are greater than all.
      start.low = left.low();
      start.high = right.low();
      return start;
    }
    start.page = left.child();
    ++start.level;
  }
  return start;
}

}  // namespace

void look_up_sorted(const Tree& tree, std::span<const Bytes> keys, std::span<std::optional<Bytes>> values,
                    const std::function<void(std::size_t)>& ask) {
  if (keys.empty()) return;
  if (tree.depth == 0) {
    std::fill(values.begin(), values.end(), std::nullopt);
    return;
  }
  if (tree.root >= tree.pages) {
    for (std::size_t i = 0; i < keys.size(); ++i) ask(i);
    return;
  }
  const Start start = common_way(tree, keys.front(), keys.back());
  std::array<Search, searches_at_once> searches;
  std::size_t next = 0;
  const auto begin = [&](Search& search) {
    search.begin(tree, start.page, start.level, start.low, start.high, keys[next], next);
    ++next;
  };
  std::size_t running = std::min(keys.size(), searches.size());
  for (std::size_t i = 0; i < running; ++i) begin(searches[i]);
  while (running != 0) {
    for (std::size_t i = 0; i < running;) {
      Search& search = searches[i];
      if (search.advance(tree) == Search::Step::go_on) {
        ++i;
        continue;
      }
      switch (search.found()) {
        case Found::no:
          values[search.number()].reset();
          break;
        case Found::yes:
          values[search.number()] = search.value();
          break;
        case Found::unknown:
          ask(search.number());
          break;
      }
      if (next < keys.size()) {
        begin(search);
        ++i;
      } else {
        search = searches[--running];
      }
    }
  }
}

}  // namespace netabase::engine::lmdb
