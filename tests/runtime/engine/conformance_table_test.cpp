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

}  // namespace netabase::test
