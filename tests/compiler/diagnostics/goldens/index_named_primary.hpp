#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model, netabase::index(primary, name)]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
};

}  // namespace blog
