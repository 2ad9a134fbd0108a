#include <cstdint>

namespace [[netabase::definition(BlogDefinition)]] blog {

struct [[netabase::model(users)]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

struct [[netabase::model("posts", 2)]] Post {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

struct [[netabase::model(7)]] Tag {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace blog
