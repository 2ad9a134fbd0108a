#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

int next();
std::string name();

struct Address {
  std::int32_t number = 0;
};

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::int32_t a = next();
  std::string b = std::string(3, 'x');
  std::string c = name();
  std::vector<std::int32_t> d{1, 2};
  Address e{.number = 3};
  std::optional<std::int32_t> f = 5;
  std::vector<std::uint8_t> g = {1, 2, 3};
  [[netabase::skip]] std::int32_t fine = next();
};

}  // namespace blog
