/// \file
/// What every engine promises of tables as they are made and found.

#include "runtime/engine/conformance.hpp"

namespace netabase::test {

TEST_CASE_TEMPLATE("a table whose making is rolled back is gone, and can be made again", E, ENGINES) {
  auto store = E::temp(2);
  Table rolled_back;
  {
    auto txn = store->begin_write();
    rolled_back = txn.make_table("t");
    put(txn, rolled_back, "a", "1");
  }
  CHECK_FALSE(store->begin_read().find_table("t"));
  {
    auto txn = store->begin_write();
    CHECK_FALSE(txn.find_table("t"));
    CHECK(code_of([&] { put(txn, rolled_back, "a", "1"); }) == ErrorCode::invalid_argument);
    {
      auto nested = txn.begin_nested();
      nested.make_table("n");
    }
    CHECK_FALSE(txn.find_table("n"));
    Table kept;
    {
      auto nested = txn.begin_nested();
      kept = nested.make_table("t");
      put(nested, kept, "b", "2");
      nested.commit();
    }
    REQUIRE(txn.find_table("t"));
    CHECK(txn.make_table("t").id == kept.id);
    CHECK(get(txn, kept, "b") == "2");
    txn.commit();
  }
  auto read = store->begin_read();
  REQUIRE(read.find_table("t"));
  CHECK(get(read, *read.find_table("t"), "b") == "2");
  CHECK_FALSE(read.find_table("n"));
}

TEST_CASE_TEMPLATE("a snapshot from before a table was made sees it empty", E, ENGINES) {
  auto store = E::temp(4);
  auto before = store->begin_read();
  const Table table = table_of(*store, "t");
  {
    auto txn = store->begin_write();
    put(txn, table, "a", "1");
    txn.commit();
  }
  CHECK_FALSE(before.find_table("t"));
  CHECK_FALSE(get(before, table, "a"));
  CHECK(before.count(table) == 0);
  auto cursor = before.cursor(table);
  CHECK_FALSE(cursor.first());
  CHECK_FALSE(cursor.seek(as_bytes("a")));
  CHECK(store->begin_read().count(table) == 1);
}

TEST_CASE_TEMPLATE("a store has as many tables as it was opened for, and one more", E, ENGINES) {
  auto store = E::temp(2);
  auto txn = store->begin_write();
  for (const char* name : {"a", "b", "c"}) txn.make_table(name);
  CHECK(code_of([&] { txn.make_table("d"); }) == ErrorCode::invalid_argument);
  CHECK(txn.make_table("b").id == txn.find_table("b")->id);
  CHECK(code_of([&] { txn.make_table(""); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { txn.make_table(std::string_view("a\0b", 3)); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { txn.count(Table{}); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { txn.count(Table{77}); }) == ErrorCode::invalid_argument);
  txn.commit();
}

TEST_CASE_TEMPLATE("tables do not mix", E, ENGINES) {
  auto store = E::temp(4);
  const Table one = table_of(*store, "one");
  const Table two = table_of(*store, "two");
  auto txn = store->begin_write();
  put(txn, one, "k", "1");
  put(txn, two, "k", "2");
  txn.clear(one);
  CHECK(txn.count(one) == 0);
  CHECK(get(txn, two, "k") == "2");
  txn.commit();
}

TEST_CASE_TEMPLATE("a dropped table is gone with the commit, and can be made again", E, ENGINES) {
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  const Table other = table_of(*store, "o");
  {
    auto txn = store->begin_write();
    for (int i = 0; i < 1000; ++i) put(txn, table, "key" + std::to_string(i), std::string(100, 'x'));
    put(txn, other, "k", "2");
    txn.commit();
  }
  {
    auto txn = store->begin_write();
    txn.drop_table(table);
    CHECK_FALSE(txn.find_table("t"));
    txn.abort();
  }
  auto before = store->begin_read();
  {
    auto txn = store->begin_write();
    const std::optional<Table> there = txn.find_table("t");
    REQUIRE(there);
    CHECK(txn.count(*there) == 1000);
    txn.drop_table(*there);
    auto nested = txn.begin_nested();
    CHECK(code_of([&] { nested.drop_table(other); }) == ErrorCode::invalid_argument);
    nested.abort();
    txn.commit();
  }
  CHECK_FALSE(store->begin_read().find_table("t"));
  {
    auto txn = store->begin_write();
    CHECK_FALSE(txn.find_table("t"));
    const Table again = txn.make_table("t");
    CHECK(txn.count(again) == 0);
    put(txn, again, "a", "1");
    txn.commit();
  }
  auto read = store->begin_read();
  REQUIRE(read.find_table("t"));
  CHECK(get(read, *read.find_table("t"), "a") == "1");
  CHECK(get(read, other, "k") == "2");
}

TEST_CASE_TEMPLATE("tables exchange what they hold at the commit, and snapshots from before keep theirs", E, ENGINES) {
  auto store = E::temp(8);
  const Table one = table_of(*store, "one");
  const Table two = table_of(*store, "two");
  const Table empty = table_of(*store, "empty");
  const Table meta = table_of(*store, "meta");
  {
    auto txn = store->begin_write();
    for (int i = 0; i < 3000; ++i) put(txn, one, "key" + std::to_string(i), std::string(50, 'x'));
    put(txn, two, "k", "2");
    txn.commit();
  }
  auto before = store->begin_read();
  {
    auto txn = store->begin_write();
    put(txn, meta, "m", "1");
    CHECK(txn.count(one) == 3000);  // what was only read may be exchanged
    const auto refuses = [&](const engine::TablePairs& pairs) {
      return code_of([&] { txn.commit_exchanging(pairs); }) == ErrorCode::invalid_argument;
    };
    CHECK(refuses({{one, meta}}));
    CHECK(refuses({{one, two}, {two, empty}}));
    CHECK(refuses({{one, Table{77}}}));
    {
      auto nested = txn.begin_nested();
      put(nested, empty, "x", "1");
      nested.erase(empty, as_bytes("x"));
      CHECK(code_of([&] { nested.commit_exchanging({{one, two}}); }) == ErrorCode::invalid_argument);
      nested.commit();
    }
    CHECK(refuses({{one, empty}}));
    txn.commit_exchanging({{one, two}});
  }
  CHECK(before.count(one) == 3000);
  CHECK(get(before, two, "k") == "2");
  {
    auto txn = store->begin_write();
    CHECK(get(txn, one, "k") == "2");
    CHECK(txn.count(two) == 3000);
    CHECK(get(txn, meta, "m") == "1");
    put(txn, one, "l", "3");
    txn.erase(two, as_bytes("key7"));
    txn.commit();
  }
  {
    auto txn = store->begin_write();
    txn.commit_exchanging({{one, empty}, {two, meta}});
  }
  auto read = store->begin_read();
  CHECK(read.count(one) == 0);
  CHECK(get(read, empty, "l") == "3");
  CHECK(read.count(meta) == 2999);
  CHECK(get(read, two, "m") == "1");
}

}  // namespace netabase::test
