/// \file
/// What every engine promises of the entries of a table.

#include <algorithm>

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

}  // namespace netabase::test
