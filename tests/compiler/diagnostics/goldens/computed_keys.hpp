#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] Post {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
  [[netabase::secondary_key]] std::string lower_name() const { return name; }
};

}  // namespace blog
