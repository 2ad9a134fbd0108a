// gen: -Iparts
#include <with_error.hpp>

#include <cstdint>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  Address address;
};

}  // namespace blog
