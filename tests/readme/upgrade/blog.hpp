#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string username;
  [[netabase::secondary_key]] std::uint16_t born = 0;
};

struct [[netabase::model]] Post {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::vector<std::string> tags;
};

}  // namespace blog
