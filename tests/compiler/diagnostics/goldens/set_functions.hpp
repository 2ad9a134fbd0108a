#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <memory_resource>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct ByLength {
  bool operator()(const std::string& a, const std::string& b) const { return a.size() < b.size(); }
};
struct LengthHash {
  std::size_t operator()(const std::string& text) const { return text.size(); }
};
struct SameLength {
  bool operator()(const std::string& a, const std::string& b) const { return a.size() == b.size(); }
};

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::set<std::int32_t, std::greater<>> a;
  std::set<std::string, ByLength> b;
  std::pmr::set<std::int32_t> c;
  std::unordered_set<std::string, LengthHash> d;
  std::unordered_set<std::string, std::hash<std::string>, SameLength> e;
  std::pmr::unordered_set<std::int32_t> f;
  std::vector<std::set<std::int32_t, std::greater<std::int32_t>>> g;
  std::set<std::string, std::less<>> fine;
  std::unordered_set<std::string, std::hash<std::string>, std::equal_to<>> fine_too;
};

}  // namespace blog
