#include <cstdint>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::int32_t _ = 0;
  std::int32_t _1 = 0;
  std::int32_t größe = 0;
};

}  // namespace blog
