#include "netabase/detail/store_check.hpp"
#include "netabase/engine/lmdb.hpp"
#include "netabase/engine/memory.hpp"

namespace netabase::detail {

template CheckReport check_store<Lmdb>(const CheckedDefinition&, Lmdb&, const Lmdb::ReadTransaction&,
                                       const std::vector<engine::Table>&);
template CheckReport check_store<Memory>(const CheckedDefinition&, Memory&, const Memory::ReadTransaction&,
                                         const std::vector<engine::Table>&);

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
