#include <cstdint>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

enum class Empty {};
enum class Later : std::int32_t;
enum class Wide : char16_t { a };

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  Empty empty{};
  Later later{};
  Wide wide{};
};

}  // namespace blog
