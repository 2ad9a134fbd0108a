#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(BlogDefinition)]] blog {

struct Point {
  double x = 0;
};

struct [[netabase::model]] A {
  [[netabase::primary_key]] std::vector<std::string> id;
};

struct [[netabase::model]] B {
  [[netabase::primary_key]] std::optional<std::uint64_t> id;
};

struct [[netabase::model]] C {
  [[netabase::primary_key]] Point id;
};

struct [[netabase::model]] Fine {
  [[netabase::primary_key]] std::array<std::uint8_t, 16> id{};
};

}  // namespace blog
