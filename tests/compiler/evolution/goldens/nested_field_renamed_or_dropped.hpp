#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace [[netabase::definition(ShopDefinition)]] shop {

struct Box {
  std::int32_t depth = 0;
};

struct [[netabase::model]] Item {
  [[netabase::primary_key]] std::uint64_t id = 0;
  Box box;
};

}  // namespace shop
