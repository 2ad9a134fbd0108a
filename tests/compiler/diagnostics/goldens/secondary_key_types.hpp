#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct Point {
  double x = 0;
};

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] Point place;
  [[netabase::secondary_key]] std::vector<std::vector<std::string>> words;
  [[netabase::secondary_key]] std::vector<std::optional<std::string>> names;
};

}  // namespace blog
