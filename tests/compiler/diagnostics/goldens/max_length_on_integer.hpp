#include <array>
#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key(max_length = 8)]] std::uint64_t number = 0;
  [[netabase::secondary_key(max_length = 16)]] std::array<std::uint8_t, 16> hash{};
  [[netabase::secondary_key(max_length = 200)]] std::string fine;
};

}  // namespace blog
