#pragma once

/// \file
/// What stands behind the memory engine's handles.

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "engine/memory_tree.hpp"
#include "engine/writer_slot.hpp"
#include "netabase/engine/memory.hpp"

namespace netabase::engine::memory {

/// The tables of one version, by Table::id. Nothing: the table does not exist in this version; id 0 never does.
using Tables = std::vector<std::optional<Tree>>;

/// What a commit made: unchanging, shared by its readers.
struct Version {
  std::uint64_t number = 0;
  Tables tables;
};

/// The store. Any thread.
class Database : public std::enable_shared_from_this<Database> {
 public:
  Database(std::uint32_t max_tables, std::optional<std::uint64_t> max_size, std::uint32_t max_readers);

  std::unique_ptr<TransactionState> begin_read();
  /// Null when `wait` is off and another thread writes.
  std::unique_ptr<TransactionState> begin_write(bool wait);
  void end_read(const Version& version) noexcept;
  /// Whether this thread is the one that writes.
  bool is_writing() const noexcept { return writer_.held_by_this_thread(); }
  void end_write() noexcept { writer_.give_back(); }
  /// Makes `tables` the current version.
  void publish(Tables tables);

  /// The id of a table's name. It never changes, whether or not the table came to exist.
  std::optional<std::uint32_t> find_id(std::string_view name) const;
  std::uint32_t give_id(std::string_view name);
  bool knows(Table table) const;

  std::uint32_t max_tables() const noexcept { return max_tables_; }
  const std::optional<std::uint64_t>& max_size() const noexcept { return max_size_; }
  Stats stats() const;

 private:
  const std::uint32_t max_tables_;
  const std::optional<std::uint64_t> max_size_;
  const std::uint32_t max_readers_;
  WriterSlot writer_;
  mutable std::mutex mutex_;  // for what follows; held for some instructions only
  std::shared_ptr<const Version> current_;
  std::map<std::uint64_t, std::uint32_t> readers_;  // by version number
  std::uint32_t reader_count_ = 0;
  std::vector<std::string> names_;  // by Table::id
};

/// A transaction. It stays, ended, until its handle is destroyed, for cursors that are used too late.
struct TransactionState {
  std::shared_ptr<Database> database;
  bool writing = false;
  bool ended = false;
  std::uint64_t epoch = 1;  // moves on at each write and at the end; never 0

  std::shared_ptr<const Version> snapshot;  // of readers
  Tables own;                               // of writers
  std::vector<bool> touched;                // of writers, by Table::id: what was written to or made

  TransactionState* parent = nullptr;
  TransactionState* child = nullptr;
  std::thread::id thread;
  std::string failure;       // of writers, not empty: a write failed, this can only be rolled back
  bool out_of_room = false;  // why: MapFull, otherwise want of memory

  const Tables& tables() const noexcept { return writing ? own : snapshot->tables; }
  /// The table in this transaction's version, or null when it is not in it. Throws for a handle nobody gave out.
  const Tree* tree(Table table) const;
  void touch(Table table) {
    if (touched.size() <= table.id) touched.resize(table.id + 1);
    touched[table.id] = true;
  }
  void finish() noexcept;
};

}  // namespace netabase::engine::memory
