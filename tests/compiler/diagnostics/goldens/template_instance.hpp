#include <cstdint>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

template <class T>
struct Box {
  T value{};
};

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  Box<std::int32_t> box;
};

}  // namespace blog
