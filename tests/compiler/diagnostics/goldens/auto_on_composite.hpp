#include <cstdint>

namespace [[netabase::definition(BlogDefinition)]] blog {

struct [[netabase::model]] Line {
  [[netabase::primary_key]] std::uint64_t order = 0;
  [[netabase::primary_key(auto)]] std::uint32_t number = 0;
};

}  // namespace blog
