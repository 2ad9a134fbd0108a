#include <cstdint>

namespace [[netabase::definition(BlogDefinition)]] blog {

struct User {
  std::uint64_t id = 0;
};

}  // namespace blog
