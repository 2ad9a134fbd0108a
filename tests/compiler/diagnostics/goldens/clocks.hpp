#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct OwnClock {
  using duration = std::chrono::seconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<OwnClock>;
  static constexpr bool is_steady = false;
};

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::chrono::steady_clock::time_point a;
  std::filesystem::file_time_type b;
  std::chrono::local_seconds c;
  OwnClock::time_point d;
  std::vector<std::optional<std::chrono::steady_clock::time_point>> e;
  std::chrono::year_month_day f;
};

}  // namespace blog
