#include "netabase/check.hpp"

namespace netabase::detail {

std::string describe_key(Bytes key) {
  constexpr char digits[] = "0123456789abcdef";
  constexpr std::size_t shown = 32;
  std::string text = "x'";
  for (const std::byte byte : key.first(key.size() < shown ? key.size() : shown)) {
    text += digits[std::to_integer<unsigned>(byte) >> 4];
    text += digits[std::to_integer<unsigned>(byte) & 15];
  }
  return text + (key.size() > shown ? "…'" : "'");
}

}  // namespace netabase::detail
