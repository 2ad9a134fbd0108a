#include <cstdint>

namespace blog [[netabase::definition(BlogDefinition)]] {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace blog
