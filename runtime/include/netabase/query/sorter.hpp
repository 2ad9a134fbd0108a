#pragma once

/// \file
/// Puts a query's records in an order that no index gives.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "netabase/bytes.hpp"

namespace netabase::query {

/// Keeps the first `keep` of what is added, in memcmp order of the sort keys, which are all different. Holds copies of
/// sort keys and borrows the rest: about 100 bytes for each record that is kept.
class Sorter {
 public:
  struct Entry {
    std::string sort_key;
    Bytes record_key;
    Bytes record;
  };

  explicit Sorter(std::uint64_t keep) : keep_(keep) {}

  void add(Bytes sort_key, Bytes record_key, Bytes record);
  /// No more will be added: entries() is in order from now on.
  void finish();
  const std::vector<Entry>& entries() const noexcept { return entries_; }

 private:
  std::uint64_t keep_;
  std::vector<Entry> entries_;  ///< a heap with the greatest in front once `keep_` are there
};

}  // namespace netabase::query
