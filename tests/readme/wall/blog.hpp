#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// clang-format off

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
  [[netabase::secondary_key]] std::uint8_t age = 0;
  [[netabase::secondary_key]] std::string city;
  std::vector<std::string> tags;
};

struct [[netabase::model]] Post {
  [[netabase::primary_key(auto)]] std::uint64_t id = 0;
  [[netabase::link(User)]] std::uint64_t author_id = 0;                                      // restrict
  [[netabase::link(Post, on_delete = cascade)]] std::optional<std::uint64_t> reply_to;
  [[netabase::link(User, on_delete = set_null)]] std::vector<std::uint64_t> mentions;
};

}  // namespace blog
