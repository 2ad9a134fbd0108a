// What the benchmarks store: a record of three short texts and a number, with one unique index.
#pragma once

#include <cstdint>
#include <string>

namespace [[netabase::definition(AccountsDefinition, AccountsKeys)]] accounts {

struct [[netabase::model]] Account {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string username;
  [[netabase::secondary_key(unique)]] std::string email;
  std::string city;
  std::uint32_t age = 0;
};

}  // namespace accounts
