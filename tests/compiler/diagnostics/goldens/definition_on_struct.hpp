#include <cstdint>

struct [[netabase::definition(BlogDefinition)]] Blog {
  std::uint64_t id = 0;
};

namespace [[netabase::definition(ShopDefinition)]] shop {

struct [[netabase::model]] Item {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace shop
