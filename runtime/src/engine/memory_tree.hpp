#pragma once

/// \file
/// The ordered tree of the memory engine: height-balanced (AVL), its nodes shared between versions.
///
/// A node with one reference belongs to the tree it was reached in, if all nodes above it do, and is changed in place;
/// any other is copied first. So the first write after a snapshot copies a path, and the writes after it do not.
/// Freeing recurs no deeper than the tree is high.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "netabase/bytes.hpp"

namespace netabase::engine::memory {

/// A key and a value in one allocation: [Entry][value][key]. Unchanged once other versions can see it.
struct Entry {
  std::atomic<std::uint32_t> references{1};
  std::uint32_t key_size = 0;
  std::uint64_t value_size = 0;

  /// With the key filled in and the value still to be written. Throws std::bad_alloc.
  static Entry* make(Bytes key, std::size_t value_size);
  /// Bytes that an entry of these sizes takes, its node included.
  static std::uint64_t footprint(std::size_t key_size, std::size_t value_size) noexcept;

  std::byte* space() noexcept { return reinterpret_cast<std::byte*>(this + 1); }
  Bytes value() const noexcept { return {reinterpret_cast<const std::byte*>(this + 1), value_size}; }
  Bytes key() const noexcept { return {reinterpret_cast<const std::byte*>(this + 1) + value_size, key_size}; }
};
static_assert(sizeof(Entry) % 8 == 0, "values are 8-aligned");

struct Node {
  std::atomic<std::uint32_t> references{1};
  std::int32_t height = 1;
  Node* left = nullptr;    // owned, one reference
  Node* right = nullptr;   // owned, one reference
  Entry* entry = nullptr;  // owned, one reference
};

/// One version of a table. Copying is a reference; a copy may be read and destroyed in another thread.
class Tree {
 public:
  Tree() = default;
  Tree(const Tree& other) noexcept;
  Tree(Tree&& other) noexcept
      : root_(std::exchange(other.root_, nullptr)),
        count_(std::exchange(other.count_, 0)),
        bytes_(std::exchange(other.bytes_, 0)) {}
  Tree& operator=(Tree other) noexcept {
    std::swap(root_, other.root_);
    std::swap(count_, other.count_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~Tree();

  const Node* root() const noexcept { return root_; }
  std::uint64_t count() const noexcept { return count_; }
  std::uint64_t bytes() const noexcept { return bytes_; }  ///< what its entries and nodes take, shared ones included

  const Entry* find(Bytes key) const noexcept;
  /// The greatest entry, or null.
  const Entry* greatest() const noexcept;
  /// Puts a new entry for `key`, in place of one that is there, and returns it. After std::bad_alloc the tree is in
  /// order but may or may not have the entry.
  Entry* put(Bytes key, std::size_t value_size);
  /// False when there is none. After std::bad_alloc as put().
  bool erase(Bytes key);

 private:
  Node* root_ = nullptr;
  std::uint64_t count_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace netabase::engine::memory
