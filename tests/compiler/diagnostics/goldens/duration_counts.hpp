#include <chrono>
#include <cstdint>
#include <ratio>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::chrono::duration<bool> a{};
  std::chrono::duration<char> b{};
  std::chrono::duration<long double> c{};
  std::chrono::duration<__int128, std::milli> d{};
  std::chrono::sys_time<std::chrono::duration<wchar_t>> e{};
  std::chrono::duration<std::uint8_t, std::milli> fine{};
};

}  // namespace blog
