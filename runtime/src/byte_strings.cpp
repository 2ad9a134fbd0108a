#include "netabase/detail/byte_strings.hpp"

#include <algorithm>

namespace netabase::detail {

void ByteStrings::sort_several() {
  std::sort(items_.begin(), items_.end(), [this](const Item& a, const Item& b) { return compare(at(a), at(b)) < 0; });
  items_.erase(std::unique(items_.begin(), items_.end(),
                           [this](const Item& a, const Item& b) { return compare(at(a), at(b)) == 0; }),
               items_.end());
}

}  // namespace netabase::detail
