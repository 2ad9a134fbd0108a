/// \file
/// Promise: check() finds every contradiction between records and indexes, and never sees one that is not there. (That
/// it has no false alarm is shown by every other test as well: they all end with it.)

#include <cstring>
#include <functional>

#include "places.netabase.hpp"
#include "promises/blog_support.hpp"
#include "promises/watched_engine.hpp"

using namespace promises;

namespace {

using Owned = std::vector<std::byte>;

Owned copy(netabase::Bytes bytes) { return {bytes.begin(), bytes.end()}; }

/// Key and value of the `number`-th entry of a table.
template <class Transaction>
std::pair<Owned, Owned> entry(const Transaction& txn, netabase::engine::Table table, int number = 0) {
  auto cursor = txn.cursor(table);
  REQUIRE(cursor.first());
  for (; number > 0; --number) REQUIRE(cursor.next());
  return {copy(cursor.key()), copy(cursor.value())};
}

template <class Transaction>
void put(Transaction& txn, netabase::engine::Table table, const Owned& key, const Owned& value) {
  netabase::engine::put(txn, table, key, value.size(), netabase::engine::PutMode::upsert, [&](std::byte* space) {
    if (!value.empty()) std::memcpy(space, value.data(), value.size());
  });
}

}  // namespace

ON_BOTH_ENGINES("check counts what it looked at") {
  const auto store = BlogStore<Engine>::temp();
  CHECK(store.check().ok());
  CHECK(store.check().records == 0);
  store_users(store, {user(1, "Paris"), user(2), user(3, "Rome")});
  store.quick_put(post(1, 1, 2, {"a", "b"}));
  const netabase::CheckReport report = store.check();
  CHECK(report.ok());
  CHECK(report.records == 4);
  CHECK(report.entries == 3 + 2 + 1 + 2 + 1);
  CHECK_FALSE(report.truncated);
}

ON_BOTH_ENGINES("check finds each way in which records and indexes can contradict each other") {
  using W = Watched<Engine>;
  using Transaction = typename Engine::WriteTransaction;
  struct Fault {
    const char* name;
    const char* table;
    std::function<void(Transaction&, netabase::engine::Table)> make;
    const char* expected;
  };
  const std::vector<Fault> faults{
      {"a missing entry of a unique index", "User.email",
       [](auto& txn, auto table) { txn.erase(table, entry(txn, table, 1).first); }, "User.email"},
      {"a missing entry of a sparse index", "User.city",
       [](auto& txn, auto table) { txn.erase(table, entry(txn, table).first); }, "User.city"},
      {"a missing entry of one element", "Post.tags",
       [](auto& txn, auto table) { txn.erase(table, entry(txn, table, 1).first); }, "Post.tags"},
      {"an empty index", "Post.by_author_date", [](auto& txn, auto table) { txn.clear(table); }, "Post.by_author_date"},
      {"a missing record", "User", [](auto& txn, auto table) { txn.erase(table, entry(txn, table, 1).first); },
       "User.email"},
      {"a unique entry of no record", "User.email",
       [](auto& txn, auto table) {
         auto [key, value] = entry(txn, table);
         key[0] = std::byte{'z'};
         put(txn, table, key, value);
       },
       "User.email"},
      {"a unique entry that names another record", "User.email",
       [](auto& txn, auto table) { put(txn, table, entry(txn, table, 0).first, entry(txn, table, 1).second); },
       "User.email"},
      {"a unique entry that names a record that is not there", "User.email",
       [](auto& txn, auto table) {
         auto [key, value] = entry(txn, table);
         value[7] = std::byte{99};
         put(txn, table, key, value);
       },
       "User.email"},
      {"a unique entry without a value", "User.email",
       [](auto& txn, auto table) { put(txn, table, entry(txn, table).first, {}); }, "User.email"},
      {"an entry under another key", "User.city",
       [](auto& txn, auto table) {
         auto [key, value] = entry(txn, table);
         key[0] = std::byte{'z'};
         put(txn, table, key, value);
       },
       "User.city"},
      {"an entry of a record that is not there", "User.city",
       [](auto& txn, auto table) {
         auto [key, value] = entry(txn, table);
         key.back() = std::byte{99};
         put(txn, table, key, value);
       },
       "User.city"},
      {"an entry that is too short", "User.city", [](auto& txn, auto table) { put(txn, table, {std::byte{1}}, {}); },
       "User.city"},
      {"an entry with a value that belongs to none", "User.city",
       [](auto& txn, auto table) {
         auto [key, value] = entry(txn, table);
         put(txn, table, key, {key.end() - 8, key.end()});
       },
       "User.city"},
      {"a record under another key", "User",
       [](auto& txn, auto table) {
         auto [key, value] = entry(txn, table);
         key.back() = std::byte{99};
         put(txn, table, key, value);
       },
       "User"},
      {"a changed byte in a record", "User",
       [](auto& txn, auto table) {
         auto [key, value] = entry(txn, table);
         value.back() = value.back() ^ std::byte{1};
         put(txn, table, key, value);
       },
       "checksum"},
      {"a record that was cut off", "Post",
       [](auto& txn, auto table) {
         auto [key, value] = entry(txn, table);
         value.resize(value.size() - 8);
         put(txn, table, key, value);
       },
       "Post"},
      {"an empty record", "Post", [](auto& txn, auto table) { put(txn, table, entry(txn, table).first, {}); }, "Post"},
  };
  for (const Fault& fault : faults) {
    CAPTURE(fault.name);
    const auto store = netabase::Store<blog::BlogDefinition, W>::temp();
    store_users(store, {user(1, "Paris"), user(2, "Rome"), user(3)});
    store.quick_put(post(1, 1, 2, {"a", "b"}));
    store.quick_put(post(2, 1, 3));
    REQUIRE(store.check().ok());
    W::behind_its_back(fault.table, fault.make);
    const netabase::CheckReport report = store.check();
    CHECK_FALSE(report.ok());
    if (!report.ok()) CHECK(report.problems.front().find(fault.expected) != std::string::npos);
  }
}

ON_BOTH_ENGINES("check finds contradictions of long keys") {
  using W = Watched<Engine>;
  const auto change_a_hash = [](auto& txn, auto table) {
    auto [key, value] = entry(txn, table);
    txn.erase(table, key);
    key.back() = key.back() ^ std::byte{1};
    put(txn, table, key, value);
  };
  const auto change_values_over = [](auto& txn, auto table) {
    const auto one = entry(txn, table, 0);
    const auto other = entry(txn, table, 1);
    put(txn, table, one.first, other.second);
    put(txn, table, other.first, one.second);
  };
  for (const char* table :
       {"Place", "Place.slug", "Place.name", "Place.labels", "Place.region", "Place.by_region_name"}) {
    for (const bool hash : {false, true}) {
      CAPTURE(table);
      CAPTURE(hash);
      const auto store = netabase::Store<places::PlacesDefinition, W>::temp();
      for (int number = 0; number < 3; ++number) {
        places::Place place;
        place.path = std::string(600, 'p') + std::to_string(number);
        place.slug = place.path;
        place.name = place.path;
        place.labels = {place.path, "short"};
        place.region = place.path;
        store.quick_put(place);
      }
      REQUIRE(store.check().ok());
      if (hash) {
        W::behind_its_back(table, change_a_hash);
      } else {
        W::behind_its_back(table, change_values_over);
      }
      CHECK_FALSE(store.check().ok());
    }
  }
}

ON_BOTH_ENGINES("a report ends at its limit and says so") {
  using W = Watched<Engine>;
  const auto store = netabase::Store<blog::BlogDefinition, W>::temp();
  std::vector<blog::User> many;
  for (std::uint64_t id = 1; id <= 300; ++id) many.push_back(user(id));
  store_users(store, many);
  W::behind_its_back("User.email", [](auto& txn, auto table) { txn.clear(table); });
  const netabase::CheckReport report = store.check();
  CHECK(report.problems.size() == netabase::CheckReport::max_problems);
  CHECK(report.truncated);
  CHECK(report.records == 300);
}

ON_BOTH_ENGINES("an index entry without its record is reported to who follows it") {
  using W = Watched<Engine>;
  const auto store = netabase::Store<blog::BlogDefinition, W>::temp();
  store_users(store, {user(1, "Paris"), user(2, "Paris")});
  W::behind_its_back("User", [](auto& txn, auto table) { txn.erase(table, entry(txn, table).first); });
  auto txn = store.begin_read();
  const auto users = txn.template open_tree<blog::User>();
  CHECK_THROWS_AS(users.template by<&blog::User::email>().find("user1@example.com"), netabase::Corrupt);
  CHECK_THROWS_AS(in_city(users, "Paris"), netabase::Corrupt);
  CHECK(users.get(2) == user(2, "Paris"));
}
