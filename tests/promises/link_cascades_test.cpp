/// \file
/// Promise: a removal follows a million links as it follows one: without recursion, within memory, once.
///
/// NETABASE_TEST_DEPENDENTS (100000): how many.

#include <cstdlib>

#include "promises/office_support.hpp"

using namespace promises;

namespace {

Id dependents() {
  const char* const text = std::getenv("NETABASE_TEST_DEPENDENTS");
  return text == nullptr ? 100000 : std::strtoull(text, nullptr, 10);
}

}  // namespace

ON_BOTH_ENGINES("a chain of parts, a circle of it, and a crowd that hangs on one") {
  const auto store = OfficeStore<Engine>::temp();
  const Id count = dependents();
  auto txn = store.begin_write();
  auto tasks = txn.template open_tree<office::Task>();
  std::vector<office::Task> many;
  for (Id id = 1; id <= count; ++id) many.push_back(task(id, {}, id == 1 ? count : id - 1));
  tasks.put_many(many);
  CHECK(tasks.remove(count / 2));
  CHECK(tasks.is_empty());
  CHECK(tasks.template by<&office::Task::parent>().count() == 0);

  for (Id id = 1; id <= count; ++id) many[id - 1] = task(id, {}, id == 1 ? MaybeId() : MaybeId(1));
  tasks.put_many(many);
  CHECK(tasks.remove(count));
  CHECK(tasks.len() == count - 1);
  CHECK(tasks.remove(1));
  CHECK(tasks.is_empty());
  txn.commit();
  require_sound(store);
}

ON_BOTH_ENGINES("a crowd whose links are emptied") {
  const auto store = OfficeStore<Engine>::temp();
  const Id count = dependents();
  auto txn = store.begin_write();
  auto people = txn.template open_tree<office::Person>();
  std::vector<office::Person> many;
  for (Id id = 1; id <= count; ++id) many.push_back(person(id, 1));
  people.put_many(many);
  CHECK(people.remove(1));
  CHECK(people.len() == count - 1);
  CHECK(people.template by<&office::Person::boss>().count() == 0);
  txn.commit();
  require_sound(store);
}

ON_BOTH_ENGINES("a whole model with all that hangs on it") {
  const auto store = OfficeStore<Engine>::temp();
  const Id count = dependents();
  auto txn = store.begin_write();
  std::vector<office::Person> people;
  std::vector<office::Badge> badges;
  for (Id id = 1; id <= count; ++id) {
    people.push_back(person(id, id));
    badges.push_back(badge(id, "badge" + std::to_string(id)));
  }
  txn.template open_tree<office::Person>().put_many(people);
  txn.template open_tree<office::Badge>().put_many(badges);
  txn.template open_tree<office::Person>().clear();
  CHECK(txn.template open_tree<office::Badge>().is_empty());
  CHECK(txn.template open_tree<office::Person>().template by<&office::Person::boss>().count() == 0);
  txn.commit();
  require_sound(store);
}
