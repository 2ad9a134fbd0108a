/// \file
/// Reads that begin while others commit.

#include <lmdb.h>
#include <pthread.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <ctime>
#include <thread>

#include "runtime/engine/support.hpp"

namespace netabase::test {

namespace {

std::atomic<std::uint64_t> commits{0};
std::atomic<bool> held{false};
std::atomic<bool> done{false};

/// A signal's handler: keeps the thread where it is until two more commits are through, as an unlucky scheduler may.
void wait_for_two_commits(int) {
  const int saved = errno;
  const std::uint64_t until = commits + 2;
  while (commits < until && !done) {
    const timespec moment{0, 1000};
    nanosleep(&moment, nullptr);
  }
  held = false;
  errno = saved;
}

}  // namespace

TEST_CASE("a read shows the commit whose number it has, wherever its thread is held while it begins") {
  Folder folder;
  Config config = at(folder.file("s.mdb"));
  config.durability = Durability::none;
  auto store = engine::Lmdb::open(config, 4, [](auto& txn) {
    const Table table = txn.make_table("t");
    put(txn, table, "number", std::to_string(txn.number()));
  });
  const Table table = *store->begin_read().find_table("t");
  commits = 0;
  done = false;

  struct sigaction action {};
  struct sigaction before {};
  action.sa_handler = wait_for_two_commits;
  REQUIRE(sigaction(SIGUSR1, &action, &before) == 0);

  std::thread writer([&] {
    while (!done) {
      auto txn = store->begin_write();
      // Written anew, so that the table's root is another page each time.
      put(txn, table, "number", std::to_string(txn.number()));
      txn.commit();
      ++commits;
    }
  });
  std::uint64_t reads = 0;
  std::uint64_t wrong = 0;
  std::thread reader([&] {
    while (!done) {
      const auto read = store->begin_read();
      Bytes value;
      // In a commit's own pages; what is known of them from an earlier read of the same number is used again.
      if (!read.get(table, as_bytes("number"), value) || as_text(value) != std::to_string(read.number())) ++wrong;
      ++reads;
    }
  });
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  int signals = 0;
  for (; signals < 6000 && std::chrono::steady_clock::now() < until; ++signals) {
    held = true;
    pthread_kill(reader.native_handle(), SIGUSR1);
    while (held && std::chrono::steady_clock::now() < until) std::this_thread::yield();
  }
  done = true;
  reader.join();
  writer.join();
  sigaction(SIGUSR1, &before, nullptr);
  INFO("signals ", signals, ", reads ", reads);
  CHECK(wrong == 0);
  CHECK(reads > 0);
}

namespace {

void make_old(engine::Lmdb::WriteTransaction& txn) { put(txn, txn.make_table("t"), "k", "old"); }

/// Commits so many times in another process that does not lock.
void commit_without_locks(const std::string& file, int times) {
  REQUIRE(in_child([&] {
            MDB_env* env = nullptr;
            int failed = mdb_env_create(&env) + mdb_env_set_maxdbs(env, 4);
            failed += mdb_env_open(env, file.c_str(), MDB_NOSUBDIR | MDB_NOLOCK, 0644);
            for (int i = 0; i < times && failed == 0; ++i) {
              MDB_txn* txn = nullptr;
              MDB_dbi dbi = 0;
              std::string key = "k";
              std::string text = "new";
              MDB_val name{key.size(), key.data()};
              MDB_val value{text.size(), text.data()};
              failed = mdb_txn_begin(env, nullptr, 0, &txn) + mdb_dbi_open(txn, "t", 0, &dbi);
              failed += mdb_put(txn, dbi, &name, &value, 0) + mdb_txn_commit(txn);
            }
            return failed == 0 ? 0 : 1;
          }) == 0);
}

}  // namespace

TEST_CASE("commits of a program that does not lock are noticed, and shown when the store is opened again") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  {
    auto store = engine::Lmdb::open(at(file), 4, make_old);
    const Table table = *store->begin_read().find_table("t");
    CHECK(get(store->begin_read(), table, "k") == "old");
    commit_without_locks(file, 2);
    CHECK(code_of([&] { store->begin_read(); }) == ErrorCode::io);
    CHECK(code_of([&] { store->begin_write(); }) == ErrorCode::io);
  }
  auto store = engine::Lmdb::open(at(file), 4, make_old);
  const auto read = store->begin_read();
  CHECK(get(read, *read.find_table("t"), "k") == "new");
}

TEST_CASE("a commit that is in the file and not public is not shown, not checked, and not written over") {
  // So it is while a commit waits for the disk, and when its process was killed meanwhile. Then LMDB makes it public as
  // soon as somebody writes, which it does not do for one that was made without locking.
  Folder folder;
  const std::string file = folder.file("s.mdb");
  {
    auto store = engine::Lmdb::open(at(file), 4, make_old);
    commit_without_locks(file, 1);
    const auto read = store->begin_read();
    CHECK(get(read, *read.find_table("t"), "k") == "old");
    CHECK(store->check_pages().empty());
    CHECK(code_of([&] { store->begin_write(); }) == ErrorCode::io);
    CHECK(code_of([&] { store->begin_write(); }) == ErrorCode::io);  // the first one holds nothing
  }
  auto store = engine::Lmdb::open(at(file), 4, make_old);
  const auto read = store->begin_read();
  CHECK(get(read, *read.find_table("t"), "k") == "new");
}

}  // namespace netabase::test
