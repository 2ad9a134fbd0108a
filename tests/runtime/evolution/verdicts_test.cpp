/// \file
/// A store of one version opened as the next one, for each kind of difference that concerns what is stored: what
/// netabase-gen calls safe is there, and what it says needs a migration does, and works with one.

#include "netabase/migration.hpp"
#include "runtime/evolution/support.hpp"
#include "verdicts_v1.netabase.hpp"
#include "verdicts_v2.netabase.hpp"

using namespace evolution_test;
using netabase::Migration;

namespace {

using Before = netabase::Store<verdicts_v1::VerdictsDefinition>;
using Now = netabase::Store<verdicts_v2::VerdictsDefinition>;
namespace v1 = verdicts_v1;
namespace v2 = verdicts_v2;

v1::Follower follower(std::uint64_t id) {
  v1::Follower out;
  out.id = id;
  out.name = "name " + std::to_string(id);
  out.price = static_cast<std::int32_t>(id);
  if (id % 2 == 0) {
    out.either = static_cast<std::int32_t>(id);
  } else {
    out.either = std::to_string(id);
  }
  out.many = {std::to_string(id), 3, "x"};
  out.pairs = {{1, {"one", true}}, {2, {std::to_string(id), false}}};
  out.row = {static_cast<std::int32_t>(id), "row"};
  out.tags = {"a", "b", std::to_string(id)};
  out.kind = v1::Kind::fancy;
  out.box = {static_cast<std::int32_t>(id), "red"};
  out.rank = static_cast<std::int32_t>(id) - 5;
  return out;
}

/// `same_emails`: two records that a unique index cannot both have.
void write(const std::string& path, bool same_emails) {
  const auto store = Before::open(path);
  auto txn = store.begin_write();
  auto followers = txn.open_tree<v1::Follower>();
  auto unique = txn.open_tree<v1::Unique>();
  for (std::uint64_t id = 1; id <= 10; ++id) {
    followers.put(follower(id));
    unique.put({.id = id, .email = same_emails ? std::to_string(id / 2) : std::to_string(id)});
  }
  txn.open_tree<v1::Retyped>().put({.id = 1, .count = 42, .last = "last"});
  txn.open_tree<v1::Renamed>().put({.id = 1, .age = 42});
  txn.open_tree<v1::Moved>().put({.id = 1, .city = "Lyon"});
  auto required = txn.open_tree<v1::Required>();
  required.put({.id = 1, .weight = 7});
  required.put({.id = 2, .weight = std::nullopt});
  txn.open_tree<v1::Swapped>().put({.id = 1, .either = "text"});
  txn.open_tree<v1::Renumbered>().put({.id = 1, .size = v1::Size::large});
  auto rekeyed = txn.open_tree<v1::Rekeyed>();
  rekeyed.put({.id = 1, .code = "z"});
  rekeyed.put({.id = 2, .code = "a"});
  txn.commit();
}

netabase::Config migrating(const std::string& path) {
  netabase::Config config = at(path);
  config.migrations = {
      Migration<v1::Retyped, v2::Retyped>([](const v1::Retyped& old) {
        return v2::Retyped{.id = old.id, .count = std::to_string(old.count), .last = old.last};
      }),
      Migration<v1::Renamed, v2::Renamed>(
          [](const v1::Renamed& old) { return v2::Renamed{.id = old.id, .years = std::to_string(old.age)}; }),
      Migration<v1::Moved, v2::Moved>(
          [](const v1::Moved& old) { return v2::Moved{.id = old.id, .address = {.city = old.city}}; }),
      Migration<v1::Required, v2::Required>(
          [](const v1::Required& old) { return v2::Required{.id = old.id, .weight = old.weight.value_or(-1)}; }),
      Migration<v1::Swapped, v2::Swapped>([](const v1::Swapped& old) {
        v2::Swapped out{.id = old.id, .either = 0};
        std::visit([&](const auto& value) { out.either = value; }, old.either);
        return out;
      }),
      Migration<v1::Renumbered, v2::Renumbered>([](const v1::Renumbered& old) {
        return v2::Renumbered{.id = old.id, .size = old.size == v1::Size::large ? v2::Size::large : v2::Size::small};
      }),
      Migration<v1::Rekeyed, v2::Rekeyed>(
          [](const v1::Rekeyed& old) { return v2::Rekeyed{.id = old.id, .code = old.code}; }),
  };
  return config;
}

void check_follower(const v2::Follower& now, std::uint64_t id) {
  const v1::Follower before = follower(id);
  CHECK(now.title == before.name);
  CHECK(now.price == before.price);
  CHECK(now.either.index() == before.either.index());
  if (id % 2 == 0) {
    CHECK(std::get<std::int32_t>(now.either) == std::get<std::int32_t>(before.either));
  } else {
    CHECK(std::get<std::string>(now.either) == std::get<std::string>(before.either));
  }
  REQUIRE(now.many.size() == 3);
  CHECK(std::get<std::string>(now.many[0]) == std::to_string(id));
  CHECK(std::get<std::int32_t>(now.many[1]) == 3);
  CHECK(now.added == "new");
  CHECK(now.pairs == before.pairs);
  CHECK(now.row == std::tuple{static_cast<std::int32_t>(id), std::string("row"), 0.0});
  CHECK(now.tags == std::unordered_set<std::string>(before.tags.begin(), before.tags.end()));
  CHECK(now.kind == v2::Kind::fancy);
  CHECK(now.box.depth == 7);
  CHECK(now.box.colour == "red");
  CHECK(now.box.width == static_cast<std::int32_t>(id));
}

}  // namespace

TEST_CASE("what needs a migration says so, and nothing is changed") {
  const TemporaryFolder folder;
  const std::string path = folder.file("verdicts.mdb");
  write(path, false);
  const std::string before = bytes_of(path);
  try {
    Now::open(path);
    FAIL("it was opened");
  } catch (const netabase::SchemaMismatch& mismatch) {
    for (const char* part :
         {"the records of Retyped, Renamed, Moved, Required, Swapped, Renumbered, Rekeyed do not",
          "needs a migration: the type of Retyped.count changed from Int32 to Text",
          "needs a migration: the values of Renamed.age belong in years",
          "needs a migration: the values of Moved.city belong in Address.city",
          "needs a migration: the type of Required.weight changed from optional Int32 to Int32",
          "needs a migration: the type of Swapped.either changed", "needs a migration: Size::large changed from 1 to 0",
          "needs a migration: the primary key of Rekeyed changed from (id) to (code)"}) {
      CHECK_MESSAGE(contains(mismatch.what(), part), part << " is not in " << mismatch.what());
    }
  }
  // Each of them by itself.
  for (std::size_t left_out = 0; left_out < 7; ++left_out) {
    netabase::Config config = migrating(path);
    config.migrations.erase(config.migrations.begin() + static_cast<std::ptrdiff_t>(left_out));
    CHECK_THROWS_AS(Now::open(config), netabase::SchemaMismatch);
  }
  CHECK(bytes_of(path) == before);
}

TEST_CASE("what is safe is there, and what has a migration is as that made it") {
  const TemporaryFolder folder;
  const std::string path = folder.file("verdicts.mdb");
  write(path, false);
  for (int round = 0; round < 2; ++round) {
    // The second time nothing is left to be done.
    const auto store = round == 0 ? Now::open(migrating(path)) : Now::open(path);
    auto txn = store.begin_read();
    const auto followers = txn.open_tree<v2::Follower>();
    CHECK(followers.len() == 10);
    for (std::uint64_t id = 1; id <= 10; ++id) check_follower(followers.get(id).value(), id);
    CHECK(followers.by<&v2::Follower::rank>().count() == 5);
    CHECK(txn.open_tree<v2::Retyped>().get(1).value().count == "42");
    CHECK(txn.open_tree<v2::Retyped>().get(1).value().last == "last");
    CHECK(txn.open_tree<v2::Renamed>().get(1).value().years == "42");
    CHECK(txn.open_tree<v2::Moved>().get(1).value().address.city == "Lyon");
    CHECK(txn.open_tree<v2::Required>().get(1).value().weight == 7);
    CHECK(txn.open_tree<v2::Required>().get(2).value().weight == -1);
    CHECK(std::get<std::string>(txn.open_tree<v2::Swapped>().get(1).value().either) == "text");
    CHECK(txn.open_tree<v2::Renumbered>().get(1).value().size == v2::Size::large);
    CHECK(txn.open_tree<v2::Rekeyed>().get("a").value().id == 2);
    CHECK(txn.open_tree<v2::Rekeyed>().get("z").value().id == 1);
    CHECK(txn.open_tree<v2::Unique>().by<&v2::Unique::email>().find("3")->id() == 3);
    require_sound(store);
  }
}

TEST_CASE("a new alternative can be put into an upgraded store") {
  const TemporaryFolder folder;
  const std::string path = folder.file("verdicts.mdb");
  write(path, false);
  const auto store = Now::open(migrating(path));
  auto txn = store.begin_write();
  auto followers = txn.open_tree<v2::Follower>();
  v2::Follower record = followers.get(1).value();
  record.either = v2::Crate{.depth = 1, .colour = "blue", .width = 2};
  record.many.emplace_back(1.5);
  followers.put(record);
  txn.commit();
  auto read = store.begin_read();
  const v2::Follower back = read.open_tree<v2::Follower>().get(1).value();
  CHECK(std::get<v2::Crate>(back.either).colour == "blue");
  CHECK(std::get<double>(back.many.back()) == 1.5);
  CHECK(std::get<std::string>(back.many.front()) == "1");
}

TEST_CASE("records that break a new rule are refused, and a migration mends them") {
  const TemporaryFolder folder;
  const std::string path = folder.file("verdicts.mdb");
  write(path, true);
  const std::string before = bytes_of(path);
  CHECK_THROWS_AS(Now::open(migrating(path)), netabase::UniqueViolation);
  CHECK(bytes_of(path) == before);
  netabase::Config config = migrating(path);
  config.migrations.push_back(Migration<v1::Unique, v2::Unique>([](const v1::Unique& old) {
    return v2::Unique{.id = old.id, .email = old.email + '/' + std::to_string(old.id)};
  }));
  const auto store = Now::open(config);
  auto txn = store.begin_read();
  CHECK(txn.open_tree<v2::Unique>().by<&v2::Unique::email>().find("1/3")->id() == 3);
  CHECK(txn.open_tree<v2::Unique>().by<&v2::Unique::email>().count() == 10);
}
