/// \file
/// What every engine promises of the entries of a table.

#include <algorithm>
#include <iterator>
#include <thread>

#include "runtime/engine/conformance.hpp"

namespace netabase::test {

namespace {

std::string key_of_size(std::size_t size, char last) { return std::string(size - 1, 'k') + last; }

}  // namespace

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

TEST_CASE_TEMPLATE("an entry is overwritten where it lies, and nobody else sees it before its commit", E, ENGINES) {
  auto store = E::temp(4, [](auto& txn) { txn.make_table("t"); });
  const Table table = *store->begin_read().find_table("t");
  const std::string large(9000, 'l');
  {
    auto txn = store->begin_write();
    put(txn, table, "a", "one");
    put(txn, table, "b", large);
    put(txn, table, "c", "");
    txn.commit();
  }
  const auto overwrite = [&](auto& txn, std::string_view key, char with) {
    Bytes found;
    REQUIRE(txn.find_to_write(table, as_bytes(key), found));
    const std::size_t size = found.size();
    std::byte* const space = txn.overwrite(table, as_bytes(key), found);
    if (size != 0) std::memset(space, with, size);
  };
  const auto a_and_b = [&](const auto& txn) { return get(txn, table, "a").value() + get(txn, table, "b")->front(); };
  const auto before = store->begin_read();

  auto txn = store->begin_write();
  Bytes found;
  CHECK_FALSE(txn.find_to_write(table, as_bytes("x"), found));
  CHECK_FALSE(txn.find_to_write(table, {}, found));
  CHECK_FALSE(txn.find_to_write(table, as_bytes(std::string(600, 'x')), found));
  if constexpr (std::is_same_v<E, engine::Lmdb>) CHECK_FALSE(txn.has_written());  // finding is not writing
  for (const char with : {'2', '3'}) {  // the first time the page is as it was committed, then it is the transaction's
    overwrite(txn, "a", with);
    if constexpr (std::is_same_v<E, engine::Lmdb>) CHECK(txn.has_written());
    overwrite(txn, "b", with);
    overwrite(txn, "c", with);
    CHECK(a_and_b(txn) == std::string(4, with));
    CHECK(get(txn, table, "b") == std::string(9000, with));
    CHECK(get(txn, table, "c") == "");
    CHECK(a_and_b(before) == "onel");
  }
  SUBCASE("rolled back") {
    txn.abort();
    CHECK(a_and_b(store->begin_read()) == "onel");
  }
  SUBCASE("committed") {
    txn.commit();
    CHECK(a_and_b(before) == "onel");
    CHECK(a_and_b(store->begin_read()) == "3333");
    CHECK(store->begin_read().count(table) == 3);
  }
  SUBCASE("in a nested transaction that is rolled back, though the page is that of the one around it") {
    {
      auto nested = txn.begin_nested();
      overwrite(nested, "a", '4');
      overwrite(nested, "b", '4');
      overwrite(nested, "a", '5');
      CHECK(a_and_b(nested) == "5554");
    }
    CHECK(a_and_b(txn) == "3333");
    txn.commit();
    CHECK(a_and_b(store->begin_read()) == "3333");
  }
  SUBCASE("in a nested transaction that is committed, and after it") {
    {
      auto nested = txn.begin_nested();
      overwrite(nested, "a", '4');
      nested.commit();
    }
    overwrite(txn, "b", '6');
    CHECK(a_and_b(txn) == "4446");
    txn.commit();
    CHECK(a_and_b(store->begin_read()) == "4446");
  }
  SUBCASE("a cursor has no entry any more") {
    auto cursor = txn.cursor(table);
    REQUIRE(cursor.first());
    overwrite(txn, "a", '4');
    CHECK(code_of([&] { cursor.next(); }) == ErrorCode::invalid_argument);
    REQUIRE(cursor.first());
    CHECK(as_text(cursor.value()) == "444");
  }
  SUBCASE("by another thread") {
    REQUIRE(txn.find_to_write(table, as_bytes("a"), found));
    std::thread([&] {
      CHECK(code_of([&] { txn.find_to_write(table, as_bytes("a"), found); }) == ErrorCode::wrong_thread);
      CHECK(code_of([&] { txn.overwrite(table, as_bytes("a"), found); }) == ErrorCode::wrong_thread);
    }).join();
    CHECK(a_and_b(txn) == "3333");
  }
  SUBCASE("while another is nested in it, and after its end") {
    REQUIRE(txn.find_to_write(table, as_bytes("a"), found));
    {
      auto nested = txn.begin_nested();
      CHECK(code_of([&] { txn.find_to_write(table, as_bytes("a"), found); }) == ErrorCode::invalid_argument);
      CHECK(code_of([&] { txn.overwrite(table, as_bytes("a"), found); }) == ErrorCode::invalid_argument);
    }
    txn.commit();
    CHECK_THROWS_AS(txn.find_to_write(table, as_bytes("a"), found), TransactionEnded);
    CHECK_THROWS_AS(txn.overwrite(table, as_bytes("a"), found), TransactionEnded);
  }
}

TEST_CASE_TEMPLATE("keys are in the order of their bytes, wherever they begin to differ", E, ENGINES) {
  INFO("NETABASE_TEST_SEED=" << seed());
  std::mt19937_64 random(seed());
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  std::map<std::string, std::string> expected;
  auto txn = store->begin_write();
  for (int i = 0; i < 4000; ++i) {
    static constexpr std::size_t beginnings[] = {0, 1, 7, 8, 9, 15, 16, 24, 31, 32, 33, 40, 100, 500};
    std::string key(beginnings[random() % std::size(beginnings)], random() % 4 == 0 ? '\xff' : 'k');
    const std::size_t length = random() % 10;
    for (std::size_t at = 0; at < length || key.empty(); ++at) {
      static constexpr char bytes[] = {'\0', '\1', '\x7f', '\x80', '\xff', 'k'};
      key += bytes[random() % std::size(bytes)];
    }
    const std::string value = std::to_string(i);
    REQUIRE(put(txn, table, key, value, PutMode::insert) == expected.emplace(key, value).second);
  }
  txn.commit();
  const auto read = store->begin_read();
  REQUIRE(all(read, table) == expected);
  auto at = expected.begin();
  auto cursor = read.cursor(table);
  for (bool more = cursor.first(); more; more = cursor.next(), ++at) REQUIRE(as_text(cursor.key()) == at->first);
}

}  // namespace netabase::test
