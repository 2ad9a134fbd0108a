#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct Address {
  std::string zip;
};

struct [[netabase::model, netabase::index(by_a, address.), netabase::index(by_b, address..zip),
         netabase::index(by_c, address->zip), netabase::index(by_d, desc(address.zip, id)),
         netabase::index(by.e, id)]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  Address address;
};

}  // namespace blog
