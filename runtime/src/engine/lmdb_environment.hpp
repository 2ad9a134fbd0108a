#pragma once

/// \file
/// One open LMDB environment with everything that belongs to it.

#include <lmdb.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/lmdb_file.hpp"
#include "engine/lmdb_gate.hpp"
#include "engine/lmdb_lookup.hpp"
#include "engine/lmdb_read_pool.hpp"
#include "engine/lmdb_registry.hpp"
#include "engine/lmdb_state.hpp"
#include "engine/writer_slot.hpp"

namespace netabase::engine::lmdb {

/// How an environment is opened.
struct Settings {
  std::string path;  ///< as the user named it: for messages
  std::string file;  ///< resolved
  std::uint32_t max_tables = 0;
  std::uint32_t max_readers = 0;
  std::optional<std::uint64_t> max_size;
  std::optional<std::uint64_t> first_map;  ///< bytes of the first map without max_size; absent: reserve_map_size()
  bool read_only = false;
  bool sync = true;        ///< commits wait for the medium
  bool read_ahead = true;  ///< the system reads more than it is asked for
  bool locks = true;       ///< off: nobody else uses the file; LMDB makes no lock file
  bool unnamed = false;    ///< the file loses its name as soon as it is open
};

/// Everything here may be called from any thread, but open(), reopen() and the destructor, which need to be alone.
class Environment {
 public:
  /// Opens the file, which exists, and all its tables. `claim` and `lock` are kept until it is closed.
  Environment(Settings settings, std::optional<FileClaim> claim, std::optional<LockFile> lock);
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  const Settings& settings() const noexcept { return settings_; }
  MDB_env* handle() const noexcept { return handle_; }
  WriterSlot& writer() noexcept { return writer_; }
  bool is_of_this_process() const noexcept { return process_ == process_generation(); }

  /// Throws UsedAfterFork or Poisoned.
  void check_usable() const;
  [[noreturn]] void throw_used_after_fork() const;

  TransactionState* begin_read() {
    if (is_of_this_process() && !poisoned_.load(std::memory_order_relaxed)) [[likely]] {
      if (TransactionState* const state = pool_.take()) [[likely]] {
        if (renew(*state)) [[likely]]
          return state;
        delete state;
        leave_gate();
      }
    }
    return begin_new_read();
  }
  void end_read(TransactionState* state) noexcept;
  /// Null when `wait` is off and another thread writes.
  TransactionState* begin_write(bool wait);
  TransactionState* begin_nested(TransactionState& parent);
  void commit(TransactionState* state);
  void abort(TransactionState* state) noexcept;
  /// The owner goes away: destroys this, or leaves it to the last transaction that is open.
  void orphan() noexcept;
  /// For a thread that may not end a transaction and yet destroys it: its own thread does so at its next begin_write().
  void abandon(TransactionState* state) noexcept;

  /// The LMDB handle of a table. Throws Error(invalid_argument) for one that this environment did not hand out.
  MDB_dbi dbi(Table table) const {
    const MDB_dbi found = table.id < capacity_ ? dbis_[table.id].load(std::memory_order_relaxed) : no_dbi;
    if (found == no_dbi) [[unlikely]]
      throw_unknown_table();
    return found;
  }
  std::uint32_t capacity() const noexcept { return capacity_; }
  /// Bytes of a page, where read transactions may look at leaf pages themselves (lmdb_leaf.hpp); 0 where they may not.
  std::uint32_t leaf_size() const noexcept { return leaf_size_; }
  /// Where the map begins, where read transactions may look keys up themselves (lmdb_lookup.hpp); null where they may
  /// not. Changes only while no transaction is open.
  const std::byte* map() const noexcept { return map_; }
  /// What makes the numbers of commits unique: added to them, they are others than before each compact(). Changes only
  /// while no transaction is open.
  std::uint64_t numbering() const noexcept { return numbering_; }
  /// Whether bytes of a write transaction's tables lie in memory that LMDB took for a page that is being changed. False
  /// also when that cannot be told.
  bool is_outside_map(const std::byte* at) const noexcept {
    return map_ != nullptr &&
           reinterpret_cast<std::uintptr_t>(at) - reinterpret_cast<std::uintptr_t>(map_) >= map_bytes_;
  }
  /// The tree of a table in a read transaction's snapshot. False when it is for LMDB to read.
  bool read_tree(TransactionState& transaction, Table table, Tree& tree);
  /// The table of that name in the transaction's snapshot; `make`: made when missing (write transactions only).
  std::optional<Table> table(TransactionState& transaction, std::string_view name, bool make);
  /// Removes the table; its handle is void at once.
  void drop_table(TransactionState& transaction, Table table);
  /// The last change of a transaction that touched none of the tables: what it reads of them afterwards is undefined.
  void exchange_tables(TransactionState& transaction, const TablePairs& pairs);

  /// What LMDB's return code means, `doing` what. Remembers that the environment is poisoned when it is.
  [[noreturn]] void fail(int code, const char* doing);
  /// Whether LMDB refuses all use since it failed to write a meta page; remembers it.
  bool look_for_poison() noexcept;

  /// Gives back the slots of readers whose process is dead; their number. For whoever holds a share of the gate, or has
  /// it alone.
  int sweep_readers() noexcept;
  /// The same for whoever does not.
  int clear_dead_readers();
  void grow(std::chrono::milliseconds wait);
  void backup(const std::string& target);
  void compact(std::chrono::milliseconds wait);
  void flush();
  std::vector<std::string> check_pages();
  Stats stats();
  std::vector<Reader> readers();

  /// For a thread that met MDB_MAP_RESIZED and holds no share of the gate: another process has made the map larger.
  void adopt_map_size();

 private:
  std::vector<Reader> read_readers();
  static constexpr MDB_dbi no_dbi = ~MDB_dbi{0};

  void open();
  void close() noexcept;
  void open_tables();
  /// After the map was made or moved, with nothing idle that could remember the old one: finds where it begins.
  void look_for_map() noexcept;
  std::uint32_t known_table(std::string_view name) const noexcept;
  std::uint32_t add_table(std::string_view name, MDB_dbi dbi);
  void forget_tables(const std::vector<std::uint32_t>& ids) noexcept;
  [[noreturn]] void throw_unknown_table() const;
  [[noreturn]] void throw_open_transactions(const char* doing) const;
  /// Rolls back what is nested in a transaction that ends first. The nested WriteTransaction finds itself ended.
  void detach_child(TransactionState& state) noexcept;
  /// Begins the idle transaction again. False when LMDB will not have it.
  bool renew(TransactionState& state) noexcept;
  /// Begins a read transaction that was just begun again, until it shows the commit whose number it has; sets what
  /// depends on it. Returns 0, or why it could not be begun.
  ///
  /// LMDB 0.9 (mdb_txn_renew0) takes the number of the newest commit and then copies where its tables lie from the head
  /// of the file that has this commit, without a look back. The second commit after it is written over that head, so
  /// that a thread that is held between both steps goes on with the tables of a later commit than its number says, and
  /// one that copies in that very moment with half of each. No commit since the number was taken: neither has happened.
  int settle(TransactionState& state) noexcept;
  /// The number of the newest commit in the file, whether it is public or not. In a transaction.
  std::uint64_t newest_commit() const noexcept;
  [[noreturn]] void throw_unknown_commits() const;
  TransactionState* begin_new_read();
  void end_write(TransactionState* state, bool keep_tables) noexcept;
  void leave_gate() noexcept;
  /// Grows the map for a writer that begins, when one before it was short of room.
  void make_room(std::chrono::milliseconds wait);
  void copy_to(int descriptor, unsigned flags);
  std::uint64_t map_size() const noexcept;
  std::string in_store() const { return " '" + settings_.path + "'"; }

  Settings settings_;
  std::optional<FileClaim> claim_;
  std::optional<LockFile> lock_;
  MDB_env* handle_ = nullptr;
  std::uint32_t process_;
  std::atomic<bool> poisoned_{false};
  std::atomic<bool> short_of_room_{false};  // a transaction met a full map that may grow, and it has not grown since
  std::atomic<std::uint32_t> commits_{0};
  Gate gate_;
  WriterSlot writer_;
  std::atomic<TransactionState*> abandoned_{nullptr};  // a write transaction that was destroyed by a wrong thread
  std::unique_ptr<TransactionState> write_state_;
  ReadPool pool_;

  // Table::id -> LMDB's handle. Of fixed size, so that readers need no lock. Ids begin at 1.
  std::uint32_t capacity_ = 0;
  std::uint32_t leaf_size_ = 0;
  std::uint32_t table_limit_ = 0;
  MDB_dbi main_ = 0;
  const std::byte* map_ = nullptr;
  std::uint64_t map_bytes_ = 0;
  std::uint64_t numbering_ = 0;
  std::unique_ptr<std::atomic<MDB_dbi>[]> dbis_;
  std::mutex names_mutex_;
  std::vector<std::string> names_;  // by Table::id; a name keeps its id even when its table's making was rolled back
};

/// Thrown by Environment's constructor when the file got another inode than its claim's: look at it again.
struct FileReplaced {};

/// The map that a store without max_size begins with, in bytes: what the address space has room for, at most 64 GiB and
/// at least 1 GiB, but never less than twice the file.
std::uint64_t reserve_map_size(std::uint64_t file_bytes);
/// Whether the address space has room for another map of that size.
bool address_space_has(std::uint64_t bytes) noexcept;

}  // namespace netabase::engine::lmdb
