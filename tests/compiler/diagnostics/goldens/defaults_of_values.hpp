#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

using namespace std::chrono_literals;

std::chrono::seconds wait();
inline std::chrono::seconds changing{5};
extern const std::string home;

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::chrono::seconds a = wait();
  std::chrono::seconds b = changing;
  std::chrono::milliseconds c = std::chrono::milliseconds::max();
  std::chrono::sys_seconds d = std::chrono::sys_days{std::chrono::days{1}} + 1h;
  __int128 e = 5;
  unsigned __int128 f = ~static_cast<unsigned __int128>(0);
  std::filesystem::path g = home;
  std::filesystem::path h = L"wide";
  std::array<std::int32_t, 2> i{1, 2};
  std::set<std::int32_t> j = {1, 2};
  std::chrono::milliseconds fine = 5s;
  __int128 fine_zero = 0;
};

}  // namespace blog
