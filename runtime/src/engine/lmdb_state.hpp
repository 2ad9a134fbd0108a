#pragma once

/// \file
/// What stands behind the handles of transactions and cursors. These objects are reused, so that steady work allocates
/// nothing; the handles in Lmdb's public classes point to them.

#include <lmdb.h>

#include <atomic>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/lmdb_lookup.hpp"
#include "netabase/engine/lmdb.hpp"
#include "netabase/error.hpp"

namespace netabase::engine::lmdb {

class Environment;

/// A clock for the life of one TransactionState; at its end the clock moves on and serves another.
class ClockLease {
 public:
  ClockLease();
  ~ClockLease();
  ClockLease(const ClockLease&) = delete;
  ClockLease& operator=(const ClockLease&) = delete;
  Clock* operator->() const noexcept { return clock_; }
  Clock& operator*() const noexcept { return *clock_; }

 private:
  Clock* clock_;
};

/// A cursor, in use or idle. In read transactions `handle` stays open when idle, to be renewed by a later transaction.
/// In write transactions it is open only from its positioning to the next write: LMDB adjusts open cursors at each
/// write, and in 0.9.24 not always rightly.
struct CursorState {
  TransactionState* transaction = nullptr;
  MDB_cursor* handle = nullptr;
  std::uint32_t table = 0;  // Table::id
  MDB_dbi dbi = 0;
  std::uint32_t leaf_size = 0;  // of Environment::leaf_size() in read transactions; 0 in write transactions
  bool in_use = false;
  bool absent = false;  // the table does not exist in this snapshot: no entry is ever found
};

/// A table's tree, as a read transaction met it. It holds for every snapshot with the same number: tables in which many
/// snapshots read, one after another, while nothing is written, are found once.
struct KnownTree {
  std::uint64_t snapshot = 0;  // 0: nothing is known
  bool readable = false;       // false: look-ups are LMDB's
  Tree tree;
};

/// The cursor that puts into a table of a write transaction, where the last put left it, which saves the way down from
/// the root for a key nearby. It is the table's only one while it writes, and closed before anything is erased there,
/// so that LMDB never has to adjust it for what another cursor did.
///
/// Puts of rising keys at a table's end are passed on as appends: LMDB then fills a page and begins the next one, where
/// it otherwise copies a full page to split it. Keys are compared by their heads: the first eight bytes as a number,
/// zeros behind a shorter key. Of two keys the one with the greater head is the greater.
struct Writer {
  MDB_cursor* cursor = nullptr;
  std::uint64_t head = 0;  // at_end: of the table's greatest key; else of the key that was put last
  std::int32_t rising =
      0;  // puts in a row whose heads rose; below zero: puts to let pass before that is believed again
  bool at_end = false;
  /// Something was written to the table, or it was made: LMDB keeps its record until the commit and writes it then.
  bool touched = false;
  bool listed = false;  // in TransactionState's list of those that are not as new

  static std::uint64_t head_of(Bytes key) noexcept {
    std::uint64_t head = 0;
    if (key.size() >= sizeof head) [[likely]] {
      std::memcpy(&head, key.data(), sizeof head);
    } else {
      std::memcpy(&head, key.data(), key.size());
    }
    return __builtin_bswap64(head);
  }
  /// Whether the key with this head, which is put next, may lie behind all others. LMDB checks it.
  bool tries_end(std::uint64_t next) noexcept {
    if (at_end) return next > head;
    rising = next > head ? rising + 1 : rising > 0 ? 0 : rising;
    head = next;
    return rising >= puts_to_a_rise;
  }
  void is_at_end(std::uint64_t greatest) noexcept {
    at_end = true;
    head = greatest;
  }
  /// After a try that LMDB refused, which costs a way down to the table's end.
  void is_not_at_end(std::uint64_t last) noexcept {
    at_end = false;
    head = last;
    rising = -100 * puts_to_a_rise;
  }

 private:
  static constexpr std::int32_t puts_to_a_rise = 8;
};

/// A transaction, in use or (read transactions) idle in the pool.
struct TransactionState {
  /// `above`: the transaction that a nested one commits into.
  TransactionState(Environment& owner, bool writes, TransactionState* above = nullptr);
  ~TransactionState();
  TransactionState(const TransactionState&) = delete;
  TransactionState& operator=(const TransactionState&) = delete;

  Environment& environment;
  const bool writing;
  const bool nested;          // then it is owned by its WriteTransaction, otherwise by the environment
  MDB_txn* handle = nullptr;  // null in a nested one: the transaction around it ended first
  std::uint32_t process = 0;  // process_generation() at the beginning

  const ClockLease clock;  // for cursors

  // Of reading ones only:
  std::uint64_t snapshot = 0;    // the number of the commit that it shows
  std::vector<KnownTree> trees;  // by Table::id; empty where look-ups are LMDB's
  /// The tree of `table`, which exists or existed, in this snapshot; null where look-ups are LMDB's.
  const Tree* readable_tree(Table table) {
    if (trees.empty()) [[unlikely]]
      return nullptr;
    const KnownTree& known = trees[table.id];
    if (known.snapshot != snapshot) [[unlikely]]
      find_tree(table);
    return known.readable ? &known.tree : nullptr;
  }
  void find_tree(Table table);

  // Of writing ones only:
  TransactionState* parent = nullptr;
  TransactionState* child = nullptr;
  std::atomic<bool> abandoned{false};  // its WriteTransaction was destroyed by another thread than its own
  std::thread::id thread;
  bool has_written = false;                // an entry was stored
  std::vector<std::uint32_t> made_tables;  // ids to forget when it does not commit
  std::vector<Writer> writers;             // by Table::id
  std::optional<ErrorCode> failure;        // what a write threw: this can only be rolled back
  std::string failure_text;

  /// A cursor of `table`, given back with give_back().
  CursorState* take_cursor(Table table);
  void give_back(CursorState* cursor) noexcept;
  /// Opens `cursor.handle` where it is not open.
  void open_handle(CursorState& cursor);

  /// To call before each change: cursors let go of the table. `table` keeps its writer when `keeps_writer`.
  void before_write(Table table, bool keeps_writer) noexcept {
    clock->tick();
    if (open_handles_ != 0) [[unlikely]]
      close_cursors();
    if (!keeps_writer) close_writer(table);
  }
  /// The table's writer, listed as in use.
  Writer& use_writer(Table table) noexcept {
    Writer& writer = writers[table.id];
    if (!writer.listed) [[unlikely]] {
      writer.listed = true;
      used_writers_.push_back(table.id);  // has room for all
    }
    return writer;
  }
  void touch(Table table) noexcept { use_writer(table).touched = true; }
  void close_writer(Table table) noexcept {
    Writer& writer = writers[table.id];
    if (writer.cursor == nullptr) return;
    mdb_cursor_close(writer.cursor);
    const bool touched = writer.touched;
    writer = {};
    writer.touched = touched;
    writer.listed = true;
  }
  /// Notes in `other` which tables this one touched.
  void touch_in(TransactionState& other) const noexcept {
    for (const std::uint32_t id : used_writers_) {
      if (writers[id].touched) other.touch(Table{id});
    }
  }
  /// Closes every LMDB cursor of a write transaction, as must be before it ends or gets a child.
  void close_handles() noexcept;
  /// At the end of the transaction: cursors and clock are ready for the next one.
  void retire() noexcept;

  /// Throws what the LMDB return code `code` means, remembering it when a write cannot be taken back on its own.
  [[noreturn]] void fail(int code, const char* doing);
  /// The same for a put into `table` of `size` bytes.
  [[noreturn]] void fail_to_write(Table table, int code, std::size_t size);
  /// Throws the remembered failure again.
  [[noreturn]] void fail_again() const;

 private:
  void close_cursors() noexcept;

  std::vector<std::unique_ptr<CursorState>> cursors_;     // all
  std::vector<std::vector<CursorState*>> idle_by_table_;  // of read transactions, by Table::id
  std::vector<CursorState*> idle_;                        // of write transactions, for any table
  std::vector<std::uint32_t> used_writers_;               // ids of the writers that are not as new
  std::size_t open_handles_ = 0;                          // of write transactions, writers excluded
};

/// `bytes` for LMDB, which takes what it only reads as non-const.
inline MDB_val to_value(Bytes bytes) noexcept {
  return {bytes.size(), const_cast<std::byte*>(bytes.data())};  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}
inline Bytes to_bytes(const MDB_val& value) noexcept {
  return {static_cast<const std::byte*>(value.mv_data), value.mv_size};
}

}  // namespace netabase::engine::lmdb
