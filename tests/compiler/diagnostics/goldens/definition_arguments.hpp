#include <cstdint>

namespace [[netabase::definition(BlogDefinition, BlogKeys, blog)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace blog

namespace [[netabase::definition("ShopDefinition", default)]] shop {

struct [[netabase::model]] Item {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace shop
