/// \file
/// Promise: what a const member function computes of a record is indexed like a field; what it throws reaches the
/// caller, and nothing is written then.

#include <stdexcept>

#include "promises/people_support.hpp"

using namespace promises;

namespace {

/// A person of whom no domain can be computed.
Person without_domain(std::uint64_t id) {
  Person out = person(id);
  out.email = "nowhere";
  return out;
}

/// The ids that the index gives for a domain, after a check that `write` throws what the function threw.
template <class Tree, class Write>
Ids after_throw(const Tree& persons, Write&& write) {
  CHECK_THROWS_WITH_AS(write(), "no @ in nowhere", std::invalid_argument);
  return ids(persons.template by<&Person::domain>().all());
}

}  // namespace

ON_BOTH_ENGINES("a record is found by what a function computes of it") {
  const auto store = store_of<Engine>({person(1, "b.org"), person(2, "a.org"), person(3, "b.org")});
  auto txn = store.begin_read();
  const auto persons = txn.template open_tree<Person>();
  CHECK(ids(persons.template by<&Person::domain>().equal("b.org")) == Ids{1, 3});
  CHECK(ids(persons.template by<PersonKey::domain>().prefix("a")) == Ids{2});
  CHECK(persons.get_by_secondary_key(people::PersonDomainSecondaryKey{"a.org"}).front() == person(2, "a.org"));
}

ON_BOTH_ENGINES("an absent result has no entry, a list one for each element") {
  Person child = person(1);
  child.age = 9;
  Person adult = person(2);
  adult.age = 42;
  adult.address.lines = {"Rue de la Paix", "rue"};
  const auto store = store_of<Engine>({child, adult});
  auto txn = store.begin_read();
  const auto persons = txn.template open_tree<Person>();
  CHECK(ids(persons.template by<&Person::decade>().all()) == Ids{2});
  CHECK(persons.template by<&Person::decade>().count(4) == 1);
  CHECK(ids(persons.template by<&Person::words>().all()) == Ids{2, 2, 2, 2});
  CHECK(persons.template by<&Person::words>().count("rue") == 1);
}

ON_BOTH_ENGINES("a computed value is a part of a key of several") {
  Person old = person(1, "a.org");
  old.age = 60;
  Person young = person(2, "a.org");
  young.age = 20;
  const auto store = store_of<Engine>({old, young, person(3, "b.org")});
  auto txn = store.begin_read();
  const auto by_domain = txn.template open_tree<Person>().template by<PersonKey::by_domain_age>();
  CHECK(ids(by_domain.equal("a.org")) == Ids{1, 2});
  CHECK(ids(by_domain.range(std::tuple("a.org", 30), netabase::unbounded)) == Ids{2, 3});
}

ON_BOTH_ENGINES("entries of functions follow every write") {
  const auto store = store_of<Engine>({person(1, "a"), person(2, "a")});
  auto txn = store.begin_write();
  auto persons = txn.template open_tree<Person>();
  const auto by_domain = persons.template by<&Person::domain>();
  persons.put(person(1, "b"));
  CHECK(ids(by_domain.equal("a")) == Ids{2});
  persons.update(2, [](Person& it) { it.email = "x@c"; });
  CHECK(by_domain.count("a") == 0);
  CHECK(ids(by_domain.equal("c")) == Ids{2});
  persons.put_many({person(1, "d"), person(3, "d")});
  CHECK(ids(by_domain.equal("d")) == Ids{1, 3});
  CHECK(by_domain.count("b") == 0);
  CHECK_FALSE(persons.insert(person(1, "e")));
  CHECK(by_domain.count("e") == 0);
  persons.remove_many({1});
  persons.remove(2);
  CHECK(ids(by_domain.all()) == Ids{3});
  persons.clear();
  CHECK(by_domain.count() == 0);
  txn.commit();
  require_sound(store);
}

ON_BOTH_ENGINES("what a function throws goes through every write, which has then written nothing") {
  const auto store = store_of<Engine>({person(1, "a"), person(2, "b")});
  auto txn = store.begin_write();
  auto persons = txn.template open_tree<Person>();
  const Ids before{1, 2};
  CHECK(after_throw(persons, [&] { persons.put(without_domain(3)); }) == before);
  CHECK(after_throw(persons, [&] { persons.put(without_domain(1)); }) == before);
  CHECK(after_throw(persons, [&] { persons.insert(without_domain(3)); }) == before);
  CHECK(after_throw(persons, [&] { persons.update(2, [](Person& it) { it.email = "nowhere"; }); }) == before);
  CHECK(after_throw(persons, [&] { persons.put_many({person(3, "c"), without_domain(4), person(5, "d")}); }) == before);
  CHECK(after_throw(persons, [&] { persons.put_many({person(1, "c"), without_domain(2)}); }) == before);
  auto batch = persons.create_batch();
  batch.remove(1);
  batch.put(without_domain(6));
  CHECK(after_throw(persons, [&] { batch.commit(); }) == before);
  CHECK(batch.size() == 2);
  CHECK(persons.len() == 2);
  CHECK(*persons.get(1) == person(1, "a"));
  // The transaction is as good as before.
  persons.put(person(3, "c"));
  txn.commit();
  auto read = store.begin_read();
  CHECK(read.template open_tree<Person>().len() == 3);
  require_sound(store);
}

ON_BOTH_ENGINES("a function that throws for the stored record stops its removal, and check() says so") {
  const auto store = store_of<Engine>({person(1, "a")});
  const auto forget_domain = [](Person& it) { it.email = "nowhere"; };
  people::Person::domain_throws = false;
  store.with_write_transaction([&](auto& txn) { txn.template open_tree<Person>().update(1, forget_domain); });
  people::Person::domain_throws = true;
  {
    auto txn = store.begin_write();
    auto persons = txn.template open_tree<Person>();
    CHECK(after_throw(persons, [&] { persons.remove(1); }) == Ids{1});
    CHECK(after_throw(persons, [&] { persons.remove_many({1}); }) == Ids{1});
    CHECK(after_throw(persons, [&] { persons.put(person(1)); }) == Ids{1});
    txn.commit();
  }
  const netabase::CheckReport report = store.check();
  REQUIRE_FALSE(report.ok());
  CHECK(report.problems.front() ==
        "record x'0000000000000001' of Person: a function that its indexes call throws: no @ in nowhere");
}

ON_BOTH_ENGINES("a computed unique key that is taken stores nothing and names both records") {
  Person first = person(1);
  first.verified = true;
  Person second = person(2);
  second.verified = true;
  second.email = "USER1@example.org";
  const auto store = store_of<Engine>({first});
  auto txn = store.begin_write();
  auto persons = txn.template open_tree<Person>();
  CHECK_THROWS_AS(persons.put(second), netabase::UniqueViolation);
  CHECK_THROWS_AS(persons.put_many({second}), netabase::UniqueViolation);
  CHECK(persons.len() == 1);
  CHECK(persons.template by<&Person::domain>().count() == 1);
  CHECK(persons.template by<&Person::mailbox>().find("user1@example.org")->id() == 1);
  second.email = "other@example.org";
  persons.put(second);
  second.email = "User1@Example.org";
  CHECK_THROWS_AS(persons.put(second), netabase::UniqueViolation);
  CHECK(persons.get(2)->email == "other@example.org");
  txn.commit();
  require_sound(store);
}

ON_BOTH_ENGINES("a computed key that is too long is refused") {
  Person wordy = person(1, std::string(60, 'x'));
  const auto store = store_of<Engine>({wordy});  // not verified: no entry, any length
  wordy.verified = true;
  auto txn = store.begin_write();
  auto persons = txn.template open_tree<Person>();
  CHECK_THROWS_AS(persons.put(wordy), netabase::KeyTooLong);
  CHECK_THROWS_AS(persons.put_many({wordy}), netabase::KeyTooLong);
  CHECK_FALSE(persons.get(1)->verified);
}

ON_BOTH_ENGINES("long computed keys are told apart by what the function gives") {
  const std::string begin(300, 'd');
  const auto store = store_of<Engine>({person(1, begin + "1"), person(2, begin + "2"), person(3, begin + "1")});
  auto txn = store.begin_read();
  const auto by_domain = txn.template open_tree<Person>().template by<&Person::domain>();
  CHECK(ids(by_domain.equal(begin + "1")) == Ids{1, 3});
  CHECK(ids(by_domain.equal(begin + "2")) == Ids{2});
  require_sound(store);
}
