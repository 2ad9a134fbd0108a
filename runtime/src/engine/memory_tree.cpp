#include "engine/memory_tree.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <new>

namespace netabase::engine::memory {

namespace {

void release(Entry* entry) noexcept {
  if (entry->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  entry->~Entry();
  ::operator delete(entry);
}

void release(Node* node) noexcept {
  while (node != nullptr && node->references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    release(node->left);
    release(node->entry);
    delete std::exchange(node, node->right);
  }
}

template <class Shared>
Shared* share(Shared* shared) noexcept {
  if (shared != nullptr) shared->references.fetch_add(1, std::memory_order_relaxed);
  return shared;
}

/// Makes the node in `slot` one that may be changed; the slot itself must be.
void own(Node*& slot) {
  if (slot->references.load(std::memory_order_acquire) == 1) return;
  Node* const copy = new Node;
  copy->height = slot->height;
  copy->left = share(slot->left);
  copy->right = share(slot->right);
  copy->entry = share(slot->entry);
  release(std::exchange(slot, copy));
}

int height(const Node* node) noexcept { return node == nullptr ? 0 : node->height; }

void update_height(Node& node) noexcept { node.height = 1 + std::max(height(node.left), height(node.right)); }

/// Lifts the child on one side above the node in `slot`. Both are owned.
void rotate(Node*& slot, Node* Node::*lifted_side, Node* Node::*other_side) noexcept {
  Node* const lowered = slot;
  Node* const lifted = lowered->*lifted_side;
  lowered->*lifted_side = lifted->*other_side;
  lifted->*other_side = lowered;
  slot = lifted;
  update_height(*lowered);
  update_height(*lifted);
}

void balance_side(Node*& slot, Node* Node::*high, Node* Node::*low) {
  Node*& child = slot->*high;
  own(child);
  if (height(child->*low) > height(child->*high)) {
    own(child->*low);
    rotate(child, low, high);
  }
  rotate(slot, high, low);
}

/// Restores the balance of an owned node, one of whose subtrees grew or shrank by one.
void balance(Node*& slot) {
  update_height(*slot);
  const int lean = height(slot->left) - height(slot->right);
  if (lean > 1) balance_side(slot, &Node::left, &Node::right);
  if (lean < -1) balance_side(slot, &Node::right, &Node::left);
}

/// Puts `entry` and returns the one it replaced, or null. Takes the reference over when it returns.
Entry* put_entry(Node*& slot, Entry* entry) {
  if (slot == nullptr) {
    slot = new Node;
    slot->entry = entry;
    return nullptr;
  }
  own(slot);
  const int order = compare(entry->key(), slot->entry->key());
  if (order == 0) return std::exchange(slot->entry, entry);
  Entry* const replaced = put_entry(order < 0 ? slot->left : slot->right, entry);
  // Every node that turns here was owned on the way down, so nothing can fail any more.
  if (replaced == nullptr) balance(slot);
  return replaced;
}

/// Takes the least entry out of a tree that has one.
Entry* take_least(Node*& slot) {
  own(slot);
  if (slot->left == nullptr) {
    Node* const gone = slot;
    slot = gone->right;
    Entry* const entry = gone->entry;
    delete gone;
    return entry;
  }
  Entry* const entry = take_least(slot->left);
  try {
    balance(slot);
  } catch (...) {
    release(entry);
    throw;
  }
  return entry;
}

/// Takes the entry of `key` out; it is there.
Entry* take(Node*& slot, Bytes key) {
  own(slot);
  const int order = compare(key, slot->entry->key());
  Entry* taken = nullptr;
  if (order != 0) {
    taken = take(order < 0 ? slot->left : slot->right, key);
  } else if (slot->left == nullptr || slot->right == nullptr) {
    Node* const gone = slot;
    slot = gone->left != nullptr ? gone->left : gone->right;
    taken = gone->entry;
    delete gone;
    return taken;
  } else {
    taken = std::exchange(slot->entry, take_least(slot->right));
  }
  try {
    balance(slot);
  } catch (...) {
    release(taken);
    throw;
  }
  return taken;
}

}  // namespace

Entry* Entry::make(Bytes key, std::size_t value_size) {
  if (value_size > std::numeric_limits<std::size_t>::max() / 2) throw std::bad_alloc();
  void* const memory = ::operator new(sizeof(Entry) + value_size + key.size());
  auto* const entry = new (memory) Entry;
  entry->key_size = static_cast<std::uint32_t>(key.size());
  entry->value_size = value_size;
  if (!key.empty()) std::memcpy(entry->space() + value_size, key.data(), key.size());
  return entry;
}

std::uint64_t Entry::footprint(std::size_t key_size, std::size_t value_size) noexcept {
  return sizeof(Node) + sizeof(Entry) + key_size + value_size;
}

Tree::Tree(const Tree& other) noexcept : root_(share(other.root_)), count_(other.count_), bytes_(other.bytes_) {}

Tree::~Tree() { release(root_); }

const Entry* Tree::find(Bytes key) const noexcept {
  for (const Node* node = root_; node != nullptr;) {
    const int order = compare(key, node->entry->key());
    if (order == 0) return node->entry;
    node = order < 0 ? node->left : node->right;
  }
  return nullptr;
}

const Entry* Tree::greatest() const noexcept {
  const Node* node = root_;
  while (node != nullptr && node->right != nullptr) node = node->right;
  return node == nullptr ? nullptr : node->entry;
}

Entry* Tree::put(Bytes key, std::size_t value_size) {
  Entry* const entry = Entry::make(key, value_size);
  Entry* replaced = nullptr;
  try {
    replaced = put_entry(root_, entry);
  } catch (...) {
    release(entry);
    throw;
  }
  if (replaced == nullptr) {
    ++count_;
  } else {
    bytes_ -= Entry::footprint(replaced->key_size, replaced->value_size);
    release(replaced);
  }
  bytes_ += Entry::footprint(key.size(), value_size);
  return entry;
}

bool Tree::erase(Bytes key) {
  if (find(key) == nullptr) return false;
  Entry* const taken = take(root_, key);
  --count_;
  bytes_ -= Entry::footprint(taken->key_size, taken->value_size);
  release(taken);
  return true;
}

}  // namespace netabase::engine::memory
