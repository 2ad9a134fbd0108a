/// \file
/// Promise: links are followed both ways, and check() finds those that lead nowhere.

#include "promises/office_support.hpp"
#include "promises/watched_engine.hpp"

using namespace promises;

namespace {

template <class Store>
void fill(const Store& store) {
  store.with_write_transaction([](auto& txn) {
    txn.template open_tree<office::Person>().put_many({person(1), person(2, 1), person(3, 1), person(4, 2)});
    txn.template open_tree<office::Team>().put_many({team("a", 1, {2, 3, 2}), team("b", 2, {3}, "a")});
    txn.template open_tree<office::Badge>().put_many({badge(1, "x"), badge(3, "y")});
    txn.template open_tree<office::Access>().put_many({office::Access{1, "a"}, office::Access{3, "a"}});
    txn.template open_tree<office::Seat>().put_many({office::Seat{1, 4}, office::Seat{2, {}}});
  });
}

}  // namespace

ON_BOTH_ENGINES("a link leads from a record, stored or borrowed, to the one that it names") {
  const auto store = OfficeStore<Engine>::temp();
  fill(store);
  auto read = store.begin_read();
  const auto people = read.template open_tree<office::Person>();
  const auto teams = read.template open_tree<office::Team>();
  const auto person4 = people.get_borrowed(4);
  REQUIRE(person4.has_value());
  CHECK(people.template target<&office::Person::boss>(*person4)->id() == 2);
  CHECK(people.template target<&office::Person::boss>(person(9, 3))->name() == "person3");
  CHECK_FALSE(people.template target<&office::Person::boss>(person(1)).has_value());
  CHECK_FALSE(people.template target<&office::Person::boss>(person(9, 99)).has_value());
  CHECK(teams.template target<office::TeamKey::lead>(*teams.get("b"))->id() == 2);
  CHECK(teams.template target<&office::Team::within>(*teams.get_borrowed("b"))->name() == "a");
  CHECK(people.get_many(teams.get("a")->members).size() == 3);
}

ON_BOTH_ENGINES("and back to all that name it") {
  const auto store = OfficeStore<Engine>::temp();
  fill(store);
  auto read = store.begin_read();
  const auto people = read.template open_tree<office::Person>();
  const auto teams = read.template open_tree<office::Team>();
  const auto names = [](auto&& range) {
    return collect(range, [](const office::TeamRef& one) { return std::string(one.name()); });
  };
  CHECK(ids(people.template by<&office::Person::boss>().equal(1)) == Ids{2, 3});
  CHECK(names(teams.template by<&office::Team::members>().equal(3)) == std::vector<std::string>{"a", "b"});
  CHECK(names(teams.template by<&office::Team::members>().equal(2)) == std::vector<std::string>{"a"});
  CHECK(names(teams.template by<&office::Team::within>().equal("a")) == std::vector<std::string>{"b"});
  CHECK(read.template open_tree<office::Access>().template by<&office::Access::team>().count("a") == 2);
  CHECK(read.template open_tree<office::Badge>().template by<&office::Badge::person>().contains(3));
  CHECK(read.template open_tree<office::Seat>().template by<&office::Seat::person>().find(4)->number() == 1);
}

ON_BOTH_ENGINES("a unique link gives each target at most one record") {
  const auto store = OfficeStore<Engine>::temp();
  fill(store);
  CHECK_THROWS_AS(store.quick_put(office::Seat{3, 4}), netabase::UniqueViolation);
  store.quick_put(office::Seat{3, 1});
  require_sound(store);
}

TEST_CASE_TEMPLATE("check() names a link that leads nowhere", Base, netabase::Lmdb, netabase::Memory) {
  using Engine = Watched<Base>;
  const auto store = OfficeStore<Engine>::temp();
  fill(store);
  require_sound(store);
  // Person 4 and its entry vanish behind the typed layer's back.
  const std::string four("\0\0\0\0\0\0\0\4", 8);
  const std::string boss_of_four = std::string("\0\0\0\0\0\0\0\2", 8) + four;
  Engine::behind_its_back("Person", [&](auto& txn, auto table) { txn.erase(table, netabase::as_bytes(four)); });
  Engine::behind_its_back("Person.boss",
                          [&](auto& txn, auto table) { REQUIRE(txn.erase(table, netabase::as_bytes(boss_of_four))); });
  const netabase::CheckReport report = store.check();
  REQUIRE(report.problems.size() == 1);
  CHECK(report.problems[0] ==
        "record x'0000000100000000' of Seat: its link Seat.person names Person 4, which is not there");
}
