#pragma once

/// \file
/// An LMDB environment with a table of records and one for each index, and its transactions with their cursors: no more
/// than the calls one writes by hand, in one place.

#include <lmdb.h>

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "hand.hpp"

namespace suite {

/// Ends the program when LMDB reports a failure.
void check_lmdb(int code, const char* what);

inline MDB_val to_value(std::string_view text) { return {text.size(), const_cast<char*>(text.data())}; }
inline std::string_view to_text(const MDB_val& value) {
  return {static_cast<const char*>(value.mv_data), value.mv_size};
}

class LmdbStore {
 public:
  LmdbStore(std::string path, std::size_t indexes, bool full_durability);
  ~LmdbStore();
  LmdbStore(const LmdbStore&) = delete;
  LmdbStore& operator=(const LmdbStore&) = delete;

  void clear();
  void reopen(const std::function<void()>& while_closed);
  const std::string& path() const { return path_; }

  bool read_ahead = true;  // from the next reopen() on

  MDB_env* env = nullptr;
  MDB_dbi records = 0;
  std::vector<MDB_dbi> indexes;

 private:
  void open();

  std::string path_;
  bool full_durability_;
};

/// A transaction and, opened when first used, a cursor on each table. Rolls back unless committed.
class LmdbTransaction {
 public:
  LmdbTransaction(const LmdbStore& store, unsigned flags) : store_(store), cursors_(1 + store.indexes.size()) {
    check_lmdb(mdb_txn_begin(store.env, nullptr, flags, &txn_), "mdb_txn_begin");
  }
  ~LmdbTransaction() {
    if (txn_ == nullptr) return;
    close_cursors();
    mdb_txn_abort(txn_);
  }
  LmdbTransaction(const LmdbTransaction&) = delete;
  LmdbTransaction& operator=(const LmdbTransaction&) = delete;

 protected:
  MDB_cursor* cursor(std::size_t table) {
    if (cursors_[table] == nullptr) {
      check_lmdb(mdb_cursor_open(txn_, table == 0 ? store_.records : store_.indexes[table - 1], &cursors_[table]),
                 "mdb_cursor_open");
    }
    return cursors_[table];
  }
  void close_cursors() {
    for (MDB_cursor*& cursor : cursors_) {
      if (cursor != nullptr) mdb_cursor_close(cursor);
      cursor = nullptr;
    }
  }

  const LmdbStore& store_;
  MDB_txn* txn_ = nullptr;
  std::vector<MDB_cursor*> cursors_;
};

class LmdbRead : public LmdbTransaction {
 public:
  explicit LmdbRead(const LmdbStore& store) : LmdbTransaction(store, MDB_RDONLY) {}

  /// Null when there is none. Through the cursor that is kept: where the next key lies on the page of the last one,
  /// LMDB does not begin at the root again.
  const char* get(std::uint64_t id) {
    const IdKey bytes(id);
    return at_key(0, bytes.text());
  }
  /// What an index has under exactly this key.
  const char* get(std::size_t index, std::string_view bytes) { return at_key(1 + index, bytes); }
  std::uint64_t count() const {
    MDB_stat stat;
    check_lmdb(mdb_stat(txn_, store_.records, &stat), "mdb_stat");
    return stat.ms_entries;
  }

  /// Calls `use(key, record)` in key order, from `first` on, until it says false.
  template <class Use>
  void each_record(std::string_view first, Use&& use) {
    MDB_cursor* at = cursor(0);
    MDB_val key = to_value(first);
    MDB_val value;
    int code = mdb_cursor_get(at, &key, &value, first.empty() ? MDB_FIRST : MDB_SET_RANGE);
    while (code == 0 && use(to_text(key), static_cast<const char*>(value.mv_data))) {
      code = mdb_cursor_get(at, &key, &value, MDB_NEXT);
    }
  }
  /// Calls `use(key, value)` for the entries of an index that begin with these bytes.
  template <class Use>
  void each_entry(std::size_t index, std::string_view prefix, Use&& use) {
    MDB_cursor* at = cursor(1 + index);
    MDB_val key = to_value(prefix);
    MDB_val value;
    int code = mdb_cursor_get(at, &key, &value, MDB_SET_RANGE);
    while (code == 0 && to_text(key).starts_with(prefix)) {
      use(to_text(key), static_cast<const char*>(value.mv_data));
      code = mdb_cursor_get(at, &key, &value, MDB_NEXT);
    }
  }

 private:
  const char* at_key(std::size_t table, std::string_view bytes) {
    MDB_val key = to_value(bytes);
    MDB_val value;
    const int code = mdb_cursor_get(cursor(table), &key, &value, MDB_SET);
    if (code == MDB_NOTFOUND) return nullptr;
    check_lmdb(code, "mdb_cursor_get");
    return static_cast<const char*>(value.mv_data);
  }
};

class LmdbWrite : public LmdbTransaction {
 public:
  explicit LmdbWrite(const LmdbStore& store) : LmdbTransaction(store, 0) {}

  bool is_empty() const {
    MDB_stat stat;
    check_lmdb(mdb_stat(txn_, store_.records, &stat), "mdb_stat");
    return stat.ms_entries == 0;
  }
  /// Makes room of value.mv_size bytes for a record. Returns false, the record that is there in `value` and the cursor
  /// on it, when there is one and `flags` has MDB_NOOVERWRITE.
  bool reserve(std::uint64_t id, MDB_val& value, unsigned flags) {
    const IdKey bytes(id);
    MDB_val key = to_value(bytes.text());
    const int code = mdb_cursor_put(cursor(0), &key, &value, flags | MDB_RESERVE);
    if (code == MDB_KEYEXIST) return false;
    check_lmdb(code, "mdb_cursor_put");
    return true;
  }
  /// The record, with the cursor left on it for replace() or erase(); null when there is none.
  MDB_val seek(std::uint64_t id) {
    const IdKey bytes(id);
    MDB_val key = to_value(bytes.text());
    MDB_val value{0, nullptr};
    const int code = mdb_cursor_get(cursor(0), &key, &value, MDB_SET);
    if (code == MDB_NOTFOUND) return {0, nullptr};
    check_lmdb(code, "mdb_cursor_get");
    return value;
  }
  /// Makes room of value.mv_size bytes in place of the record under the cursor, which is this one's.
  void replace(std::uint64_t id, MDB_val& value) {
    const IdKey bytes(id);
    MDB_val key = to_value(bytes.text());
    check_lmdb(mdb_cursor_put(cursor(0), &key, &value, MDB_CURRENT | MDB_RESERVE), "mdb_cursor_put");
  }
  /// Removes the record under the cursor.
  void erase() { check_lmdb(mdb_cursor_del(cursor(0), 0), "mdb_cursor_del"); }
  void add(std::size_t index, std::string_view bytes, std::string_view content, unsigned flags) {
    MDB_val key = to_value(bytes);
    MDB_val value = to_value(content);
    check_lmdb(mdb_cursor_put(cursor(1 + index), &key, &value, flags), "mdb_cursor_put");
  }
  void erase(std::size_t index, std::string_view bytes) {
    MDB_val key = to_value(bytes);
    check_lmdb(mdb_del(txn_, store_.indexes[index], &key, nullptr), "mdb_del");
  }
  void commit() {
    close_cursors();
    check_lmdb(mdb_txn_commit(std::exchange(txn_, nullptr)), "mdb_txn_commit");
  }
};

/// Entries of an index, gathered to be sorted.
class LmdbEntries {
 public:
  void add(std::string_view key, std::uint64_t id) {
    entries_.push_back({bytes_.size(), key.size(), id});
    bytes_.append(key);
  }
  void sort() {
    std::sort(entries_.begin(), entries_.end(), [this](const Entry& a, const Entry& b) { return key(a) < key(b); });
  }
  template <class Use>
  void each(Use&& use) const {
    for (const Entry& entry : entries_) use(key(entry), entry.id);
  }

 private:
  struct Entry {
    std::size_t at;
    std::size_t size;
    std::uint64_t id;
  };
  std::string_view key(const Entry& entry) const { return std::string_view(bytes_).substr(entry.at, entry.size); }

  std::string bytes_;
  std::vector<Entry> entries_;
};

}  // namespace suite
