#include <cstdint>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  int numbers[4] = {};
  char name[16] = {};
  unsigned char hash[16] = {};
};

}  // namespace blog
