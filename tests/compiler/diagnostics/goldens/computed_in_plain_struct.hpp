#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct Address {
  std::string zip;
  [[netabase::secondary_key]] std::string region() const { return zip.substr(0, 2); }
};

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  Address address;
};

}  // namespace blog
