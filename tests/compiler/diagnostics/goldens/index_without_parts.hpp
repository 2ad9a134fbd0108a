#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model, netabase::index(name), netabase::index(by_name, unique), netabase::index, netabase::index()]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
};

}  // namespace blog
