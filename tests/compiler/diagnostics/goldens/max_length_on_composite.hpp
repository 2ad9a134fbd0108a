#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition)]] blog {

struct [[netabase::model]] Line {
  [[netabase::primary_key(max_length = 20)]] std::string order;
  [[netabase::primary_key]] std::uint32_t number = 0;
};

}  // namespace blog
