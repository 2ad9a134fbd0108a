/// \file
/// What every engine promises of cursors.

#include "runtime/engine/conformance.hpp"

namespace netabase::test {

TEST_CASE_TEMPLATE("a cursor in an empty table finds nothing", E, ENGINES) {
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  auto read = store->begin_read();
  auto cursor = read.cursor(table);
  CHECK_FALSE(cursor.first());
  CHECK_FALSE(cursor.last());
  CHECK_FALSE(cursor.seek(as_bytes("a")));
  CHECK_FALSE(cursor.seek({}));
  CHECK_FALSE(cursor.find(as_bytes("a")));
  CHECK_FALSE(cursor.find({}));
  CHECK(code_of([&] { cursor.next(); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { cursor.prev(); }) == ErrorCode::invalid_argument);
}

TEST_CASE_TEMPLATE("seek, find, next and prev meet at the edges", E, ENGINES) {
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  {
    auto txn = store->begin_write();
    for (const char* key : {"b", "d", "f"}) put(txn, table, key, std::string("=") + key);
    txn.commit();
  }
  auto read = store->begin_read();
  auto cursor = read.cursor(table);
  CHECK(code_of([&] { cursor.next(); }) == ErrorCode::invalid_argument);
  REQUIRE(cursor.seek(as_bytes("a")));
  CHECK(as_text(cursor.key()) == "b");
  CHECK_FALSE(cursor.prev());
  CHECK(code_of([&] { cursor.next(); }) == ErrorCode::invalid_argument);
  REQUIRE(cursor.seek({}));
  CHECK(as_text(cursor.key()) == "b");
  REQUIRE(cursor.seek(as_bytes("c")));
  CHECK(as_text(cursor.key()) == "d");
  REQUIRE(cursor.prev());
  CHECK(as_text(cursor.key()) == "b");
  REQUIRE(cursor.next());
  REQUIRE(cursor.next());
  CHECK(as_text(cursor.key()) == "f");
  CHECK_FALSE(cursor.next());
  CHECK(code_of([&] { cursor.prev(); }) == ErrorCode::invalid_argument);
  REQUIRE(cursor.last());
  CHECK(as_text(cursor.key()) == "f");
  CHECK(as_text(cursor.value()) == "=f");
  CHECK_FALSE(cursor.seek(as_bytes("g")));
  CHECK_FALSE(cursor.seek(as_bytes(std::string(600, 'f'))));
  REQUIRE(cursor.seek(as_bytes(std::string(600, 'e'))));
  CHECK(as_text(cursor.key()) == "f");
  CHECK_FALSE(cursor.find(as_bytes("e")));
  REQUIRE(cursor.find(as_bytes("d")));
  CHECK(as_text(cursor.value()) == "=d");

  auto moved = std::move(cursor);
  REQUIRE(moved.next());
  CHECK(as_text(moved.key()) == "f");
  cursor = std::move(moved);
  REQUIRE(cursor.prev());
  CHECK(as_text(cursor.key()) == "d");
}

TEST_CASE_TEMPLATE("a write takes a cursor's entry away, and the cursor sees the write when positioned again", E,
                   ENGINES) {
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  auto txn = store->begin_write();
  put(txn, table, "a", "1");
  put(txn, table, "b", "2");
  auto cursor = txn.cursor(table);
  REQUIRE(cursor.first());
  put(txn, table, "aa", "3");
  CHECK(code_of([&] { cursor.next(); }) == ErrorCode::invalid_argument);
  REQUIRE(cursor.find(as_bytes("a")));
  REQUIRE(cursor.next());
  CHECK(as_text(cursor.key()) == "aa");
  REQUIRE(cursor.last());
  CHECK(txn.erase(table, as_bytes("b")));
  REQUIRE(cursor.last());
  CHECK(as_text(cursor.key()) == "aa");
  txn.clear(table);
  CHECK_FALSE(cursor.first());
}

}  // namespace netabase::test
