#pragma once

/// \file
/// What the typed layer needs of an engine: named tables of ordered bytes -> bytes, with transactions.
///
/// An engine is a class (`Lmdb`, `Memory`) with the nested types and members that the concept at the end names. Keys
/// are 1 to `max_key_size` bytes in memcmp order; values have any size and their first byte is 8-aligned wherever every
/// key and value of the table has a length that is a multiple of 8 (record tables are made that way).
///
/// Borrowed bytes (`get`, a cursor's key and value) belong to the engine. They stay as they are until their
/// transaction ends or, in a write transaction, until its next write.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "netabase/bytes.hpp"
#include "netabase/config.hpp"
#include "netabase/error.hpp"

namespace netabase::engine {

/// The longest key that every engine takes, in bytes: LMDB's compiled-in limit.
inline constexpr std::size_t max_key_size = 511;

/// Handle of one named table; valid while its environment is open, in any transaction and thread.
struct Table {
  std::uint32_t id = 0;
};

/// For WriteTransaction::commit_exchanging.
using TablePairs = std::vector<std::pair<Table, Table>>;

/// What `WriteTransaction::reserve` does about an existing entry.
enum class PutMode : std::uint8_t {
  upsert,  ///< replaces it
  insert,  ///< leaves it and reports it
  append,  ///< the caller promises that the key is greater than every key of the table; the fastest way to load
};

/// Where the value of a new entry goes.
struct Reserved {
  /// `size` bytes to fill before the next call on the transaction; null when PutMode::insert met an existing entry.
  std::byte* space = nullptr;
  /// With a null `space`: the value that is there already.
  Bytes existing{};
};

/// Runs inside the transaction that creates a new store, before the store is visible under its name.
template <class WriteTransaction>
using Initialise = std::function<void(WriteTransaction&)>;

/// Figures about an environment, at one moment.
struct Stats {
  std::uint64_t file_bytes = 0;        ///< size of the store's file
  std::uint64_t used_bytes = 0;        ///< bytes of pages in use, free ones excluded
  std::uint64_t max_bytes = 0;         ///< the size the file can reach without growing the map
  std::uint32_t page_size = 0;         ///< bytes; 0 for engines without pages
  std::uint32_t readers = 0;           ///< read transactions open now, all processes
  std::uint32_t max_readers = 0;       ///< slots for them
  std::uint64_t last_transaction = 0;  ///< number of the last committed write transaction
  /// How many commits behind the oldest open reader is: pages freed since then cannot be reused until it ends.
  std::uint64_t oldest_reader_lag = 0;
};

/// A slot for read transactions that is taken.
struct Reader {
  std::int64_t process = 0;                    ///< its process id
  std::optional<std::uint64_t> transaction{};  ///< the commit whose snapshot it reads; nothing while it rests
};

/// Reads from one snapshot.
template <class T>
concept Reading = requires(T& txn, Table table, Bytes key, Bytes& value, std::string_view name,
                           std::span<const Bytes> keys, std::span<std::optional<Bytes>> values) {
  /// The entry's value through `value`, or false. Throws Corrupt, Error(io).
  { txn.get(table, key, value) } -> std::same_as<bool>;
  /// The value of each of `keys`, which are in ascending order (equal ones allowed), at the same place in `values`, or
  /// nothing there. Faster than as many get(), and the faster the more keys there are; a few hundred are enough.
  { txn.get_sorted(table, keys, values) } -> std::same_as<void>;
  /// Number of entries. O(1).
  { txn.count(table) } -> std::same_as<std::uint64_t>;
  /// The table of that name, or nothing when there is none. Once a store; not for hot paths.
  { txn.find_table(name) } -> std::same_as<std::optional<Table>>;
  /// A cursor before the first entry; taken from and given back to a pool, so that steady use allocates nothing.
  txn.cursor(table);
};

/// Walks one table in key order. Move-only; must not outlive its transaction. After false, the cursor has no entry.
template <class C>
concept Walking = std::movable<C> && requires(C& cursor, const C& at, Bytes key) {
  { cursor.first() } -> std::same_as<bool>;
  { cursor.last() } -> std::same_as<bool>;
  { cursor.seek(key) } -> std::same_as<bool>;  ///< to the first entry whose key is >= `key`
  { cursor.find(key) } -> std::same_as<bool>;  ///< to exactly `key`; cheap when it is near the current entry
  { cursor.next() } -> std::same_as<bool>;     ///< only with a current entry
  { cursor.prev() } -> std::same_as<bool>;     ///< only with a current entry
  { at.key() } -> std::same_as<Bytes>;         ///< only with a current entry
  { at.value() } -> std::same_as<Bytes>;       ///< only with a current entry
};

/// Reads and writes; its own writes are visible to it. Used by one thread, the one that began it.
template <class T>
concept Writing = Reading<T> && requires(T& txn, Table table, Bytes key, Bytes& value, std::size_t size, PutMode mode,
                                         std::string_view name, const TablePairs& pairs) {
  /// Makes an entry with a value of `size` bytes that the caller fills at once. Throws MapFull, DiskFull.
  { txn.reserve(table, key, size, mode) } -> std::same_as<Reserved>;
  /// get(), by the way that a write of this key takes: overwrite() or reserve() then finds the entry at hand.
  { txn.find_to_write(table, key, value) } -> std::same_as<bool>;
  /// Where to write a value that is as long as `value`, all of it and at once, in place of it: what the entry `key`
  /// has, borrowed from this transaction since its last write. Throws MapFull, DiskFull.
  { txn.overwrite(table, key, value) } -> std::same_as<std::byte*>;
  { txn.erase(table, key) } -> std::same_as<bool>;  ///< false when there was no such entry
  { txn.clear(table) } -> std::same_as<void>;       ///< removes every entry
  { txn.make_table(name) } -> std::same_as<Table>;  ///< the table of that name, made when missing
  /// Removes the table with all its entries. Not in a nested transaction. Afterwards, also when the transaction is
  /// rolled back, only find_table and make_table of a write transaction know the name in this process.
  { txn.drop_table(table) } -> std::same_as<void>;
  { txn.commit() } -> std::same_as<void>;  ///< ends it; on a throw nothing of it is stored
  /// commit(), by which the two tables of each pair exchange what they hold, in a time that does not depend on how much
  /// that is. Error(invalid_argument), with the transaction going on, when a table was written to or made in this
  /// transaction, is in two pairs, or the transaction is a nested one.
  { txn.commit_exchanging(pairs) } -> std::same_as<void>;
  { txn.abort() } -> std::same_as<void>;      ///< ends it; what the destructor does as well
  { txn.begin_nested() } -> std::same_as<T>;  ///< a child: commits into this one; this one rests meanwhile
};

template <class E>
concept Engine = Reading<typename E::ReadTransaction> && Writing<typename E::WriteTransaction> &&
    Walking<typename E::Cursor> && std::derived_from<typename E::ReadTransaction, typename E::Transaction> &&
    std::derived_from<typename E::WriteTransaction, typename E::Transaction> &&
    requires(E& engine, const Config& config, std::uint32_t max_tables,
             Initialise<typename E::WriteTransaction> initialise, const std::string& path, const MapFull& full) {
  /// Opens or creates. `max_tables` bounds the named tables. `initialise` runs for a new store only.
  { E::open(config, max_tables, initialise) } -> std::same_as<std::shared_ptr<E>>;
  /// A store that vanishes with its last handle.
  { E::temp(max_tables, initialise) } -> std::same_as<std::shared_ptr<E>>;
  { engine.begin_read() } -> std::same_as<typename E::ReadTransaction>;
  { engine.begin_write() } -> std::same_as<typename E::WriteTransaction>;
  { engine.try_begin_write() } -> std::same_as<std::optional<typename E::WriteTransaction>>;
  /// Makes room after MapFull. Waits until this process has no open transaction; throws MapFull when the
  /// limit is reached or a transaction stays open.
  { engine.grow() } -> std::same_as<void>;
  /// Whether a transaction of this very engine met `full`, so that grow() may help.
  { std::as_const(engine).is_full(full) } -> std::same_as<bool>;
  /// Whether the calling thread has a write transaction open: begin_write() would throw there.
  { std::as_const(engine).is_writing() } -> std::same_as<bool>;
  { engine.flush() } -> std::same_as<void>;       ///< what was committed reaches the medium
  { engine.backup(path) } -> std::same_as<void>;  ///< a consistent copy; `path` must not exist
  { engine.compact() } -> std::same_as<void>;     ///< gives free pages back; needs the store alone
  { engine.stats() } -> std::same_as<Stats>;
  { engine.path() } -> std::same_as<const std::string&>;  ///< for messages
  { engine.read_only() } -> std::same_as<bool>;
};

/// Puts an entry of `size` bytes that `fill(std::byte*)` writes in place. `fill` must not throw nor use `txn`.
/// Returns false when `mode` is insert and the key exists.
template <class WriteTransaction, std::invocable<std::byte*> Fill>
bool put(WriteTransaction& txn, Table table, Bytes key, std::size_t size, PutMode mode, Fill&& fill) {
  const Reserved reserved = txn.reserve(table, key, size, mode);
  if (reserved.space == nullptr) return false;
  std::forward<Fill>(fill)(reserved.space);
  return true;
}

}  // namespace netabase::engine
