#pragma once

/// \file
/// A small blog: one plain primary key, a unique and a sparse index, one entry per element, a descending composite.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string username;
  [[netabase::secondary_key(unique)]] std::string email;
  [[netabase::secondary_key]] std::optional<std::string> city;

  friend bool operator==(const User&, const User&) = default;
};

struct [[netabase::model, netabase::index(by_author_date, author_id, desc(created))]] Post {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::uint64_t author_id = 0;
  std::int64_t created = 0;
  std::string title;
  [[netabase::secondary_key]] std::vector<std::string> tags;

  friend bool operator==(const Post&, const Post&) = default;
};

}  // namespace blog
