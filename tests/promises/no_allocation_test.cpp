/// \file
/// Promise: reading what is borrowed allocates nothing, once the transaction's cursors are warm.
///
/// This file replaces the program's operator new by one that counts, for each thread.

#include <cstdint>
#include <cstdlib>
#include <new>

#include "promises/blog_support.hpp"
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
}
