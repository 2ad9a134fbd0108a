#pragma once

/// \file
/// The engine on disk: LMDB, behind the Engine concept.
///
/// What this class adds to LMDB's own calls: a file is looked at before LMDB is let near it, a file is never open twice
/// in a process, a new store becomes visible complete or not at all, the map grows only while no transaction looks at
/// it, dead readers are swept, and every failure is a netabase::Error.
///
/// Threads: everything of Lmdb itself may be called from any thread. A transaction and its cursors are used by one
/// thread at a time; a write transaction only by the thread that began it (Error(wrong_thread) otherwise).
///
/// fork(): the child can use nothing that the parent opened (UsedAfterFork); destroying it there does no harm. The
/// child may open the store anew.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "netabase/engine/engine.hpp"
#include "netabase/engine/lmdb_leaf.hpp"

namespace netabase::engine {

namespace lmdb {
class Environment;
struct TransactionState;
struct CursorState;

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
  void end() noexcept {
    tick();
    generation.store(generation.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  }
};
}  // namespace lmdb

/// An open store file. At most one in a process for each file, however it is named.
class Lmdb {
 public:
  /// Walks one table. A write of its transaction takes its current entry away: position it again. A cursor that is used
  /// without a current entry throws Error(invalid_argument). One that outlives its transaction, or the store, may be
  /// destroyed and assigned to, and throws TransactionEnded when it is positioned.
  class Cursor {
   public:
    Cursor(Cursor&& other) noexcept;
    Cursor& operator=(Cursor&& other) noexcept;
    ~Cursor();

    bool first();
    bool last();
    /// To the first entry whose key is `key` or greater; an empty `key` is less than every other.
    bool seek(Bytes key);
    bool find(Bytes key);
    [[gnu::always_inline]] bool next() {
      if (place_.index + 1 < place_.count && read_place(place_.index + 1)) [[likely]]
        return true;
      return step(true);
    }
    [[gnu::always_inline]] bool prev() {
      if (place_.index > 0 && read_place(place_.index - 1)) [[likely]]
        return true;
      return step(false);
    }
    Bytes key() const noexcept { return key_.bytes(); }
    Bytes value() const noexcept { return value_.bytes(); }

   private:
    friend class Lmdb;

    /// Storage for what LMDB reports, an MDB_val (a length, then an address): copying it at each step would be a tenth
    /// of a scan.
    struct Slot {
      alignas(void*) std::byte storage[sizeof(std::size_t) + sizeof(void*)] = {};
      Bytes bytes() const noexcept {
        std::size_t size = 0;
        const std::byte* data = nullptr;
        std::memcpy(&size, storage, sizeof(size));
        std::memcpy(&data, storage + sizeof(size), sizeof(data));
        return {data, size};
      }
      void set(Bytes bytes) noexcept {
        const std::size_t size = bytes.size();
        const std::byte* const data = bytes.data();
        std::memcpy(storage, &size, sizeof(size));
        std::memcpy(storage + sizeof(size), &data, sizeof(data));
      }
    };

    /// The entry under the cursor as a place in its leaf page, once a walk knows it. LMDB's own cursor then may stay
    /// behind, at another entry of that page.
    struct Place {
      const std::byte* page = nullptr;
      std::uint32_t page_size = 0;
      std::uint32_t index = 0;
      std::uint32_t count = 0;  // of the page's entries; 0: the place is not known, and LMDB's cursor is at the entry
      std::uint16_t steps = 0;  // made without knowing the place since the cursor was positioned
      bool lmdb_is_here = true;
    };

    explicit Cursor(lmdb::CursorState* state) noexcept;
    void give_back() noexcept;
    lmdb::TransactionState& begin_move();
    bool move(int operation, Bytes key);
    bool seek_in_pages(Bytes key);
    bool step(bool forward);

    /// Moves to entry `index` of the page of `place_`; false, and nothing changed, when only LMDB can, or when there is
    /// no current entry to move from.
    [[gnu::always_inline]] bool read_place(std::uint32_t index) noexcept {
      Bytes key;
      Bytes value;
      if (position_ != clock_->now() || !lmdb::LeafPage::read(place_.page, place_.page_size, index, key, value))
          [[unlikely]]
        return false;
      place_.index = index;
      place_.lmdb_is_here = false;
      key_.set(key);
      value_.set(value);
      return true;
    }

    bool enter_page(bool at_end) noexcept;
    void find_place(const std::byte* before, bool forward) noexcept;
    void set_place(const std::byte* page, std::uint32_t index, std::uint32_t count) noexcept;

    lmdb::CursorState* state_;
    const lmdb::Clock* clock_;      // the transaction's; never freed, unlike what `state_` points to
    std::uint64_t generation_ = 0;  // of the clock: tells whether the transaction still runs
    std::uint64_t position_ = 0;    // the clock's epoch when the entry was reached; 0: no entry
    Place place_{};
    Slot key_{};
    Slot value_{};
  };

  /// What read and write transactions share: reading. Its operations throw TransactionEnded once it ended or was moved
  /// from, and Error(invalid_argument) while a nested transaction is open in it.
  class Transaction {
   public:
    /// The entry's value through `value`, or false; a key that no table can hold is never found.
    bool get(Table table, Bytes key, Bytes& value) const;
    /// Each of `keys`, in ascending order, as get() would give it.
    void get_sorted(Table table, std::span<const Bytes> keys, std::span<std::optional<Bytes>> values) const;
    std::uint64_t count(Table table) const;
    /// Tables that another process made after this one opened the store are found by write transactions only.
    std::optional<Table> find_table(std::string_view name) const;
    Cursor cursor(Table table) const;
    /// Of the commit that a snapshot shows; of the commit that a write transaction will make.
    std::uint64_t number() const;
    /// number(), made another one by each compact(), which begins the numbers anew: no two commits have the same, as
    /// long as this Lmdb is open. The commit after it has the next one, if there is no compact() in between.
    std::uint64_t unique_number() const;

   protected:
    explicit Transaction(lmdb::TransactionState* state) noexcept : state_(state) {}
    ~Transaction() = default;
    Transaction(Transaction&& other) noexcept : state_(other.state_) { other.state_ = nullptr; }

    lmdb::TransactionState* state_;
  };

  /// A snapshot. Taken from and given back to a pool: begin and end together take some tens of nanoseconds.
  class ReadTransaction : public Transaction {
   public:
    ReadTransaction(ReadTransaction&& other) noexcept = default;
    ReadTransaction& operator=(ReadTransaction&& other) noexcept;
    ~ReadTransaction() { end(); }

   private:
    friend class Lmdb;
    explicit ReadTransaction(lmdb::TransactionState* state) noexcept : Transaction(state) {}
    void end() noexcept;
  };

  /// The one writer. Once a write throws MapFull, DiskFull, Corrupt or Error(io), commit() throws the same: half of a
  /// transaction is never stored. Destruction without commit() rolls back.
  class WriteTransaction : public Transaction {
   public:
    WriteTransaction(WriteTransaction&& other) noexcept = default;
    WriteTransaction& operator=(WriteTransaction&& other) noexcept;
    ~WriteTransaction() { end(); }

    /// Keys have 1 to 511 bytes. PutMode::append with a key that is not the greatest: Error(invalid_argument).
    Reserved reserve(Table table, Bytes key, std::size_t size, PutMode mode);
    bool find_to_write(Table table, Bytes key, Bytes& value);
    std::byte* overwrite(Table table, Bytes key, Bytes value);
    bool erase(Table table, Bytes key);
    void clear(Table table);
    Table make_table(std::string_view name);
    /// For a process in which no other transaction uses the table; other processes may: their snapshots stay, and their
    /// later transactions must not touch the table (a read finds nothing, a write is undefined).
    void drop_table(Table table);
    /// Whether an entry was stored, here or in a nested transaction that was committed: then the commit makes a new
    /// version of the file, and number() is spent.
    bool has_written() const;
    /// Throws what went wrong; the transaction has ended then as well, unless the error is wrong_thread, or
    /// invalid_argument because a nested transaction is open.
    void commit();
    /// Only LMDB's own records of the two tables are written, in its table of tables: 48 bytes each.
    void commit_exchanging(const TablePairs& pairs);
    void abort();
    WriteTransaction begin_nested();

   private:
    friend class Lmdb;
    explicit WriteTransaction(lmdb::TransactionState* state) noexcept : Transaction(state) {}
    lmdb::TransactionState& writable() const;
    void end() noexcept;
  };

  /// Opens or creates the store at `config.path`. Before LMDB sees an existing file its head is checked: FormatMismatch
  /// for a file that is not LMDB 0.9's, Corrupt for one that contradicts itself; neither is written to, nor is a lock
  /// file made. `max_tables` bounds the tables the store may get (one more is allowed for netabase's own).
  ///
  /// With `config.read_only` the lock file is still used, so that writers leave our snapshots alone. Where it does not
  /// exist and cannot be made (a read-only directory or medium), the store is opened without locks: then nobody may
  /// write to it meanwhile.
  ///
  /// Throws AlreadyOpen, FormatMismatch, Corrupt, ReadOnly (a file that may only be read, without config.read_only),
  /// Error(not_found, invalid_argument, in_use, network_filesystem, io), and what `initialise` throws; then no file is
  /// left behind.
  ///
  /// `first_map`: bytes of the map that a store without max_size begins with; absent: what the address space has room
  /// for, at most 64 GiB. A program that has little address space to spare may begin smaller and let it grow.
  static std::shared_ptr<Lmdb> open(const Config& config, std::uint32_t max_tables,
                                    const Initialise<WriteTransaction>& initialise = {},
                                    std::optional<std::uint64_t> first_map = {});

  /// A store in the folder for temporary files ($TMPDIR or /tmp) that has no name from the start, so that it vanishes
  /// even with a process that is killed. Never synced.
  static std::shared_ptr<Lmdb> temp(std::uint32_t max_tables, const Initialise<WriteTransaction>& initialise = {});

  /// Transactions that are still open keep what they need of the store; the file closes with the last one.
  ~Lmdb();
  Lmdb(const Lmdb&) = delete;
  Lmdb& operator=(const Lmdb&) = delete;

  /// Throws Poisoned, UsedAfterFork, Error(readers_full).
  ReadTransaction begin_read();

  /// Waits for the writer before it, of this process or another. When a transaction met a full map before, grows the
  /// map first, where there is no Config::max_size, and waits up to a second for this process's transactions to end;
  /// when they do not, it begins without more room. Throws ReadOnly, Poisoned, UsedAfterFork, and
  /// Error(invalid_argument) when this thread has the open write transaction: it would wait for itself.
  WriteTransaction begin_write();

  /// Nothing when a thread of this process is writing. A writer in another process is waited for: LMDB has no way to
  /// ask.
  std::optional<WriteTransaction> try_begin_write();

  /// Whether the calling thread has the open write transaction.
  bool is_writing() const noexcept;

  /// Doubles the map, up to Config::max_size. Waits up to `wait` until this process has no open transaction. Throws
  /// MapFull at the limit, or naming how many transactions stayed open; the store is as usable as before.
  void grow() { grow(std::chrono::seconds(5)); }
  void grow(std::chrono::milliseconds wait);

  /// Whether a transaction of this store met it.
  bool is_full(const MapFull& error) const noexcept;

  /// With Durability::full every commit has done this already.
  void flush();

  /// Writes a consistent copy while readers and writers go on (a writer waits for some microseconds). `path` must not
  /// exist; it appears when the copy is complete and on the medium. Error(invalid_argument) in a thread that is
  /// writing.
  void backup(const std::string& path);

  /// Rewrites the file without its free pages. Waits like grow(); throws Error(in_use) when another process has the
  /// store open or a transaction of this one stays open. Needs room for a second copy. Tables stay valid. When it
  /// throws, the old file is in place and the store usable, unless the error is Poisoned.
  void compact();

  /// Looks at every page of the newest version of the file, without following LMDB's own calls: page numbers and kinds,
  /// node offsets, order of keys, overflow runs, the counts in each table's record, and that each page is in use once
  /// or free once. What records hold is not looked at. Returns what is wrong, in words with page numbers; nothing when
  /// the file is sound. Time is linear in the file's size (about a microsecond a page); writers go on meanwhile. Throws
  /// Poisoned, UsedAfterFork, Error(readers_full, io).
  std::vector<std::string> check_pages();

  /// The same for the file at `path`, which LMDB does not open, so that no damage can harm the process; nor is anything
  /// made or written. What damage the head has is a finding, too. For a file that nobody writes to meanwhile (this
  /// process may have it open). Throws FormatMismatch for a file that is not LMDB's, Error(not_found, invalid_argument,
  /// io).
  static std::vector<std::string> check_file(const std::string& path);

  Stats stats();
  /// Every reader slot that is taken, those of this process included; slots of dead processes until they are swept.
  std::vector<Reader> readers();
  const std::string& path() const noexcept;  ///< as it stood in Config::path
  bool read_only() const noexcept;

  /// Gives the reader slots of dead processes back; returns how many. Happens by itself at open, when slots or room run
  /// out, and every 1000 commits.
  int sweep_readers();

 private:
  explicit Lmdb(std::unique_ptr<lmdb::Environment> environment) noexcept;

  lmdb::Environment* environment_;  // owned, together with the transactions that are open when this is destroyed
};

static_assert(Engine<Lmdb>);

}  // namespace netabase::engine

namespace netabase {
using engine::Lmdb;
}  // namespace netabase
