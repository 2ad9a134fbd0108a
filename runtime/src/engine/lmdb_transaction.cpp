/// \file
/// Lmdb's transactions: reads and writes of single entries.

#include <utility>

#include "engine/lmdb_bulk_lookup.hpp"
#include "engine/lmdb_environment.hpp"
#include "engine/lmdb_state.hpp"

namespace netabase::engine {

using lmdb::to_bytes;
using lmdb::to_value;
using lmdb::TransactionState;

namespace {

[[noreturn]] void throw_ended() {
  throw TransactionEnded("a transaction was used after it was committed, rolled back or moved from: begin another one");
}

[[noreturn]] void throw_has_child() {
  throw Error(ErrorCode::invalid_argument,
              "a transaction was used while another is nested in it: commit or roll back the nested one first");
}

/// `state` when its transaction may read. Throws otherwise.
TransactionState& readable(TransactionState* state) {
  if (state == nullptr || state->handle == nullptr) [[unlikely]]
    throw_ended();
  if (state->process != lmdb::process_generation()) [[unlikely]]
    state->environment.throw_used_after_fork();
  if (state->child != nullptr) [[unlikely]]
    throw_has_child();
  return *state;
}

[[noreturn]] void throw_nested() {
  throw Error(ErrorCode::invalid_argument, "tables are dropped and exchanged in a transaction that is not nested");
}

[[noreturn, gnu::noinline]] void throw_wrong_thread(const TransactionState& state) {
  throw Error(ErrorCode::wrong_thread,
              "a write transaction of '" + state.environment.settings().path +
                  "' was used by another thread than the one that began it: use it there, or begin one in this thread");
}

void check_thread(const TransactionState& state) {
  if (state.thread != std::this_thread::get_id()) [[unlikely]]
    throw_wrong_thread(state);
}

[[noreturn, gnu::noinline]] void throw_key_size(std::size_t size) {
  throw Error(ErrorCode::invalid_argument, "a key of " + std::to_string(size) +
                                               " bytes cannot be stored: keys have 1 to " +
                                               std::to_string(max_key_size) + " bytes");
}

unsigned flags_of(PutMode mode) {
  switch (mode) {
    case PutMode::upsert:
      return 0;
    case PutMode::insert:
      return MDB_NOOVERWRITE;
    case PutMode::append:
      return MDB_APPEND;
  }
  return 0;
}

}  // namespace

// Transaction

bool Lmdb::Transaction::get(Table table, Bytes key, Bytes& value) const {
  TransactionState& state = readable(state_);
  const MDB_dbi dbi = state.environment.dbi(table);
  if (key.empty()) [[unlikely]]
    return false;
  if (const lmdb::Tree* const tree = state.readable_tree(table)) [[likely]] {
    const lmdb::Lookup result = lmdb::look_up(*tree, key, value);
    if (result != lmdb::Lookup::unclear) [[likely]]
      return result == lmdb::Lookup::found;
  }
  MDB_val wanted = to_value(key);
  MDB_val found{};
  const int code = mdb_get(state.handle, dbi, &wanted, &found);
  if (code == 0) [[likely]] {
    value = to_bytes(found);
    return true;
  }
  // EINVAL and MDB_BAD_DBI: the table was made after this snapshot, so there is nothing in it.
  if (code == MDB_NOTFOUND || code == EINVAL || code == MDB_BAD_DBI) return false;
  state.fail(code, "read");
}

void Lmdb::Transaction::get_sorted(Table table, std::span<const Bytes> keys,
                                   std::span<std::optional<Bytes>> values) const {
  TransactionState& state = readable(state_);
  static_cast<void>(state.environment.dbi(table));
  if (const lmdb::Tree* const tree = state.readable_tree(table)) {
    lmdb::look_up_sorted(*tree, keys, values, [&](std::size_t i) {
      Bytes value;
      values[i] = get(table, keys[i], value) ? std::optional(value) : std::nullopt;
    });
    return;
  }
  Cursor cursor = this->cursor(table);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    values[i] = cursor.find(keys[i]) ? std::optional(cursor.value()) : std::nullopt;
  }
}

std::uint64_t Lmdb::Transaction::count(Table table) const {
  TransactionState& state = readable(state_);
  MDB_stat stat{};
  const int code = mdb_stat(state.handle, state.environment.dbi(table), &stat);
  if (code == EINVAL || code == MDB_BAD_DBI) return 0;
  if (code != 0) state.fail(code, "count the entries of");
  return stat.ms_entries;
}

std::optional<Table> Lmdb::Transaction::find_table(std::string_view name) const {
  TransactionState& state = readable(state_);
  return state.environment.table(state, name, false);
}

std::uint64_t Lmdb::Transaction::number() const {
  const TransactionState& state = readable(state_);
  return state.writing ? mdb_txn_id(state.handle) : state.snapshot;
}

std::uint64_t Lmdb::Transaction::unique_number() const {
  const TransactionState& state = readable(state_);
  if (!state.writing) return state.environment.numbering() + state.snapshot;
  return state.environment.numbering() + mdb_txn_id(state.handle);
}

Lmdb::Cursor Lmdb::Transaction::cursor(Table table) const { return Cursor(readable(state_).take_cursor(table)); }

// ReadTransaction

Lmdb::ReadTransaction& Lmdb::ReadTransaction::operator=(ReadTransaction&& other) noexcept {
  if (this != &other) {
    end();
    state_ = std::exchange(other.state_, nullptr);
  }
  return *this;
}

void Lmdb::ReadTransaction::end() noexcept {
  TransactionState* const state = std::exchange(state_, nullptr);
  // In a child made by fork() the snapshot is the parent's, which still uses it.
  if (state != nullptr && state->process == lmdb::process_generation()) state->environment.end_read(state);
}

// WriteTransaction

Lmdb::WriteTransaction& Lmdb::WriteTransaction::operator=(WriteTransaction&& other) noexcept {
  if (this != &other) {
    end();
    state_ = std::exchange(other.state_, nullptr);
  }
  return *this;
}

TransactionState& Lmdb::WriteTransaction::writable() const {
  TransactionState& state = readable(state_);
  check_thread(state);
  return state;
}

Reserved Lmdb::WriteTransaction::reserve(Table table, Bytes key, std::size_t size, PutMode mode) {
  TransactionState& state = readable(state_);
  check_thread(state);
  const MDB_dbi dbi = state.environment.dbi(table);
  if (key.empty() || key.size() > max_key_size) [[unlikely]]
    throw_key_size(key.size());
  if (state.failure) [[unlikely]]
    state.fail_again();
  state.before_write(table, true);

  lmdb::Writer& writer = state.use_writer(table);
  writer.touched = true;
  int code = 0;
  if (writer.cursor == nullptr) [[unlikely]]
    code = mdb_cursor_open(state.handle, dbi, &writer.cursor);
  MDB_val wanted = to_value(key);
  MDB_val space{size, nullptr};
  if (code == 0) [[likely]] {
    const std::uint64_t head = lmdb::Writer::head_of(key);
    const bool asked = mode == PutMode::append;
    const unsigned flags = asked || writer.tries_end(head) ? MDB_APPEND : flags_of(mode);
    code = mdb_cursor_put(writer.cursor, &wanted, &space, MDB_RESERVE | flags);
    if (flags == MDB_APPEND) {
      if (code == 0) {
        writer.is_at_end(head);
      } else if (code == MDB_KEYEXIST && !asked) {
        writer.is_not_at_end(head);
        space = {size, nullptr};
        code = mdb_cursor_put(writer.cursor, &wanted, &space, MDB_RESERVE | flags_of(mode));
      }
    }
  }
  if (code == 0) [[likely]] {
    state.has_written = true;
    return {static_cast<std::byte*>(space.mv_data), {}};
  }
  if (code == MDB_KEYEXIST && mode == PutMode::insert) return {nullptr, to_bytes(space)};
  state.fail_to_write(table, code, size);
}

bool Lmdb::WriteTransaction::find_to_write(Table table, Bytes key, Bytes& value) {
  TransactionState& state = writable();
  const MDB_dbi dbi = state.environment.dbi(table);
  if (key.empty()) [[unlikely]]
    return false;
  lmdb::Writer& writer = state.use_writer(table);
  int code = writer.cursor != nullptr ? 0 : mdb_cursor_open(state.handle, dbi, &writer.cursor);
  MDB_val wanted = to_value(key);
  MDB_val found{};
  if (code == 0) [[likely]]
    code = mdb_cursor_get(writer.cursor, &wanted, &found, MDB_SET);
  if (code == 0) [[likely]] {
    value = to_bytes(found);
    return true;
  }
  if (code == MDB_NOTFOUND) return false;
  state.fail(code, "read");
}

std::byte* Lmdb::WriteTransaction::overwrite(Table table, Bytes key, Bytes value) {
  TransactionState& state = writable();
  // LMDB copies a page before its first change, to memory of its own; the copies are this transaction's, unless the one
  // that it is nested in made them.
  if (state.environment.is_outside_map(value.data()) && !state.nested && !state.failure) [[likely]] {
    state.before_write(table, true);
    return const_cast<std::byte*>(value.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  }
  return reserve(table, key, value.size(), PutMode::upsert).space;
}

bool Lmdb::WriteTransaction::erase(Table table, Bytes key) {
  TransactionState& state = writable();
  const MDB_dbi dbi = state.environment.dbi(table);
  if (key.empty() || key.size() > max_key_size) return false;
  if (state.failure) [[unlikely]]
    state.fail_again();
  state.before_write(table, false);
  state.touch(table);
  MDB_val wanted = to_value(key);
  const int code = mdb_del(state.handle, dbi, &wanted, nullptr);
  if (code == 0) return true;
  if (code == MDB_NOTFOUND) return false;
  state.fail(code, "erase from");
}

void Lmdb::WriteTransaction::clear(Table table) {
  TransactionState& state = writable();
  const MDB_dbi dbi = state.environment.dbi(table);
  if (state.failure) [[unlikely]]
    state.fail_again();
  state.before_write(table, false);
  state.touch(table);
  if (const int code = mdb_drop(state.handle, dbi, 0); code != 0) state.fail(code, "clear a table of");
}

Table Lmdb::WriteTransaction::make_table(std::string_view name) {
  TransactionState& state = writable();
  if (state.failure) [[unlikely]]
    state.fail_again();
  return *state.environment.table(state, name, true);
}

bool Lmdb::WriteTransaction::has_written() const { return readable(state_).has_written; }

void Lmdb::WriteTransaction::drop_table(Table table) {
  TransactionState& state = writable();
  static_cast<void>(state.environment.dbi(table));
  if (state.nested) throw_nested();
  if (state.failure) state.fail_again();
  state.environment.drop_table(state, table);
}

void Lmdb::WriteTransaction::commit_exchanging(const TablePairs& pairs) {
  TransactionState& state = writable();
  if (state.nested) throw_nested();
  if (state.failure) state.fail_again();
  std::vector<bool> seen(state.writers.size());
  for (const auto& pair : pairs) {
    for (const Table table : {pair.first, pair.second}) {
      static_cast<void>(state.environment.dbi(table));
      if (seen[table.id] || state.writers[table.id].touched) {
        throw Error(ErrorCode::invalid_argument,
                    "a table that was written to in this transaction, or is in two pairs, cannot be exchanged");
      }
      seen[table.id] = true;
    }
  }
  try {
    state.environment.exchange_tables(state, pairs);
  } catch (...) {
    end();
    throw;
  }
  commit();
}

void Lmdb::WriteTransaction::commit() {
  TransactionState& state = writable();
  state_ = nullptr;
  if (state.handle != nullptr) state.environment.commit(&state);
}

void Lmdb::WriteTransaction::abort() {
  if (state_ == nullptr) return;
  if (state_->handle != nullptr) {
    if (state_->process != lmdb::process_generation()) state_->environment.throw_used_after_fork();
    check_thread(*state_);
  }
  end();
}

Lmdb::WriteTransaction Lmdb::WriteTransaction::begin_nested() {
  TransactionState& state = writable();
  return WriteTransaction(state.environment.begin_nested(state));
}

void Lmdb::WriteTransaction::end() noexcept {
  TransactionState* const state = std::exchange(state_, nullptr);
  if (state == nullptr || state->process != lmdb::process_generation()) return;
  if (state->handle == nullptr) {
    delete state;  // nested, and what it was nested in ended first
  } else if (state->thread != std::this_thread::get_id()) {
    state->environment.abandon(state);
  } else {
    state->environment.abort(state);
  }
}

}  // namespace netabase::engine
