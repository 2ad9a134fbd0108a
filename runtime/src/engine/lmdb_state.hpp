#pragma once

/// \file
/// What stands behind the handles of transactions and cursors. These objects are reused, so that steady work allocates
/// nothing; the handles in Lmdb's public classes point to them.

#include <lmdb.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "netabase/engine/lmdb.hpp"
#include "netabase/error.hpp"

namespace netabase::engine::lmdb {

class Environment;

/// What a cursor asks before it touches anything of its transaction. Never freed once made, so that a cursor may ask at
/// any time, even when its transaction and the environment are long gone; reused by later transactions, which count on.
struct Clock {
  /// Moves on at each write and at the end; never 0. A cursor has an entry while it remembers the present number.
  std::atomic<std::uint64_t> epoch{1};
  /// Moves on at the end. A cursor that outlived its transaction looks at it from any thread.
  std::atomic<std::uint64_t> generation{1};

  std::uint64_t now() const noexcept { return epoch.load(std::memory_order_relaxed); }
  /// Only the transaction's thread writes it: no read-modify-write is needed.
  void tick() noexcept { epoch.store(now() + 1, std::memory_order_relaxed); }
};

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

  // Of writing ones only:
  TransactionState* parent = nullptr;
  TransactionState* child = nullptr;
  std::atomic<bool> abandoned{false};  // its WriteTransaction was destroyed by another thread than its own
  std::thread::id thread;
  std::vector<std::uint32_t> made_tables;  // ids to forget when it does not commit
  /// By Table::id: the cursor that puts into the table, where the last put left it, which saves the way down from the
  /// root for a key nearby. It is the table's only one while it writes, and closed before anything is erased there, so
  /// that LMDB never has to adjust it for what another cursor did.
  std::vector<MDB_cursor*> writers;
  /// By Table::id: what was written to or made. LMDB keeps such a table's record until the commit and writes it then.
  std::vector<bool> touched;
  std::optional<ErrorCode> failure;  // what a write threw: this can only be rolled back
  std::string failure_text;

  /// A cursor of `table`, given back with give_back().
  CursorState* take_cursor(Table table);
  void give_back(CursorState* cursor) noexcept;
  /// Opens `cursor.handle` where it is not open.
  void open_handle(CursorState& cursor);

  /// To call before each change: cursors let go of the table. `table` keeps its writer when `keeps_writer`.
  void before_write(Table table, bool keeps_writer) noexcept;
  /// Closes every LMDB cursor of a write transaction, as must be before it ends or gets a child.
  void close_handles() noexcept;
  /// At the end of the transaction: cursors and clock are ready for the next one.
  void retire() noexcept;

  /// Throws what the LMDB return code `code` means, remembering it when a write cannot be taken back on its own.
  [[noreturn]] void fail(int code, const char* doing);
  /// Throws the remembered failure again.
  [[noreturn]] void fail_again() const;

 private:
  std::vector<std::unique_ptr<CursorState>> cursors_;     // all
  std::vector<std::vector<CursorState*>> idle_by_table_;  // of read transactions, by Table::id
  std::vector<CursorState*> idle_;                        // of write transactions, for any table
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
