#include <cstdint>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

int next([[netabase::primary_key]] int value);

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;

};

}  // namespace blog
