/// \file
/// Lmdb's cursor.

#include <cstddef>
#include <utility>

#include "engine/lmdb_environment.hpp"
#include "engine/lmdb_state.hpp"

namespace netabase::engine {

using lmdb::CursorState;
using lmdb::to_value;
using lmdb::TransactionState;

namespace {

[[noreturn]] void throw_no_entry() {
  throw Error(
      ErrorCode::invalid_argument,
      "a cursor was moved on from no entry: it was never positioned, found nothing, or its transaction wrote or "
      "ended since; position it first");
}

/// The MDB_val in a cursor's slot.
template <class Slot>
MDB_val& value_in(Slot& slot) noexcept {
  static_assert(sizeof(slot.storage) == sizeof(MDB_val) && offsetof(MDB_val, mv_size) == 0 &&
                offsetof(MDB_val, mv_data) == sizeof(std::size_t));
  return *reinterpret_cast<MDB_val*>(slot.storage);
}

}  // namespace

Lmdb::Cursor::Cursor(CursorState* state) noexcept
    : state_(state), generation_(state->transaction->generation.load(std::memory_order_relaxed)) {}

Lmdb::Cursor::Cursor(Cursor&& other) noexcept
    : state_(std::exchange(other.state_, nullptr)),
      generation_(other.generation_),
      position_(std::exchange(other.position_, 0)),
      key_(other.key_),
      value_(other.value_) {}

Lmdb::Cursor& Lmdb::Cursor::operator=(Cursor&& other) noexcept {
  if (this != &other) {
    give_back();
    state_ = std::exchange(other.state_, nullptr);
    generation_ = other.generation_;
    position_ = std::exchange(other.position_, 0);
    key_ = other.key_;
    value_ = other.value_;
  }
  return *this;
}

Lmdb::Cursor::~Cursor() { give_back(); }

void Lmdb::Cursor::give_back() noexcept {
  // After the end of its transaction the state serves another one.
  if (state_ != nullptr && generation_ == state_->transaction->generation.load(std::memory_order_relaxed)) {
    state_->transaction->give_back(state_);
  }
  state_ = nullptr;
}

bool Lmdb::Cursor::move(int operation, Bytes key) {
  position_ = 0;
  if (state_ == nullptr) throw_no_entry();
  TransactionState& transaction = *state_->transaction;
  if (generation_ != transaction.generation.load(std::memory_order_relaxed)) {
    throw TransactionEnded("a cursor was used after its transaction ended: take one from a transaction that is open");
  }
  if (transaction.process != lmdb::process_generation()) transaction.environment.throw_used_after_fork();
  if (transaction.child != nullptr) {
    throw Error(
        ErrorCode::invalid_argument,
        "a cursor was used while another transaction is nested in its own: commit or roll back the nested one first");
  }
  if (state_->absent) return false;
  transaction.open_handle(*state_);
  value_in(key_) = to_value(key);
  const int code =
      mdb_cursor_get(state_->handle, &value_in(key_), &value_in(value_), static_cast<MDB_cursor_op>(operation));
  if (code == MDB_NOTFOUND) return false;
  if (code != 0) transaction.fail(code, "read");
  position_ = transaction.epoch;
  return true;
}

bool Lmdb::Cursor::first() { return move(MDB_FIRST, {}); }
bool Lmdb::Cursor::last() { return move(MDB_LAST, {}); }
bool Lmdb::Cursor::seek(Bytes key) { return key.empty() ? first() : move(MDB_SET_RANGE, key); }

bool Lmdb::Cursor::find(Bytes key) {
  if (key.empty()) {
    position_ = 0;
    return false;
  }
  return move(MDB_SET_KEY, key);
}

bool Lmdb::Cursor::step(int operation) {
  if (state_ == nullptr || position_ != state_->transaction->epoch) [[unlikely]]
    throw_no_entry();
  const int code =
      mdb_cursor_get(state_->handle, &value_in(key_), &value_in(value_), static_cast<MDB_cursor_op>(operation));
  if (code == 0) [[likely]]
    return true;
  position_ = 0;
  if (code == MDB_NOTFOUND) return false;
  state_->transaction->fail(code, "read");
}

bool Lmdb::Cursor::next() { return step(MDB_NEXT); }
bool Lmdb::Cursor::prev() { return step(MDB_PREV); }

}  // namespace netabase::engine
