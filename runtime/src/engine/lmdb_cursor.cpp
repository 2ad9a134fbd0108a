/// \file
/// Lmdb's cursor. In a snapshot a key is sought in the pages (lmdb_lookup.hpp), and steps are made in the leaf page
/// itself (lmdb_leaf.hpp), where that can be done; LMDB goes from page to page, and does all of it in write
/// transactions.

#include <cstddef>
#include <utility>

#include "engine/lmdb_environment.hpp"
#include "engine/lmdb_lookup.hpp"
#include "engine/lmdb_state.hpp"
#include "netabase/engine/lmdb.hpp"
#include "netabase/engine/lmdb_leaf.hpp"

namespace netabase::engine {

using lmdb::CursorState;
using lmdb::LeafPage;
using lmdb::to_value;
using lmdb::TransactionState;

namespace {

/// A walk of so many entries from where it was positioned is worth finding out where in its page it is, which costs
/// some ten nanoseconds; shorter ones, such as the look-up of a key with few entries, are not.
constexpr std::uint16_t steps_to_a_walk = 4;

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
    : state_(state),
      clock_(&*state->transaction->clock),
      generation_(clock_->generation.load(std::memory_order_relaxed)) {}

Lmdb::Cursor::Cursor(Cursor&& other) noexcept
    : state_(std::exchange(other.state_, nullptr)),
      clock_(other.clock_),
      generation_(other.generation_),
      position_(std::exchange(other.position_, 0)),
      place_(std::exchange(other.place_, {})),
      key_(other.key_),
      value_(other.value_) {}

Lmdb::Cursor& Lmdb::Cursor::operator=(Cursor&& other) noexcept {
  if (this != &other) {
    give_back();
    state_ = std::exchange(other.state_, nullptr);
    clock_ = other.clock_;
    generation_ = other.generation_;
    position_ = std::exchange(other.position_, 0);
    place_ = std::exchange(other.place_, {});
    key_ = other.key_;
    value_ = other.value_;
  }
  return *this;
}

Lmdb::Cursor::~Cursor() { give_back(); }

void Lmdb::Cursor::give_back() noexcept {
  // After the end of its transaction the state serves another one, or is gone.
  if (state_ != nullptr && generation_ == clock_->generation.load(std::memory_order_relaxed)) {
    state_->transaction->give_back(state_);
  }
  state_ = nullptr;
}

/// Takes the current entry away, and throws when there can be no other.
TransactionState& Lmdb::Cursor::begin_move() {
  position_ = 0;
  place_ = {};
  if (state_ == nullptr || generation_ != clock_->generation.load(std::memory_order_relaxed)) {
    throw TransactionEnded(
        "a cursor was used after its transaction ended, or after it was moved from: take one from a transaction that "
        "is open");
  }
  TransactionState& transaction = *state_->transaction;
  if (transaction.process != lmdb::process_generation()) transaction.environment.throw_used_after_fork();
  if (transaction.child != nullptr) {
    throw Error(
        ErrorCode::invalid_argument,
        "a cursor was used while another transaction is nested in its own: commit or roll back the nested one first");
  }
  return transaction;
}

bool Lmdb::Cursor::move(int operation, Bytes key) {
  TransactionState& transaction = begin_move();
  if (state_->absent) return false;
  transaction.open_handle(*state_);
  value_in(key_) = to_value(key);
  const int code =
      mdb_cursor_get(state_->handle, &value_in(key_), &value_in(value_), static_cast<MDB_cursor_op>(operation));
  if (code == MDB_NOTFOUND) return false;
  if (code != 0) transaction.fail(code, "read");
  position_ = clock_->now();
  return true;
}

/// To the first entry whose key is `key` or greater, without LMDB; false, and no entry is the current one, when it has
/// to be asked.
bool Lmdb::Cursor::seek_in_pages(Bytes key) {
  TransactionState& transaction = begin_move();
  if (state_->leaf_size == 0 || state_->absent) return false;
  const lmdb::Tree* const tree = transaction.readable_tree(Table{state_->table});
  lmdb::Entry found;
  if (tree == nullptr || !lmdb::seek(*tree, key, found)) return false;
  set_place(found.page, found.index, found.count);
  position_ = clock_->now();
  if (read_place(found.index)) [[likely]]
    return true;
  position_ = 0;
  place_ = {};
  return false;
}

bool Lmdb::Cursor::first() { return move(MDB_FIRST, {}) && enter_page(false); }
bool Lmdb::Cursor::last() { return move(MDB_LAST, {}) && enter_page(true); }

bool Lmdb::Cursor::seek(Bytes key) {
  if (key.empty()) return first();
  return seek_in_pages(key) || move(MDB_SET_RANGE, key);
}

bool Lmdb::Cursor::find(Bytes key) {
  if (key.empty()) {
    position_ = 0;
    return false;
  }
  return move(MDB_SET_KEY, key);
}

/// After LMDB reached the first entry of a page, or the last. Always true.
bool Lmdb::Cursor::enter_page(bool at_end) noexcept {
  if (state_->leaf_size == 0) return true;
  const LeafPage page(key_.bytes().data(), state_->leaf_size);
  page.prefetch();
  const std::uint32_t count = page.count();
  const std::uint32_t index = at_end && count != 0 ? count - 1 : 0;
  set_place(page.begin(), index, page.is_at(index, key_.bytes().data()) ? count : 0);
  return true;
}

/// After LMDB stepped here from the entry whose key is at `before`.
void Lmdb::Cursor::find_place(const std::byte* before, bool forward) noexcept {
  const LeafPage page(key_.bytes().data(), state_->leaf_size);
  if (LeafPage(before, state_->leaf_size).begin() != page.begin()) {
    enter_page(!forward);
  } else if (place_.count != 0) {  // the page was left to LMDB for this entry alone
    set_place(page.begin(), forward ? place_.index + 1 : place_.index - 1, place_.count);
  } else if (++place_.steps >= steps_to_a_walk) {
    const std::uint32_t count = page.count();
    const std::uint32_t index = page.find(key_.bytes().data(), count);
    set_place(page.begin(), index, index < count ? count : 0);
  }
}

/// The current entry is number `index` of the `count` of `page`, and LMDB's cursor is there as well, unless it is read
/// from there.
void Lmdb::Cursor::set_place(const std::byte* page, std::uint32_t index, std::uint32_t count) noexcept {
  place_ = {.page = page, .page_size = state_->leaf_size, .index = index, .count = count};
}

/// To the next entry or the one before, from whatever LMDB's cursor stands at.
bool Lmdb::Cursor::step(bool forward) {
  if (position_ != clock_->now()) [[unlikely]]
    throw_no_entry();
  MDB_cursor* const handle = state_->handle;
  if (place_.count != 0 && !place_.lmdb_is_here) {
    const int code = mdb_cursor_get(handle, &value_in(key_), &value_in(value_), MDB_SET_KEY);
    if (code != 0) state_->transaction->fail(code == MDB_NOTFOUND ? MDB_CORRUPTED : code, "read");
    place_.lmdb_is_here = true;
  }
  const std::byte* const before = key_.bytes().data();
  const int code = mdb_cursor_get(handle, &value_in(key_), &value_in(value_), forward ? MDB_NEXT : MDB_PREV);
  if (code == 0) [[likely]] {
    if (state_->leaf_size != 0) find_place(before, forward);
    return true;
  }
  position_ = 0;
  place_ = {};
  if (code == MDB_NOTFOUND) return false;
  state_->transaction->fail(code, "read");
}

}  // namespace netabase::engine
