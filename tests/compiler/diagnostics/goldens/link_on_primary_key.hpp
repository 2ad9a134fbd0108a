#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

struct [[netabase::model]] Node {
  [[netabase::primary_key, netabase::link(Node)]] std::uint64_t id = 0;
};

struct [[netabase::model]] Profile {
  [[netabase::primary_key(auto), netabase::link(User)]] std::uint64_t user_id = 0;
};

}  // namespace blog
