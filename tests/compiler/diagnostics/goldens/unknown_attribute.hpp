#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondry_key]] std::string email;
  [[netabase::foreign_key(User)]] std::uint64_t friend_id = 0;
};

}  // namespace blog
