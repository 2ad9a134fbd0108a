#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "generated/people.netabase.hpp"
#include "tests/readme/support.hpp"

using namespace people;

TEST_CASE("README, Indexes") {
  auto store = netabase::Store<PeopleDefinition>::open(readme::fresh("people.mdb"));
  auto txn = store.begin_write();
  auto people = txn.open_tree<Person>();
  for (std::uint64_t id = 1; id <= 100; ++id) {
    people.put({.id = id,
                .handle = "user " + std::to_string(id),
                .email = "x@" + std::string(id % 2 == 0 ? "example.org" : "d.org"),
                .address = {},
                .age = static_cast<std::uint8_t>(id),
                .retired = false});
  }
  people.put({.id = 200,
              .handle = "alice",
              .email = "a@a.org",
              .address = Address{"75001", "FR"},
              .age = 1,
              .retired = false});
  const std::vector<std::uint64_t> ids{200, 7, 999};
  const Person last = people.get(98).value();

  // clang-format off
  auto by_domain = people.by<&Person::domain>();     // or by<PersonKey::domain>(); by<PersonKey::primary>() is the primary key
  auto members = by_domain.equal("example.org");     // a lazy range of views; .owned() and .keys() of any range
  auto a_to_f = by_domain.range("a", netabase::including("f"));  // [a, f]; also excluding(…), unbounded
  auto similar = by_domain.prefix("exam");
  auto last_ten = by_domain.reverse().limit(10);
  auto how_many = by_domain.count("example.org");    // also contains("example.org"), and keys() of the whole index
  auto alice = people.by<&Person::handle>().find("alice");       // unique indexes: std::optional<PersonRef>

  auto by_age = people.by<PersonKey::by_domain_age>();
  auto oldest_first = by_age.equal("example.org");   // leading parts are enough
  auto domains = by_age.prefix("exam");              // and prefix(part, …, "text") where the text comes later
  auto up_to_40 = by_age.range(std::tuple("example.org", 40), netabase::including("example.org"));  // age descends: 40, 39, …

  auto next_page = by_age.equal("example.org").after(last).limit(20);               // behind the last record seen
  auto behind = by_age.after(PersonByDomainAgeSecondaryKey("example.org", 40), 7);  // or behind an index key and a primary key

  auto found = people.get_many(ids);                 // in the order asked, looked up many at a time
  auto of_both = people.get_many_by_secondary_keys(std::vector{PersonDomainSecondaryKey{"a.org"}, PersonDomainSecondaryKey{"b.org"}});
  // clang-format on

  CHECK(std::ranges::distance(std::move(members).keys()) == 50);
  CHECK(std::ranges::distance(a_to_f) == 101);
  CHECK(std::ranges::distance(similar) == 50);
  CHECK((*last_ten.begin()).id() == 100);
  CHECK(std::ranges::distance(last_ten) == 10);
  CHECK(how_many == 50);
  CHECK(alice->id() == 200);
  CHECK((*oldest_first.begin()).age() == 100);
  CHECK(std::ranges::distance(domains) == 50);
  CHECK((*up_to_40.begin()).age() == 40);
  CHECK(std::ranges::distance(up_to_40) == 20);
  CHECK((*next_page.begin()).age() == 96);
  CHECK(std::ranges::distance(next_page) == 20);
  CHECK((*behind.begin()).age() == 40);
}
