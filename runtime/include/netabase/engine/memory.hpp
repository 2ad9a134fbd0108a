#pragma once

/// \file
/// The engine in memory: the same behaviour as Lmdb for tests, caches and stores that need no file.
///
/// Each table is a balanced search tree whose nodes are shared between versions: a write copies the path to what it
/// changes, a snapshot is a reference to a root. Readers never wait for the writer, nor it for them.
///
/// Threads: as with Lmdb. fork(): the child has a copy of its own, as of all memory.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "netabase/engine/engine.hpp"

namespace netabase::engine {

namespace memory {
class Database;
struct Node;
struct TransactionState;
}  // namespace memory

/// A store in memory; gone with its last handle.
class Memory {
 public:
  /// Walks one table. A write of its transaction takes its current entry away: position it again. A cursor that is used
  /// without a current entry throws Error(invalid_argument).
  class Cursor {
   public:
    Cursor(Cursor&& other) noexcept;
    Cursor& operator=(Cursor&& other) noexcept;

    bool first();
    bool last();
    /// To the first entry whose key is `key` or greater; an empty `key` is less than every other.
    bool seek(Bytes key);
    bool find(Bytes key);
    bool next();
    bool prev();
    Bytes key() const noexcept { return key_; }
    Bytes value() const noexcept { return value_; }

   private:
    friend class Memory;
    // The height of a balanced tree of 2^44 entries, more than an address space holds.
    static constexpr std::size_t max_depth = 64;

    Cursor(memory::TransactionState* state, Table table) noexcept : state_(state), table_(table) {}
    void restart();
    void descend(const memory::Node* node, bool to_last) noexcept;
    bool arrive() noexcept;
    bool step(bool forward);

    memory::TransactionState* state_;
    Table table_;
    std::size_t depth_ = 0;
    std::uint64_t position_ = 0;  // the transaction's epoch when the entry was reached; 0: no entry
    Bytes key_{};
    Bytes value_{};
    std::array<const memory::Node*, max_depth> path_;  // from the root to the current entry; valid up to depth_
  };

  /// What read and write transactions share: reading. Its operations throw TransactionEnded once it ended or was moved
  /// from, and Error(invalid_argument) while a nested transaction is open in it.
  class Transaction {
   public:
    bool get(Table table, Bytes key, Bytes& value) const;
    /// Each of `keys`, in ascending order, as get() would give it.
    void get_sorted(Table table, std::span<const Bytes> keys, std::span<std::optional<Bytes>> values) const;
    std::uint64_t count(Table table) const;
    std::optional<Table> find_table(std::string_view name) const;
    Cursor cursor(Table table) const;

   protected:
    explicit Transaction(std::unique_ptr<memory::TransactionState> state) noexcept;
    ~Transaction();
    Transaction(Transaction&& other) noexcept;
    memory::TransactionState& readable() const;

    std::unique_ptr<memory::TransactionState> state_;
  };

  /// A snapshot.
  class ReadTransaction : public Transaction {
   public:
    ReadTransaction(ReadTransaction&& other) noexcept = default;
    ReadTransaction& operator=(ReadTransaction&& other) noexcept;

   private:
    friend class Memory;
    explicit ReadTransaction(std::unique_ptr<memory::TransactionState> state) noexcept;
  };

  /// The one writer. Once a write throws MapFull, commit() throws it again. Destruction without commit() rolls back.
  class WriteTransaction : public Transaction {
   public:
    WriteTransaction(WriteTransaction&& other) noexcept = default;
    WriteTransaction& operator=(WriteTransaction&& other) noexcept;
    ~WriteTransaction();

    Reserved reserve(Table table, Bytes key, std::size_t size, PutMode mode);
    bool find_to_write(Table table, Bytes key, Bytes& value);
    std::byte* overwrite(Table table, Bytes key, Bytes value);
    bool erase(Table table, Bytes key);
    void clear(Table table);
    Table make_table(std::string_view name);
    void drop_table(Table table);
    void commit();
    void commit_exchanging(const TablePairs& pairs);
    void abort();
    WriteTransaction begin_nested();

   private:
    friend class Memory;
    explicit WriteTransaction(std::unique_ptr<memory::TransactionState> state) noexcept;
    memory::TransactionState& writable() const;
    void end() noexcept;
  };

  /// A new, empty store. Honoured: `max_size` (bytes of entries and tree nodes; MapFull beyond it) and `max_readers`.
  /// Nothing outlives the process, whatever `durability` says, and a new store is always empty, so `truncate` may
  /// stand. Error(invalid_argument) for a `path`, a `cache_size_mb`, `read_only`, or `create_if_missing` off.
  static std::shared_ptr<Memory> open(const Config& config, std::uint32_t max_tables,
                                      const Initialise<WriteTransaction>& initialise = {});
  static std::shared_ptr<Memory> temp(std::uint32_t max_tables, const Initialise<WriteTransaction>& initialise = {});

  /// Transactions that are still open keep what they need of the store.
  ~Memory();
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  ReadTransaction begin_read();
  WriteTransaction begin_write();
  std::optional<WriteTransaction> try_begin_write();

  void grow();  ///< throws MapFull when there is a max_size; otherwise there is room anyway
  bool is_full(const MapFull& error) const noexcept;  ///< whether a transaction of this store met it
  void flush() {}                                     ///< nothing to do
  void backup(const std::string& path);               ///< always Error(invalid_argument): there is no file to copy
  void compact() {}                                   ///< nothing to do: memory is given back as it gets free
  Stats stats();
  const std::string& path() const noexcept;  ///< "(memory)"
  bool read_only() const noexcept { return false; }
  bool is_writing() const noexcept;  ///< whether the calling thread has the open write transaction

 private:
  explicit Memory(std::shared_ptr<memory::Database> database) noexcept;

  std::shared_ptr<memory::Database> database_;
};

static_assert(Engine<Memory>);

}  // namespace netabase::engine

namespace netabase {
using engine::Memory;
}  // namespace netabase
