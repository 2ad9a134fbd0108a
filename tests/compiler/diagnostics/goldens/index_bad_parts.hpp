#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model, netabase::index(by_a, asc(name)), netabase::index(by_b, lower(name)), netabase::index(by_c, "name"),
                netabase::index(by_d, desc(name, id)), netabase::index("by_e", name), netabase::index(class, name)]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
};

}  // namespace blog
