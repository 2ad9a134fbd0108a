#include <cstdint>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct Address {
  Address() = delete;
  explicit Address(std::int32_t number);
  std::int32_t number;
};

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  Address address{1};
  explicit User(std::uint64_t number);
};

}  // namespace blog
