#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::map<std::string, std::int32_t> c;
  std::unordered_map<std::string, std::int32_t> d;
  std::pair<std::int32_t, bool> e;
  std::tuple<std::int32_t, bool> f;
  std::variant<std::int32_t, std::string> g;
  std::vector<std::map<std::int32_t, bool>> l;
};

}  // namespace blog
