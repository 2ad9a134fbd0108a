/// \file
/// What every engine promises of a store: how it begins, what it tells, when it may go.

#include "runtime/engine/conformance.hpp"

namespace netabase::test {

TEST_CASE_TEMPLATE("a new store runs its initialiser once, and keeps what that made", E, ENGINES) {
  int runs = 0;
  auto store = E::temp(4, [&](typename E::WriteTransaction& txn) {
    ++runs;
    put(txn, txn.make_table("first"), "key", "value");
  });
  CHECK(runs == 1);
  auto read = store->begin_read();
  const auto table = read.find_table("first");
  REQUIRE(table);
  CHECK(get(read, *table, "key") == "value");
  CHECK_FALSE(read.find_table("second"));
  CHECK_FALSE(store->read_only());
}

TEST_CASE_TEMPLATE("an initialiser that throws leaves no store", E, ENGINES) {
  CHECK_THROWS_AS(E::temp(4, [](typename E::WriteTransaction&) { throw std::logic_error("no"); }), std::logic_error);
}

TEST_CASE_TEMPLATE("a store may go before its transactions", E, ENGINES) {
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  {
    auto txn = store->begin_write();
    put(txn, table, "a", "1");
    txn.commit();
  }
  auto read = store->begin_read();
  auto txn = store->begin_write();
  store.reset();
  CHECK(get(read, table, "a") == "1");
  put(txn, table, "a", "2");
  txn.commit();
  CHECK(get(read, table, "a") == "1");
}

TEST_CASE_TEMPLATE("stats tell of readers and of how far the oldest is behind", E, ENGINES) {
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  const auto idle = store->stats();
  CHECK(idle.readers == 0);
  CHECK(idle.oldest_reader_lag == 0);
  CHECK(idle.max_readers == 1024);
  auto read = store->begin_read();
  for (int i = 0; i < 5; ++i) {
    auto txn = store->begin_write();
    put(txn, table, std::to_string(i), std::string(1000, 'v'));
    txn.commit();
  }
  auto second = store->begin_read();
  const auto busy = store->stats();
  CHECK(busy.readers == 2);
  CHECK(busy.oldest_reader_lag == 5);
  CHECK(busy.last_transaction == idle.last_transaction + 5);
  CHECK(busy.used_bytes >= idle.used_bytes + 5000);
  CHECK(busy.max_bytes >= busy.used_bytes);
}

TEST_CASE_TEMPLATE("an engine refuses options that it cannot honour", E, ENGINES) {
  Folder folder;
  Config config;
  if constexpr (std::is_same_v<E, engine::Lmdb>) config.path = folder.file("s.mdb");
  const auto refused = [&](auto change) {
    Config changed = config;
    change(changed);
    return code_of([&] { E::open(changed, 4); }) == ErrorCode::invalid_argument;
  };
  CHECK(refused([](Config& c) { c.cache_size_mb = 64; }));
  CHECK(refused([](Config& c) { c.max_size = 0; }));
  CHECK(refused([](Config& c) { c.max_readers = 0; }));
  CHECK(refused([](Config& c) { c.read_only = c.truncate = true; }));
  CHECK(folder.names().empty());
}

}  // namespace netabase::test
