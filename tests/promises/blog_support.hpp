#pragma once

/// \file
/// Users and posts for the tests on the blog schema.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "blog.netabase.hpp"
#include "promises/support.hpp"

namespace promises {

template <class Engine>
using BlogStore = netabase::Store<blog::BlogDefinition, Engine>;

inline blog::User user(std::uint64_t id, std::optional<std::string> city = {}) {
  blog::User out;
  out.id = id;
  out.username = "user" + std::to_string(id);
  out.email = out.username + "@example.com";
  out.city = std::move(city);
  return out;
}

inline blog::User user_with_email(std::uint64_t id, std::string email) {
  blog::User out = user(id);
  out.email = std::move(email);
  return out;
}

inline blog::Post post(std::uint64_t id, std::uint64_t author, std::int64_t created = 0,
                       std::vector<std::string> tags = {}) {
  blog::Post out;
  out.id = id;
  out.author_id = author;
  out.created = created;
  out.title = "title " + std::to_string(id);
  out.tags = std::move(tags);
  return out;
}

/// Stores the users in a transaction of their own.
template <class Store>
void store_users(const Store& store, const std::vector<blog::User>& users) {
  store.with_write_transaction([&](auto& txn) { txn.template open_tree<blog::User>().put_many(users); });
}

/// The ids of the users that the index `city` gives for a city.
template <class Tree>
Ids in_city(const Tree& users, const std::string& city) {
  return ids(users.template by<&blog::User::city>().equal(city));
}

}  // namespace promises
