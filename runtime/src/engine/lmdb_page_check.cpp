#include "engine/lmdb_page_check.hpp"

// The database of free pages maps the number of a transaction to the pages it freed: their count, then their numbers,
// falling, 8 bytes each. The main database maps each table's name to a DatabaseRecord.

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <utility>

#include "engine/lmdb_file.hpp"
#include "engine/lmdb_page.hpp"
#include "netabase/engine/lmdb.hpp"
#include "netabase/error.hpp"

namespace netabase::engine::lmdb {

namespace {

constexpr std::uint16_t integer_keys = 0x08;
/// The free pages' record also keeps how the file was first opened: as one file, not a directory, or this is missing.
constexpr std::uint16_t opened_as_file = 0x4000;
/// LMDB's cursors hold as many levels.
constexpr std::size_t deepest = 32;

/// Enough was found.
struct Enough {};

enum class Kind : std::uint8_t { free_pages, main, table };

class Checker {
 public:
  Checker(int fd, const Head& head, const std::string& name)
      : fd_(fd), head_(head), name_(name), seen_(head.pages, false), buffers_(deepest) {
    seen_[0] = seen_[1] = true;
  }

  std::vector<std::string> run() {
    try {
      walk_database(head_.meta.main, Kind::main, "the list of tables");
      for (const auto& [table, record] : tables_) walk_database(record, Kind::table, "table '" + table + "'");
      walk_database(head_.meta.free_pages, Kind::free_pages, "the list of free pages");
      // All pages in use are known now, so a free one among them can be told.
      for (const std::uint64_t page : free_) {
        if (page < 2 || page >= head_.pages) {
          add("the list of free pages names page " + std::to_string(page) + ", which the file does not have");
        } else if (seen_[page]) {
          add("page " + std::to_string(page) + " is listed as free, and is in use or listed twice");
        } else {
          seen_[page] = true;
        }
      }
      // A page that is neither would only be lost room; but where nothing else is wrong, LMDB loses none.
      if (findings_.empty()) {
        const auto lost = std::count(seen_.begin(), seen_.end(), false);
        if (lost != 0) {
          const auto first = std::find(seen_.begin(), seen_.end(), false) - seen_.begin();
          add(std::to_string(lost) + " pages, the first of them page " + std::to_string(first) +
              ", are neither in use nor listed as free");
        }
      }
    } catch (const Enough&) {
    }
    return std::move(findings_);
  }

 private:
  /// What a walk through one database counts and knows.
  struct Walk {
    const DatabaseRecord& record;
    Kind kind;
    const std::string& what;
    std::uint64_t branch_pages = 0;
    std::uint64_t leaf_pages = 0;
    std::uint64_t overflow_pages = 0;
    std::uint64_t entries = 0;
    bool whole = true;  // every page could be read and followed
  };

  void add(std::string finding) {
    findings_.push_back(std::move(finding));
    if (findings_.size() >= most_findings) {
      findings_.emplace_back("and more: the check ended here");
      throw Enough{};
    }
  }
  void add(const Walk& walk, std::uint64_t page, const std::string& finding) {
    add("page " + std::to_string(page) + " of " + walk.what + ": " + finding);
  }

  /// Reads `size` bytes from `offset` in a page on; false when the file ends before.
  bool read(std::uint64_t page, std::size_t offset, std::size_t size, std::vector<std::byte>& into) {
    into.resize(size);
    std::size_t length = 0;
    while (length < size) {
      const ssize_t got = ::pread(fd_, into.data() + length, size - length,
                                  static_cast<off_t>(page * head_.page_size + offset + length));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw_system_error(errno, "cannot read", name_);
      if (got == 0) return false;
      length += static_cast<std::size_t>(got);
    }
    return true;
  }

  /// Claims a page for its only use; false when it cannot be one.
  bool claim(Walk& walk, std::uint64_t page, const std::string& by) {
    if (page < 2 || page >= head_.pages) {
      add(walk.what + ": " + by + " leads to page " + std::to_string(page) + ", which the file does not have");
    } else if (seen_[page]) {
      add(walk, page, "it is used twice, the second time by " + by);
    } else {
      seen_[page] = true;
      return true;
    }
    walk.whole = false;
    return false;
  }

  void walk_database(const DatabaseRecord& record, Kind kind, const std::string& what) {
    Walk walk{record, kind, what};
    const bool of_free_pages = kind == Kind::free_pages;
    const int flags = of_free_pages ? record.flags & ~opened_as_file : record.flags;
    if (flags != (of_free_pages ? integer_keys : 0)) {
      add(what + ": its record has the flags " + std::to_string(record.flags));
      return;
    }
    if (record.root == no_page) {
      if (record.depth != 0) add(what + ": it has no root page, but a depth of " + std::to_string(record.depth));
    } else if (record.depth == 0 || record.depth > deepest) {
      add(what + ": it has a root page and a depth of " + std::to_string(record.depth));
      return;
    } else {
      walk_page(walk, record.root, 1, "its record", Bytes(), std::nullopt);
    }
    if (!walk.whole) return;  // the counts cannot be right
    const auto expect = [&](const char* counted, std::uint64_t recorded, std::uint64_t found) {
      if (recorded == found) return;
      add(what + ": it has " + std::to_string(found) + ' ' + counted + ", and its record says " +
          std::to_string(recorded));
    };
    expect("branch pages", record.branch_pages, walk.branch_pages);
    expect("leaf pages", record.leaf_pages, walk.leaf_pages);
    expect("overflow pages", record.overflow_pages, walk.overflow_pages);
    expect("entries", record.entries, walk.entries);
  }

  /// Checks the page at `level` (the root is at 1) and what is below it. Its keys must be at least `least` (unless that
  /// is empty) and less than `bound` (if any).
  void walk_page(Walk& walk, std::uint64_t page, std::size_t level, const std::string& by, Bytes least,
                 std::optional<Bytes> bound) {
    if (!claim(walk, page, by)) return;
    std::vector<std::byte>& buffer = buffers_[level - 1];
    if (!read(page, 0, head_.page_size, buffer)) {
      add(walk, page, "the file ends before it does");
      walk.whole = false;
      return;
    }
    const Bytes bytes(buffer);
    const bool leaf = level == walk.record.depth;
    std::string fault = header_fault(bytes, page, leaf);
    if (!fault.empty()) {
      add(walk, page, fault);
      walk.whole = false;
      return;
    }
    ++(leaf ? walk.leaf_pages : walk.branch_pages);

    const std::vector<Node> nodes = read_nodes(bytes, leaf, fault);
    if (!fault.empty()) {
      add(walk, page, fault);
      walk.whole = false;
      return;
    }
    if (const auto place = overlap(nodes)) add(walk, page, "two nodes overlap at " + std::to_string(*place));
    check_order(walk, page, nodes, leaf, least, bound);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (leaf) {
        ++walk.entries;
        check_value(walk, page, i, nodes[i]);
      } else {
        walk_page(walk, nodes[i].child, level + 1, "node " + std::to_string(i) + " of page " + std::to_string(page),
                  i == 0 ? least : nodes[i].key, i + 1 < nodes.size() ? std::optional<Bytes>(nodes[i + 1].key) : bound);
      }
    }
  }

  static int order(const Walk& walk, Bytes left, Bytes right) noexcept {
    if (walk.kind != Kind::free_pages || left.size() != 8 || right.size() != 8) return compare(left, right);
    const auto a = load<std::uint64_t>(left, 0);
    const auto b = load<std::uint64_t>(right, 0);
    return a < b ? -1 : a > b ? 1 : 0;
  }

  void check_order(const Walk& walk, std::uint64_t page, const std::vector<Node>& nodes, bool leaf, Bytes least,
                   std::optional<Bytes> bound) {
    // The first key of a branch page stands for everything that is less than the second, and is not looked at.
    for (std::size_t i = leaf ? 0 : 1; i < nodes.size(); ++i) {
      const Bytes key = nodes[i].key;
      const std::string node = "node " + std::to_string(i);
      if (key.empty() || key.size() > max_key_size || (walk.kind == Kind::free_pages && key.size() != 8)) {
        add(walk, page, node + " has a key of " + std::to_string(key.size()) + " bytes");
      } else if (i > (leaf ? 0U : 1U) && order(walk, nodes[i - 1].key, key) >= 0) {
        add(walk, page, node + " has a key that is not greater than the one before it");
      } else if (!least.empty() && order(walk, key, least) < 0) {
        add(walk, page, node + " has a key that is less than its branch page allows");
      } else if (bound && order(walk, key, *bound) >= 0) {
        add(walk, page, node + " has a key that is not less than its branch page allows");
      }
    }
  }

  void check_value(Walk& walk, std::uint64_t page, std::size_t index, const Node& node) {
    const std::string where = "node " + std::to_string(index);
    const std::uint16_t allowed = walk.kind == Kind::main ? table_value : overflow_value;
    if ((node.flags & ~allowed) != 0 || (walk.kind == Kind::main && node.flags != table_value)) {
      add(walk, page, where + " has the flags " + std::to_string(node.flags));
      walk.whole = false;
    } else if (walk.kind == Kind::main) {
      if (node.value.size() != DatabaseRecord::size) {
        add(walk, page, where + " has a table's record of " + std::to_string(node.value.size()) + " bytes");
      } else {
        tables_.emplace_back(as_text(node.key), DatabaseRecord::read(node.value));
      }
    } else if ((node.flags & overflow_value) != 0) {
      check_overflow(walk, page, where, node);
    } else if (walk.kind == Kind::free_pages) {
      check_free_list(walk, page, where, node.key, node.value);
    }
  }

  void check_overflow(Walk& walk, std::uint64_t page, const std::string& where, const Node& node) {
    const auto first = load<std::uint64_t>(node.value, 0);
    const std::string by = where + " of page " + std::to_string(page);
    if (!claim(walk, first, by)) return;
    const std::uint64_t needed = (page_header_size + node.value_size + head_.page_size - 1) / head_.page_size;
    if (!read(first, 0, page_header_size, overflow_)) {
      add(walk, first, "the file ends before it does");
      walk.whole = false;
      return;
    }
    const Bytes header(overflow_);
    if (const std::string fault = overflow_fault(header, first, needed); !fault.empty()) {
      add(walk, first, fault);
      walk.whole = false;
      return;
    }
    const std::uint64_t pages = overflow_pages(header);
    walk.overflow_pages += pages;
    for (std::uint64_t next = first + 1; next < first + pages; ++next) {
      if (!claim(walk, next, by)) return;
    }
    if (walk.kind != Kind::free_pages) return;
    // A long list of free pages.
    std::vector<std::byte> list;
    if (!read(first, page_header_size, node.value_size, list)) {
      add(walk, first, "the file ends before it does");
      return;
    }
    check_free_list(walk, page, where, node.key, list);
  }

  void check_free_list(const Walk& walk, std::uint64_t page, const std::string& where, Bytes key, Bytes list) {
    if (key.size() == 8) {
      const auto transaction = load<std::uint64_t>(key, 0);
      if (transaction == 0 || transaction > head_.meta.transaction) {
        add(walk, page,
            where + " is of transaction " + std::to_string(transaction) + ", and the last one is " +
                std::to_string(head_.meta.transaction));
      }
    }
    const std::uint64_t length = list.size() >= 8 ? load<std::uint64_t>(list, 0) : 0;
    if (list.size() < 8 || list.size() % 8 != 0 || length > list.size() / 8 - 1) {
      add(walk, page,
          where + " has a list of " + std::to_string(length) + " pages in " + std::to_string(list.size()) + " bytes");
      return;
    }
    std::uint64_t before = no_page;
    for (std::uint64_t i = 1; i <= length; ++i) {
      const auto free = load<std::uint64_t>(list, 8 * i);
      if (free >= before) {
        add(walk, page, where + " has a list of pages that does not fall at place " + std::to_string(i));
        return;
      }
      before = free;
      free_.push_back(free);
    }
  }

  const int fd_;
  const Head& head_;
  const std::string& name_;
  std::vector<bool> seen_;
  std::vector<std::vector<std::byte>> buffers_;  // a page for each level of the walk
  std::vector<std::byte> overflow_;
  std::vector<std::pair<std::string, DatabaseRecord>> tables_;
  std::vector<std::uint64_t> free_;
  std::vector<std::string> findings_;
};

}  // namespace

std::vector<std::string> check_pages(int fd, const Head& head, const std::string& name) {
  return Checker(fd, head, name).run();
}

}  // namespace netabase::engine::lmdb
