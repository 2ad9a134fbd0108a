#include <cstdint>
#include <string>

#include "does_not_exist.hpp"

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
};

}  // namespace blog
