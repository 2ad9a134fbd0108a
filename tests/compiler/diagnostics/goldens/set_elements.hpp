#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct Point {
  std::int32_t x = 0;
  bool operator==(const Point&) const = default;
};
struct Ordered {
  std::int32_t x = 0;
  auto operator<=>(const Ordered&) const = default;
};
struct Friendly {
  std::int32_t x = 0;
  friend bool operator<(const Friendly& a, const Friendly& b) { return a.x < b.x; }
};
struct Beside {
  std::int32_t x = 0;
};
inline bool operator<(const Beside& a, const Beside& b) { return a.x < b.x; }

}  // namespace blog

template <>
struct std::hash<blog::Point> {
  std::size_t operator()(const blog::Point& point) const { return static_cast<std::size_t>(point.x); }
};

namespace blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::set<Point> a;
  std::vector<std::set<std::vector<Point>>> b;
  std::unordered_set<Point> c;
  std::unordered_set<std::vector<bool>> d;
  std::set<Ordered> fine;
  std::set<Friendly> fine_friend;
  std::set<Beside> fine_beside;
  std::unordered_set<std::optional<std::string>> fine_optional;
};

}  // namespace blog
