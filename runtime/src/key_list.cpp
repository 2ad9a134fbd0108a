#include "netabase/detail/key_list.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace netabase::detail {

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

}  // namespace netabase::detail
