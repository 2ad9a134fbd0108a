#pragma once

/// \file
/// The users of the user, readers, scale and memory workloads.

#include <string>

#include "table.hpp"
#include "users.netabase.hpp"

namespace suite {

/// User number i of `count`, under this id. Every age is that of 100, every third has no city, a city has some 67 of
/// 100,000. The other `generation` has other values in every index.
inline users::User make_user(std::uint64_t i, std::uint64_t id, std::uint64_t count, int generation = 0) {
  users::User user;
  user.id = id;
  user.username = "user number " + std::to_string(i);
  user.email =
      (generation == 0 ? "user" : "new") + std::to_string(mix(i) % 1000000) + "." + std::to_string(i) + "@example.com";
  const std::uint64_t ages = std::max<std::uint64_t>(count / 100, 10);
  user.age = static_cast<std::uint32_t>(i * 7919 % ages + (generation == 0 ? 0 : ages));
  if (i % 3 != 0) user.city = (generation == 0 ? "city " : "town ") + std::to_string(mix(i) % 1000);
  return user;
}

enum class Order { sequential, shuffled, random };

/// Random ids have 63 bits, since SQLite's numbers have a sign.
inline std::uint64_t user_id(std::uint64_t i, Order order) { return order == Order::random ? mix(i) >> 1 : i + 1; }

inline std::vector<users::User> make_users(std::uint64_t count, Order order, int generation = 0) {
  std::vector<users::User> users;
  users.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) users.push_back(make_user(i, user_id(i, order), count, generation));
  return order == Order::shuffled ? shuffled(std::move(users)) : users;
}

/// Users `first` to `end` of `count`, under random ids.
inline std::vector<users::User> make_users_between(std::uint64_t first, std::uint64_t end, std::uint64_t count) {
  std::vector<users::User> users;
  users.reserve(end - first);
  for (std::uint64_t i = first; i < end; ++i) users.push_back(make_user(i, user_id(i, Order::random), count));
  return users;
}

}  // namespace suite
