#include "netabase/engine/memory.hpp"

#include <algorithm>
#include <limits>
#include <new>
#include <utility>

#include "engine/memory_state.hpp"
#include "netabase/error.hpp"

namespace netabase::engine {

using memory::TransactionState;
using memory::Tree;

namespace {

[[noreturn]] void fail_again(const TransactionState& state) {
  const std::string message = "nothing of the transaction was stored, since a write in it failed: " + state.failure;
  if (state.out_of_room) throw MapFull(message, state.database.get());
  throw Error(ErrorCode::io, message);
}

/// Runs a change of a tree. What fails half-way leaves a transaction that can only be rolled back.
template <class Change>
auto change(TransactionState& state, Change&& apply) {
  if (!state.failure.empty()) fail_again(state);
  ++state.epoch;
  try {
    return apply();
  } catch (const std::bad_alloc&) {
    state.failure = "out of memory";
    throw Error(ErrorCode::io, "cannot write to the memory store: there is not enough memory");
  }
}

[[noreturn]] void throw_nested() {
  throw Error(ErrorCode::invalid_argument, "tables are dropped and exchanged in a transaction that is not nested");
}
[[noreturn]] void throw_not_exchangeable() {
  throw Error(ErrorCode::invalid_argument,
              "a table that was written to in this transaction, or is in two pairs, cannot be exchanged");
}

}  // namespace

// Transaction

Memory::Transaction::Transaction(std::unique_ptr<TransactionState> state) noexcept : state_(std::move(state)) {}
Memory::Transaction::Transaction(Transaction&& other) noexcept = default;

Memory::Transaction::~Transaction() {
  if (state_ != nullptr) state_->finish();
}

TransactionState& Memory::Transaction::readable() const {
  if (state_ == nullptr || state_->ended) {
    throw TransactionEnded(
        "a transaction was used after it was committed, rolled back or moved from: begin another one");
  }
  if (state_->child != nullptr) {
    throw Error(ErrorCode::invalid_argument,
                "a transaction was used while another is nested in it: commit or roll back the nested one first");
  }
  return *state_;
}

bool Memory::Transaction::get(Table table, Bytes key, Bytes& value) const {
  const Tree* const tree = readable().tree(table);
  const memory::Entry* const entry = tree == nullptr ? nullptr : tree->find(key);
  if (entry == nullptr) return false;
  value = entry->value();
  return true;
}

void Memory::Transaction::get_sorted(Table table, std::span<const Bytes> keys,
                                     std::span<std::optional<Bytes>> values) const {
  const Tree* const tree = readable().tree(table);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const memory::Entry* const entry = tree == nullptr ? nullptr : tree->find(keys[i]);
    values[i] = entry == nullptr ? std::optional<Bytes>() : entry->value();
  }
}

std::uint64_t Memory::Transaction::count(Table table) const {
  const Tree* const tree = readable().tree(table);
  return tree == nullptr ? 0 : tree->count();
}

std::optional<Table> Memory::Transaction::find_table(std::string_view name) const {
  const TransactionState& state = readable();
  const std::optional<std::uint32_t> id = state.database->find_id(name);
  if (!id || *id >= state.tables().size() || !state.tables()[*id]) return std::nullopt;
  return Table{*id};
}

Memory::Cursor Memory::Transaction::cursor(Table table) const {
  TransactionState& state = readable();
  static_cast<void>(state.tree(table));
  return Cursor(&state, table);
}

Memory::ReadTransaction::ReadTransaction(std::unique_ptr<TransactionState> state) noexcept
    : Transaction(std::move(state)) {}

Memory::ReadTransaction& Memory::ReadTransaction::operator=(ReadTransaction&& other) noexcept {
  if (this != &other) {
    if (state_ != nullptr) state_->finish();
    state_ = std::move(other.state_);
  }
  return *this;
}

// WriteTransaction

Memory::WriteTransaction::WriteTransaction(std::unique_ptr<TransactionState> state) noexcept
    : Transaction(std::move(state)) {}

Memory::WriteTransaction::~WriteTransaction() { end(); }

Memory::WriteTransaction& Memory::WriteTransaction::operator=(WriteTransaction&& other) noexcept {
  if (this != &other) {
    end();
    state_ = std::move(other.state_);
  }
  return *this;
}

TransactionState& Memory::WriteTransaction::writable() const {
  TransactionState& state = readable();
  if (state.thread != std::this_thread::get_id()) {
    throw Error(ErrorCode::wrong_thread,
                "a write transaction of the memory store was used by another thread than the one "
                "that began it: use it there, or begin one in this thread");
  }
  return state;
}

Reserved Memory::WriteTransaction::reserve(Table table, Bytes key, std::size_t size, PutMode mode) {
  TransactionState& state = writable();
  const Tree& tree = *state.tree(table);
  if (key.empty() || key.size() > max_key_size) {
    throw Error(ErrorCode::invalid_argument, "a key of " + std::to_string(key.size()) +
                                                 " bytes cannot be stored: keys have 1 to " +
                                                 std::to_string(max_key_size) + " bytes");
  }
  if (size > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::invalid_argument, "a value of " + std::to_string(size) + " bytes is too large to be stored");
  }
  if (mode == PutMode::insert) {
    if (const memory::Entry* const existing = tree.find(key)) return {nullptr, existing->value()};
  }
  if (mode == PutMode::append) {
    const memory::Entry* const greatest = tree.greatest();
    if (greatest != nullptr && compare(key, greatest->key()) <= 0) {
      throw Error(ErrorCode::invalid_argument,
                  "a key was appended that is not greater than every key of its table: put it instead");
    }
  }
  return change(state, [&]() -> Reserved {
    if (const auto& limit = state.database->max_size()) {
      std::uint64_t total = memory::Entry::footprint(key.size(), size);
      for (const auto& each : state.own) {
        if (each) total += each->bytes();
      }
      if (const memory::Entry* const replaced = tree.find(key)) {
        total -= memory::Entry::footprint(replaced->key_size, replaced->value_size);
      }
      if (total > *limit) {
        state.failure = "the memory store has reached its max_size of " + std::to_string(*limit) + " bytes";
        state.out_of_room = true;
        throw MapFull(state.failure + ": roll back, then remove records or open it with a larger Config::max_size",
                      state.database.get());
      }
    }
    state.touch(table);
    return {state.own[table.id]->put(key, size)->space(), {}};
  });
}

bool Memory::WriteTransaction::find_to_write(Table table, Bytes key, Bytes& value) {
  static_cast<void>(writable());
  return get(table, key, value);
}

std::byte* Memory::WriteTransaction::overwrite(Table table, Bytes key, Bytes value) {
  return reserve(table, key, value.size(), PutMode::upsert).space;
}

bool Memory::WriteTransaction::erase(Table table, Bytes key) {
  TransactionState& state = writable();
  static_cast<void>(state.tree(table));
  return change(state, [&] {
    state.touch(table);
    return state.own[table.id]->erase(key);
  });
}

void Memory::WriteTransaction::clear(Table table) {
  TransactionState& state = writable();
  static_cast<void>(state.tree(table));
  change(state, [&] {
    state.touch(table);
    state.own[table.id] = Tree();
  });
}

Table Memory::WriteTransaction::make_table(std::string_view name) {
  TransactionState& state = writable();
  if (name.empty() || name.size() > max_key_size || name.find('\0') != name.npos) {
    throw Error(ErrorCode::invalid_argument, "a table's name has 1 to 511 bytes, none of them zero");
  }
  if (const std::optional<Table> found = find_table(name)) return *found;
  const auto live =
      std::count_if(state.own.begin(), state.own.end(), [](const auto& tree) { return tree.has_value(); });
  if (static_cast<std::uint64_t>(live) >= state.database->max_tables()) {
    throw Error(ErrorCode::invalid_argument, "the memory store may have " +
                                                 std::to_string(state.database->max_tables()) +
                                                 " tables and has them: open it with room for more");
  }
  return change(state, [&] {
    const std::uint32_t id = state.database->give_id(name);
    if (state.own.size() <= id) state.own.resize(id + 1);
    state.own[id].emplace();
    state.touch(Table{id});
    return Table{id};
  });
}

void Memory::WriteTransaction::drop_table(Table table) {
  TransactionState& state = writable();
  static_cast<void>(state.tree(table));
  if (state.parent != nullptr) throw_nested();
  change(state, [&] {
    state.own[table.id].reset();
    state.touch(table);
  });
}

void Memory::WriteTransaction::commit_exchanging(const TablePairs& pairs) {
  TransactionState& state = writable();
  if (state.parent != nullptr) throw_nested();
  std::vector<bool> seen = state.touched;
  seen.resize(state.own.size());
  for (const auto& pair : pairs) {
    for (const Table table : {pair.first, pair.second}) {
      static_cast<void>(state.tree(table));
      if (seen[table.id]) throw_not_exchangeable();
      seen[table.id] = true;
    }
  }
  for (const auto& [one, other] : pairs) std::swap(state.own[one.id], state.own[other.id]);
  commit();
}

void Memory::WriteTransaction::commit() {
  TransactionState& state = writable();
  struct Finish {
    TransactionState& state;
    ~Finish() { state.finish(); }
  } const finish{state};
  if (!state.failure.empty()) fail_again(state);
  if (state.parent != nullptr) {
    for (std::uint32_t id = 0; id < state.touched.size(); ++id) {
      if (state.touched[id]) state.parent->touch(Table{id});
    }
    state.parent->own = std::move(state.own);
    ++state.parent->epoch;
  } else {
    state.database->publish(std::move(state.own));
  }
}

void Memory::WriteTransaction::abort() {
  if (state_ != nullptr && !state_->ended && state_->thread != std::this_thread::get_id()) {
    throw Error(ErrorCode::wrong_thread,
                "a write transaction of the memory store was rolled back by another thread than "
                "the one that began it");
  }
  end();
}

Memory::WriteTransaction Memory::WriteTransaction::begin_nested() {
  TransactionState& state = writable();
  if (!state.failure.empty()) fail_again(state);
  auto nested = std::make_unique<TransactionState>();
  nested->database = state.database;
  nested->writing = true;
  nested->thread = state.thread;
  nested->own = state.own;
  nested->parent = &state;
  state.child = nested.get();
  return WriteTransaction(std::move(nested));
}

void Memory::WriteTransaction::end() noexcept {
  if (state_ != nullptr) state_->finish();
}

// Memory

Memory::Memory(std::shared_ptr<memory::Database> database) noexcept : database_(std::move(database)) {}
Memory::~Memory() = default;

std::shared_ptr<Memory> Memory::open(const Config& config, std::uint32_t max_tables,
                                     const Initialise<WriteTransaction>& initialise) {
  const auto refuse = [](const char* why) { throw Error(ErrorCode::invalid_argument, why); };
  if (!config.path.empty()) refuse("a store in memory has no file: leave Config::path out, or use the engine Lmdb");
  if (config.cache_size_mb) refuse("a store in memory has no cache: leave Config::cache_size_mb out");
  if (config.read_only)
    refuse("a store in memory begins empty, so reading alone is of no use: leave Config::read_only out");
  if (!config.create_if_missing) refuse("a store in memory is always a new one: leave Config::create_if_missing on");
  if (config.max_size && *config.max_size == 0)
    refuse("Config::max_size is 0: give the store some room, or leave it out");
  if (config.max_readers == 0) refuse("Config::max_readers is 0: nobody could read");
  std::shared_ptr<Memory> opened(
      new Memory(std::make_shared<memory::Database>(max_tables, config.max_size, config.max_readers)));
  if (initialise) {
    WriteTransaction transaction = opened->begin_write();
    initialise(transaction);
    if (!transaction.state_->ended) transaction.commit();
  }
  return opened;
}

std::shared_ptr<Memory> Memory::temp(std::uint32_t max_tables, const Initialise<WriteTransaction>& initialise) {
  return open(Config{}, max_tables, initialise);
}

Memory::ReadTransaction Memory::begin_read() { return ReadTransaction(database_->begin_read()); }
Memory::WriteTransaction Memory::begin_write() { return WriteTransaction(database_->begin_write(true)); }

std::optional<Memory::WriteTransaction> Memory::try_begin_write() {
  std::unique_ptr<TransactionState> state = database_->begin_write(false);
  if (state == nullptr) return std::nullopt;
  return WriteTransaction(std::move(state));
}

void Memory::grow() {
  if (const auto& limit = database_->max_size()) {
    throw MapFull("the memory store may take no more than its max_size of " + std::to_string(*limit) +
                  " bytes: remove records, or open it with a larger Config::max_size");
  }
}

bool Memory::is_writing() const noexcept { return database_->is_writing(); }

bool Memory::is_full(const MapFull& error) const noexcept { return error.store() == database_.get(); }

void Memory::backup(const std::string& path) {
  throw Error(ErrorCode::invalid_argument, "a store in memory cannot be backed up to '" + path +
                                               "': it has no file; copy its records to a store of the engine Lmdb");
}

Stats Memory::stats() { return database_->stats(); }

const std::string& Memory::path() const noexcept {
  static const std::string name = "(memory)";
  return name;
}

}  // namespace netabase::engine
