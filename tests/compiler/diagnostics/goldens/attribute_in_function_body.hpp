#include <cstdint>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

inline int next() {
  [[netabase::primary_key]] int value = 0;
  struct [[netabase::model]] Local {};
  return value;
}

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;

};

}  // namespace blog
