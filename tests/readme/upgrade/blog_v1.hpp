#pragma once

#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog_v1 {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string username;
  std::string born;  // "1990-05-01"
};

struct [[netabase::model]] Post {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string tags;  // "cats, dogs"
};

}  // namespace blog_v1
