#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace [[netabase::definition(ShopDefinition)]] shop {

struct [[netabase::model]] Item {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

struct [[netabase::model]] Note {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace shop
