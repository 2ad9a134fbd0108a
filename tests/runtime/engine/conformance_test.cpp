/// \file
/// What every engine promises, run on each.

#include <algorithm>
#include <thread>

#include "runtime/engine/support.hpp"

namespace netabase::test {

namespace {

template <class E>
Table table_of(E& engine, std::string_view name) {
  auto txn = engine.begin_write();
  const Table table = txn.make_table(name);
  txn.commit();
  return table;
}

std::string key_of_size(std::size_t size, char last) { return std::string(size - 1, 'k') + last; }

}  // namespace

#define ENGINES engine::Lmdb, engine::Memory

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

TEST_CASE_TEMPLATE("put, get, erase and count in one table", E, ENGINES) {
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  {
    auto txn = store->begin_write();
    CHECK(put(txn, table, "b", "2"));
    CHECK(put(txn, table, "a", "1"));
    CHECK(get(txn, table, "a") == "1");
    CHECK(txn.count(table) == 2);
    CHECK(put(txn, table, "a", "one"));
    CHECK(get(txn, table, "a") == "one");
    CHECK(txn.count(table) == 2);
    CHECK(txn.erase(table, as_bytes("b")));
    CHECK_FALSE(txn.erase(table, as_bytes("b")));
    CHECK_FALSE(txn.erase(table, {}));
    CHECK(txn.count(table) == 1);
    txn.commit();
  }
  auto read = store->begin_read();
  CHECK(get(read, table, "a") == "one");
  CHECK_FALSE(get(read, table, "b"));
  CHECK_FALSE(get(read, table, ""));
  CHECK_FALSE(get(read, table, std::string(600, 'x')));
  CHECK(read.count(table) == 1);
}

TEST_CASE_TEMPLATE("insert leaves an existing entry and hands out its value", E, ENGINES) {
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  auto txn = store->begin_write();
  CHECK(put(txn, table, "k", "old", PutMode::insert));
  CHECK_FALSE(put(txn, table, "k", "new", PutMode::insert));
  const engine::Reserved reserved = txn.reserve(table, as_bytes("k"), 3, PutMode::insert);
  CHECK(reserved.space == nullptr);
  CHECK(as_text(reserved.existing) == "old");
  CHECK(put(txn, table, "l", "", PutMode::insert));
  CHECK(txn.reserve(table, as_bytes("m"), 0, PutMode::insert).space != nullptr);
  CHECK(txn.reserve(table, as_bytes("m"), 0, PutMode::insert).space == nullptr);
  txn.commit();
  CHECK(all(store->begin_read(), table) == std::map<std::string, std::string>{{"k", "old"}, {"l", ""}, {"m", ""}});
}

TEST_CASE_TEMPLATE("append takes rising keys, and refuses others without harm", E, ENGINES) {
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  const Table other = table_of(*store, "o");
  std::map<std::string, std::string> expected;
  auto txn = store->begin_write();
  for (int i = 0; i < 3000; ++i) {
    std::string key = std::to_string(100000 + i);
    std::string value(static_cast<std::size_t>(i % 50), 'v');
    if (i % 500 == 499) value.assign(9000, 'w');
    CHECK(put(txn, table, key, value, PutMode::append));
    CHECK(put(txn, other, key, "x", PutMode::append));
    expected[key] = value;
    if (i % 700 == 3) {
      CHECK(code_of([&] { put(txn, table, key, "same", PutMode::append); }) == ErrorCode::invalid_argument);
      CHECK(code_of([&] { put(txn, table, "100000", "less", PutMode::append); }) == ErrorCode::invalid_argument);
    }
    if (i % 300 == 7) {  // other writes in between move the end of the table
      CHECK(put(txn, table, key + "5", "between"));
      expected[key + "5"] = "between";
    }
    if (i % 300 == 9) {
      CHECK(txn.erase(table, as_bytes(key)));
      expected.erase(key);
    }
    if (i == 1500) {
      txn.clear(table);
      expected.clear();
    }
  }
  CHECK(all(txn, table) == expected);
  txn.commit();
  auto read = store->begin_read();
  CHECK(all(read, table) == expected);
  CHECK(read.count(table) == expected.size());
  CHECK(read.count(other) == 3000);
}

TEST_CASE_TEMPLATE("keys have 1 to 511 bytes in memcmp order", E, ENGINES) {
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  const std::vector<std::string> keys = {std::string(1, '\0'),
                                         std::string("\0\0", 2),
                                         std::string("\0a", 2),
                                         "a",
                                         "aa",
                                         "ab",
                                         "b",
                                         key_of_size(510, 'a'),
                                         key_of_size(511, 'a'),
                                         key_of_size(511, 'b'),
                                         "\x7f",
                                         "\x80",
                                         "\xff",
                                         std::string(511, '\xff')};
  auto txn = store->begin_write();
  for (const auto& key : keys) CHECK(put(txn, table, key, "v" + key));
  CHECK(code_of([&] { put(txn, table, "", "v"); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { put(txn, table, std::string(512, 'x'), "v"); }) == ErrorCode::invalid_argument);
  CHECK_FALSE(txn.erase(table, as_bytes(std::string(512, 'x'))));
  txn.commit();

  auto expected = keys;
  std::sort(expected.begin(), expected.end(),
            [](const std::string& a, const std::string& b) { return compare(as_bytes(a), as_bytes(b)) < 0; });
  auto read = store->begin_read();
  auto cursor = read.cursor(table);
  std::vector<std::string> forward;
  for (bool more = cursor.first(); more; more = cursor.next()) {
    forward.emplace_back(as_text(cursor.key()));
    CHECK(as_text(cursor.value()) == "v" + forward.back());
  }
  CHECK(forward == expected);
  std::vector<std::string> backward;
  for (bool more = cursor.last(); more; more = cursor.prev()) backward.emplace_back(as_text(cursor.key()));
  std::reverse(backward.begin(), backward.end());
  CHECK(backward == expected);
}

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

TEST_CASE_TEMPLATE("values are 8-aligned when keys and values have lengths that are multiples of 8", E, ENGINES) {
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  std::mt19937_64 random(seed());
  INFO("NETABASE_TEST_SEED=" << seed());
  const auto aligned = [](const std::byte* bytes) { return reinterpret_cast<std::uintptr_t>(bytes) % 8 == 0; };
  std::size_t wrong = 0;
  for (int round = 0; round < 10; ++round) {
    auto txn = store->begin_write();
    for (int i = 0; i < 300; ++i) {
      std::string key(8 * (1 + random() % 62), 'k');
      std::memcpy(key.data(), &i, sizeof i);
      const std::size_t size = random() % 5 == 0 ? 5 * 1024 : 8 * (random() % 12);
      if (random() % 4 == 0) {
        txn.erase(table, as_bytes(key));
      } else {
        const auto reserved = txn.reserve(table, as_bytes(key), size, PutMode::upsert);
        if (!aligned(reserved.space)) ++wrong;
        std::memset(reserved.space, 'v', size);
      }
    }
    txn.commit();
    auto read = store->begin_read();
    auto cursor = read.cursor(table);
    std::uint64_t entries = 0;
    for (bool more = cursor.first(); more; more = cursor.next()) {
      ++entries;
      if (!aligned(cursor.value().data())) ++wrong;
    }
    CHECK(entries == read.count(table));
  }
  CHECK(wrong == 0);
}

TEST_CASE_TEMPLATE("one thread writes: a second begin_write there is an error, another thread waits", E, ENGINES) {
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  auto txn = store->begin_write();
  put(txn, table, "a", "1");
  CHECK(code_of([&] { store->begin_write(); }) == ErrorCode::invalid_argument);
  CHECK_FALSE(store->try_begin_write());
  std::optional<std::string> seen;
  std::thread other([&] {
    CHECK_FALSE(store->try_begin_write());
    auto mine = store->begin_write();
    seen = get(mine, table, "a");
    put(mine, table, "a", "2");
    mine.commit();
  });
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
