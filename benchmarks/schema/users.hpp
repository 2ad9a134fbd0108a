// The user workload: a unique index, one that is not, and one over an optional field.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace [[netabase::definition(UsersDefinition, UsersKeys)]] users {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string username;
  [[netabase::secondary_key(unique)]] std::string email;
  [[netabase::secondary_key]] std::uint32_t age = 0;
  [[netabase::secondary_key]] std::optional<std::string> city;
};

}  // namespace users
