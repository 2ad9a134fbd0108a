#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace [[netabase::definition(ShopDefinition)]] shop {

struct Item {
  std::string name;
};

struct [[netabase::model("Item")]] Note {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string text;
  Item item;
};

}  // namespace shop
