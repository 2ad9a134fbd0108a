#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::skip, netabase::secondary_key]] std::string cache;
  [[netabase::skip, netabase::renamed_from("old")]] std::string other;
};

}  // namespace blog
