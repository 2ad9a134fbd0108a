/// \file
/// Promise: the helpers commit when their work is done, undo it when it throws, and make room when the map is full.

#include <thread>

#include "promises/blog_support.hpp"
#include "promises/watched_engine.hpp"

using namespace promises;

ON_BOTH_ENGINES("with_write_transaction commits and gives what its function returned") {
  const auto store = BlogStore<Engine>::temp();
  const auto stored = store.with_write_transaction([](auto& txn) {
    auto users = txn.template open_tree<blog::User>();
    users.put(user(1));
    return users.len();
  });
  CHECK(stored == 1);
  CHECK(store.with_read_transaction([](auto& txn) { return txn.template open_tree<blog::User>().get(1); }) == user(1));
}

ON_BOTH_ENGINES("with_write_transaction undoes everything when its function throws") {
  const auto store = BlogStore<Engine>::temp();
  int runs = 0;
  CHECK_THROWS_AS(store.with_write_transaction([&](auto& txn) {
    ++runs;
    txn.template open_tree<blog::User>().put(user(1));
    throw std::runtime_error("stop");
  }),
                  std::runtime_error);
  CHECK(runs == 1);
  CHECK_FALSE(store.template quick_get<blog::User>(1).has_value());
  store.quick_put(user(2));
}

ON_BOTH_ENGINES("with_write_transaction leaves it to a function that commits or rolls back itself") {
  const auto store = BlogStore<Engine>::temp();
  store.with_write_transaction([](auto& txn) {
    txn.template open_tree<blog::User>().put(user(1));
    txn.commit();
  });
  store.with_write_transaction([](auto& txn) {
    txn.template open_tree<blog::User>().put(user(2));
    txn.rollback();
  });
  CHECK(store.template quick_get<blog::User>(1).has_value());
  CHECK_FALSE(store.template quick_get<blog::User>(2).has_value());
}

ON_BOTH_ENGINES("the quick calls do one thing in a transaction of its own") {
  const auto store = BlogStore<Engine>::temp();
  store.quick_put(user(1));
  CHECK(store.template quick_get<blog::User>(1) == user(1));
  CHECK(store.template quick_remove<blog::User>(1));
  CHECK_FALSE(store.template quick_remove<blog::User>(1));
  CHECK_FALSE(store.template quick_get<blog::User>(1).has_value());
}

ON_BOTH_ENGINES("open_tree_auto commits when its scope is left and rolls back when it is left by an exception") {
  const auto store = BlogStore<Engine>::temp();
  {
    auto users = store.template open_tree_auto<blog::User>();
    users->put(user(1));
    (*users).put(user(2));
  }
  CHECK_THROWS_AS(
      [&] {
        auto users = store.template open_tree_auto<blog::User>();
        users->put(user(3));
        throw std::runtime_error("stop");
      }(),
      std::runtime_error);
  {
    auto users = store.template open_tree_auto<blog::User>();
    users->put(user(4));
    users.rollback();
  }
  {
    auto users = store.template open_tree_auto<blog::User>();
    users->put(user(5));
    users.commit();
  }
  auto txn = store.begin_read();
  CHECK(ids(txn.template open_tree<blog::User>().iter()) == Ids{1, 2, 5});
}

ON_BOTH_ENGINES("open_tree_auto commits in a function that runs while another exception is on its way") {
  const auto store = BlogStore<Engine>::temp();
  struct AtUnwinding {
    const BlogStore<Engine>& store;
    ~AtUnwinding() {
      auto users = store.template open_tree_auto<blog::User>();
      users->put(user(1));
    }
  };
  try {
    const AtUnwinding unwinding{store};
    throw std::runtime_error("stop");
  } catch (const std::runtime_error&) {
  }
  CHECK(store.template quick_get<blog::User>(1).has_value());
}

ON_BOTH_ENGINES("try_begin_write gives nothing while another thread writes, and a transaction when none does") {
  const auto store = BlogStore<Engine>::temp();
  {
    auto txn = store.begin_write();
    bool got = true;
    std::thread([&] { got = store.try_begin_write().has_value(); }).join();
    CHECK_FALSE(got);
  }
  auto txn = store.try_begin_write();
  REQUIRE(txn.has_value());
  txn->template open_tree<blog::User>().put(user(1));
  txn->commit();
  CHECK(store.template quick_get<blog::User>(1).has_value());
}

ON_BOTH_ENGINES("with_write_transaction makes room and runs again from the start, wherever the map was full") {
  using W = Watched<Engine>;
  const auto store = netabase::Store<blog::BlogDefinition, W>::temp();
  store_users(store, {user(1, "Paris")});
  W::grown() = 0;
  int runs = 0;
  int full = 0;
  for (;;) {
    W::full_at(++full);
    const int grown_before = W::grown();
    const auto count = store.with_write_transaction([&](auto& txn) {
      ++runs;
      auto users = txn.template open_tree<blog::User>();
      CHECK(users.len() == 1);
      users.put(user(1, "Rome"));
      users.put_many(std::vector{user(2, "Rome"), user(3)});
      users.put(user(4, "Rome"));
      return users.len();
    });
    W::full_at(0);
    CHECK(count == 4);
    require_sound(store);
    store.with_write_transaction([](auto& txn) {
      auto users = txn.template open_tree<blog::User>();
      users.remove_many({2, 3, 4});
      users.put(user(1, "Paris"));
    });
    if (W::grown() == grown_before) break;
  }
  CHECK(W::grown() >= 10);
  CHECK(runs == W::grown() + full);
}

ON_BOTH_ENGINES("with_write_transaction leaves it to another store that that one is full") {
  const TemporaryFolder folder;
  const auto store = BlogStore<Engine>::temp();
  netabase::Config config;
  if constexpr (std::is_same_v<Engine, netabase::Lmdb>) config.path = folder.file("small.mdb");
  config.max_size = 256 << 10;
  const auto small = BlogStore<Engine>::open(config);
  const auto room = store.stats().max_bytes;
  int runs = 0;
  CHECK_THROWS_AS(store.with_write_transaction([&](auto& txn) {
    if (++runs > 3) throw std::runtime_error("it goes on for ever");
    txn.template open_tree<blog::User>().put(user(1));
    auto full = small.begin_write();
    auto users = full.template open_tree<blog::User>();
    for (std::uint64_t id = 1;; ++id) users.put(user(id, std::string(500, 'c')));
  }),
                  netabase::MapFull);
  CHECK(runs == 1);
  CHECK(store.stats().max_bytes == room);
  CHECK_FALSE(store.template quick_get<blog::User>(1).has_value());
  // Nor does an error that no store threw.
  CHECK_THROWS_AS(store.with_write_transaction([&](auto&) {
    if (++runs > 3) throw std::runtime_error("it goes on for ever");
    throw netabase::MapFull("made up");
  }),
                  netabase::MapFull);
  CHECK(runs == 2);
}

ON_BOTH_ENGINES("with_write_transaction gives up when making room does not help") {
  using W = Watched<Engine>;
  const auto store = netabase::Store<blog::BlogDefinition, W>::temp();
  int runs = 0;
  CHECK_THROWS_AS(store.with_write_transaction([&](auto& txn) {
    if (++runs > 1000) throw std::runtime_error("it goes on for ever");
    W::full_at(1);
    txn.template open_tree<blog::User>().put(user(1));
  }),
                  netabase::MapFull);
  W::full_at(0);
  CHECK(runs < 100);
  store.quick_put(user(1));
}

ON_BOTH_ENGINES("an explicit transaction that met a full map stores nothing of itself") {
  using W = Watched<Engine>;
  const auto store = netabase::Store<blog::BlogDefinition, W>::temp();
  store_users(store, {user(1, "Paris")});
  for (int full = 1; full <= 4; ++full) {
    W::full_at(full);
    auto txn = store.begin_write();
    auto users = txn.template open_tree<blog::User>();
    CHECK_THROWS_AS(users.put_many(std::vector{user(1, "Rome"), user(2, "Rome"), user(3, "Oslo")}), netabase::MapFull);
    CHECK_THROWS_AS(txn.commit(), netabase::MapFull);
    CHECK_FALSE(txn.is_open());
    require_sound(store);
    CHECK(store.template quick_get<blog::User>(1) == user(1, "Paris"));
  }
  W::full_at(0);
}

ON_BOTH_ENGINES("a transaction in which memory ran out in the middle of a write cannot be committed") {
  using W = Watched<Engine>;
  const auto store = netabase::Store<blog::BlogDefinition, W>::temp();
  store_users(store, {user(1, "Paris")});
  for (int write = 1; write <= 3; ++write) {
    auto txn = store.begin_write();
    auto users = txn.template open_tree<blog::User>();
    W::out_of_memory_at(write);
    CHECK_THROWS_AS(users.put(user(2, "Rome")), std::bad_alloc);
    CHECK(code_of([&] { txn.commit(); }) == netabase::ErrorCode::io);
    CHECK_FALSE(txn.is_open());
    require_sound(store);
    CHECK_FALSE(store.template quick_get<blog::User>(2).has_value());
  }
  W::out_of_memory_at(0);
}

ON_BOTH_ENGINES("a bulk write that is cut off by any error leaves a transaction that stores nothing") {
  using W = Watched<Engine>;
  using netabase::ErrorCode;
  const auto store = netabase::Store<blog::BlogDefinition, W>::temp();
  store_users(store, {user(1, "Paris"), user(4, "Paris")});
  for (const ErrorCode code : {ErrorCode::invalid_argument, ErrorCode::io, ErrorCode::corrupt}) {
    for (int write = 1; write <= 7; ++write) {
      CAPTURE(write);
      auto txn = store.begin_write();
      auto users = txn.template open_tree<blog::User>();
      users.put(user(9));
      W::refuse_at(write, code);
      CHECK(code_of([&] { users.put_many({user(1, "Rome"), user(2, "Rome"), user(3)}); }) == code);
      CHECK(code_of([&] { txn.commit(); }) == code);
      CHECK_FALSE(txn.is_open());
      W::refuse_at(0);
      require_sound(store);
      auto read = store.begin_read();
      CHECK(ids(read.template open_tree<blog::User>().iter()) == Ids{1, 4});
    }
  }
  // A full map that the function swallows still makes room, and a batch is no different.
  W::grown() = 0;
  W::full_at(2);
  store.with_write_transaction([](auto& txn) {
    auto batch = txn.template open_tree<blog::User>().create_batch();
    batch.put(user(2, "Rome"));
    batch.remove(4);
    try {
      batch.commit();
    } catch (const netabase::MapFull&) {
    }
  });
  W::full_at(0);
  CHECK(W::grown() == 1);
  CHECK(store.template quick_get<blog::User>(2).has_value());
  CHECK_FALSE(store.template quick_get<blog::User>(4).has_value());
  // Refused before anything is written, the transaction goes on.
  auto txn = store.begin_write();
  auto users = txn.template open_tree<blog::User>();
  CHECK_THROWS_AS(users.put_many({user(5), user_with_email(6, "user1@example.com")}), netabase::UniqueViolation);
  {
    auto nested = txn.begin_nested();
    CHECK(code_of([&] { users.put_many({user(5)}); }) == ErrorCode::invalid_argument);
    CHECK(code_of([&] { users.clear(); }) == ErrorCode::invalid_argument);
  }
  std::thread([&] { CHECK(code_of([&] { users.put_many({user(5)}); }) == ErrorCode::wrong_thread); }).join();
  users.put(user(7));
  txn.commit();
  CHECK(store.template quick_get<blog::User>(7).has_value());
}

TEST_CASE("with_write_transaction fails with MapFull once no more room can be made, and the store stays usable") {
  const TemporaryFolder folder;
  netabase::Config config;
  config.path = folder.file("blog.mdb");
  config.max_size = 1 << 20;
  const auto store = netabase::Store<blog::BlogDefinition>::open(config);
  store.quick_put(user(1));
  CHECK_THROWS_AS(store.with_write_transaction([](auto& txn) {
    auto users = txn.template open_tree<blog::User>();
    for (std::uint64_t id = 2;; ++id) users.put(user(id));
  }),
                  netabase::MapFull);
  {
    auto txn = store.begin_write();
    auto users = txn.open_tree<blog::User>();
    CHECK_THROWS_AS(
        [&] {
          for (std::uint64_t id = 2;; ++id) users.put(user(id));
        }(),
        netabase::MapFull);
    CHECK_THROWS_AS(txn.commit(), netabase::MapFull);
    CHECK_FALSE(txn.is_open());
  }
  store.quick_put(user(2));
  auto txn = store.begin_read();
  CHECK(ids(txn.open_tree<blog::User>().iter()) == Ids{1, 2});
}
