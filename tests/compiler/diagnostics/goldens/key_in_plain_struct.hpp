#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct Address {
  [[netabase::secondary_key]] std::string city;
};

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  Address address;
};

}  // namespace blog
