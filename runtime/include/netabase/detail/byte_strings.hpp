#pragma once

/// \file
/// Short-lived lists of keys.

#include <cstddef>
#include <vector>

#include "netabase/bytes.hpp"

namespace netabase::detail {

/// A list of byte strings, each with a flag of the caller's, in one allocation that is kept for the next use.
class ByteStrings {
 public:
  struct Item {
    std::size_t begin = 0;
    std::size_t size = 0;
    bool flag = false;
  };

  void clear() {
    bytes_.clear();
    items_.clear();
  }
  void add(Bytes bytes, bool flag) {
    items_.push_back({bytes_.size(), bytes.size(), flag});
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }
  std::size_t size() const { return items_.size(); }
  Bytes operator[](std::size_t i) const { return at(items_[i]); }
  bool flag(std::size_t i) const { return items_[i].flag; }
  Bytes at(const Item& item) const { return {bytes_.data() + item.begin, item.size}; }

  /// In memcmp order, each once.
  void sort_unique() {
    if (items_.size() >= 2) sort_several();
  }

 private:
  void sort_several();

  std::vector<std::byte> bytes_;
  std::vector<Item> items_;
};

}  // namespace netabase::detail
