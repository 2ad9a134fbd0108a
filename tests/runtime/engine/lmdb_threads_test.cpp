/// \file
/// Many threads on one store.

#include <atomic>
#include <chrono>
#include <thread>

#include "runtime/engine/support.hpp"

namespace netabase::test {

TEST_CASE_TEMPLATE("readers in many threads see whole commits while a writer churns", E, engine::Lmdb, engine::Memory) {
  constexpr int accounts = 50;
  auto store = E::temp(4, [](auto& txn) {
    const Table table = txn.make_table("t");
    for (int i = 0; i < accounts; ++i) put(txn, table, std::to_string(i), "100");
  });
  const Table table = *store->begin_read().find_table("t");
  std::atomic<bool> stop{false};
  std::atomic<int> wrong{0};
  std::atomic<int> reads{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      while (!stop) {
        auto read = store->begin_read();
        int sum = 0;
        auto cursor = read.cursor(table);
        for (bool more = cursor.first(); more; more = cursor.next())
          sum += std::stoi(std::string(as_text(cursor.value())));
        if (sum != accounts * 100) ++wrong;
        ++reads;
      }
    });
  }
  for (int t = 0; t < 2; ++t) {
    threads.emplace_back([&, t] {
      std::mt19937_64 random(seed() + static_cast<std::uint64_t>(t));
      while (!stop) {
        auto txn = store->begin_write();
        const std::string from = std::to_string(random() % accounts);
        const std::string to = std::to_string(random() % accounts);
        const int amount = static_cast<int>(random() % 20);
        put(txn, table, from, std::to_string(std::stoi(*get(txn, table, from)) - amount));
        put(txn, table, to, std::to_string(std::stoi(*get(txn, table, to)) + amount));
        if (random() % 5 != 0) txn.commit();
      }
    });
  }
  const auto start = std::chrono::steady_clock::now();
  const auto passed = [&] { return std::chrono::steady_clock::now() - start; };
  while (passed() < std::chrono::milliseconds(300) || (reads <= 20 && passed() < std::chrono::minutes(1))) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  stop = true;
  for (auto& thread : threads) thread.join();
  CHECK(wrong.load() == 0);
  CHECK(reads > 20);
}

TEST_CASE("the map grows under readers and a writer, and a compaction comes between") {
  Folder folder;
  auto store = engine::Lmdb::open(at(folder.file("s.mdb")), 4, [](auto& txn) {
    const Table table = txn.make_table("t");
    for (int i = 0; i < 50; ++i) put(txn, table, std::to_string(i), "0");
  });
  const Table table = *store->begin_read().find_table("t");
  std::atomic<bool> stop{false};
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&] {
      while (!stop) {
        auto read = store->begin_read();
        const auto content = all(read, table);
        for (const auto& [key, value] : content) {
          if (value != content.begin()->second) ++wrong;
        }
      }
    });
  }
  threads.emplace_back([&] {
    for (int round = 0; !stop; ++round) {
      auto txn = store->begin_write();
      for (int i = 0; i < 50; ++i) put(txn, table, std::to_string(i), std::to_string(round));
      txn.commit();
    }
  });
  int grown = 0;
  int compacted = 0;
  for (int i = 0; i < 8; ++i) {
    if (!code_of([&] { store->grow(); })) ++grown;
    if (!code_of([&] { store->compact(); })) ++compacted;
    store->stats();
  }
  stop = true;
  for (auto& thread : threads) thread.join();
  CHECK(wrong.load() == 0);
  CHECK(grown > 0);
  CHECK(compacted > 0);
}

TEST_CASE("what looks at a store as a whole waits for a compaction that comes between") {
  Folder folder;
  Config config = at(folder.file("s.mdb"));
  config.durability = Durability::none;
  auto store = engine::Lmdb::open(config, 4, [](auto& txn) { put(txn, txn.make_table("t"), "k", "v"); });
  std::atomic<bool> stop{false};
  std::atomic<int> faults{0};
  std::vector<std::thread> threads;
  const auto repeat = [&](auto call) {
    threads.emplace_back([&, call] {
      while (!stop) call();
    });
  };
  for (int i = 0; i < 3; ++i) repeat([&] { store->sweep_readers(); });
  repeat([&] { faults += static_cast<int>(store->check_pages().size()); });
  repeat([&] {
    store->flush();
    store->readers();
    if (store->stats().file_bytes == 0) ++faults;
  });
  for (int i = 0; i < 200; ++i) static_cast<void>(code_of([&] { store->compact(); }));
  stop = true;
  for (auto& thread : threads) thread.join();
  CHECK(faults.load() == 0);
}

TEST_CASE("more readers than the pool holds, begun and ended in any order by any thread") {
  auto store = engine::Lmdb::temp(4, [](auto& txn) { put(txn, txn.make_table("t"), "k", "v"); });
  const Table table = *store->begin_read().find_table("t");
  std::vector<engine::Lmdb::ReadTransaction> readers;
  for (int i = 0; i < 200; ++i) readers.push_back(store->begin_read());
  CHECK(store->stats().readers == 200);
  std::thread([&] {
    for (const auto& reader : readers) CHECK(get(reader, table, "k") == "v");
    readers.clear();
  }).join();
  CHECK(store->stats().readers == 0);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) {
        auto one = store->begin_read();
        auto two = store->begin_read();
        if (get(one, table, "k") != get(two, table, "k")) throw std::logic_error("differs");
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

TEST_CASE("the map grows while transactions rest in the pool, which they leave for it") {
  Folder folder;
  auto store = engine::Lmdb::open(
      at(folder.file("s.mdb")), 4, [](auto& txn) { put(txn, txn.make_table("t"), "k", "v"); }, std::uint64_t{1} << 20U);
  const Table table = *store->begin_read().find_table("t");
  for (int round = 0; round < 5; ++round) {
    {
      std::vector<engine::Lmdb::ReadTransaction> readers;
      for (int i = 0; i < 100; ++i) readers.push_back(store->begin_read());
    }
    const auto size = store->stats().max_bytes;
    store->grow(std::chrono::milliseconds(0));  // nobody need be waited for
    CHECK(store->stats().max_bytes == 2 * size);
    const auto open = store->begin_read();
    CHECK(code_of([&] { store->grow(std::chrono::milliseconds(1)); }) == ErrorCode::map_full);
    CHECK(get(store->begin_read(), table, "k") == "v");  // and whoever asked in vain left no harm
  }
}

TEST_CASE("threads end their transactions while the store is being closed, and the last one closes the file") {
  Folder folder;
  for (int round = 0; round < 200; ++round) {
    auto store = engine::Lmdb::open(at(folder.file("s.mdb")), 4, [](auto& txn) { txn.make_table("t"); });
    std::atomic<int> ready{0};
    std::atomic<bool> go{false};
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t) {
      threads.emplace_back([&] {
        std::optional<engine::Lmdb::ReadTransaction> reader(store->begin_read());
        ++ready;
        while (!go) std::this_thread::yield();
        reader.reset();
      });
    }
    while (ready != 3) std::this_thread::yield();
    go = true;
    store.reset();
    for (auto& thread : threads) thread.join();
  }
  CHECK(engine::Lmdb::open(at(folder.file("s.mdb")), 4) != nullptr);  // AlreadyOpen if one had been left open
}

TEST_CASE_TEMPLATE("many threads write in turn, and each gets its turn", E, engine::Lmdb, engine::Memory) {
  auto store = E::temp(4, [](auto& txn) { put(txn, txn.make_table("t"), "k", "0"); });
  const Table table = *store->begin_read().find_table("t");
  constexpr int turns = 200;
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < turns;) {
        std::optional<typename E::WriteTransaction> txn;
        if (t % 3 == 2) {
          txn = store->try_begin_write();
        } else {
          txn = store->begin_write();
        }
        if (!txn) {
          ++refused;
          std::this_thread::yield();
          continue;
        }
        if (!store->is_writing()) throw std::logic_error("holds the slot and does not know it");
        put(*txn, table, "k", std::to_string(std::stoi(*get(*txn, table, "k")) + 1));
        if (i % 20 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));  // the others come and wait
        txn->commit();
        ++i;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(get(store->begin_read(), table, "k") == std::to_string(6 * turns));
  CHECK_FALSE(store->is_writing());
}

TEST_CASE("threads that open one file at once: one gets it, the others are told") {
  Folder folder;
  for (int round = 0; round < 10; ++round) {
    std::atomic<int> opened{0};
    std::atomic<int> refused{0};
    std::vector<std::shared_ptr<engine::Lmdb>> stores(4);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 4; ++t) {
      threads.emplace_back([&, t] {
        try {
          stores[t] = engine::Lmdb::open(at(folder.file("s.mdb")), 4, [](auto& txn) { txn.make_table("t"); });
          ++opened;
        } catch (const AlreadyOpen&) {
          ++refused;
        }
      });
    }
    for (auto& thread : threads) thread.join();
    CHECK(opened == 1);
    CHECK(refused == 3);
  }
}

}  // namespace netabase::test
