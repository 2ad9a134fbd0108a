#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace [[netabase::definition(ShopDefinition)]] shop {

struct [[netabase::model("articles")]] Item {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
};

}  // namespace shop
