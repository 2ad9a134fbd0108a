#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::array<std::int32_t, 3> a{};
  std::set<std::string> b;
  std::map<std::string, std::int32_t> c;
  std::unordered_map<std::string, std::int32_t> d;
  std::pair<std::int32_t, bool> e;
  std::tuple<std::int32_t, bool> f;
  std::variant<std::int32_t, std::string> g;
  std::chrono::system_clock::time_point h;
  std::chrono::milliseconds i{};
  __int128 j = 0;
  std::filesystem::path k;
  std::vector<std::set<std::int32_t>> l;
};

}  // namespace blog
