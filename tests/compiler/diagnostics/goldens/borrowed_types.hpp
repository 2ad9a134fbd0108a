#include <cstdint>
#include <span>
#include <string_view>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string_view name;
  std::span<const int> numbers;
};

}  // namespace blog
