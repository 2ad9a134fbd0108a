#include <cstdint>

[[netabase::definition(BlogDefinition)]] namespace blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace blog
