#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct Point {
  std::int32_t x = 0;
  auto operator<=>(const Point&) const = default;
};

struct [[netabase::model, netabase::index(by_labels, labels, id), netabase::index(by_place, place, id)]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::pair<std::string, std::string> name;
  [[netabase::secondary_key]] std::tuple<std::int32_t, bool> level;
  [[netabase::secondary_key(unique)]] std::variant<std::int32_t, std::string> either;
  [[netabase::secondary_key]] std::map<Point, std::string> by_point;
  [[netabase::secondary_key(max_length = 20)]] std::map<std::int32_t, std::string> by_number;
  std::map<std::string, std::string> labels;
  std::pair<double, double> place;
};

struct [[netabase::model]] Post {
  [[netabase::primary_key]] std::pair<std::uint64_t, std::uint64_t> id;
};

struct [[netabase::model]] Draft {
  [[netabase::primary_key]] std::variant<std::uint64_t, std::string> id;
};

}  // namespace blog
