#pragma once

// clang-format off
// schema/blog.hpp: the only source of truth. It includes nothing of netabase, only <cstdint>, <optional>, <string>.

#include <cstdint>
#include <optional>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string username;
  [[netabase::secondary_key(unique)]] std::string email;
  [[netabase::secondary_key]] std::optional<std::string> city;  // absent: no index entry
};

}  // namespace blog
