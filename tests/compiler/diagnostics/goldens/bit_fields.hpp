#include <cstdint>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  unsigned flags : 3;
  unsigned : 5;
  bool visible : 1;
};

}  // namespace blog
