#include <cstdint>

namespace [[netabase::definition(BlogDefinition)]] blog {

class Outer {
  struct [[netabase::model]] Inner {
    [[netabase::primary_key]] std::uint64_t id = 0;
  };
};

}  // namespace blog
