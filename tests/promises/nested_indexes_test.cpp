/// \file
/// Promise: a field of a nested struct, at any depth, is a part of a key like any other.

#include "promises/people_support.hpp"

using namespace promises;

ON_BOTH_ENGINES("a record is found by a field of a struct in it") {
  const auto store = store_of<Engine>({person_in(1, "75001"), person_in(2, "10115", "de"), person_in(3, "75001")});
  auto txn = store.begin_read();
  const auto persons = txn.template open_tree<Person>();
  const auto by_zip = persons.template by<PersonKey::by_zip>();
  CHECK(ids(by_zip.equal("75001")) == Ids{1, 3});
  CHECK(ids(by_zip.prefix("1")) == Ids{2});
  CHECK(ids(by_zip.range("2", netabase::unbounded)) == Ids{1, 3});
  CHECK(ids(persons.get_by_secondary_key(people::PersonByZipSecondaryKey{"10115"})) == Ids{2});
}

ON_BOTH_ENGINES("fields of several depths make one key, each in its direction") {
  const auto store = store_of<Engine>({person_in(1, "1", "fr"), person_in(2, "2", "fr"), person_in(3, "1", "de")});
  auto txn = store.begin_read();
  const auto by_country = txn.template open_tree<Person>().template by<PersonKey::by_country_zip>();
  CHECK(ids(by_country.all()) == Ids{3, 2, 1});
  CHECK(ids(by_country.equal("fr")) == Ids{2, 1});
  CHECK(ids(by_country.equal(people::PersonByCountryZipSecondaryKey("fr", "1"))) == Ids{1});
  people::PersonByCountryZipSecondaryKey key;
  key.address_country_code = "de";
  key.address_zip = "1";
  CHECK(ids(by_country.equal(key)) == Ids{3});
}

ON_BOTH_ENGINES("behind an absent struct there is no entry") {
  Person employed = person(2);
  employed.work = address("9", 33, {"a", "b"});
  Person unnumbered = person(3);
  unnumbered.work = address("8");
  const auto store = store_of<Engine>({person(1), employed, unnumbered});
  auto txn = store.begin_read();
  const auto persons = txn.template open_tree<Person>();
  CHECK(ids(persons.template by<PersonKey::by_work_zip>().all()) == Ids{3, 2});
  CHECK(ids(persons.template by<PersonKey::by_work_prefix>().all()) == Ids{2});
  CHECK(persons.template by<PersonKey::by_work_prefix>().count(33) == 1);
  CHECK(ids(persons.template by<PersonKey::by_work_line>().all()) == Ids{2, 2});
  CHECK(persons.template by<PersonKey::by_line>().count() == 0);
}

ON_BOTH_ENGINES("in a key of several parts an absent struct is an absent part, before every value") {
  Person employed = person(2);
  employed.work = address("");
  employed.age = 30;
  Person older = employed;
  older.id = 3;
  older.handle = "other";
  older.age = 40;
  const auto store = store_of<Engine>({person(1), employed, older});
  auto txn = store.begin_read();
  const auto by_work = txn.template open_tree<Person>().template by<PersonKey::by_work_zip_age>();
  CHECK(ids(by_work.all()) == Ids{1, 3, 2});
  CHECK(ids(by_work.equal(std::nullopt)) == Ids{1});
  CHECK(ids(by_work.equal("")) == Ids{3, 2});
  CHECK(ids(by_work.equal("", 30)) == Ids{2});
}

ON_BOTH_ENGINES("entries of nested fields follow every write") {
  const auto store = store_of<Engine>({person_in(1, "a")});
  auto txn = store.begin_write();
  auto persons = txn.template open_tree<Person>();
  const auto by_zip = persons.template by<PersonKey::by_zip>();
  const auto by_work = persons.template by<PersonKey::by_work_zip>();
  persons.update(1, [](Person& it) {
    it.address.zip = "b";
    it.work = address("w");
  });
  CHECK(by_zip.count("a") == 0);
  CHECK(by_zip.count("b") == 1);
  CHECK(by_work.count("w") == 1);
  persons.update(1, [](Person& it) { it.work.reset(); });
  CHECK(by_work.count() == 0);
  auto batch = persons.create_batch();
  batch.put(person_in(1, "c"));
  batch.put(person_in(2, "c"));
  batch.commit();
  CHECK(ids(by_zip.equal("c")) == Ids{1, 2});
  persons.remove(1);
  CHECK(ids(by_zip.all()) == Ids{2});
  txn.commit();
  require_sound(store);
}

ON_BOTH_ENGINES("an optional list has an entry for each element, and none when it is absent") {
  people::Note paged = note(1, "paged");
  paged.pages = {7, 9, 7};
  people::Note empty = note(1, "empty");
  empty.pages.emplace();
  const auto store = store_of<Engine>({note(1, "bare"), paged, empty});
  auto txn = store.begin_read();
  const auto by_page = txn.template open_tree<people::Note>().template by<&people::Note::pages>();
  CHECK(by_page.count() == 2);
  CHECK(names(by_page.equal(9)) == Names{"1 paged 0"});
}
