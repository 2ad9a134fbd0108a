/// \file
/// Beginning and ending transactions.

#include <chrono>
#include <thread>
#include <utility>

#include "engine/lmdb_environment.hpp"
#include "engine/lmdb_head.hpp"

namespace netabase::engine::lmdb {

namespace {

/// Reads that more than one commit came into before it must be the lock file that has the wrong number.
constexpr int most_attempts = 100'000;
constexpr int lock_file_is_behind = -1;  // no code of LMDB's, nor of the system's

}  // namespace

std::uint64_t Environment::newest_commit() const noexcept {
  if (map_ != nullptr) [[likely]]
    return lmdb::newest_commit(map_, leaf_size_);
  MDB_envinfo info{};
  mdb_env_info(handle_, &info);
  return info.me_last_txnid;
}

void Environment::throw_unknown_commits() const {
  throw Error(ErrorCode::io, "the lock file of" + in_store() +
                                 " does not know of its last commits, which were made without locking (MDB_NOLOCK) or "
                                 "with another lock file (it was removed, or the store has two names): end every "
                                 "program that has the store open, then open it again");
}

bool Environment::renew(TransactionState& state) noexcept {
  if (mdb_txn_renew(state.handle) != 0) return false;
  return settle(state) == 0;
}

int Environment::settle(TransactionState& state) noexcept {
  bool was_one_ahead = false;
  for (int attempt = 1;; ++attempt) {
    state.snapshot = mdb_txn_id(state.handle);
    const std::uint64_t newest = newest_commit();
    if (newest <= state.snapshot) [[likely]]
      break;
    // One ahead it is for as long as a commit waits for the disk, whose number LMDB gives out afterwards, or when the
    // process was killed while it waited. That is no fault. It may also be that the commit after it is writing over the
    // head right now, which takes some ten nanoseconds: what is met two times in a row is taken for the former.
    const bool one_ahead = newest == state.snapshot + 1;
    if (one_ahead && was_one_ahead) break;
    was_one_ahead = one_ahead;
    if (attempt == most_attempts) return lock_file_is_behind;
    mdb_txn_reset(state.handle);
    if (const int code = mdb_txn_renew(state.handle); code != 0) return code;
  }
  state.process = process_;
  return 0;
}

TransactionState* Environment::begin_new_read() {
  bool swept = false;
  while (true) {
    if (!is_of_this_process()) throw_used_after_fork();
    gate_.enter();
    int code = 0;
    try {
      check_usable();
      auto made = std::make_unique<TransactionState>(*this, false);
      code = mdb_txn_begin(handle_, nullptr, MDB_RDONLY, &made->handle);
      if (code != 0) made->handle = nullptr;
      if (code == 0) code = settle(*made);
      if (code == 0) return made.release();
    } catch (...) {
      leave_gate();
      throw;
    }
    const bool sweeps = code == MDB_READERS_FULL && !std::exchange(swept, true);
    if (sweeps) sweep_readers();
    leave_gate();
    if (sweeps) continue;
    if (code == MDB_MAP_RESIZED) {
      adopt_map_size();
    } else if (code == lock_file_is_behind) {
      throw_unknown_commits();
    } else {
      fail(code, "begin a read transaction in");
    }
  }
}

void Environment::end_read(TransactionState* state) noexcept {
  state->retire();
  mdb_txn_reset(state->handle);
  if (pool_.put(state)) return;
  delete state;
  leave_gate();
}

void Environment::orphan() noexcept {
  for (std::size_t shares = pool_.close(); shares != 0; --shares) {
    [[maybe_unused]] const bool orphaned = gate_.leave();
  }
  if (gate_.orphan()) delete this;
}

TransactionState* Environment::begin_write(bool wait) {
  check_usable();
  if (settings_.read_only) {
    throw ReadOnly("the store" + in_store() + " is open for reading only: open it without Config::read_only to write");
  }
  if (writer_.held_by_this_thread()) {
    if (abandoned_.load(std::memory_order_acquire) == nullptr) {
      if (!wait) return nullptr;
      throw Error(ErrorCode::invalid_argument,
                  "this thread has a write transaction of" + in_store() +
                      " open and would wait for itself: end that one first, or nest in it");
    }
    // It was destroyed by a thread that could not end it; this one can.
    abort(abandoned_.exchange(nullptr, std::memory_order_acquire));
  }
  if (!writer_.take(wait)) return nullptr;
  TransactionState* const state = write_state_.get();
  try {
    make_room(wait ? std::chrono::milliseconds(1000) : std::chrono::milliseconds(0));
    while (true) {
      gate_.enter();
      int code = MDB_PANIC;
      if (!poisoned_.load(std::memory_order_relaxed)) code = mdb_txn_begin(handle_, nullptr, 0, &state->handle);
      // Nobody else commits now, so what is newer than this one's past would be overwritten by it.
      const bool is_newest = code != 0 || newest_commit() < mdb_txn_id(state->handle);
      if (code == 0 && is_newest) [[likely]]
        break;
      if (code == 0) mdb_txn_abort(state->handle);
      state->handle = nullptr;
      leave_gate();
      if (!is_newest) throw_unknown_commits();
      if (code != MDB_MAP_RESIZED) fail(code, "begin a write transaction in");
      adopt_map_size();
    }
  } catch (...) {
    writer_.give_back();
    throw;
  }
  state->process = process_;
  state->thread = std::this_thread::get_id();
  state->abandoned.store(false, std::memory_order_relaxed);
  state->has_written = false;
  return state;
}

TransactionState* Environment::begin_nested(TransactionState& parent) {
  if (parent.failure) parent.fail_again();
  auto nested = std::make_unique<TransactionState>(*this, true, &parent);
  parent.close_handles();
  if (const int code = mdb_txn_begin(handle_, parent.handle, 0, &nested->handle); code != 0) {
    nested->handle = nullptr;
    fail(code, "begin a nested transaction in");
  }
  nested->process = process_;
  nested->thread = parent.thread;
  parent.child = nested.get();
  return nested.release();
}

void Environment::end_write(TransactionState* state, bool keep_tables) noexcept {
  state->handle = nullptr;
  if (!keep_tables) forget_tables(state->made_tables);
  if (state->nested) {
    state->parent->child = nullptr;
    delete state;
    return;
  }
  state->retire();
  writer_.give_back();
  leave_gate();
}

void Environment::detach_child(TransactionState& state) noexcept {
  TransactionState* const child = state.child;
  if (child == nullptr) return;
  detach_child(*child);
  child->close_handles();
  mdb_txn_abort(std::exchange(child->handle, nullptr));
  forget_tables(child->made_tables);
  child->parent = nullptr;
  child->retire();  // its cursors must not come to the handle that is gone
  state.child = nullptr;
  if (child->abandoned.load(std::memory_order_acquire)) delete child;
}

void Environment::abort(TransactionState* state) noexcept {
  detach_child(*state);
  state->close_handles();
  mdb_txn_abort(state->handle);
  end_write(state, false);
}

void Environment::commit(TransactionState* state) {
  if (state->failure) {
    struct Abort {
      Environment& environment;
      TransactionState* state;
      ~Abort() { environment.abort(state); }
    } const abort_after{*this, state};
    state->fail_again();
  }
  state->close_handles();
  const int code = mdb_txn_commit(state->handle);
  if (code == 0) {
    if (state->nested) {
      TransactionState& parent = *state->parent;
      parent.made_tables.insert(parent.made_tables.end(), state->made_tables.begin(), state->made_tables.end());
      parent.has_written = parent.has_written || state->has_written;
      state->touch_in(parent);
      parent.clock->tick();
    } else if (commits_.fetch_add(1, std::memory_order_relaxed) % 1000 == 999) {
      sweep_readers();
    }
    end_write(state, true);
    return;
  }
  struct End {
    Environment& environment;
    TransactionState* state;
    ~End() { environment.end_write(state, false); }
  } const end_after{*this, state};
  if (state->nested) state->parent->fail(code, "commit a nested transaction in");
  if (look_for_poison()) fail(MDB_PANIC, "commit to");
  fail(code, "commit to");
}

}  // namespace netabase::engine::lmdb
