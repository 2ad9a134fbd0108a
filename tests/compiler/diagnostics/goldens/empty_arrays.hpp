#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::array<std::int32_t, 0> a;
  std::array<std::uint8_t, 0> b;
  std::vector<std::array<std::string, 0>> c;
};

}  // namespace blog
