#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct Point {
  std::int32_t x = 0;
  bool operator==(const Point&) const = default;
};

struct PointHash {
  std::size_t operator()(const Point& point) const { return static_cast<std::size_t>(point.x); }
};

struct NoCase {
  bool operator()(const std::string& a, const std::string& b) const { return a.size() < b.size(); }
};

template <class T>
struct Pool : std::allocator<T> {
  template <class U>
  struct rebind {
    using other = Pool<U>;
  };
};

}  // namespace blog

template <>
struct std::hash<blog::Point> : blog::PointHash {};

namespace blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::map<std::string, bool, NoCase> other_order;
  std::map<std::string, bool, std::greater<std::string>> descending;
  std::map<std::string, bool, std::less<std::string>, Pool<std::pair<const std::string, bool>>> pooled;
  std::unordered_map<Point, bool, PointHash> hashed;
  std::unordered_map<std::string, bool, std::hash<std::string>, std::equal_to<>> compared;
  std::map<Point, bool> unordered_points;
  std::unordered_map<Point, bool> points;
  std::vector<std::unordered_map<std::int32_t*, bool>> pointers;
  std::pair<const std::int32_t, bool> constant{};
  std::pair<std::int32_t&, bool> reference;
  std::tuple<> nothing;
  std::variant<std::string> single;
  std::variant<std::monostate, std::unique_ptr<Point>> owner;
  std::vector<std::monostate> states;
  std::pair<std::string, std::monostate> half;
  std::multimap<std::string, bool> many;
};

}  // namespace blog
