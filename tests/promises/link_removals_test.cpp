/// \file
/// Promise: what links to a removed record is kept, removed or changed as its policy says, all of it or nothing.

#include <functional>

#include "promises/office_support.hpp"
#include "promises/watched_engine.hpp"

using namespace promises;
using netabase::LinkViolation;

namespace {

/// 1 leads everything; 2 is led by 1, reviews, sits and has a badge; 3 has nobody.
template <class Store>
void fill(const Store& store) {
  store.with_write_transaction([](auto& txn) {
    txn.template open_tree<office::Person>().put_many({person(1), person(2, 1), person(3), person(4, 2)});
    txn.template open_tree<office::Team>().put_many({team("a", 1, {2, 4, 2}), team("b", 1, {2, 3}, "a")});
    txn.template open_tree<office::Task>().put_many(
        {task(1, "b"), task(2, {}, 1), task(3, {}, 2, {}, {3}), task(4, {}, {}, {3, 5}), task(5, {}, {}, {5, 4})});
    txn.template open_tree<office::Badge>().put_many({badge(2, "two"), badge(3, "three")});
    txn.template open_tree<office::Access>().put_many({office::Access{2, "a"}, office::Access{3, "b"}});
    txn.template open_tree<office::Seat>().put_many({office::Seat{1, 2}, office::Seat{2, {}}, office::Seat{3, 4}});
  });
}

}  // namespace

ON_BOTH_ENGINES("restrict names one that links to the record, and how many more do") {
  const auto store = OfficeStore<Engine>::temp();
  fill(store);
  auto txn = store.begin_write();
  auto people = txn.template open_tree<office::Person>();
  try {
    people.remove(1);
    FAIL("1 leads two teams");
  } catch (const LinkViolation& violation) {
    CHECK(violation.link() == "Team.lead");
    CHECK(violation.record() == "\"a\"");
    CHECK(violation.target_model() == "Person");
    CHECK(violation.target() == "1");
    CHECK(violation.dependents() == 2);
    CHECK(std::string(violation.what()) ==
          "Person 1 cannot be removed: Team \"a\" links to it (Team.lead), and so does another record: nothing was "
          "changed; remove or change what links to it first, or give the link on_delete = cascade or set_null");
  }
  CHECK(violation_of([&] { people.remove(3); }) ==
        "Person 3 cannot be removed: Task 3 links to it (Task.reviewers): nothing was changed; remove or change what "
        "links to it first, or give the link on_delete = cascade or set_null");
  std::vector<office::Team> many;
  for (int i = 0; i < 3000; ++i) many.push_back(team(std::to_string(i), 3));
  txn.template open_tree<office::Team>().put_many(many);
  txn.template open_tree<office::Task>().remove(3);
  CHECK(violation_of([&] { people.remove(3); }).find("and so do at least 999 other records") != std::string::npos);
  txn.commit();
  require_sound(store);
}

ON_BOTH_ENGINES("a removal that is forbidden changes nothing, on any path, however far it had followed links") {
  using Write = typename OfficeStore<Engine>::Write;
  const std::vector<std::pair<const char*, std::function<void(Write&)>>> paths{
      {"remove", [](Write& txn) { txn.template open_tree<office::Person>().remove(3); }},
      {"remove_many",
       [](Write& txn) {
         txn.template open_tree<office::Person>().remove_many({4, 2, 3});
       }},
      {"a batch",
       [](Write& txn) {
         auto batch = txn.template open_tree<office::Person>().create_batch();
         batch.put(person(9));
         batch.remove(2);
         batch.remove(3);
         batch.commit();
       }},
      {"clear", [](Write& txn) { txn.template open_tree<office::Person>().clear(); }},
      {"a record within another one", [](Write& txn) { txn.template open_tree<office::Team>().remove("a"); }},
  };
  const auto store = OfficeStore<Engine>::temp();
  fill(store);
  for (const auto& [name_of_path, path] : paths) {
    const std::string name = name_of_path;
    CAPTURE(name);
    auto txn = store.begin_write();
    const Office before = office_of(txn);
    CHECK_THROWS_AS(path(txn), LinkViolation);
    CHECK(office_of(txn) == before);
    txn.template open_tree<office::Person>().put(person(40));
    txn.commit();
    require_sound(store);
    store.template quick_remove<office::Person>(40);
  }
}

ON_BOTH_ENGINES("cascade goes on from record to record, through models and circles") {
  const auto store = OfficeStore<Engine>::temp();
  fill(store);
  auto txn = store.begin_write();
  auto teams = txn.template open_tree<office::Team>();
  CHECK(teams.remove("b"));
  // Task 1 was of team b, 2 part of 1, 3 part of 2; 4 waited for 3, and 4 and 5 for each other.
  CHECK(all<office::Task>(txn).empty());
  CHECK(all<office::Access>(txn) == std::vector{office::Access{2, "a"}});
  CHECK(txn.template open_tree<office::Person>().remove(3));
  CHECK(ids(collect(txn.template open_tree<office::Badge>().iter(),
                    [](const office::Badge& one) { return person(one.person); })) == Ids{2});
  txn.commit();
  require_sound(store);
}

ON_BOTH_ENGINES("set_null empties optionals, also unique ones, and takes elements out of lists") {
  const auto store = OfficeStore<Engine>::temp();
  fill(store);
  auto txn = store.begin_write();
  CHECK(txn.template open_tree<office::Person>().remove(2));
  CHECK(all<office::Person>(txn) == std::vector{person(1), person(3), person(4)});
  CHECK(all<office::Team>(txn) == std::vector{team("a", 1, {4}), team("b", 1, {3}, "a")});
  CHECK(all<office::Seat>(txn) == std::vector{office::Seat{1, {}}, office::Seat{2, {}}, office::Seat{3, 4}});
  CHECK(all<office::Badge>(txn) == std::vector{badge(3, "three")});
  CHECK(all<office::Access>(txn) == std::vector{office::Access{3, "b"}});
  CHECK(txn.template open_tree<office::Seat>().template by<&office::Seat::person>().count() == 1);
  txn.commit();
  require_sound(store);
}

ON_BOTH_ENGINES("what is removed by the same call holds nothing back, and what it writes anew is not taken along") {
  const auto store = OfficeStore<Engine>::temp();
  fill(store);
  auto txn = store.begin_write();
  auto people = txn.template open_tree<office::Person>();
  auto teams = txn.template open_tree<office::Team>();
  auto tasks = txn.template open_tree<office::Task>();
  CHECK_THROWS_AS(teams.remove("a"), LinkViolation);
  CHECK(teams.remove_many(std::vector<std::string>{"a", "b", "c"}) == 2);
  teams.put(team("self", 1, {}, "self"));
  CHECK(teams.remove("self"));
  // Task 11 leaves 10 in the batch that removes 10; 12 does not, and goes.
  tasks.put_many({task(10, {}), task(11, {}, 10), task(12, {}, 10), task(13, {}, 12)});
  auto batch = tasks.create_batch();
  batch.remove(10);
  batch.put(task(11, {}));
  batch.put(task(14, {}, 11));
  batch.commit();
  CHECK(ids(tasks.iter()) == Ids{11, 14});
  // A record that is put must not link to one that follows a removed one.
  tasks.put_many({task(20, {}), task(21, {}, 20)});
  auto refused = tasks.create_batch();
  refused.remove(20);
  refused.put(task(22, {}, 21));
  CHECK_THROWS_AS(refused.commit(), LinkViolation);
  CHECK(ids(tasks.iter()) == Ids{11, 14, 20, 21});
  // Removed and put again: it never was away.
  auto same = people.create_batch();
  same.remove(2);
  same.put(person(2, 3));
  same.commit();
  CHECK(people.get(4)->boss == MaybeId(2));
  CHECK(tasks.remove_many({20, 20, 99, 11}) == 2);
  CHECK(tasks.is_empty());
  txn.commit();
  require_sound(store);
}

ON_BOTH_ENGINES("clear follows links as well") {
  const auto store = OfficeStore<Engine>::temp();
  fill(store);
  auto txn = store.begin_write();
  txn.template open_tree<office::Team>().clear();
  CHECK(all<office::Task>(txn).empty());
  CHECK(all<office::Access>(txn).empty());
  CHECK(all<office::Person>(txn).size() == 4);
  txn.template open_tree<office::Task>().put(task(7, {}, {}, {}, {1}));
  CHECK_THROWS_AS(txn.template open_tree<office::Person>().clear(), LinkViolation);
  txn.template open_tree<office::Task>().clear();
  txn.template open_tree<office::Person>().clear();
  CHECK(all<office::Person>(txn).empty());
  CHECK(all<office::Badge>(txn).empty());
  CHECK(all<office::Seat>(txn) == std::vector{office::Seat{1, {}}, office::Seat{2, {}}, office::Seat{3, {}}});
  txn.commit();
  require_sound(store);
}

ON_BOTH_ENGINES("a removal that would give two records one unique key changes nothing") {
  using drawer::Folder;
  using Write = typename DrawerStore<Engine>::Write;
  const std::vector<std::pair<const char*, std::function<void(Write&)>>> paths{
      {"remove", [](Write& txn) { txn.template open_tree<Folder>().remove(1); }},
      {"remove_many",
       [](Write& txn) {
         txn.template open_tree<Folder>().remove_many({1, 9});
       }},
      {"a batch",
       [](Write& txn) {
         auto batch = txn.template open_tree<Folder>().create_batch();
         batch.put(Folder{8, {}, "new"});
         batch.remove(1);
         batch.commit();
       }},
  };
  const auto store = DrawerStore<Engine>::temp();
  store.with_write_transaction([](auto& txn) {
    txn.template open_tree<Folder>().put_many(
        {Folder{1, {}, "root"}, Folder{2, 1, "letters"}, Folder{3, 1, "bills"}, Folder{4, {}, "bills"}});
    txn.template open_tree<drawer::Sheet>().put_many({drawer::Sheet{1, 1}, drawer::Sheet{2, 3}});
  });
  for (const auto& [name_of_path, path] : paths) {
    const std::string name = name_of_path;
    CAPTURE(name);
    auto txn = store.begin_write();
    const auto folders = all<Folder>(txn);
    const auto sheets = all<drawer::Sheet>(txn);
    CHECK_THROWS_AS(path(txn), netabase::UniqueViolation);
    CHECK(all<Folder>(txn) == folders);
    CHECK(all<drawer::Sheet>(txn) == sheets);
    txn.template open_tree<drawer::Sheet>().put(drawer::Sheet{7, 4});
    txn.commit();
    require_sound(store);
  }
  auto txn = store.begin_write();
  auto folders = txn.template open_tree<Folder>();
  CHECK(folders.remove(4));
  CHECK(folders.remove(1));
  CHECK(all<Folder>(txn) == std::vector{Folder{2, {}, "letters"}, Folder{3, {}, "bills"}});
  CHECK(all<drawer::Sheet>(txn) == std::vector{drawer::Sheet{2, 3}});
  txn.commit();
  require_sound(store);
}

TEST_CASE_TEMPLATE("a removal that is cut off halfway is never stored", Base, netabase::Lmdb, netabase::Memory) {
  using Engine = Watched<Base>;
  const auto store = OfficeStore<Engine>::temp();
  fill(store);
  const auto before = store.with_read_transaction([](auto& txn) { return office_of(txn); });
  auto txn = store.begin_write();
  Engine::out_of_memory_at(2);  // the second record whose link is emptied
  CHECK_THROWS_AS(txn.template open_tree<office::Person>().remove(2), std::bad_alloc);
  Engine::out_of_memory_at(0);
  CHECK(code_of([&] { txn.commit(); }) == netabase::ErrorCode::io);
  CHECK(store.with_read_transaction([](auto& read) { return office_of(read); }) == before);
  require_sound(store);
}

TEST_CASE_TEMPLATE("a removal that meets damage halfway is never stored", Base, netabase::Lmdb, netabase::Memory) {
  using Engine = Watched<Base>;
  const auto store = OfficeStore<Engine>::temp();
  fill(store);
  const std::string seat("\0\0\0\1\0\0\0\0", 8);
  Engine::behind_its_back("Seat", [&](auto& txn, auto table) { REQUIRE(txn.erase(table, netabase::as_bytes(seat))); });
  const auto before = store.with_read_transaction([](auto& txn) { return office_of(txn); });
  auto txn = store.begin_write();
  CHECK_THROWS_AS(txn.template open_tree<office::Person>().remove(2), netabase::Corrupt);
  CHECK(code_of([&] { txn.commit(); }) == netabase::ErrorCode::corrupt);
  CHECK(store.with_read_transaction([](auto& read) { return office_of(read); }) == before);
}

TEST_CASE_TEMPLATE("a removal that fills the store runs again with more room", Base, netabase::Lmdb, netabase::Memory) {
  using Engine = Watched<Base>;
  const auto store = OfficeStore<Engine>::temp();
  fill(store);
  const int grown = Engine::grown();
  Engine::full_at(2);
  CHECK(store.template quick_remove<office::Person>(2));
  CHECK(Engine::grown() == grown + 1);
  store.with_read_transaction([](auto& read) {
    CHECK(all<office::Seat>(read) == std::vector{office::Seat{1, {}}, office::Seat{2, {}}, office::Seat{3, 4}});
  });
  require_sound(store);
}

ON_BOTH_ENGINES("removals in transactions that roll back leave everything") {
  const auto store = OfficeStore<Engine>::temp();
  fill(store);
  auto txn = store.begin_write();
  const Office before = office_of(txn);
  {
    auto nested = txn.begin_nested();
    nested.template open_tree<office::Team>().remove("b");
    CHECK(nested.template open_tree<office::Task>().is_empty());
  }
  CHECK(office_of(txn) == before);
  {
    auto nested = txn.begin_nested();
    CHECK_THROWS_AS(nested.template open_tree<office::Person>().remove(1), LinkViolation);
    nested.template open_tree<office::Person>().remove(2);
    nested.commit();
  }
  CHECK(all<office::Person>(txn) == std::vector{person(1), person(3), person(4)});
  txn.rollback();
  CHECK(store.with_read_transaction([](auto& read) { return office_of(read); }) == before);
  require_sound(store);
}
