/// \file
/// No room: in the map, on the disk, in the address space.

#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

#include "runtime/engine/support.hpp"

namespace netabase::test {

namespace {

void make_table(engine::Lmdb::WriteTransaction& txn) { txn.make_table("t"); }

/// Puts records until something is thrown; returns how many.
int put_until_full(engine::Lmdb::WriteTransaction& txn, Table table, int first) {
  for (int i = first;; ++i) {
    try {
      put(txn, table, std::to_string(i), std::string(3000, 'v'));
    } catch (const MapFull&) {
      return i - first;
    }
  }
}

}  // namespace

TEST_CASE_TEMPLATE("a full store says so, loses nothing, and has room after records were removed", E, engine::Lmdb,
                   engine::Memory) {
  Folder folder;
  Config config;
  if constexpr (std::is_same_v<E, engine::Lmdb>) config.path = folder.file("s.mdb");
  config.max_size = 1 << 20;
  auto store = E::open(config, 4, [](auto& txn) { txn.make_table("t"); });
  const Table table = *store->begin_read().find_table("t");
  CHECK(store->stats().max_bytes == 1 << 20);
  int stored = 0;
  for (bool full = false; !full;) {
    auto txn = store->begin_write();
    try {
      for (int i = 0; i < 70; ++i) put(txn, table, std::to_string(stored + i), std::string(3000, 'v'));
      txn.commit();
      stored += 70;
    } catch (const MapFull& error) {
      full = true;
      CHECK(code_of([&] { put(txn, table, "x", "y"); }) == ErrorCode::map_full);
      CHECK(code_of([&] { txn.begin_nested(); }) == ErrorCode::map_full);
      CHECK(code_of([&] { txn.commit(); }) == ErrorCode::map_full);
      CHECK(code_of([&] { txn.commit(); }) == ErrorCode::transaction_ended);
    }
  }
  CHECK(stored >= 100);
  CHECK(store->begin_read().count(table) == static_cast<std::uint64_t>(stored));
  CHECK(code_of([&] { store->grow(); }) == ErrorCode::map_full);
  {
    auto txn = store->begin_write();
    for (int i = 0; i < 50; ++i) CHECK(txn.erase(table, as_bytes(std::to_string(i))));
    txn.commit();
  }
  for (int i = 0; i < 3; ++i) {  // LMDB reuses pages freed by the transaction before the last
    auto txn = store->begin_write();
    put(txn, table, "small", "v");
    txn.commit();
  }
  auto txn = store->begin_write();
  for (int i = 0; i < 20; ++i) put(txn, table, std::to_string(i), std::string(3000, 'w'));
  txn.commit();
  CHECK(store->begin_read().count(table) == static_cast<std::uint64_t>(stored - 50 + 20 + 1));
}

TEST_CASE("a store that was full goes on when it is opened with more room") {
  Folder folder;
  Config config = at(folder.file("s.mdb"));
  config.max_size = 1 << 20;
  config.durability = Durability::none;
  auto store = engine::Lmdb::open(config, 4, make_table);
  const Table table = *store->begin_read().find_table("t");
  int stored = 0;
  while (!code_of([&] {
    auto txn = store->begin_write();
    put(txn, table, std::to_string(stored), std::string(3000, 'v'));
    txn.commit();
    ++stored;
  })) {
  }
  CHECK(stored > 200);
  store.reset();
  config.max_size = 2 << 20;
  store = engine::Lmdb::open(config, 4);
  auto txn = store->begin_write();
  CHECK(put_until_full(txn, table, stored) > 200);
  txn.abort();
  CHECK(store->begin_read().count(table) == static_cast<std::uint64_t>(stored));
}

TEST_CASE("a map that is full in a nested transaction leaves the outer one usable") {
  Folder folder;
  Config config = at(folder.file("s.mdb"));
  config.max_size = 1 << 20;
  auto store = engine::Lmdb::open(config, 4, make_table);
  const Table table = *store->begin_read().find_table("t");
  auto txn = store->begin_write();
  put(txn, table, "outer", "1");
  {
    auto nested = txn.begin_nested();
    CHECK(put_until_full(nested, table, 0) > 50);
    CHECK(code_of([&] { nested.commit(); }) == ErrorCode::map_full);
  }
  CHECK(txn.count(table) == 1);
  put(txn, table, "more", "2");
  txn.commit();
  CHECK(store->begin_read().count(table) == 2);
}

TEST_CASE("the map grows when no transaction is open, and says which stay open when it cannot") {
  auto store = engine::Lmdb::temp(4, make_table);
  const Table table = *store->begin_read().find_table("t");
  const auto before = store->stats().max_bytes;
  {
    auto txn = store->begin_write();
    put(txn, table, "a", "1");
    txn.commit();
  }
  auto read = std::make_optional(store->begin_read());
  auto second = std::make_optional(store->begin_read());
  std::string text;
  try {
    store->grow(std::chrono::milliseconds(20));
  } catch (const MapFull& error) {
    text = error.what();
  }
  CHECK_MESSAGE(text.find("2 transactions") != text.npos, text);
  CHECK(get(*read, table, "a") == "1");
  CHECK(store->stats().max_bytes == before);
  second.reset();
  std::thread ender([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    read.reset();
  });
  store->grow();
  ender.join();
  CHECK(store->stats().max_bytes == 2 * before);
  CHECK(get(store->begin_read(), table, "a") == "1");
  auto txn = store->begin_write();
  put(txn, table, "b", "1");
  txn.commit();
}

TEST_CASE("after a full map the next transaction finds room, unless one that stays open keeps the map as it is") {
  Folder folder;
  auto store = engine::Lmdb::open(at(folder.file("s.mdb")), 4, make_table, 256 << 10);
  const Table table = *store->begin_read().find_table("t");
  const std::uint64_t first = store->stats().max_bytes;
  CHECK(first == 256 << 10);
  {
    auto txn = store->begin_write();
    put_until_full(txn, table, 0);
  }
  CHECK(store->stats().max_bytes == first);
  std::optional<engine::Lmdb::ReadTransaction> reader = store->begin_read();
  SUBCASE("the reader ends in time") {
    std::thread ender([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(30));
      reader.reset();
    });
    const auto start = std::chrono::steady_clock::now();
    auto txn = store->begin_write();
    const auto waited = std::chrono::steady_clock::now() - start;
    ender.join();
    if (store->stats().max_bytes == first) {
      // It waits for a second, in which a busy machine may not have let the reader end. Who is short of room again
      // makes the next one try again.
      CHECK(waited >= std::chrono::seconds(1));
      put_until_full(txn, table, 0);
      txn.abort();
      txn = store->begin_write();
    }
    CHECK(put_until_full(txn, table, 0) > 100);
    CHECK(store->stats().max_bytes == 2 * first);
  }
  SUBCASE("the reader stays") {
    auto txn = store->begin_write();
    put(txn, table, "little", "1");
    CHECK(put_until_full(txn, table, 0) > 0);
    txn.abort();
    CHECK(store->stats().max_bytes == first);
    CHECK(store->try_begin_write().has_value());  // which does not wait, and leaves the growing to the next
    CHECK(store->stats().max_bytes == first);
    reader.reset();
    CHECK(store->begin_write().count(table) == 0);
    CHECK(store->stats().max_bytes == 2 * first);
  }
}

TEST_CASE("a thread with an open reader begins another while a grow waits") {
  auto store = engine::Lmdb::temp(4, make_table);
  auto read = store->begin_read();
  const std::uint64_t before = store->stats().max_bytes;
  std::atomic<bool> given_up{false};
  std::thread grower([&] {
    try {
      store->grow(std::chrono::minutes(1));
    } catch (const MapFull&) {
      given_up = true;
    }
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  { auto second = store->begin_read(); }
  CHECK_FALSE(given_up);  // it was not waited for
  { auto ended = std::move(read); }
  grower.join();
  CHECK(store->stats().max_bytes == 2 * before);
}

TEST_CASE("a disk without room is an error that loses nothing") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  // The limit of a process on the size of its files stands in for the medium's.
  CHECK(in_child([&] {
          ::signal(SIGXFSZ, SIG_IGN);
          auto store = engine::Lmdb::open(at(file), 4, make_table);
          const Table table = *store->begin_read().find_table("t");
          const rlimit limit{2 << 20, RLIM_INFINITY};
          if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 1;
          int stored = 0;
          std::optional<ErrorCode> code;
          while (!code && stored < 10000) {
            code = code_of([&] {
              auto txn = store->begin_write();
              for (int i = 0; i < 50; ++i) put(txn, table, std::to_string(stored + i), std::string(3000, 'v'));
              txn.commit();
              stored += 50;
            });
          }
          if (code != ErrorCode::disk_full) return 2;
          if (stored < 100) return 3;
          if (store->begin_read().count(table) != static_cast<std::uint64_t>(stored)) return 4;
          if (code_of([&] { store->backup(folder.file("b.mdb")); }).has_value()) return 5;
          const rlimit lower{1 << 20, RLIM_INFINITY};
          if (::setrlimit(RLIMIT_FSIZE, &lower) != 0) return 6;
          if (code_of([&] { store->backup(folder.file("c.mdb")); }) != ErrorCode::disk_full) return 7;
          if (code_of([&] { store->compact(); }) != ErrorCode::disk_full) return 8;
          if (code_of([&] { engine::Lmdb::open(at(folder.file("b.mdb")), 4); }).has_value()) return 9;
          const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
          if (::setrlimit(RLIMIT_FSIZE, &none) != 0) return 10;
          auto txn = store->begin_write();
          put(txn, table, "more", "v");
          txn.commit();
          return store->begin_read().count(table) == static_cast<std::uint64_t>(stored + 1) ? 0 : 11;
        }) == 0);
  auto store = engine::Lmdb::open(at(file), 4);
  CHECK(get(store->begin_read(), *store->begin_read().find_table("t"), "more") == "v");
  CHECK(folder.names() == std::vector<std::string>{"b.mdb", "b.mdb-lock", "s.mdb", "s.mdb-lock"});
}

#if !NETABASE_TEST_SANITIZED
TEST_CASE("a small address space gets a smaller map") {
  Folder folder;
  CHECK(in_child([&] {
          const rlimit limit{rlim_t{6} << 30, rlim_t{6} << 30};
          if (::setrlimit(RLIMIT_AS, &limit) != 0) return 1;
          auto store = engine::Lmdb::open(at(folder.file("s.mdb")), 4, make_table);
          const auto map = store->stats().max_bytes;
          if (map != std::uint64_t{4} << 30) return 2;
          if (code_of([&] { store->grow(); }) != ErrorCode::map_full) return 3;
          return store->begin_read().find_table("t") ? 0 : 4;
        }) == 0);
}
#endif

}  // namespace netabase::test
