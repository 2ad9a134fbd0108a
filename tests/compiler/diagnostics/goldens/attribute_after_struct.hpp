#include <cstdint>

namespace [[netabase::definition(BlogDefinition)]] blog {

struct User {
  [[netabase::primary_key]] std::uint64_t id = 0;
} [[netabase::model]];

}  // namespace blog
