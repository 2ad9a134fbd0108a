#include <cstdint>
#include <optional>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  const std::int32_t limit = 1;
  volatile std::int32_t level = 0;
  std::optional<const std::int32_t> maybe;
  mutable std::int32_t fine = 0;
  static inline std::int32_t also_fine = 0;
};

}  // namespace blog
