/// \file
/// Promise: a transaction over any number of models is all or nothing, and a reader sees one committed state as long as
/// it lives.

#include "promises/blog_support.hpp"

using namespace promises;

ON_BOTH_ENGINES("a commit makes the writes to every model visible at once") {
  const auto store = BlogStore<Engine>::temp();
  auto before = store.begin_read();
  {
    auto txn = store.begin_write();
    txn.template open_tree<blog::User>().put(user(1));
    txn.template open_tree<blog::Post>().put(post(1, 1));
    CHECK(store.template quick_get<blog::User>(1) == std::nullopt);
    txn.commit();
    CHECK_FALSE(txn.is_open());
  }
  CHECK(store.template quick_get<blog::User>(1) == user(1));
  CHECK((store.template quick_get<blog::Post>(1) == post(1, 1)));
  CHECK(before.template open_tree<blog::User>().is_empty());
}

ON_BOTH_ENGINES("a transaction that is not committed leaves nothing behind in any model") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1)});
  SUBCASE("destroyed") {
    auto txn = store.begin_write();
    txn.template open_tree<blog::User>().remove(1);
    txn.template open_tree<blog::Post>().put(post(1, 1));
  }
  SUBCASE("rolled back") {
    auto txn = store.begin_write();
    txn.template open_tree<blog::User>().remove(1);
    txn.template open_tree<blog::Post>().put(post(1, 1));
    txn.rollback();
    CHECK_FALSE(txn.is_open());
  }
  SUBCASE("left by an exception") {
    try {
      auto txn = store.begin_write();
      txn.template open_tree<blog::User>().remove(1);
      txn.template open_tree<blog::Post>().put(post(1, 1));
      throw std::runtime_error("stop");
    } catch (const std::runtime_error&) {
    }
  }
  auto txn = store.begin_read();
  CHECK(ids(txn.template open_tree<blog::User>().iter()) == Ids{1});
  CHECK(txn.template open_tree<blog::Post>().is_empty());
}

ON_BOTH_ENGINES("a snapshot stays as it was while others write, whichever way it is read") {
  const auto store = BlogStore<Engine>::temp();
  std::vector<blog::User> all;
  for (std::uint64_t id = 1; id <= 200; ++id) all.push_back(user(id, id % 2 == 0 ? "even" : "odd"));
  store_users(store, all);

  auto old = store.begin_read();
  const auto users = old.template open_tree<blog::User>();
  const auto ref = users.get_borrowed(7);
  REQUIRE(ref.has_value());

  for (int round = 0; round < 20; ++round) {
    store.with_write_transaction([&](auto& txn) {
      auto writer = txn.template open_tree<blog::User>();
      for (std::uint64_t id = 1; id <= 200; id += 3) writer.remove(id);
      writer.put_many(std::vector{user(7, "round" + std::to_string(round)), user(1000, "odd")});
      if (round % 5 == 0) writer.clear();
    });
    CHECK(ref->city() == "odd");
  }
  CHECK(users.len() == 200);
  CHECK(users.get(7) == user(7, "odd"));
  CHECK(users.template by<&blog::User::city>().count("odd") == 100);
  CHECK(collect(users.iter(), [](const blog::User& one) { return one; }) == all);

  auto young = store.begin_read();
  CHECK(young.template open_tree<blog::User>().get(7)->city == "round19");
}

ON_BOTH_ENGINES("a write transaction sees its own writes, through keys, indexes and counts") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1, "Paris"), user(2, "Paris")});
  auto txn = store.begin_write();
  auto users = txn.template open_tree<blog::User>();
  users.put(user(3, "Paris"));
  users.remove(1);
  CHECK(in_city(users, "Paris") == Ids{2, 3});
  CHECK(users.len() == 2);
  CHECK(ids(txn.template open_tree<blog::User>().iter_borrowed()) == Ids{2, 3});
}

ON_BOTH_ENGINES("a nested transaction's writes live and die with it and with those around it") {
  const auto store = BlogStore<Engine>::temp();
  auto txn = store.begin_write();
  txn.template open_tree<blog::User>().put(user(1));
  {
    auto nested = txn.begin_nested();
    auto users = nested.template open_tree<blog::User>();
    CHECK(users.contains(1));
    users.put(user(2));
    {
      auto inner = nested.begin_nested();
      inner.template open_tree<blog::User>().put(user(3));
      inner.template open_tree<blog::User>().remove(1);
      inner.commit();
    }
    CHECK(ids(nested.template open_tree<blog::User>().iter()) == Ids{2, 3});
    nested.rollback();
  }
  CHECK(ids(txn.template open_tree<blog::User>().iter()) == Ids{1});
  {
    auto nested = txn.begin_nested();
    nested.template open_tree<blog::User>().put(user(4));
    nested.commit();
  }
  CHECK(ids(txn.template open_tree<blog::User>().iter()) == Ids{1, 4});
  CHECK(store.template quick_get<blog::User>(4) == std::nullopt);
  txn.rollback();
  auto read = store.begin_read();
  CHECK(read.template open_tree<blog::User>().is_empty());
}

ON_BOTH_ENGINES("a transaction rests while one nested in it is open") {
  const auto store = BlogStore<Engine>::temp();
  auto txn = store.begin_write();
  auto users = txn.template open_tree<blog::User>();
  {
    auto nested = txn.begin_nested();
    CHECK(code_of([&] { users.put(user(1)); }) == netabase::ErrorCode::invalid_argument);
    CHECK(code_of([&] { users.get(1); }) == netabase::ErrorCode::invalid_argument);
    CHECK(code_of([&] { txn.commit(); }) == netabase::ErrorCode::invalid_argument);
    nested.template open_tree<blog::User>().put(user(2));
    nested.commit();
  }
  txn.template open_tree<blog::User>().put(user(3));
  txn.commit();
  auto read = store.begin_read();
  CHECK(ids(read.template open_tree<blog::User>().iter()) == Ids{2, 3});
}

ON_BOTH_ENGINES("an ended transaction refuses everything but its end") {
  const auto store = BlogStore<Engine>::temp();
  auto txn = store.begin_write();
  txn.commit();
  CHECK(code_of([&] { txn.commit(); }) == netabase::ErrorCode::transaction_ended);
  CHECK(code_of([&] { txn.rollback(); }) == netabase::ErrorCode::transaction_ended);
  CHECK(code_of([&] { txn.template open_tree<blog::User>(); }) == netabase::ErrorCode::transaction_ended);
  CHECK(code_of([&] { txn.begin_nested(); }) == netabase::ErrorCode::transaction_ended);
}

ON_BOTH_ENGINES("a transaction that was moved goes on in its new place") {
  const auto store = BlogStore<Engine>::temp();
  auto first = store.begin_write();
  auto users = first.template open_tree<blog::User>();
  auto second = std::move(first);
  users.put(user(1));
  CHECK(second.is_open());
  second.commit();
  auto read = store.begin_read();
  auto moved = std::move(read);
  CHECK(moved.template open_tree<blog::User>().contains(1));
}

ON_BOTH_ENGINES("transactions keep what they need of a store that was closed before them") {
  auto store = std::make_unique<BlogStore<Engine>>(BlogStore<Engine>::temp());
  store_users(*store, {user(1)});
  auto read = store->begin_read();
  auto write = store->begin_write();
  store.reset();
  CHECK(read.template open_tree<blog::User>().contains(1));
  write.template open_tree<blog::User>().put(user(2));
  write.commit();
}
