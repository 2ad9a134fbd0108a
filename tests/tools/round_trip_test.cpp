// import(export(x)) is x: every table, byte for byte, indexes and sequences too.

#include <functional>

#include "tests/tools/stores.hpp"
#include "tests/tools/support.hpp"

using namespace netabase::tools;
using namespace netabase::tools::test;

namespace {

void check_round_trip(const std::string& store, const std::string& copy) {
  const std::string lines = output({"export", store});
  CHECK(output({"import", copy}, lines).ends_with(" imported\n"));
  check_same(store, copy);
  CHECK(contains(output({"check", copy}), "all is well"));
  CHECK(output({"export", copy}) == lines);
}

}  // namespace

TEST_CASE("a store with every type comes back the same") {
  const Folder folder;
  make_kitchen(folder / "store");
  make_empty_kitchen(folder / "copy");
  check_round_trip(folder / "store", folder / "copy");
  CHECK(problems_of_kitchen(folder / "copy") == "");
}

TEST_CASE("stores with every kind of key and link come back the same") {
  const Folder folder;
  make_office(folder / "office");
  make_empty_office(folder / "office copy");
  check_round_trip(folder / "office", folder / "office copy");
  CHECK(problems_of_office(folder / "office copy") == "");
  make_sightings(folder / "sightings");
  make_empty_sightings(folder / "sightings copy");
  check_round_trip(folder / "sightings", folder / "sightings copy");
  CHECK(problems_of_sightings(folder / "sightings copy") == "");
  make_games(folder / "games");
  make_empty_games(folder / "games copy");
  check_round_trip(folder / "games", folder / "games copy");
  CHECK(problems_of_games(folder / "games copy") == "");
}

TEST_CASE("long lists of empty elements come back as the runtime can read them") {
  const Folder folder;
  make_kitchen_with_long_lists(folder / "store");
  make_empty_kitchen(folder / "copy");
  const std::string lines = output({"export", folder / "store"});
  output({"import", folder / "copy"}, lines);
  CHECK(problems_of_kitchen(folder / "copy") == "");
  CHECK(output({"export", folder / "copy"}) == lines);
}

TEST_CASE("random stores come back the same") {
  INFO("NETABASE_TEST_SEED=", seed());
  for (std::uint64_t round = 0; round < 5; ++round) {
    const Folder folder;
    make_random_shop(folder / "shop", seed() + round, 150);
    make_empty_shop(folder / "shop copy");
    check_round_trip(folder / "shop", folder / "shop copy");
    CHECK(problems_of_shop(folder / "shop copy") == "");
    make_random_places(folder / "places", seed() + round, 150);
    make_empty_places(folder / "places copy");
    check_round_trip(folder / "places", folder / "places copy");
    CHECK(problems_of_places(folder / "places copy") == "");
  }
}

TEST_CASE("Cap'n Proto messages of each model come back the same") {
  const Folder folder;
  make_kitchen(folder / "store");
  make_empty_kitchen(folder / "copy");
  for (const std::string model : {"Scalars", "Defaults", "nested_things", "Keyed", "audit_entry", "Lonely"}) {
    output({"export", folder / "store", model, "--format", "capnp", "-o", folder / "messages"});
    output({"import", folder / "copy", folder / "messages", "--format", "capnp", "--model", model});
  }
  check_same(folder / "store", folder / "copy");
}

TEST_CASE("replacing records moves their index entries") {
  INFO("NETABASE_TEST_SEED=", seed());
  const Folder folder;
  make_random_shop(folder / "one", seed(), 120);
  make_random_shop(folder / "other", seed() + 1, 120);
  // What meets a unique key of another record is left out.
  run({"import", folder / "one", "-", "--replace", "--continue"}, output({"export", folder / "other"}));
  CHECK(problems_of_shop(folder / "one") == "");
  CHECK(contains(output({"check", folder / "one"}), "all is well"));
  // Every record of the one, put again over itself, changes nothing.
  const auto before = dump(folder / "one");
  output({"import", folder / "one", "-", "--replace"}, output({"export", folder / "one"}));
  CHECK(dump(folder / "one") == before);
}

TEST_CASE("sequences move on") {
  const Folder folder;
  make_shop(folder / "store");
  make_empty_shop(folder / "copy");
  // Customer 3 was removed; its number is never given again.
  output({"import", folder / "copy"}, output({"export", folder / "store"}));
  output({"import", folder / "copy"}, R"({"$model":"Customer","login":"new"})");
  CHECK(contains(output({"get", folder / "copy", "Customer", "4"}), "new"));
  output({"import", folder / "copy", "--model", "Customer"}, R"({"id":90,"login":"far","city":"x"})");
  output({"import", folder / "copy", "--model", "Customer"}, R"({"id":0,"login":"behind it","city":"y"})");
  CHECK(contains(output({"get", folder / "copy", "Customer", "91"}), "behind it"));
  CHECK(problems_of_shop(folder / "copy") == "");
}

TEST_CASE("plain lines are one model's records alone") {
  const Folder folder;
  make_blog(folder / "store");
  make_empty_blog(folder / "copy");
  const std::string lines = output({"export", folder / "store", "User", "--plain"});
  CHECK(lines.starts_with(R"({"id":1,"username":"alice",)"));
  output({"import", folder / "copy", "--model", "User"}, lines);
  CHECK(output({"count", folder / "copy", "User"}) == "3\n");
  CHECK(output({"count", folder / "copy", "Post"}) == "0\n");
  CHECK(run({"export", folder / "store", "--plain"}).code == exit_usage);
  CHECK(run({"export", folder / "store", "--format", "capnp"}).code == exit_usage);
  CHECK(run({"import", folder / "copy"}, lines).code == exit_found);
}
