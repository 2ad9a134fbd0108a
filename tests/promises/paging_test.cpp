/// \file
/// Promise: on every index and on the primary key, ranges of every kind, their beginnings, both directions and pages
/// are asked for alike.

#include "promises/people_support.hpp"

using namespace promises;

namespace {

using people::Note;
using people::NoteKey;

/// Pages of two, each begun behind the last record of the page before, which `after` states.
template <class Range, class After>
Ids by_pages(Range&& range, After&& after) {
  Ids all;
  std::optional<Person> last;
  for (int pages = 0; pages < 20; ++pages) {
    auto page = range();
    if (last) page = after(std::move(page), *last);
    last.reset();
    for (Person one : std::move(page).limit(2).owned()) {
      all.push_back(one.id);
      last = std::move(one);
    }
    if (!last) return all;
  }
  FAIL("the pages do not end");
  return all;
}

std::vector<Person> five_in_two_places() {
  return {person_in(1, "b"), person_in(2, "a"), person_in(3, "b"), person_in(4, "a"), person_in(5, "b")};
}

}  // namespace

ON_BOTH_ENGINES("pages of an index go on behind the last record seen, in both directions") {
  const auto store = store_of<Engine>(five_in_two_places());
  auto txn = store.begin_read();
  const auto by_zip = txn.template open_tree<Person>().template by<PersonKey::by_zip>();
  const auto after = [](auto range, const Person& last) { return std::move(range).after(last); };
  CHECK(by_pages([&] { return by_zip.all(); }, after) == Ids{2, 4, 1, 3, 5});
  CHECK(by_pages([&] { return by_zip.reverse(); }, after) == Ids{5, 3, 1, 4, 2});
  CHECK(by_pages([&] { return by_zip.equal("b"); }, after) == Ids{1, 3, 5});
  CHECK(by_pages([&] { return by_zip.equal("b").reverse(); }, after) == Ids{5, 3, 1});
}

ON_BOTH_ENGINES("pages go on behind an index key and a primary key, also when the record is gone") {
  const auto store = store_of<Engine>(five_in_two_places());
  auto txn = store.begin_write();
  auto persons = txn.template open_tree<Person>();
  const auto by_zip = persons.template by<PersonKey::by_zip>();
  CHECK(ids(by_zip.after("b", 1)) == Ids{3, 5});
  CHECK(ids(by_zip.reverse().after("b", 1)) == Ids{4, 2});
  CHECK(ids(by_zip.all().after(people::PersonByZipSecondaryKey{"a"}, people::PersonPrimaryKey{2}).limit(2)) ==
        Ids{4, 1});
  persons.remove(1);
  CHECK(ids(by_zip.after("b", 1)) == Ids{3, 5});
  CHECK(ids(by_zip.all().after(person_in(1, "b")).reverse()) == Ids{4, 2});
  CHECK(ids(by_zip.equal("b").after("a", 9)) == Ids{3, 5});
  CHECK(ids(by_zip.equal("a").after("b", 1)).empty());
  CHECK(ids(by_zip.equal("a").after("b", 1).reverse()) == Ids{4, 2});
  CHECK(by_zip.after("a", 2).count() == 3);
}

ON_BOTH_ENGINES("pages of a unique index need its key alone") {
  const auto store = store_of<Engine>({person(1), person(2), person(3)});
  auto txn = store.begin_read();
  const auto by_handle = txn.template open_tree<Person>().template by<&Person::handle>();
  CHECK(ids(by_handle.after("handle1")) == Ids{2, 3});
  CHECK(ids(by_handle.after("handle1", 1)) == Ids{2, 3});
  CHECK(ids(by_handle.reverse().after("handle3")) == Ids{2, 1});
  CHECK(ids(by_handle.after("handle11")) == Ids{2, 3});
}

ON_BOTH_ENGINES("a borrowed record is a place, too") {
  const auto store = store_of<Engine>(five_in_two_places());
  auto txn = store.begin_read();
  const auto persons = txn.template open_tree<Person>();
  const auto last = persons.get_borrowed(4);
  CHECK(ids(persons.template by<PersonKey::by_zip>().after(*last)) == Ids{1, 3, 5});
  CHECK(ids(persons.template by<&Person::domain>().after(*last)) == Ids{5});
  CHECK(ids(persons.iter_borrowed().after(*last)) == Ids{5});
}

ON_BOTH_ENGINES("a record that stands several times in a range is no place in it") {
  Person wordy = person(1);
  wordy.address.lines = {"b", "a", "b"};
  Person other = person(2);
  other.address.lines = {"b"};
  const auto store = store_of<Engine>({wordy, other});
  auto txn = store.begin_read();
  const auto by_line = txn.template open_tree<Person>().template by<PersonKey::by_line>();
  CHECK(ids(by_line.equal("b").after(wordy)) == Ids{2});
  CHECK(ids(by_line.after("a", 1)) == Ids{1, 2});
  using netabase::ErrorCode;
  CHECK(code_of([&] { by_line.all().after(wordy); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { by_line.equal("a").after(other); }) == ErrorCode::invalid_argument);
}

ON_BOTH_ENGINES("pages go through keys that are stored by a hash") {
  const std::string begin(400, 'z');
  std::vector<Person> persons;
  for (std::uint64_t id = 1; id <= 5; ++id) persons.push_back(person_in(id, begin + std::to_string(id % 2)));
  const auto store = store_of<Engine>(persons);
  auto txn = store.begin_read();
  const auto by_zip = txn.template open_tree<Person>().template by<PersonKey::by_zip>();
  const auto after = [](auto range, const Person& last) { return std::move(range).after(last); };
  CHECK(by_pages([&] { return by_zip.equal(begin + "1"); }, after) == Ids{1, 3, 5});
  CHECK(by_pages([&] { return by_zip.all(); }, after) == ids(by_zip.all()));
  CHECK(by_pages([&] { return by_zip.reverse(); }, after) == ids(by_zip.reverse()));
}

ON_BOTH_ENGINES("a text behind equal parts is found by its beginning") {
  const auto store = store_of<Engine>({note(1, "ab"), note(1, "abc"), note(1, "b"), note(2, "ab"), note(2, "a\xff")});
  auto txn = store.begin_read();
  const auto notes = txn.template open_tree<Note>();
  const auto by_owner = notes.template by<NoteKey::by_owner_name>();
  CHECK(names(by_owner.prefix(1, "ab")) == Names{"1 ab 0", "1 abc 0"});
  CHECK(names(by_owner.prefix(2, "")) == Names{"2 ab 0", "2 a\xff 0"});
  CHECK(names(by_owner.prefix(2, "a\xff")) == Names{"2 a\xff 0"});
  CHECK(names(by_owner.prefix(3, "ab")).empty());
  CHECK(names(by_owner.prefix(1, "ab").reverse().limit(1)) == Names{"1 abc 0"});
}

ON_BOTH_ENGINES("descending and optional texts are found by their beginnings") {
  const auto store =
      store_of<Engine>({note(1, "ab", 0, "x"), note(1, "abc", 0, "xy"), note(1, "b"), note(1, "", 0, "")});
  auto txn = store.begin_read();
  const auto notes = txn.template open_tree<Note>();
  CHECK(names(notes.template by<NoteKey::by_name_down>().prefix("a")) == Names{"1 abc 0", "1 ab 0"});
  CHECK(names(notes.template by<NoteKey::by_label>().prefix("x")) == Names{"1 ab 0", "1 abc 0"});
  CHECK(names(notes.template by<NoteKey::by_label>().prefix("")) == Names{"1  0", "1 ab 0", "1 abc 0"});
  CHECK(names(notes.template by<NoteKey::by_label>().prefix("xy", "a")) == Names{"1 abc 0"});
}

ON_BOTH_ENGINES("the primary key is asked as every index is") {
  const auto store =
      store_of<Engine>({note(1, "ab", 1), note(1, "ab", 2), note(1, "abc", 1), note(2, "ab", 1), note(2, "b", 1)});
  auto txn = store.begin_read();
  const auto notes = txn.template open_tree<Note>();
  const auto primary = notes.template by<NoteKey::primary>();
  CHECK(primary.find(1, "ab", 2)->version() == 2);
  CHECK_FALSE(primary.find(1, "ab", 3).has_value());
  CHECK(names(primary.equal(2)) == Names{"2 ab 1", "2 b 1"});
  CHECK(names(primary.equal(1, "ab")) == Names{"1 ab 1", "1 ab 2"});
  CHECK(names(primary.range(netabase::excluding(std::tuple(1, "ab")), netabase::including(std::tuple(2, "ab")))) ==
        Names{"1 abc 1", "2 ab 1"});
  CHECK(names(primary.prefix(1, "ab")) == Names{"1 ab 1", "1 ab 2", "1 abc 1"});
  CHECK(names(notes.prefix(2, "a")) == Names{"2 ab 1"});
  CHECK(names(primary.reverse().limit(2)) == Names{"2 b 1", "2 ab 1"});
  CHECK(names(primary.limit(1)) == Names{"1 ab 1"});
  CHECK(names(primary.after(1, "abc", 1)) == Names{"2 ab 1", "2 b 1"});
  CHECK(names(primary.equal(1).after(people::NotePrimaryKey(1, "ab", 1))) == Names{"1 ab 2", "1 abc 1"});
  CHECK(primary.count() == 5);
  CHECK(primary.count(1) == 3);
  CHECK(primary.count(1, "ab") == 2);
  CHECK(primary.contains(2, "b"));
  CHECK_FALSE(primary.contains(3));
  CHECK(collect(primary.keys(), [](const auto& key) { return key.owner; }) ==
        std::vector<std::uint32_t>{1, 1, 1, 2, 2});
}

ON_BOTH_ENGINES("the member pointer of a single primary key names it") {
  const auto store = store_of<Engine>({person(1), person(2)});
  auto txn = store.begin_read();
  CHECK(ids(txn.template open_tree<Person>().template by<&Person::id>().reverse()) == Ids{2, 1});
}

ON_BOTH_ENGINES("many secondary keys are answered in the order asked") {
  const std::string begin(300, 'd');
  const auto store = store_of<Engine>(
      {person(1, "b"), person(2, "a"), person(3, "b"), person(4, begin + "1"), person(5, begin + "2")});
  auto txn = store.begin_read();
  const auto persons = txn.template open_tree<Person>();
  using Key = people::PersonDomainSecondaryKey;
  const std::vector<Key> keys = {Key{"c"}, Key{"b"}, Key{begin + "2"}, Key{"a"}, Key{"b"}};
  const auto found = persons.get_many_by_secondary_keys(keys);
  const auto views = persons.get_many_by_secondary_keys_borrowed(keys);
  REQUIRE(found.size() == 5);
  REQUIRE(views.size() == 5);
  const std::vector<Ids> expected = {{}, {1, 3}, {5}, {2}, {1, 3}};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    CHECK(ids(found[i]) == expected[i]);
    CHECK(ids(views[i]) == expected[i]);
  }
  using Handle = people::PersonHandleSecondaryKey;
  const auto unique = persons.get_many_by_secondary_keys(std::vector{Handle{"handle3"}, Handle{"handle"}});
  CHECK(ids(unique[0]) == Ids{3});
  CHECK(unique[1].empty());
}

ON_BOTH_ENGINES("many primary keys are answered in the order asked, as views as well") {
  const auto store = store_of<Engine>({person(1), person(2)});
  auto txn = store.begin_read();
  const auto views = txn.template open_tree<Person>().get_many_borrowed(std::vector<std::uint64_t>{2, 7, 1, 2});
  REQUIRE(views.size() == 4);
  CHECK(views[0]->id() == 2);
  CHECK_FALSE(views[1].has_value());
  CHECK(views[2]->id() == 1);
  CHECK(views[3]->id() == 2);
}
