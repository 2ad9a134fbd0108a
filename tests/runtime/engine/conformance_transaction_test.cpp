/// \file
/// What every engine promises of transactions: what is seen of them, when, and by which thread.

#include <atomic>
#include <thread>

#include "runtime/engine/conformance.hpp"

namespace netabase::test {

TEST_CASE_TEMPLATE("what is not committed does not exist", E, ENGINES) {
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  {
    auto txn = store->begin_write();
    put(txn, table, "a", "1");
  }
  CHECK(store->begin_read().count(table) == 0);
  {
    auto txn = store->begin_write();
    put(txn, table, "a", "1");
    txn.abort();
    CHECK(code_of([&] { put(txn, table, "a", "1"); }) == ErrorCode::transaction_ended);
    txn.abort();
  }
  CHECK(store->begin_read().count(table) == 0);
  {
    auto txn = store->begin_write();
    put(txn, table, "a", "1");
    txn = store->begin_read().count(table) == 0 ? std::move(txn) : store->begin_write();
    auto other = std::move(txn);
    CHECK(code_of([&] { txn.commit(); }) == ErrorCode::transaction_ended);
    other.commit();
    CHECK(code_of([&] { other.commit(); }) == ErrorCode::transaction_ended);
  }
  CHECK(store->begin_read().count(table) == 1);
}

TEST_CASE_TEMPLATE("a reader keeps its snapshot while a writer commits", E, ENGINES) {
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  const auto write = [&](const std::string& value) {
    auto txn = store->begin_write();
    for (int i = 0; i < 200; ++i) put(txn, table, std::to_string(i), value);
    txn.commit();
  };
  write("old");
  auto before = store->begin_read();
  const auto content = all(before, table);
  Bytes borrowed;
  REQUIRE(before.get(table, as_bytes("7"), borrowed));
  for (int round = 0; round < 20; ++round) write("new" + std::to_string(round));
  {
    auto txn = store->begin_write();
    txn.clear(table);
    CHECK(before.count(table) == 200);
    txn.commit();
  }
  CHECK(all(before, table) == content);
  CHECK(as_text(borrowed) == "old");
  CHECK(store->begin_read().count(table) == 0);
}

TEST_CASE_TEMPLATE("a nested transaction commits into its parent, or vanishes", E, ENGINES) {
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  {
    auto txn = store->begin_write();
    put(txn, table, "a", "1");
    put(txn, table, "b", "1");
    {
      auto nested = txn.begin_nested();
      put(nested, table, "a", "2");
      CHECK(code_of([&] { get(txn, table, "a"); }) == ErrorCode::invalid_argument);
      CHECK(code_of([&] { txn.commit(); }) == ErrorCode::invalid_argument);
      CHECK(get(nested, table, "b") == "1");
    }
    CHECK(get(txn, table, "a") == "1");
    {
      auto nested = txn.begin_nested();
      put(nested, table, "a", "3");
      CHECK(nested.erase(table, as_bytes("b")));
      {
        auto inner = nested.begin_nested();
        put(inner, table, "c", "4");
        inner.commit();
      }
      {
        auto inner = nested.begin_nested();
        inner.clear(table);
        inner.abort();
      }
      nested.commit();
    }
    CHECK(all(txn, table) == std::map<std::string, std::string>{{"a", "3"}, {"c", "4"}});
    CHECK(store->begin_read().count(table) == 0);
    txn.commit();
  }
  CHECK(all(store->begin_read(), table) == std::map<std::string, std::string>{{"a", "3"}, {"c", "4"}});
}

TEST_CASE_TEMPLATE("a transaction that ends before what is nested in it takes that along", E, ENGINES) {
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  std::optional<typename E::WriteTransaction> outer(store->begin_write());
  put(*outer, table, "a", "1");
  std::optional<typename E::WriteTransaction> nested(outer->begin_nested());
  put(*nested, table, "b", "1");
  std::optional<typename E::WriteTransaction> inner(nested->begin_nested());
  put(*inner, table, "c", "1");
  outer.reset();
  CHECK(code_of([&] { put(*inner, table, "d", "1"); }) == ErrorCode::transaction_ended);
  CHECK(code_of([&] { nested->commit(); }) == ErrorCode::transaction_ended);
  nested.reset();
  inner.reset();
  CHECK(store->begin_read().count(table) == 0);
  auto next = store->begin_write();
  put(next, table, "e", "1");
  next.commit();
  CHECK(store->begin_read().count(table) == 1);
}

TEST_CASE_TEMPLATE("one thread writes: a second begin_write there is an error, another thread waits", E, ENGINES) {
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  auto txn = store->begin_write();
  put(txn, table, "a", "1");
  CHECK(code_of([&] { store->begin_write(); }) == ErrorCode::invalid_argument);
  CHECK_FALSE(store->try_begin_write());
  std::optional<std::string> seen;
  std::atomic<bool> refused{false};
  std::thread other([&] {
    CHECK_FALSE(store->try_begin_write());
    refused = true;
    auto mine = store->begin_write();
    seen = get(mine, table, "a");
    put(mine, table, "a", "2");
    mine.commit();
  });
  while (!refused) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  txn.commit();
  other.join();
  CHECK(seen == "1");
  CHECK(get(store->begin_read(), table, "a") == "2");
  auto free = store->try_begin_write();
  REQUIRE(free);
  CHECK(get(*free, table, "a") == "2");
}

TEST_CASE_TEMPLATE("a write transaction refuses other threads than its own", E, ENGINES) {
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  auto txn = store->begin_write();
  put(txn, table, "a", "1");
  std::thread([&] {
    const auto wrong = ErrorCode::wrong_thread;
    CHECK(code_of([&] { put(txn, table, "b", "1"); }) == wrong);
    CHECK(code_of([&] { txn.erase(table, as_bytes("a")); }) == wrong);
    CHECK(code_of([&] { txn.clear(table); }) == wrong);
    CHECK(code_of([&] { txn.make_table("x"); }) == wrong);
    CHECK(code_of([&] { txn.begin_nested(); }) == wrong);
    CHECK(code_of([&] { txn.commit(); }) == wrong);
    CHECK(code_of([&] { txn.abort(); }) == wrong);
  }).join();
  txn.commit();
  CHECK(all(store->begin_read(), table) == std::map<std::string, std::string>{{"a", "1"}});
}

TEST_CASE_TEMPLATE("a write transaction destroyed by another thread stores nothing, and its thread goes on", E,
                   ENGINES) {
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  std::optional<typename E::WriteTransaction> txn(store->begin_write());
  put(*txn, table, "a", "1");
  std::thread([&] { txn.reset(); }).join();
  auto next = store->begin_write();
  CHECK(next.count(table) == 0);
  put(next, table, "b", "1");
  next.commit();
  CHECK(store->begin_read().count(table) == 1);
}

}  // namespace netabase::test
