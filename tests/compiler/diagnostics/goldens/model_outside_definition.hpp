#include <cstdint>

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

namespace [[netabase::definition(BlogDefinition)]] blog {

struct [[netabase::model]] Post {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace blog
