#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <ctime>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::tm when{};
  std::div_t ratio{};
  std::memory_order order{};
  std::byte one{};
};

}  // namespace blog
