#pragma once
#include <cstdint>

namespace [[netabase::definition(ShopDefinition)]] shop {

struct [[netabase::model]] Item {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace shop
