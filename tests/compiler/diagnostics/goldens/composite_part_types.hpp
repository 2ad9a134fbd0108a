#include <cstdint>
#include <string>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct Point {
  double x = 0;
};

struct [[netabase::model, netabase::index(by_tag, tags, name), netabase::index(by_place, name, place)]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::vector<std::string> tags;
  std::string name;
  Point place;
};

}  // namespace blog
