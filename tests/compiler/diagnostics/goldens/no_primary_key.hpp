#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition)]] blog {

struct [[netabase::model]] User {
  std::uint64_t id = 0;
  std::string name;
};

}  // namespace blog
