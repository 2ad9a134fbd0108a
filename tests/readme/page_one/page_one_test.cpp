#include "generated/blog.netabase.hpp"  // made by netabase-gen in your build, committed by you

#include <doctest/doctest.h>

#include "tests/readme/support.hpp"

TEST_CASE("README, page one") {
  {
    auto store = netabase::Store<blog::BlogDefinition>::open(readme::fresh("blog.mdb"));
    auto txn = store.begin_write();
    txn.open_tree<blog::User>().put({.id = 15, .username = "bob", .email = "bob@example.com", .city = "Paris"});
    txn.commit();
  }
  const readme::CapturedOutput out;

  // clang-format off
  auto store = netabase::Store<blog::BlogDefinition>::open("blog.mdb");

  auto txn = store.begin_write();  // rolls back unless committed
  auto users = txn.open_tree<blog::User>();
  users.put({.id = 1, .username = "alice", .email = "alice@example.com", .city = "Paris"});
  txn.commit();

  auto read = store.begin_read();  // a snapshot; any number of them, never in the writer's way
  auto people = read.open_tree<blog::User>();
  std::optional<blog::User> owned = people.get(1);
  if (auto ref = people.get_borrowed(1)) std::cout << ref->email();     // a string_view into the map
  for (blog::UserRef user : people.range_borrowed(10, 20)) std::cout << user.username();  // [10, 20)
  auto hit = people.by<&blog::User::email>().find("alice@example.com");  // unique: std::optional<UserRef>
  for (auto user : people.by<&blog::User::city>().equal("Paris")) std::cout << user.id();  // lazy, zero-copy
  // clang-format on

  CHECK(owned->username == "alice");
  CHECK(hit->id() == 1);
  CHECK(out.text() == "alice@example.combob115");
}
