#include <cstdint>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

union Number {
  [[netabase::secondary_key]] int i;
};

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;

};

}  // namespace blog
