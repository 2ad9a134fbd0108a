#include <cstdint>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct Base {
  std::int64_t created = 0;
};

struct [[netabase::model]] User : Base {
  [[netabase::primary_key]] std::uint64_t id = 0;

};

}  // namespace blog
