#pragma once

/// \file
/// The benchmarks' records: the same for both sides, made from a fixed seed.

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "accounts.netabase.hpp"
#include "netabase/config.hpp"
#include "pair.hpp"

namespace bench {

using AccountStore = netabase::Store<accounts::AccountsDefinition>;

/// Not synced, as the raw side is not: what is measured is the work, not the medium.
inline AccountStore open_store(const std::string& name) {
  netabase::Config config;
  config.path = std::string(folder()) + "/" + name;
  config.truncate = true;
  config.durability = netabase::Durability::none;
  return AccountStore::open(config);
}

inline accounts::Account make_account(std::uint64_t i) {
  accounts::Account account;
  account.id = i;
  account.username = std::string("user number ").append(std::to_string(i));
  account.email = std::string("user").append(std::to_string(i * 7919 % 1000003)).append("@example.com");
  account.city = i % 3 == 0 ? "Paris" : "Rome";
  account.age = static_cast<std::uint32_t>(i % 90);
  return account;
}

inline std::vector<accounts::Account> make_accounts(std::uint64_t count, bool shuffled) {
  std::vector<accounts::Account> accounts;
  accounts.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) accounts.push_back(make_account(i + 1));
  if (shuffled) std::shuffle(accounts.begin(), accounts.end(), std::mt19937_64(42));
  return accounts;
}

inline std::vector<std::uint64_t> make_ids(std::uint64_t count) {
  std::vector<std::uint64_t> ids(count);
  for (std::uint64_t i = 0; i < count; ++i) ids[i] = i + 1;
  std::shuffle(ids.begin(), ids.end(), std::mt19937_64(43));
  return ids;
}

}  // namespace bench
