#include "netabase/detail/key_list.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace netabase::detail {

namespace {

/// By their heads alone, by a radix sort over the bytes in which those differ. Allocates as much as `keys` takes.
void sort_heads(std::vector<SortedKey>& keys) {
  if (keys.empty()) return;
  std::uint64_t differing = 0;
  for (const SortedKey& key : keys) differing |= key.head ^ keys.front().head;
  std::vector<SortedKey> sorted(differing == 0 ? 0 : keys.size());
  // From the last byte to the first: each pass keeps the order that those before it made.
  for (unsigned shift = 0; shift < 64; shift += 8) {
    if ((differing >> shift & 0xff) == 0) continue;
    std::array<std::size_t, 257> places{};
    for (const SortedKey& key : keys) ++places[(key.head >> shift & 0xff) + 1];
    for (std::size_t byte = 1; byte < 256; ++byte) places[byte] += places[byte - 1];
    for (const SortedKey& key : keys) sorted[places[key.head >> shift & 0xff]++] = key;
    keys.swap(sorted);
  }
}

/// From so many keys on a radix sort of their heads pays.
constexpr std::size_t least_to_distribute = 256;

}  // namespace

void KeyList::sort() {
  const auto less = [this](const SortedKey& a, const SortedKey& b) { return order(a, b) < 0; };
  if (std::is_sorted(keys_.begin(), keys_.end(), less)) return;
  if (keys_.size() < least_to_distribute) {
    std::sort(keys_.begin(), keys_.end(), less);
    return;
  }
  sort_heads(keys_);
  for (auto run = keys_.begin(); run != keys_.end();) {
    const auto end = std::find_if(run + 1, keys_.end(), [&](const SortedKey& key) { return key.head != run->head; });
    if (end - run > 1) std::sort(run, end, less);
    run = end;
  }
}

}  // namespace netabase::detail
