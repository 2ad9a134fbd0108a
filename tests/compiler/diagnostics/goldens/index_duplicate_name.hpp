#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model, netabase::index(name, city), netabase::index(by_city, city), netabase::index(by_city, city, name)]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::string name;
  std::string city;
};

}  // namespace blog
