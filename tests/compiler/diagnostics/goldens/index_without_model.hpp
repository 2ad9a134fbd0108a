#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition)]] blog {

struct [[netabase::index(by_name, name)]] User {
  std::string name;
};

struct [[netabase::model]] Post {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace blog
