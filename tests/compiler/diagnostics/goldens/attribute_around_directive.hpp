#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model,
#ifdef FAST
         netabase::index(by_name, name),
#endif
         ]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
};

}  // namespace blog
