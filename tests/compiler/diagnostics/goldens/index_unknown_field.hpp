#include <cstdint>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model, netabase::index(by_author, autor_id, desc(created)), netabase::index(by_size, size)]] Post {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::uint64_t author_id = 0;
  std::int64_t created = 0;
};

}  // namespace blog
