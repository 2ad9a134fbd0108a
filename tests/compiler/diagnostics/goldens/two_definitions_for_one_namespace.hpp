#include <cstdint>

namespace [[netabase::definition(BlogDefinition)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace blog

namespace [[netabase::definition(OtherDefinition)]] blog {

struct [[netabase::model]] Post {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace blog
