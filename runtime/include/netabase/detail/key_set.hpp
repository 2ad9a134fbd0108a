#pragma once

/// \file
/// Encoded keys, each once, in the order they came in.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "netabase/bytes.hpp"
#include "netabase/error.hpp"

namespace netabase::detail {

/// Memory: the keys' bytes and 16 to 24 more for each; a hash table of positions over one allocation of bytes.
class KeySet {
 public:
  /// Whether `key` is new. It is copied.
  bool insert(Bytes key) {
    if (ends_.size() + 1 > slots_.size() / 2) grow();
    std::uint32_t& slot = slots_[place(key)];
    if (slot != 0) return false;
    if (ends_.size() == UINT32_MAX - 1) {
      throw Error(ErrorCode::invalid_argument, "a removal takes at most 4294967294 records of a model: split it");
    }
    bytes_.insert(bytes_.end(), key.begin(), key.end());
    ends_.push_back(bytes_.size());
    slot = static_cast<std::uint32_t>(ends_.size());
    return true;
  }

  bool contains(Bytes key) const { return !slots_.empty() && slots_[place(key)] != 0; }

  std::size_t size() const { return ends_.size(); }
  /// Valid until the next insert().
  Bytes operator[](std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return {bytes_.data() + begin, ends_[i] - begin};
  }

 private:
  /// Where the key is, or the empty slot where it would be. At least half of the slots are empty.
  std::size_t place(Bytes key) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = std::hash<std::string_view>{}(as_text(key)) & mask;
    while (slots_[at] != 0 && compare((*this)[slots_[at] - 1], key) != 0) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    slots_.assign(slots_.empty() ? 16 : slots_.size() * 2, 0);
    for (std::size_t i = 0; i < ends_.size(); ++i) slots_[place((*this)[i])] = static_cast<std::uint32_t>(i + 1);
  }

  std::vector<std::byte> bytes_;
  std::vector<std::size_t> ends_;     ///< in bytes_, of each key
  std::vector<std::uint32_t> slots_;  ///< a power of two; 0: empty, else a key's number from 1
};

}  // namespace netabase::detail
