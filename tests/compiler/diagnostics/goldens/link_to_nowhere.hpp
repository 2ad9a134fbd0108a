#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

struct [[netabase::model]] Post {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::link(Usr)]] std::uint64_t author_id = 0;
  [[netabase::link(Category)]] std::uint64_t category_id = 0;
};

}  // namespace blog
