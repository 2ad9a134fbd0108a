#include "netabase/query/sorter.hpp"

#include <algorithm>

namespace netabase::query {

namespace {
bool comes_before(const Sorter::Entry& a, const Sorter::Entry& b) { return a.sort_key < b.sort_key; }
}  // namespace

void Sorter::add(Bytes sort_key, Bytes record_key, Bytes record) {
  if (keep_ == 0) return;
  if (entries_.size() < keep_) {
    entries_.push_back({std::string(as_text(sort_key)), record_key, record});
    if (entries_.size() == keep_) std::make_heap(entries_.begin(), entries_.end(), comes_before);
    return;
  }
  if (as_text(sort_key) >= entries_.front().sort_key) return;
  std::pop_heap(entries_.begin(), entries_.end(), comes_before);
  entries_.back().sort_key.assign(as_text(sort_key));
  entries_.back().record_key = record_key;
  entries_.back().record = record;
  std::push_heap(entries_.begin(), entries_.end(), comes_before);
}

void Sorter::finish() {
  if (keep_ != 0 && entries_.size() == keep_) {
    std::sort_heap(entries_.begin(), entries_.end(), comes_before);
  } else {
    std::sort(entries_.begin(), entries_.end(), comes_before);
  }
}

}  // namespace netabase::query
