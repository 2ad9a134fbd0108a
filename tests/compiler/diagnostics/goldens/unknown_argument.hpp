#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key(uniqe)]] std::string email;
  [[netabase::secondary_key(sorted)]] std::string city;
  [[netabase::skip(always)]] std::string cache;
};

}  // namespace blog
