#include <cstdint>

namespace [[netabase::definition(BlogDefinition)]] blog {

[[netabase::model]] struct User {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace blog
