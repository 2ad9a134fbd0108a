/// \file
/// Promise: misuse of transactions and what was taken from them is refused, and harms nothing. (What outlives its
/// transaction is noticed in checked builds; without the checks its use is undefined, so the tests are left out.)

#include <thread>

#include "promises/blog_support.hpp"
#include "shop.netabase.hpp"

using namespace promises;

#if NETABASE_CHECKED

ON_BOTH_ENGINES("a view is refused after its read transaction ended") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1, "Paris")});
  std::optional<blog::UserRef> ref;
  std::optional<blog::UserRef> through_index;
  {
    auto txn = store.begin_read();
    const auto users = txn.template open_tree<blog::User>();
    ref = users.get_borrowed(1);
    through_index = users.template by<&blog::User::email>().find("user1@example.com");
    CHECK(ref->email() == "user1@example.com");
  }
  CHECK_THROWS_AS(ref->email(), netabase::TransactionEnded);
  CHECK_THROWS_AS(ref->id(), netabase::TransactionEnded);
  CHECK_THROWS_AS(ref->to_owned(), netabase::TransactionEnded);
  CHECK_THROWS_AS(through_index->city(), netabase::TransactionEnded);
  auto later = store.begin_read();
  CHECK_THROWS_AS(ref->email(), netabase::TransactionEnded);
}

ON_BOTH_ENGINES("a view of a write transaction is refused after any later write, and after the commit") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1), user(2), user(3)});
  auto txn = store.begin_write();
  auto users = txn.template open_tree<blog::User>();
  auto posts = txn.template open_tree<blog::Post>();
  std::optional<blog::UserRef> ref;
  const auto refused_after = [&](const char* what, auto&& write) {
    CAPTURE(what);
    ref = users.get_borrowed(1);
    CHECK(ref->id() == 1);
    write();
    CHECK_THROWS_AS(ref->id(), netabase::TransactionEnded);
  };
  refused_after("put", [&] { users.put(user(1)); });
  refused_after("put of another model", [&] { posts.put(post(1, 1)); });
  refused_after("insert", [&] { users.insert(user(9)); });
  refused_after("put_many", [&] { users.put_many(std::vector{user(1), user(2)}); });
  refused_after("update", [&] { users.update(2, [](blog::User&) {}); });
  refused_after("remove", [&] { users.remove(9); });
  refused_after("remove_many", [&] { users.remove_many({3}); });
  refused_after("clear", [&] { posts.clear(); });
  refused_after("batch", [&] {
    auto batch = users.create_batch();
    batch.put(user(5));
    batch.commit();
  });
  refused_after("nested", [&] {
    auto nested = txn.begin_nested();
    nested.commit();
  });
  refused_after("commit", [&] { txn.commit(); });
}

ON_BOTH_ENGINES("what was taken from a nested transaction is refused once the one around it ended") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1), user(2)});
  using Write = decltype(store.begin_write());
  auto outer = std::make_unique<Write>(store.begin_write());
  auto middle = outer->begin_nested();
  auto moved = middle.begin_nested();
  auto inner = std::move(moved);
  auto users = inner.template open_tree<blog::User>();
  auto ref = users.get_borrowed(1);
  auto range = users.iter_borrowed();
  auto at = range.begin();
  CHECK(ref->id() == 1);
  SUBCASE("rolled back") { outer->rollback(); }
  SUBCASE("destroyed") { outer.reset(); }
  SUBCASE("replaced") { *outer = std::move(middle); }
  SUBCASE("committed after the one in between was rolled back") {
    middle.rollback();
    outer->commit();
  }
  CHECK_THROWS_AS(ref->id(), netabase::TransactionEnded);
  CHECK_THROWS_AS(*at, netabase::TransactionEnded);
  CHECK_THROWS_AS(++at, netabase::TransactionEnded);
  CHECK_THROWS_AS(users.get(1), netabase::TransactionEnded);
  CHECK_THROWS_AS(users.put(user(3)), netabase::TransactionEnded);
  CHECK_FALSE(inner.is_open());
  CHECK_THROWS_AS(inner.commit(), netabase::TransactionEnded);
  outer.reset();
  CHECK(store.try_begin_write().has_value());
}

ON_BOTH_ENGINES("a range is refused after a write of its transaction, and after its end") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1, "a"), user(2, "a"), user(3, "a")});
  {
    auto txn = store.begin_write();
    auto users = txn.template open_tree<blog::User>();
    CHECK_THROWS_AS(
        [&] {
          for (const auto& one : users.iter()) users.put(one);
        }(),
        netabase::TransactionEnded);
    CHECK_THROWS_AS(
        [&] {
          for (const auto one : users.template by<&blog::User::city>().equal("a")) users.remove(one.id());
        }(),
        netabase::TransactionEnded);
  }
  auto read = std::make_unique<decltype(store.begin_read())>(store.begin_read());
  const auto users = read->template open_tree<blog::User>();
  auto range = users.iter_borrowed();
  auto at = range.begin();
  read.reset();
  CHECK_THROWS_AS(*at, netabase::TransactionEnded);
  CHECK_THROWS_AS(++at, netabase::TransactionEnded);
  CHECK_THROWS_AS(range.begin(), netabase::TransactionEnded);
}

ON_BOTH_ENGINES("a tree is refused after its transaction ended, whatever is asked of it") {
  const auto store = netabase::Store<shop::ShopDefinition, Engine>::temp();
  using Tree = netabase::WriteTree<shop::Customer, Engine>;
  const auto each_refused = [](Tree& customers, auto& batch) {
    const auto refused = [](auto&& use) { CHECK_THROWS_AS(use(), netabase::TransactionEnded); };
    const shop::Customer customer;
    refused([&] { customers.get(1); });
    refused([&] { customers.get_borrowed(1); });
    refused([&] { customers.get_many(std::vector{1, 2}); });
    refused([&] { customers.len(); });
    refused([&] { customers.iter(); });
    refused([&] { customers.template by<&shop::Customer::login>().find("x"); });
    refused([&] { customers.template by<&shop::Customer::login>().count(); });
    refused([&] { customers.template by<&shop::Customer::login>().all(); });
    refused([&] { customers.put(customer); });
    refused([&] { customers.insert(customer); });
    refused([&] { customers.put_many(std::vector{customer}); });
    refused([&] { customers.update(1, [](shop::Customer&) {}); });
    refused([&] { customers.remove(1); });
    refused([&] { customers.remove_many({1}); });
    refused([&] { customers.clear(); });
    refused([&] { batch.put(customer); });
    refused([&] { batch.commit(); });
  };
  SUBCASE("committed") {
    auto txn = store.begin_write();
    auto customers = txn.template open_tree<shop::Customer>();
    auto batch = customers.create_batch();
    txn.commit();
    each_refused(customers, batch);
  }
  SUBCASE("destroyed") {
    auto txn = std::make_unique<decltype(store.begin_write())>(store.begin_write());
    auto customers = txn->template open_tree<shop::Customer>();
    auto batch = customers.create_batch();
    txn.reset();
    each_refused(customers, batch);
  }
}

#endif

ON_BOTH_ENGINES("a range may be destroyed after its transaction and its store are gone") {
  auto store = std::make_unique<BlogStore<Engine>>(BlogStore<Engine>::temp());
  store_users(*store, {user(1), user(2)});
  const auto begun = [](auto&& range) {
    range.begin();
    return std::move(range);
  };
  using Range = netabase::RecordRange<typename netabase::ModelType<blog::User>, Engine, netabase::Yield::borrowed>;
  std::vector<Range> late;
  {
    auto txn = store->begin_write();
    {
      auto nested = txn.begin_nested();
      late.push_back(begun(nested.template open_tree<blog::User>().iter_borrowed()));
      nested.commit();
    }
    late.push_back(begun(txn.template open_tree<blog::User>().iter_borrowed()));
  }
  {
    std::vector<decltype(store->begin_read())> many;  // more than are kept for later
    for (int i = 0; i < 70; ++i) {
      many.push_back(store->begin_read());
      late.push_back(begun(many.back().template open_tree<blog::User>().iter_borrowed()));
    }
  }
  late.erase(late.begin(), late.begin() + 40);
  auto read = store->begin_read();
  CHECK(ids(read.template open_tree<blog::User>().iter()) == Ids{1, 2});
  store.reset();
  late.erase(late.begin() + 10, late.end());
  CHECK(ids(read.template open_tree<blog::User>().iter()) == Ids{1, 2});
}

ON_BOTH_ENGINES("what was moved from is refused, and what it was moved to goes on") {
  using netabase::ErrorCode;
  auto first = BlogStore<Engine>::temp();
  const auto store = std::move(first);
  CHECK(code_of([&] { first.begin_read(); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { first.begin_write(); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { first.try_begin_write(); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { first.with_read_transaction([](auto&) {}); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { first.with_write_transaction([](auto&) {}); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { first.quick_put(user(1)); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { first.template quick_get<blog::User>(1); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { first.template quick_remove<blog::User>(1); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { first.template open_tree_auto<blog::User>(); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { first.flush(); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { first.backup("nowhere"); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { first.compact(); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { first.check(); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { first.stats(); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { first.path(); }) == ErrorCode::invalid_argument);

  auto write_before = store.begin_write();
  auto write = std::move(write_before);
  CHECK_FALSE(write_before.is_open());
  CHECK(code_of([&] { write_before.template open_tree<blog::User>(); }) == ErrorCode::transaction_ended);
  CHECK(code_of([&] { write_before.begin_nested(); }) == ErrorCode::transaction_ended);
  CHECK(code_of([&] { write_before.rollback(); }) == ErrorCode::transaction_ended);
  CHECK(code_of([&] { write_before.commit(); }) == ErrorCode::transaction_ended);
  auto users_before = write.template open_tree<blog::User>();
  auto users = std::move(users_before);
  users.put(user(1));
  users_before.put(user(2));  // a tree is a handle: moving copies it
  auto batch_before = users.create_batch();
  batch_before.put(user(3));
  auto batch = std::move(batch_before);
  batch_before.commit();
  CHECK(users.len() == 2);
  batch.commit();
  write.commit();

  auto read_before = store.begin_read();
  auto read = std::move(read_before);
  CHECK(code_of([&] { read_before.template open_tree<blog::User>(); }) == ErrorCode::transaction_ended);
  auto range_before = read.template open_tree<blog::User>().range(2, 9);
  auto range = std::move(range_before);
  CHECK(code_of([&] { range_before.begin(); }) == ErrorCode::transaction_ended);
  CHECK(ids(range) == Ids{2, 3});
}

ON_BOTH_ENGINES("a view may be read by another thread while its transaction is open") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1)});
  auto txn = store.begin_read();
  const auto ref = txn.template open_tree<blog::User>().get_borrowed(1);
  std::string email;
  std::thread([&] { email = ref->email(); }).join();
  CHECK(email == "user1@example.com");
}

ON_BOTH_ENGINES("a write transaction is refused to every thread but its own, which goes on unharmed") {
  const auto store = BlogStore<Engine>::temp();
  auto txn = store.begin_write();
  auto users = txn.template open_tree<blog::User>();
  users.put(user(1));
  std::vector<std::optional<netabase::ErrorCode>> codes;
  std::thread([&] {
    codes.push_back(code_of([&] { users.put(user(2)); }));
    codes.push_back(code_of([&] { users.remove(1); }));
    codes.push_back(code_of([&] { users.clear(); }));
    codes.push_back(code_of([&] { txn.commit(); }));
    codes.push_back(code_of([&] { txn.rollback(); }));
  }).join();
  for (const auto& code : codes) CHECK(code == netabase::ErrorCode::wrong_thread);
  users.put(user(3));
  txn.commit();
  auto read = store.begin_read();
  CHECK(ids(read.template open_tree<blog::User>().iter()) == Ids{1, 3});
}

ON_BOTH_ENGINES("a second writer in one thread is refused instead of waiting for itself") {
  const auto store = BlogStore<Engine>::temp();
  auto txn = store.begin_write();
  CHECK(code_of([&] { store.begin_write(); }) == netabase::ErrorCode::invalid_argument);
  CHECK_FALSE(store.try_begin_write().has_value());
  txn.template open_tree<blog::User>().put(user(1));
  txn.commit();
  CHECK(store.template quick_get<blog::User>(1).has_value());
}
