#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model, netabase::index(by_name, name, city, desc(name))]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
  std::string city;
};

}  // namespace blog
