#include "engine/lmdb_state.hpp"

#include <mutex>

#include "engine/lmdb_environment.hpp"

namespace netabase::engine::lmdb {

namespace {

/// As many clocks as there were transactions at one time.
struct ClockPool {
  std::mutex mutex;
  std::vector<std::unique_ptr<Clock>> all;
  std::vector<Clock*> idle;
};

ClockPool& clocks() {
  // Not destroyed at exit, for cursors in static storage.
  static ClockPool* const instance = new ClockPool;
  return *instance;
}

}  // namespace

ClockLease::ClockLease() {
  ClockPool& pool = clocks();
  const std::lock_guard lock(pool.mutex);
  if (pool.idle.empty()) {
    pool.all.push_back(std::make_unique<Clock>());
    pool.idle.reserve(pool.all.size());
    pool.idle.push_back(pool.all.back().get());
  }
  clock_ = pool.idle.back();
  pool.idle.pop_back();
}

ClockLease::~ClockLease() {
  clock_->end();
  ClockPool& pool = clocks();
  const std::lock_guard lock(pool.mutex);
  pool.idle.push_back(clock_);  // has room: reserved when the clock was made
}

TransactionState::TransactionState(Environment& owner, bool writes, TransactionState* above)
    : environment(owner), writing(writes), nested(above != nullptr), parent(above) {
  if (writes) {
    writers.resize(owner.capacity());
    used_writers_.reserve(owner.capacity());
  } else {
    idle_by_table_.resize(owner.capacity());
    if (owner.map() != nullptr) trees.resize(owner.capacity());
  }
}

TransactionState::~TransactionState() {
  for (const auto& cursor : cursors_) {
    if (cursor->handle != nullptr) mdb_cursor_close(cursor->handle);
  }
  // Of a read transaction that is idle in the pool; a write transaction's handle ended with it.
  if (handle != nullptr) mdb_txn_abort(handle);
}

CursorState* TransactionState::take_cursor(Table table) {
  const MDB_dbi dbi = environment.dbi(table);
  std::vector<CursorState*>& idle = writing ? idle_ : idle_by_table_[table.id];
  if (idle.empty()) {
    cursors_.push_back(std::make_unique<CursorState>());
    cursors_.back()->transaction = this;
    cursors_.back()->table = table.id;
    cursors_.back()->leaf_size = writing ? 0 : environment.leaf_size();
    // Room for every cursor that may be given back, so that giving back never allocates.
    idle.reserve(cursors_.size());
    idle.push_back(cursors_.back().get());
  }
  CursorState* const cursor = idle.back();
  cursor->table = table.id;
  cursor->dbi = dbi;
  cursor->absent = false;
  if (!writing) {
    if (cursor->handle != nullptr && mdb_cursor_dbi(cursor->handle) != dbi) {
      mdb_cursor_close(cursor->handle);  // the table was made anew
      cursor->handle = nullptr;
    }
    const int code = cursor->handle != nullptr ? mdb_cursor_renew(handle, cursor->handle)
                                               : mdb_cursor_open(handle, dbi, &cursor->handle);
    // The handle is newer than this snapshot: the table was made after it.
    if (code == EINVAL || code == MDB_BAD_DBI) {
      cursor->absent = true;
    } else if (code != 0) {
      fail(code, "open a cursor in");
    }
  }
  idle.pop_back();
  cursor->in_use = true;
  return cursor;
}

void TransactionState::find_tree(Table table) {
  KnownTree& known = trees[table.id];
  known.readable = environment.read_tree(*this, table, known.tree);
  known.snapshot = snapshot;
}

void TransactionState::open_handle(CursorState& cursor) {
  if (cursor.handle != nullptr || cursor.absent) return;
  if (const int code = mdb_cursor_open(handle, cursor.dbi, &cursor.handle); code != 0) fail(code, "open a cursor in");
  ++open_handles_;
}

void TransactionState::give_back(CursorState* cursor) noexcept {
  cursor->in_use = false;
  if (!writing) {
    idle_by_table_[cursor->table].push_back(cursor);  // has room: it came from there
    return;
  }
  if (cursor->handle != nullptr) {
    mdb_cursor_close(cursor->handle);
    cursor->handle = nullptr;
    --open_handles_;
  }
  idle_.push_back(cursor);
}

void TransactionState::close_cursors() noexcept {
  for (const auto& cursor : cursors_) {
    if (cursor->handle == nullptr) continue;
    mdb_cursor_close(cursor->handle);
    cursor->handle = nullptr;
  }
  open_handles_ = 0;
}

void TransactionState::close_handles() noexcept {
  for (const std::uint32_t id : used_writers_) close_writer(Table{id});
  before_write(Table{0}, true);
}

void TransactionState::retire() noexcept {
  clock->end();
  for (const auto& cursor : cursors_) {
    if (cursor->in_use) give_back(cursor.get());
  }
  made_tables.clear();
  for (const std::uint32_t id : used_writers_) writers[id] = {};
  used_writers_.clear();
  failure.reset();
}

void TransactionState::fail(int code, const char* doing) {
  try {
    environment.fail(code, doing);
  } catch (const Error& error) {
    if (writing && !failure) {  // the first one says what happened; LMDB refuses everything after it
      failure = error.code();
      failure_text = error.what();
    }
    throw;
  }
}

void TransactionState::fail_to_write(Table table, int code, std::size_t size) {
  close_writer(table);
  if (code == MDB_KEYEXIST) {
    throw Error(ErrorCode::invalid_argument,
                "a key was appended that is not greater than every key of its table: put it instead");
  }
  if (code == MDB_BAD_VALSIZE) {
    throw Error(ErrorCode::invalid_argument, "a value of " + std::to_string(size) + " bytes is too large to be stored");
  }
  fail(code, "write to");
}

void TransactionState::fail_again() const {
  const std::string message = "nothing of the transaction was stored, since a write in it failed: " + failure_text;
  switch (*failure) {
    case ErrorCode::map_full:
      throw MapFull(message, &environment);
    case ErrorCode::disk_full:
      throw DiskFull(message);
    case ErrorCode::corrupt:
      throw Corrupt(message);
    case ErrorCode::poisoned:
      throw Poisoned(message);
    default:
      throw Error(*failure, message);
  }
}

}  // namespace netabase::engine::lmdb
