#pragma once

/// \file
/// The blog's data: the only source of truth. netabase-gen reads it; it includes nothing of netabase's. Functions are
/// the program's own business: only what is declared as data is stored.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string username;
  [[netabase::secondary_key(unique)]] std::string email;
  [[netabase::secondary_key]] std::optional<std::string> city;  // absent: no index entry

  friend bool operator==(const User&, const User&) = default;
};

struct [[netabase::model, netabase::index(by_author_date, author_id, desc(created))]] Post {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::uint64_t author_id = 0;
  std::int64_t created = 0;  // seconds since 1970, UTC
  std::string title;
  [[netabase::secondary_key]] std::vector<std::string> tags;  // one entry per element

  friend bool operator==(const Post&, const Post&) = default;
};

}  // namespace blog
