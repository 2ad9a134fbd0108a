#include <cstdint>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct Nothing {};

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  Nothing nothing;
};

}  // namespace blog
