#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <unordered_set>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct Mark {
  std::int32_t weight = 0;
  auto operator<=>(const Mark&) const = default;
};

struct [[netabase::model, netabase::index(by_tags, tags, age)]] User {
  [[netabase::primary_key]] std::set<std::string> tags;
  [[netabase::secondary_key]] std::set<Mark> marks;
  [[netabase::secondary_key]] std::array<std::array<std::int32_t, 2>, 2> grid{};
  [[netabase::secondary_key]] std::set<std::set<std::int32_t>> sets;
  [[netabase::secondary_key(max_length = 5)]] std::chrono::seconds age{};
  [[netabase::secondary_key(max_length = 5)]] std::filesystem::path place;
};

struct [[netabase::model]] Ticket {
  [[netabase::primary_key(auto)]] unsigned __int128 number = 0;
};

struct [[netabase::model]] Visit {
  [[netabase::primary_key(auto)]] std::chrono::sys_seconds at;
};

}  // namespace blog
