#include <doctest/doctest.h>

#include "generated/blog.netabase.hpp"
#include "tests/readme/support.hpp"

using blog::Post, blog::User, blog::UserRef;

TEST_CASE("README, Links") {
  auto store = netabase::Store<blog::BlogDefinition>::open(readme::fresh("links.mdb"));
  auto txn = store.begin_write();
  auto users = txn.open_tree<User>();
  auto posts = txn.open_tree<Post>();
  users.put({.id = 1, .name = "ann", .age = 30, .city = "Paris", .tags = {}});
  users.put({.id = 2, .name = "ben", .age = 30, .city = "Paris", .tags = {}});
  const std::uint64_t first = posts.put({.id = 0, .author_id = 1, .reply_to = {}, .mentions = {2}}).id;
  posts.put({.id = 0, .author_id = 1, .reply_to = first, .mentions = {}});

  const std::uint64_t user_id = 1;
  {
    const readme::CapturedOutput out;
    const auto post = posts.get_borrowed(first).value();
    // clang-format off
    std::optional<blog::UserRef> author = posts.target<&blog::Post::author_id>(post);  // of a struct or a view
    for (auto written : posts.by<&blog::Post::author_id>().equal(user_id)) std::cout << written.id();  // and back
    // clang-format on
    CHECK(author->name() == "ann");
    CHECK(out.text() == "12");
  }

  // The table of on_delete.
  CHECK_THROWS_AS(posts.put({.id = 0, .author_id = 9, .reply_to = {}, .mentions = {}}), netabase::LinkViolation);
  CHECK_THROWS_AS(users.remove(1), netabase::LinkViolation);
  users.remove(2);
  CHECK(posts.get(first)->mentions.empty());
  posts.remove(first);
  CHECK(posts.is_empty());
}

TEST_CASE("README, Many small writers") {
  auto store = netabase::Store<blog::BlogDefinition>::open(readme::fresh("writers.mdb"));
  store.quick_put(User{.id = 1, .name = "ann", .age = 30, .city = "Paris", .tags = {}});
  const Post post{.id = 0, .author_id = 1, .reply_to = {}, .mentions = {}};
  const readme::CapturedOutput out;

  // clang-format off
  using BlogStore = netabase::Store<blog::BlogDefinition>;

  auto key = store.write_async([post](BlogStore::Write& txn) { return txn.open_tree<blog::Post>().put(post); });  // a std::future
  std::cout << key.get().id;  // committed and durable, or throws what the function or the commit threw
  // clang-format on

  CHECK(out.text() == "1");
  CHECK(store.quick_get<Post>(1)->author_id == 1);
}

TEST_CASE("README, Queries") {
  auto store = netabase::Store<blog::BlogDefinition>::open(readme::fresh("queries.mdb"));
  auto txn = store.begin_write();
  auto users = txn.open_tree<User>();
  for (std::uint8_t id = 0; id < 60; ++id) {
    users.put({.id = id,
               .name = std::to_string(id) + ' ',
               .age = id,
               .city = id % 2 == 0 ? "Paris" : "Rome",
               .tags = {id % 10 == 0 ? "bot" : "cat"}});
  }
  const readme::CapturedOutput out;

  // clang-format off
  using netabase::desc, netabase::field;

  auto page = users.query()
                  .where(field<&User::age>() >= 18 && field<&User::city>() == "Paris" && !field<&User::tags>().contains("bot"))
                  .order_by(desc<&User::age>())
                  .offset(20)
                  .limit(10);
  for (UserRef user : page) std::cout << user.name();            // views; .owned() gives structs, .keys() primary keys
  page.each([](UserRef user) { std::cout << user.name(); });     // and page.first(), page.count()
  std::cout << page.explain();                                   // which index, what is filtered, what is sorted
  // clang-format on

  // Of the 21 even ages from 18, those that are not divisible by ten; the first 20 are not on this page.
  std::string expected;
  std::vector<std::uint64_t> keys;
  for (std::uint64_t age = 58; age >= 18; age -= 2) {
    if (age % 10 != 0) keys.push_back(age);
  }
  keys.erase(keys.begin(), keys.begin() + std::min<std::ptrdiff_t>(20, std::ssize(keys)));
  for (const std::uint64_t key : keys) expected += std::to_string(key) + ' ';
  CHECK(out.text().starts_with(expected + expected));
  CHECK(out.text().find("index") != std::string::npos);
  CHECK(page.count() == keys.size());
}
