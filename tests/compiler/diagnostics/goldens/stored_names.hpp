#include <cstdint>

namespace [[netabase::definition(BlogDefinition)]] blog {

struct [[netabase::model("users")]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

struct [[netabase::model("users")]] Member {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

struct [[netabase::model("netabase")]] Meta {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

struct [[netabase::model("blog.posts")]] Post {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

struct [[netabase::model("")]] Tag {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace blog
