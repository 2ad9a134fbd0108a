/// \file
/// The memory engine's cursor: a path through a tree.

#include <algorithm>
#include <utility>

#include "engine/memory_state.hpp"
#include "netabase/error.hpp"

namespace netabase::engine {

Memory::Cursor::Cursor(Cursor&& other) noexcept
    : state_(std::exchange(other.state_, nullptr)),
      table_(other.table_),
      depth_(other.depth_),
      position_(std::exchange(other.position_, 0)),
      key_(other.key_),
      value_(other.value_) {
  std::copy_n(other.path_.begin(), depth_, path_.begin());
}

Memory::Cursor& Memory::Cursor::operator=(Cursor&& other) noexcept {
  if (this != &other) {
    state_ = std::exchange(other.state_, nullptr);
    table_ = other.table_;
    depth_ = other.depth_;
    position_ = std::exchange(other.position_, 0);
    key_ = other.key_;
    value_ = other.value_;
    std::copy_n(other.path_.begin(), depth_, path_.begin());
  }
  return *this;
}

/// Before a new positioning: there is no entry, and the path is empty.
void Memory::Cursor::restart() {
  depth_ = 0;
  position_ = 0;
  if (state_ == nullptr || state_->ended) {
    throw TransactionEnded(
        "a cursor was used after its transaction ended, or after it was moved from: take one from a transaction that "
        "is open");
  }
  if (state_->child != nullptr) {
    throw Error(
        ErrorCode::invalid_argument,
        "a cursor was used while another transaction is nested in its own: commit or roll back the nested one first");
  }
}

/// Goes down from `node` to the least, or greatest, entry below it.
void Memory::Cursor::descend(const memory::Node* node, bool to_last) noexcept {
  for (; node != nullptr; node = to_last ? node->right : node->left) path_[depth_++] = node;
}

/// Makes the path's end the current entry; false when the path is empty.
bool Memory::Cursor::arrive() noexcept {
  if (depth_ == 0) {
    position_ = 0;
    return false;
  }
  const memory::Entry& entry = *path_[depth_ - 1]->entry;
  key_ = entry.key();
  value_ = entry.value();
  position_ = state_->epoch;
  return true;
}

bool Memory::Cursor::first() {
  restart();
  if (const memory::Tree* const tree = state_->tree(table_)) descend(tree->root(), false);
  return arrive();
}

bool Memory::Cursor::last() {
  restart();
  if (const memory::Tree* const tree = state_->tree(table_)) descend(tree->root(), true);
  return arrive();
}

bool Memory::Cursor::seek(Bytes key) {
  restart();
  std::size_t found = 0;  // depth of the least entry so far that is not less than `key`
  const memory::Tree* const tree = state_->tree(table_);
  for (const memory::Node* node = tree == nullptr ? nullptr : tree->root(); node != nullptr;) {
    path_[depth_++] = node;
    const int order = compare(key, node->entry->key());
    if (order <= 0) found = depth_;
    if (order == 0) break;
    node = order < 0 ? node->left : node->right;
  }
  depth_ = found;
  return arrive();
}

bool Memory::Cursor::find(Bytes key) {
  if (seek(key) && compare(key_, key) == 0) return true;
  position_ = 0;
  return false;
}

bool Memory::Cursor::step(bool forward) {
  if (state_ == nullptr || position_ != state_->epoch) {
    throw Error(
        ErrorCode::invalid_argument,
        "a cursor was moved on from no entry: it was never positioned, found nothing, or its transaction wrote or "
        "ended since; position it first");
  }
  const memory::Node* const here = path_[depth_ - 1];
  if (const memory::Node* const below = forward ? here->right : here->left) {
    descend(below, !forward);
    return arrive();
  }
  // Up, until we come from the side that lies before the node above.
  const memory::Node* from = path_[--depth_];
  while (depth_ > 0 && from == (forward ? path_[depth_ - 1]->right : path_[depth_ - 1]->left)) from = path_[--depth_];
  return arrive();
}

bool Memory::Cursor::next() { return step(true); }
bool Memory::Cursor::prev() { return step(false); }

}  // namespace netabase::engine
