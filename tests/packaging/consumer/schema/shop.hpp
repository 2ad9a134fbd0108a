#pragma once

/// \file
/// The consumer's schema. It reads correctly only with the definitions and folders of add_netabase_schema()'s call.

#include <cstdint>
#include <string>
#include <string_view>

#include "currency.hpp"
#include "weight.hpp"

#ifndef SHOP_OPEN
#error "COMPILE_DEFINITIONS gives SHOP_OPEN"
#endif
static_assert(std::string_view(SHOP_NAME) == "Tom's \"best\" shop");

namespace [[netabase::definition(ShopDefinition)]] shop {

struct [[netabase::model]] Item {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::string name;
  Weight weight = 0;
  Currency currency = Currency::euro;
};

}  // namespace shop
