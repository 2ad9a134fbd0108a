/// \file
/// Promise: a partial index holds the records for which its predicate says yes, and no others, whatever is written.

#include "promises/people_support.hpp"

using namespace promises;

namespace {

Person inactive(std::uint64_t id) {
  Person out = person(id);
  out.rank = -1;
  return out;
}

}  // namespace

ON_BOTH_ENGINES("a predicate function chooses the records of an index") {
  const auto store = store_of<Engine>({person(1), inactive(2), person(3)});
  auto txn = store.begin_read();
  const auto persons = txn.template open_tree<Person>();
  CHECK(ids(persons.template by<PersonKey::by_active_age>().all()) == Ids{1, 3});
  CHECK(persons.template by<&Person::handle>().find("handle1")->id() == 1);
  CHECK_FALSE(persons.template by<&Person::handle>().find("handle2").has_value());
}

ON_BOTH_ENGINES("a bool field chooses the records of an index") {
  Person verified = person(1);
  verified.verified = true;
  const auto store = store_of<Engine>({verified, person(2)});
  auto txn = store.begin_read();
  CHECK(ids(txn.template open_tree<Person>().template by<PersonKey::by_team_rank>().all()) == Ids{1});
}

ON_BOTH_ENGINES("records enter and leave a partial index by every write") {
  const auto store = store_of<Engine>({person(1), inactive(2)});
  auto txn = store.begin_write();
  auto persons = txn.template open_tree<Person>();
  const auto active = [&] { return ids(persons.template by<PersonKey::by_active_age>().all()); };
  persons.put(inactive(1));
  CHECK(active().empty());
  persons.put(person(2));
  CHECK(active() == Ids{2});
  persons.update(1, [](Person& it) { it.rank = 5; });
  CHECK(active() == Ids{1, 2});
  persons.put_many({inactive(2), person(3), inactive(4)});
  CHECK(active() == Ids{1, 3});
  auto batch = persons.create_batch();
  batch.put(person(4));
  batch.remove(1);
  batch.remove(2);
  batch.commit();
  CHECK(active() == Ids{3, 4});
  persons.remove(3);
  CHECK(active() == Ids{4});
  txn.commit();
  require_sound(store);
}

ON_BOTH_ENGINES("a unique partial index is unique among the records that match") {
  Person one = person(1);
  Person other = person(2);
  other.handle = one.handle;
  Person retired = inactive(3);
  retired.handle = one.handle;
  Person also_retired = inactive(4);
  also_retired.handle = one.handle;
  const auto store = store_of<Engine>({one, retired, also_retired});
  auto txn = store.begin_write();
  auto persons = txn.template open_tree<Person>();
  CHECK_THROWS_AS(persons.put(other), netabase::UniqueViolation);
  CHECK_THROWS_AS(persons.update(3, [](Person& it) { it.rank = 0; }), netabase::UniqueViolation);
  CHECK(persons.get(3)->rank == -1);
  // In one call the name may pass from one to the other.
  one.rank = -1;
  retired.rank = 1;
  persons.put_many({one, retired});
  CHECK(persons.template by<&Person::handle>().find("handle1")->id() == 3);
  txn.commit();
  require_sound(store);
}

ON_BOTH_ENGINES("a unique key of several parts is unique as a whole, in any direction, absent parts included") {
  const auto member = [](std::uint64_t id, std::optional<std::string> team, std::int32_t rank) {
    Person out = person(id);
    out.verified = true;
    out.team = std::move(team);
    out.rank = rank;
    return out;
  };
  const auto store =
      store_of<Engine>({member(1, "a", 1), member(2, "a", 2), member(3, "b", 1), member(4, std::nullopt, 1)});
  auto txn = store.begin_write();
  auto persons = txn.template open_tree<Person>();
  const auto by_team = persons.template by<PersonKey::by_team_rank>();
  CHECK(ids(by_team.all()) == Ids{4, 2, 1, 3});
  CHECK(by_team.find("a", 2)->id() == 2);
  CHECK(by_team.find(std::nullopt, 1)->id() == 4);
  CHECK(ids(by_team.equal("a")) == Ids{2, 1});
  CHECK_THROWS_AS(persons.put(member(5, "a", 2)), netabase::UniqueViolation);
  CHECK_THROWS_AS(persons.put(member(5, std::nullopt, 1)), netabase::UniqueViolation);
  persons.put(member(5, std::nullopt, 2));
  CHECK(ids(by_team.equal(std::nullopt)) == Ids{5, 4});
  txn.commit();
  require_sound(store);
}
