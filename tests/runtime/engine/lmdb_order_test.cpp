/// \file
/// The order of keys is LMDB's own, so that programs which know nothing of netabase find them.

#include <lmdb.h>

#include "runtime/engine/support.hpp"

namespace netabase::test {

TEST_CASE("plain LMDB finds every key that was put, and what it puts is found") {
  INFO("NETABASE_TEST_SEED=" << seed());
  std::mt19937_64 random(seed());
  Folder folder;
  const std::string file = folder.file("s.mdb");
  const auto random_key = [&] {
    static constexpr std::size_t beginnings[] = {0, 4, 8, 12, 16, 32, 48, 300};
    std::string key(beginnings[random() % std::size(beginnings)], 'k');
    const std::size_t end = key.size() + 1 + random() % 12;
    while (key.size() < end) key += static_cast<char>(random() % 3 == 0 ? 'k' : random() % 256);
    return key;
  };
  std::map<std::string, std::string> expected;
  {
    auto store = engine::Lmdb::open(at(file), 4, [](auto& txn) { txn.make_table("t"); });
    const Table table = *store->begin_read().find_table("t");
    auto txn = store->begin_write();
    for (int i = 0; i < 3000; ++i) {
      const std::string key = random_key();
      put(txn, table, key, expected[key] = std::to_string(i));
    }
    txn.commit();
  }
  {
    struct Environment {
      MDB_env* handle = nullptr;
      ~Environment() { mdb_env_close(handle); }
    } environment;
    REQUIRE(mdb_env_create(&environment.handle) == 0);
    REQUIRE(mdb_env_set_maxdbs(environment.handle, 4) == 0);
    REQUIRE(mdb_env_set_mapsize(environment.handle, 64U << 20U) == 0);
    REQUIRE(mdb_env_open(environment.handle, file.c_str(), MDB_NOSUBDIR, 0644) == 0);
    MDB_txn* txn = nullptr;
    REQUIRE(mdb_txn_begin(environment.handle, nullptr, 0, &txn) == 0);
    MDB_dbi table = 0;
    REQUIRE(mdb_dbi_open(txn, "t", 0, &table) == 0);
    const auto value_of = [](std::string_view text) { return MDB_val{text.size(), const_cast<char*>(text.data())}; };
    for (const auto& [key, value] : expected) {
      MDB_val wanted = value_of(key);
      MDB_val found{};
      REQUIRE(mdb_get(txn, table, &wanted, &found) == 0);
      REQUIRE(std::string_view(static_cast<const char*>(found.mv_data), found.mv_size) == value);
    }
    for (int i = 0; i < 1000; ++i) {
      const std::string key = random_key();
      expected[key] = "plain";
      MDB_val put_key = value_of(key);
      MDB_val put_value = value_of("plain");
      REQUIRE(mdb_put(txn, table, &put_key, &put_value, 0) == 0);
    }
    REQUIRE(mdb_txn_commit(txn) == 0);
  }
  auto store = engine::Lmdb::open(at(file), 4);
  const Table table = *store->begin_read().find_table("t");
  const auto txn = store->begin_write();  // whose look-ups are LMDB's
  REQUIRE(all(txn, table) == expected);
  for (const auto& [key, value] : expected) REQUIRE(get(txn, table, key) == value);
  CHECK(store->check_pages().empty());
}

}  // namespace netabase::test
