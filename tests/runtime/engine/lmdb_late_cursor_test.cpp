/// \file
/// Cursors that outlive what they were taken from: refused, and destroyed without harm. (AddressSanitizer sees more
/// than the codes that are compared here.)

#include "runtime/engine/support.hpp"

namespace netabase::test {

namespace {

void make_table(engine::Lmdb::WriteTransaction& txn) {
  const Table table = txn.make_table("t");
  put(txn, table, "a", "1");
  put(txn, table, "b", "2");
}

Table table_of(engine::Lmdb& store) { return *store.begin_read().find_table("t"); }

/// A cursor that stands on the first of two entries.
template <class Transaction>
engine::Lmdb::Cursor on_first(const Transaction& txn, Table table) {
  auto cursor = txn.cursor(table);
  REQUIRE(cursor.first());
  return cursor;
}

void check_refused(engine::Lmdb::Cursor cursor) {
  CHECK(code_of([&] { cursor.next(); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { cursor.first(); }) == ErrorCode::transaction_ended);
  CHECK(code_of([&] { cursor.seek(as_bytes("a")); }) == ErrorCode::transaction_ended);
  CHECK(code_of([&] { cursor.find(as_bytes("a")); }) == ErrorCode::transaction_ended);
}

}  // namespace

TEST_CASE("a cursor of a nested transaction may outlive it, however it ends") {
  auto store = engine::Lmdb::temp(4, make_table);
  const Table table = table_of(*store);
  std::optional<engine::Lmdb::Cursor> late;
  auto txn = store->begin_write();
  SUBCASE("committed") {
    auto nested = txn.begin_nested();
    late = on_first(nested, table);
    nested.commit();
  }
  SUBCASE("rolled back") {
    auto nested = txn.begin_nested();
    late = on_first(nested, table);
    nested.abort();
  }
  SUBCASE("destroyed") { late = on_first(txn.begin_nested(), table); }
  SUBCASE("rolled back by the transaction around it") {
    auto nested = txn.begin_nested();
    auto inner = nested.begin_nested();
    late = on_first(inner, table);
    txn.abort();
    check_refused(std::move(*late));
    late = std::nullopt;
    txn = store->begin_write();
    auto other = txn.begin_nested();  // may have the memory of one before
    CHECK(on_first(other, table).next());
    return;
  }
  // Another nested transaction may have the memory of the first.
  auto other = txn.begin_nested();
  auto cursor = on_first(other, table);
  check_refused(std::move(*late));
  late = std::nullopt;
  CHECK(cursor.next());
  CHECK(as_text(cursor.key()) == "b");
}

TEST_CASE("a cursor may outlive a read transaction that had no place in the pool") {
  Folder folder;
  Config config = at(folder.file("s.mdb"));
  config.max_readers = 8;  // a pool of one
  auto store = engine::Lmdb::open(config, 4, make_table);
  const Table table = table_of(*store);
  std::vector<engine::Lmdb::Cursor> late;
  {
    auto first = store->begin_read();
    auto second = store->begin_read();
    late.push_back(on_first(first, table));
    late.push_back(on_first(second, table));
  }
  auto read = store->begin_read();
  auto cursor = on_first(read, table);
  for (auto& each : late) check_refused(std::move(each));
  late.clear();
  CHECK(cursor.next());
}

TEST_CASE("a cursor may outlive a store that is compacted, and one that is closed") {
  Folder folder;
  auto store = engine::Lmdb::open(at(folder.file("s.mdb")), 4, make_table);
  const Table table = table_of(*store);
  auto of_reader = on_first(store->begin_read(), table);
  store->compact();
  check_refused(std::move(of_reader));

  std::vector<engine::Lmdb::Cursor> late;
  late.push_back(on_first(store->begin_read(), table));
  {
    auto write = store->begin_write();
    late.push_back(on_first(write, table));
    late.push_back(on_first(write.begin_nested(), table));
  }
  store.reset();
  store = engine::Lmdb::open(at(folder.file("s.mdb")), 4);
  auto read = store->begin_read();
  auto cursor = on_first(read, table);
  for (auto& each : late) check_refused(std::move(each));
  cursor = std::move(late.front());  // assigning gives the good one back
  CHECK(on_first(read, table).next());
}

}  // namespace netabase::test
