/// \file
/// Promise: reading what is borrowed allocates nothing, once the transaction's cursors are warm.
///
/// This file replaces the program's operator new by one that counts, for each thread.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <thread>

#include "promises/blog_support.hpp"
#include "promises/people_support.hpp"
#include "shop.netabase.hpp"

namespace {

thread_local std::uint64_t allocations = 0;

void* allocate(std::size_t size) {
  ++allocations;
  if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

using namespace promises;

namespace {

/// Allocations of `read`, run for the second time; `sum` keeps the compiler from leaving the reads out.
template <class Read>
std::uint64_t allocations_of(Read&& read) {
  read();
  const std::uint64_t before = allocations;
  read();
  return allocations - before;
}

volatile std::uint64_t sum = 0;

}  // namespace

TEST_CASE("the count of allocations counts") {
  CHECK(allocations_of([] { sum = sum + std::string(100, 'x').size(); }) == 1);
}

ON_BOTH_ENGINES("no borrowed read allocates") {
  const auto store = BlogStore<Engine>::temp();
  std::vector<blog::User> many;
  for (std::uint64_t id = 1; id <= 100; ++id) many.push_back(user(id, id % 2 == 0 ? "Paris" : "Rome"));
  store_users(store, many);
  store.with_write_transaction([](auto& txn) {
    auto posts = txn.template open_tree<blog::Post>();
    for (std::uint64_t id = 1; id <= 100; ++id) {
      posts.put(post(id, id % 3, static_cast<std::int64_t>(id), {"tag", "a tag that is too long for a short string"}));
    }
  });

  auto txn = store.begin_read();
  const auto users = txn.template open_tree<blog::User>();
  const auto posts = txn.template open_tree<blog::Post>();
  const auto read = [](const blog::UserRef& ref) {
    sum = sum + ref.id() + ref.username().size() + ref.email().size() + ref.city()->size();
  };

  CHECK(allocations_of([&] { read(*users.get_borrowed(50)); }) == 0);
  CHECK(allocations_of([&] { sum = sum + users.contains(77); }) == 0);
  CHECK(allocations_of([&] { read(*users.template by<&blog::User::email>().find("user70@example.com")); }) == 0);
  CHECK(allocations_of([&] {
          for (const auto ref : users.template by<&blog::User::city>().equal("Paris")) read(ref);
        }) == 0);
  CHECK(allocations_of([&] {
          for (const auto ref : users.template by<&blog::User::city>().prefix("P").reverse().limit(10)) read(ref);
        }) == 0);
  CHECK(allocations_of([&] { sum = sum + users.template by<&blog::User::city>().count("Paris"); }) == 0);
  CHECK(allocations_of([&] {
          for (const auto& key : users.template by<&blog::User::city>().equal("Paris").keys()) sum = sum + key.id;
        }) == 0);
  CHECK(allocations_of([&] {
          for (const auto ref : users.iter_borrowed()) read(ref);
        }) == 0);
  CHECK(allocations_of([&] {
          for (const auto ref : users.range_borrowed(10, netabase::including(90)).reverse().after(80)) read(ref);
        }) == 0);
  CHECK(allocations_of([&] {
          for (const auto& key : users.keys()) sum = sum + key.id;
        }) == 0);
  CHECK(allocations_of([&] {
          for (const auto ref : posts.template by<&blog::Post::tags>().equal("tag")) {
            for (const std::string_view tag : ref.tags()) sum = sum + tag.size();
          }
        }) == 0);
  CHECK(allocations_of([&] {
          for (const auto ref : posts.template by<blog::PostKey::by_author_date>().range(std::tuple(1, 90), 2)) {
            sum = sum + ref.title().size();
          }
        }) == 0);

  using netabase::desc;
  using netabase::field;
  constexpr auto city = field<&blog::User::city>();
  constexpr auto author = field<&blog::Post::author_id>();
  constexpr auto tags = field<&blog::Post::tags>();
  const std::string paris = "Paris";
  const auto each = [&](auto&& query) {
    for (const auto ref : query) sum = sum + ref.id();
  };
  CHECK(allocations_of([&] { each(users.query().where(city == paris && field<&blog::User::id>() > 10)); }) == 0);
  CHECK(allocations_of([&] { each(users.query().where(city.starts_with("P")).offset(3).limit(10)); }) == 0);
  CHECK(allocations_of([&] { each(users.query().order_by(desc<&blog::User::email>()).limit(30)); }) == 0);
  CHECK(allocations_of([&] { each(users.query().where(city.in({"Paris", "Rome"}) && !city.contains("x"))); }) == 0);
  CHECK(allocations_of([&] { each(users.query().where(city == "Rome" || field<&blog::User::id>() == 7)); }) == 0);
  CHECK(allocations_of([&] { each(posts.query().where(author == 1 && tags.contains("tag"))); }) == 0);
  CHECK(allocations_of(
            [&] { each(posts.query().where(author == 1).order_by(desc<&blog::Post::created>()).limit(5)); }) == 0);
  CHECK(allocations_of([&] { sum = sum + posts.query().where(author == 1 && tags.contains("tag")).count(); }) == 0);
  CHECK(allocations_of([&] { sum = sum + users.query().where(city == "Rome").first()->id(); }) == 0);
  CHECK(allocations_of([&] {
          for (const auto& key : users.query().where(city == "Rome").keys()) sum = sum + key.id;
        }) == 0);
  CHECK(allocations_of([&] {
          for (const auto ref :
               posts.template by<blog::PostKey::by_author_date>().equal(1).after(std::tuple(1, 50), 50))
            sum = sum + ref.title().size();
        }) == 0);
  CHECK(allocations_of([&] {
          const auto last = *users.get_borrowed(50);
          for (const auto ref : users.template by<&blog::User::city>().equal("Paris").reverse().after(last)) read(ref);
        }) == 0);
  CHECK(allocations_of([&] {
          const auto by_id = users.template by<blog::UserKey::primary>();
          sum = sum + by_id.count(7) + by_id.find(7)->id();
          for (const auto ref : by_id.range(netabase::excluding(10), 90).limit(5)) read(ref);
        }) == 0);
  // The answer itself, the keys in order and their places, nothing for each record.
  CHECK(allocations_of([&] {
          static const std::vector<std::uint64_t> wanted = {70, 3, 50, 9, 1};
          for (const auto& ref : users.get_many_borrowed(wanted)) read(*ref);
        }) <= 12);
}

ON_BOTH_ENGINES("no borrowed read through nested fields, text behind parts or partial indexes allocates") {
  const auto store = PeopleStore<Engine>::temp();
  store.with_write_transaction([](auto& txn) {
    auto persons = txn.template open_tree<people::Person>();
    auto notes = txn.template open_tree<people::Note>();
    for (std::uint64_t id = 1; id <= 50; ++id) {
      people::Person one = person_in(id, "a zip code that is too long for a short string");
      one.work = one.address;
      one.verified = true;
      persons.put(one);
      notes.put(
          note(static_cast<std::uint32_t>(id % 3), "a name that is too long for a short string " + std::to_string(id)));
    }
  });
  auto txn = store.begin_read();
  const auto persons = txn.template open_tree<people::Person>();
  const auto notes = txn.template open_tree<people::Note>();
  static const std::string zip = "a zip code that is too long for a short string";
  CHECK(allocations_of([&] {
          for (const auto ref : persons.template by<people::PersonKey::by_country_zip>().equal("fr", zip))
            sum = sum + ref.address().zip().size();
        }) == 0);
  CHECK(allocations_of([&] {
          const auto last = *persons.get_borrowed(7);
          for (const auto ref : persons.template by<people::PersonKey::by_work_zip_age>().prefix("a zip").after(last))
            sum = sum + ref.work()->zip().size();
        }) == 0);
  CHECK(allocations_of([&] {
          for (const auto ref : persons.template by<people::PersonKey::by_team_rank>().equal(std::nullopt).reverse())
            sum = sum + ref.id();
        }) == 0);
  CHECK(allocations_of([&] {
          for (const auto ref : notes.template by<people::NoteKey::by_owner_name>().prefix(1, "a name"))
            sum = sum + ref.name().size();
          for (const auto ref : notes.prefix(2, "a name")) sum = sum + ref.name().size();
        }) == 0);
}

TEST_CASE("a transaction is begun and ended without an allocation") {
  const auto store = BlogStore<netabase::Lmdb>::temp();
  store_users(store, {user(1, "Paris")});
  // AddressSanitizer watches memory that was freed, so there it is not kept for the next one.
  constexpr std::size_t each = NETABASE_RECYCLES != 0 ? 0 : 1;
  CHECK(allocations_of([&] { static_cast<void>(store.begin_read()); }) == each);
  CHECK(allocations_of([&] {
          auto txn = store.begin_read();
          sum = sum + txn.open_tree<blog::User>().get_borrowed(1)->id();
        }) == each);
  CHECK(allocations_of([&] { store.begin_write().commit(); }) == each);
  CHECK(allocations_of([&] { store.begin_write().rollback(); }) == each);
  // Two at a time: the second one has no memory to take over, and is the one that is kept.
  CHECK(allocations_of([&] {
          auto one = store.begin_read();
          auto other = store.begin_read();
        }) == 1 + each);
  // One that ends in another thread gives its memory to that one, which frees it at its end.
  auto moved = store.begin_read();
  std::thread([&] { auto txn = std::move(moved); }).join();
  CHECK(allocations_of([&] { static_cast<void>(store.begin_read()); }) == each);
}
