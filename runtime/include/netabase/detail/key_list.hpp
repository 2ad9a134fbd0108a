#pragma once

/// \file
/// Many stored keys at once, to be put into the order of their table.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "netabase/bytes.hpp"

namespace netabase::detail {

/// Byte strings sorted by their order, compared by their first eight bytes before anything else.
struct SortedKey {
  std::uint64_t head = 0;  ///< the first eight bytes, big-endian, zero-padded
  std::size_t begin = 0;   ///< in the arena
  std::uint16_t size = 0;  ///< at most engine::max_key_size
  bool has_value = false;  ///< an index entry that carries its record's primary key as its value
  std::uint32_t operation = 0;

  static std::uint64_t head_of(Bytes bytes) {
    std::uint64_t head = 0;
    if (bytes.size() >= sizeof(head)) [[likely]] {
      std::memcpy(&head, bytes.data(), sizeof(head));
    } else if (!bytes.empty()) {
      std::memcpy(&head, bytes.data(), bytes.size());
    }
    return __builtin_bswap64(head);
  }
};

/// Keys of one table, in one allocation.
class KeyList {
 public:
  void add(Bytes bytes, std::uint32_t operation, bool has_value = false) {
    keys_.push_back(
        {SortedKey::head_of(bytes), arena_.size(), static_cast<std::uint16_t>(bytes.size()), has_value, operation});
    arena_.insert(arena_.end(), bytes.begin(), bytes.end());
  }
  void reserve(std::size_t keys, std::size_t bytes) {
    keys_.reserve(keys);
    arena_.reserve(bytes);
  }
  /// By bytes, then by operation.
  void sort();
  /// Of equal keys only the last operation. The list must be sorted.
  void keep_last() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      if (i + 1 < keys_.size() && compare((*this)[i], (*this)[i + 1]) == 0) continue;
      keys_[kept++] = keys_[i];
    }
    keys_.resize(kept);
  }
  std::size_t size() const { return keys_.size(); }
  Bytes operator[](std::size_t i) const { return {arena_.data() + keys_[i].begin, keys_[i].size}; }
  std::uint32_t operation(std::size_t i) const { return keys_[i].operation; }
  bool has_value(std::size_t i) const { return keys_[i].has_value; }

  /// Whether the sorted list has `bytes`.
  bool contains(Bytes bytes) const { return find(bytes) != size(); }
  /// Where the sorted list has `bytes`; size() when it has not.
  std::size_t find(Bytes bytes) const { return find(bytes, size()); }
  /// The same in its first `count` keys, which are sorted; `count` when they have not.
  std::size_t find(Bytes bytes, std::size_t count) const {
    const auto end = keys_.begin() + static_cast<std::ptrdiff_t>(count);
    const auto at = std::lower_bound(keys_.begin(), end, bytes, [this](const SortedKey& key, Bytes wanted) {
      return compare({arena_.data() + key.begin, key.size}, wanted) < 0;
    });
    const bool found = at != end && compare({arena_.data() + at->begin, at->size}, bytes) == 0;
    return found ? static_cast<std::size_t>(at - keys_.begin()) : count;
  }

 private:
  int order(const SortedKey& a, const SortedKey& b) const {
    if (a.head != b.head) return a.head < b.head ? -1 : 1;
    const int bytes = compare({arena_.data() + a.begin, a.size}, {arena_.data() + b.begin, b.size});
    return bytes != 0 ? bytes : a.operation < b.operation ? -1 : a.operation > b.operation ? 1 : 0;
  }

  std::vector<std::byte> arena_;
  std::vector<SortedKey> keys_;
};

}  // namespace netabase::detail
