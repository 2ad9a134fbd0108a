/// \file
/// Promise: what a record links to is there, on every path that writes one.

#include <functional>

#include "promises/office_support.hpp"

using namespace promises;
using netabase::LinkViolation;

ON_BOTH_ENGINES("a link to a record that is there is stored, one to none is refused and names both sides") {
  const auto store = OfficeStore<Engine>::temp();
  auto txn = store.begin_write();
  auto people = txn.template open_tree<office::Person>();
  auto teams = txn.template open_tree<office::Team>();
  people.put(person(1));
  teams.put(team("tools", 1));
  try {
    teams.put(team("shop", 7));
    FAIL("there is no person 7");
  } catch (const LinkViolation& violation) {
    CHECK(violation.code() == netabase::ErrorCode::link_violation);
    CHECK(violation.link() == "Team.lead");
    CHECK(violation.record() == "\"shop\"");
    CHECK(violation.target_model() == "Person");
    CHECK(violation.target() == "7");
    CHECK(violation.dependents() == 0);
    CHECK(std::string(violation.what()) ==
          "Team \"shop\" links to Person 7 (Team.lead), which is not there: nothing was stored; put that Person first, "
          "or change the link");
  }
  CHECK(all<office::Team>(txn).size() == 1);
  CHECK(teams.template by<&office::Team::lead>().count() == 1);
  txn.commit();
  require_sound(store);
}

ON_BOTH_ENGINES("a refused link on any path changes nothing, and the transaction goes on") {
  using People = netabase::WriteTree<office::Person, Engine>;
  using Teams = netabase::WriteTree<office::Team, Engine>;
  const std::vector<std::pair<const char*, std::function<void(People&, Teams&)>>> paths{
      {"put of a new record", [](People& people, Teams&) { people.put(person(5, 9)); }},
      {"put over a record", [](People& people, Teams&) { people.put(person(1, 9)); }},
      {"insert", [](People& people, Teams&) { people.insert(person(5, 9)); }},
      {"update", [](People& people, Teams&) { people.update(1, [](office::Person& changed) { changed.boss = 9; }); }},
      {"put_many",
       [](People& people, Teams&) {
         people.put_many({person(5), person(6, 9), person(7)});
       }},
      {"put_many over records",
       [](People& people, Teams&) {
         people.put_many({person(1, 2), person(2, 9)});
       }},
      {"a batch",
       [](People& people, Teams&) {
         auto batch = people.create_batch();
         batch.remove(3);
         batch.put(person(8, 9));
         batch.commit();
       }},
      {"a batch that links to what it removes",
       [](People& people, Teams&) {
         auto batch = people.create_batch();
         batch.put(person(8, 3));
         batch.remove(3);
         batch.commit();
       }},
      {"one of many elements",
       [](People&, Teams& teams) {
         teams.put(team("tools", 1, {1, 2, 9, 3}));
       }},
      {"a text", [](People&, Teams& teams) { teams.put(team("shop", 1, {}, "nowhere")); }},
      {"a text of put_many",
       [](People&, Teams& teams) {
         teams.put_many({team("a", 1, {}, "b"), team("c", 1)});
       }},
  };
  const auto store = OfficeStore<Engine>::temp();
  store.with_write_transaction([](auto& txn) {
    txn.template open_tree<office::Person>().put_many({person(1), person(2, 1), person(3)});
    txn.template open_tree<office::Team>().put(team("tools", 1, {2}));
  });
  for (const auto& [name_of_path, path] : paths) {
    const std::string name = name_of_path;
    CAPTURE(name);
    auto txn = store.begin_write();
    auto people = txn.template open_tree<office::Person>();
    auto teams = txn.template open_tree<office::Team>();
    const Office before = office_of(txn);
    CHECK_THROWS_AS(path(people, teams), LinkViolation);
    CHECK(office_of(txn) == before);
    people.put(person(40));
    txn.commit();
    require_sound(store);
    store.template quick_remove<office::Person>(40);
  }
}

ON_BOTH_ENGINES("records of one put_many or batch may link to each other, in any order, and in a circle") {
  const auto store = OfficeStore<Engine>::temp();
  auto txn = store.begin_write();
  auto people = txn.template open_tree<office::Person>();
  people.put_many({person(1, 2), person(2, 3), person(3, 1), person(4, 4)});
  CHECK(people.len() == 4);
  auto batch = people.create_batch();
  batch.put(person(9, 8));
  batch.put(person(8, 9));
  batch.remove(4);
  batch.commit();
  CHECK(ids(people.iter()) == Ids{1, 2, 3, 8, 9});
  // The last word on a key counts.
  auto again = people.create_batch();
  again.remove(9);
  again.put(person(9, 1));
  again.put(person(10, 11));
  again.put(person(10, 9));
  again.commit();
  CHECK(people.get(10)->boss == MaybeId(9));
  CHECK(people.get(8)->boss == MaybeId(9));
  txn.commit();
  require_sound(store);
}

ON_BOTH_ENGINES("a record may link to itself, and a record that keeps its links can be put again") {
  const auto store = OfficeStore<Engine>::temp();
  auto txn = store.begin_write();
  auto people = txn.template open_tree<office::Person>();
  people.put(person(1, 1));
  people.put(person(1, 1));
  CHECK(people.template by<&office::Person::boss>().count(1) == 1);
  people.put_many({person(2, 2)});
  CHECK(people.insert(person(3, 3)));
  CHECK_FALSE(people.insert(person(3, 4)));
  people.put(person(1));
  CHECK(ids(people.template by<&office::Person::boss>().all()) == Ids{2, 3});
  txn.commit();
  require_sound(store);
}

ON_BOTH_ENGINES("links of texts that are longer than any stored key are exact") {
  const auto store = OfficeStore<Engine>::temp();
  const std::string stem(3000, 'x');
  auto txn = store.begin_write();
  txn.template open_tree<office::Person>().put(person(1));
  auto teams = txn.template open_tree<office::Team>();
  auto tasks = txn.template open_tree<office::Task>();
  teams.put(team(stem + "a", 1));
  teams.put_many({team(stem + "b", 1, {}, stem + "c"), team(stem + "c", 1, {}, stem + "a")});
  CHECK_THROWS_AS(teams.put(team(stem + "d", 1, {}, stem + "e")), LinkViolation);
  CHECK_THROWS_AS(teams.put_many({team(stem + "d", 1, {}, stem + "e")}), LinkViolation);
  CHECK_THROWS_AS(tasks.put(task(1, stem)), LinkViolation);
  CHECK(violation_of([&] { tasks.put(task(1, stem)); }).size() < 1000);
  tasks.put_many({task(1, stem + "a"), task(2, stem + "b"), task(3, stem + "b")});
  CHECK(ids(tasks.template by<&office::Task::team>().equal(stem + "b")) == Ids{2, 3});
  CHECK(tasks.template target<&office::Task::team>(*tasks.get(3))->name() == stem + "b");
  // Only what links to exactly this one follows it.
  CHECK(teams.remove(stem + "b"));
  CHECK(ids(tasks.iter()) == Ids{1});
  CHECK(violation_of([&] { teams.remove(stem + "a"); }) != "");
  CHECK(teams.remove_many(std::vector<std::string>{stem + "a", stem + "c"}) == 2);
  CHECK(tasks.is_empty());
  txn.commit();
  require_sound(store);
}

ON_BOTH_ENGINES("links are checked in nested transactions and in those that run again") {
  const auto store = OfficeStore<Engine>::temp();
  auto txn = store.begin_write();
  {
    auto nested = txn.begin_nested();
    nested.template open_tree<office::Person>().put(person(1));
  }  // rolled back
  {
    auto nested = txn.begin_nested();
    CHECK_THROWS_AS(nested.template open_tree<office::Team>().put(team("tools", 1)), LinkViolation);
    nested.template open_tree<office::Person>().put(person(2));
    nested.template open_tree<office::Team>().put(team("tools", 2));
    // Meanwhile the outer transaction is only refused.
    CHECK(code_of([&] { txn.template open_tree<office::Team>().clear(); }) == netabase::ErrorCode::invalid_argument);
    CHECK(code_of([&] { txn.template open_tree<office::Person>().remove(2); }) ==
          netabase::ErrorCode::invalid_argument);
    CHECK(code_of([&] { txn.template open_tree<office::Person>().remove_many({2}); }) ==
          netabase::ErrorCode::invalid_argument);
    nested.commit();
  }
  CHECK_THROWS_AS(txn.template open_tree<office::Person>().remove(2), LinkViolation);
  txn.commit();
  CHECK_THROWS_AS(store.with_write_transaction([](auto& again) {
    again.template open_tree<office::Person>().put(person(3));
    again.template open_tree<office::Person>().clear();
  }),
                  LinkViolation);
  CHECK_THROWS_AS(store.template quick_remove<office::Person>(2), LinkViolation);
  CHECK_FALSE(store.template quick_get<office::Person>(3).has_value());
  require_sound(store);
}
