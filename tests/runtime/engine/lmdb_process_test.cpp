/// \file
/// One file, one environment in a process; several processes; fork().

#include <csignal>
#include <thread>

#include "runtime/engine/companion.hpp"
#include "runtime/engine/support.hpp"

namespace netabase::test {

namespace {

void fill(engine::Lmdb::WriteTransaction& txn) {
  const Table table = txn.make_table("t");
  put(txn, table, "a", "1");
}

Table table_in(engine::Lmdb& store) { return *store.begin_read().find_table("t"); }

}  // namespace

TEST_CASE("a second open of the same file is refused, however it is named, and the first is unharmed") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  auto store = engine::Lmdb::open(at(file), 4, fill);
  const Table table = table_in(*store);
  auto before = store->begin_read();
  std::filesystem::create_symlink("s.mdb", folder.path() / "symlink");
  std::filesystem::create_hard_link(file, folder.path() / "hardlink");
  std::filesystem::create_directory_symlink(folder.path(), folder.path() / "sub");
  const auto relative = std::filesystem::relative(file).string();
  for (const std::string& name : {file, folder.file("symlink"), folder.file("hardlink"), folder.file("./s.mdb"),
                                  folder.file("sub/s.mdb"), relative}) {
    for (const int kind : {0, 1, 2}) {
      Config config = at(name);
      config.read_only = kind == 1;
      config.truncate = kind == 2;
      CHECK_MESSAGE(code_of([&] { engine::Lmdb::open(config, 4, fill); }) == ErrorCode::already_open, name);
    }
  }
  auto txn = store->begin_write();
  put(txn, table, "b", "2");
  txn.commit();
  CHECK(before.count(table) == 1);
  CHECK(store->begin_read().count(table) == 2);
  // The locks are still there: another process sees the store in use.
  CHECK(in_child([&] {
          Config config = at(file);
          config.truncate = true;
          return code_of([&] { engine::Lmdb::open(config, 4, fill); }) == ErrorCode::in_use ? 0 : 1;
        }) == 0);
}

TEST_CASE("a closed store can be opened again, an open one keeps its claim until its last transaction") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  engine::Lmdb::open(at(file), 4, fill);
  auto store = engine::Lmdb::open(at(file), 4);
  auto read = std::make_optional(store->begin_read());
  store.reset();
  CHECK(code_of([&] { engine::Lmdb::open(at(file), 4); }) == ErrorCode::already_open);
  read.reset();
  CHECK(engine::Lmdb::open(at(file), 4)->begin_read().find_table("t"));
}

TEST_CASE("a file that was removed under an open store is not made anew under the same lock") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  auto store = engine::Lmdb::open(at(file), 4, fill);
  std::filesystem::remove(file);
  CHECK(code_of([&] { engine::Lmdb::open(at(file), 4, fill); }) == ErrorCode::already_open);
  CHECK(in_child(
            [&] { return code_of([&] { engine::Lmdb::open(at(file), 4, fill); }) == ErrorCode::in_use ? 0 : 1; }) == 0);
  CHECK(store->begin_read().count(table_in(*store)) == 1);
  store.reset();
  CHECK(engine::Lmdb::open(at(file), 4, fill)->begin_read().find_table("t"));
}

TEST_CASE("nothing is usable after fork(), and the child does the parent no harm") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  auto store = engine::Lmdb::open(at(file), 4, fill);
  const Table table = table_in(*store);
  auto read = std::make_optional(store->begin_read());
  auto cursor = read->cursor(table);
  CHECK(cursor.first());
  auto txn = std::make_optional(store->begin_write());
  put(*txn, table, "b", "2");
  CHECK(in_child([&] {
          const auto forked = ErrorCode::used_after_fork;
          int wrong = 0;
          const auto expect = [&](auto call) { wrong += code_of(call) == forked ? 0 : 1; };
          expect([&] { store->begin_read(); });
          expect([&] { store->begin_write(); });
          expect([&] { store->try_begin_write(); });
          expect([&] { store->grow(); });
          expect([&] { store->flush(); });
          expect([&] { store->compact(); });
          expect([&] { store->stats(); });
          expect([&] { store->backup(folder.file("backup.mdb")); });
          expect([&] { read->count(table); });
          expect([&] { get(*read, table, "a"); });
          expect([&] { read->cursor(table); });
          expect([&] { cursor.first(); });
          expect([&] { put(*txn, table, "c", "3"); });
          expect([&] { txn->commit(); });
          expect([&] { txn->abort(); });
          txn.reset();
          read.reset();
          store.reset();
          return wrong;
        }) == 0);
  CHECK(read->count(table) == 1);
  CHECK(cursor.first());
  txn->commit();
  CHECK(store->begin_read().count(table) == 2);
  CHECK(store->stats().readers == 1);
}

TEST_CASE("a child may open the store anew") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  auto store = engine::Lmdb::open(at(file), 4, fill);
  const Table table = table_in(*store);
  auto read = store->begin_read();
  CHECK(in_child([&] {
          auto mine = engine::Lmdb::open(at(file), 4);
          if (code_of([&] { engine::Lmdb::open(at(file), 4); }) != ErrorCode::already_open) return 1;
          auto txn = mine->begin_write();
          put(txn, table_in(*mine), "child", "1");
          txn.commit();
          return 0;
        }) == 0);
  CHECK(read.count(table) == 1);
  CHECK(get(store->begin_read(), table, "child") == "1");
}

TEST_CASE("the reader slots of killed processes are freed") {
  Folder folder;
  Config config = at(folder.file("s.mdb"));
  config.max_readers = 8;
  auto store = engine::Lmdb::open(config, 4, fill);
  const auto leave_dead_readers = [&](int count) {
    Companion child([&](auto ready, auto wait) {
      auto mine = engine::Lmdb::open(config, 4);
      std::vector<engine::Lmdb::ReadTransaction> readers;
      for (int i = 0; i < count; ++i) readers.push_back(mine->begin_read());
      ready();
      wait();
    });
    child.wait_until_ready();
    child.kill();
  };
  leave_dead_readers(5);
  CHECK(store->stats().readers == 5);
  CHECK(store->sweep_readers() == 5);
  CHECK(store->stats().readers == 0);

  leave_dead_readers(6);
  {
    std::vector<engine::Lmdb::ReadTransaction> readers;  // more than the dead left: slots run out, and are swept
    for (int i = 0; i < 8; ++i) readers.push_back(store->begin_read());
    CHECK(code_of([&] { store->begin_read(); }) == ErrorCode::readers_full);
    CHECK(readers.front().find_table("t"));
  }
  CHECK(store->begin_read().find_table("t"));

  store.reset();
  auto other = engine::Lmdb::open(config, 4);
  leave_dead_readers(3);
  CHECK(other->stats().readers == 3);
  CHECK(in_child([&] {
          engine::Lmdb::open(config, 4);  // opening sweeps
          return 0;
        }) == 0);
  CHECK(other->stats().readers == 0);

  leave_dead_readers(3);
  const Table table = table_in(*other);
  for (int i = 0; i < 1001; ++i) {
    auto txn = other->begin_write();
    if (i % 100 == 0) put(txn, table, std::to_string(i), "v");
    txn.commit();
  }
  CHECK(other->stats().readers == 0);
}

TEST_CASE("the file stops growing soon after readers were killed, without anybody's help") {
  Folder folder;
  Config config = at(folder.file("s.mdb"));
  config.durability = Durability::none;
  auto store = engine::Lmdb::open(config, 4, fill);
  const Table table = table_in(*store);
  const auto write = [&](int commits) {
    for (int i = 0; i < commits; ++i) {
      auto txn = store->begin_write();
      for (int k = 0; k < 5; ++k) put(txn, table, std::to_string((i * 7 + k) % 50), std::string(900, 'v'));
      txn.commit();
    }
    return store->stats().file_bytes;
  };
  const auto before = write(100);
  {
    Companion child([&](auto ready, auto wait) {
      auto mine = engine::Lmdb::open(config, 4);
      std::vector<engine::Lmdb::ReadTransaction> readers;
      for (int i = 0; i < 15; ++i) readers.push_back(mine->begin_read());
      ready();
      wait();
    });
    child.wait_until_ready();
    const auto held = write(100);
    CHECK(held > 2 * before);  // which shows that readers hold pages back
    child.kill();
  }
  const auto after = write(1100);
  CHECK(store->stats().readers == 0);
  CHECK(write(2000) <= after + after / 20);
  CHECK(store->check_pages().empty());
}

TEST_CASE("a writer that is killed leaves the lock to the next one, and nothing else") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  auto store = engine::Lmdb::open(at(file), 4, fill);
  const Table table = table_in(*store);
  for (int round = 0; round < 20; ++round) {
    Companion child([&](auto ready, auto wait) {
      auto mine = engine::Lmdb::open(at(file), 4);
      auto txn = mine->begin_write();
      put(txn, table_in(*mine), "dead", "1");
      ready();
      wait();
    });
    child.wait_until_ready();
    child.kill();
    auto txn = store->begin_write();
    CHECK_FALSE(get(txn, table, "dead"));
    put(txn, table, std::to_string(round), "1");
    txn.commit();
  }
  CHECK(store->begin_read().count(table) == 21);
}

TEST_CASE("a store is not replaced, compacted or removed from under another process") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  auto store = engine::Lmdb::open(at(file), 4, fill);
  Companion child([&](auto ready, auto wait) {
    auto mine = engine::Lmdb::open(at(file), 4);
    ready();
    wait();
  });
  child.wait_until_ready();
  CHECK(code_of([&] { store->compact(); }) == ErrorCode::in_use);
  store.reset();
  Config config = at(file);
  config.truncate = true;
  CHECK(code_of([&] { engine::Lmdb::open(config, 4, fill); }) == ErrorCode::in_use);
  store = engine::Lmdb::open(at(file), 4);
  CHECK(store->begin_read().count(table_in(*store)) == 1);
  child.kill();
  store->compact();
  CHECK(store->begin_read().count(table_in(*store)) == 1);
  CHECK(folder.names() == std::vector<std::string>{"s.mdb", "s.mdb-lock"});
}

TEST_CASE("several processes create one store: one does, all open it") {
  for (int round = 0; round < 10; ++round) {
    Folder folder;
    const std::string file = folder.file("s.mdb");
    std::vector<pid_t> children;
    for (int i = 0; i < 4; ++i) {
      const pid_t child = ::fork();
      if (child == 0) {
        int result = 1;
        try {
          auto store = engine::Lmdb::open(at(file), 4, fill);
          auto txn = store->begin_write();
          put(txn, *txn.find_table("t"), "child" + std::to_string(i), "1");
          txn.commit();
          result = 0;
        } catch (const std::exception& error) {
          std::fprintf(stderr, "child: %s\n", error.what());
        }
        ::_exit(result);
      }
      children.push_back(child);
    }
    for (const pid_t child : children) {
      int status = 0;
      REQUIRE(::waitpid(child, &status, 0) == child);
      CHECK(WIFEXITED(status));
      CHECK(WEXITSTATUS(status) == 0);
    }
    auto store = engine::Lmdb::open(at(file), 4);
    CHECK(store->begin_read().count(table_in(*store)) == 5);
    CHECK(folder.names() == std::vector<std::string>{"s.mdb", "s.mdb-lock"});
  }
}

TEST_CASE("a map that another process made larger is taken over") {
  Folder folder;
  Config small = at(folder.file("s.mdb"));
  small.max_size = 256 * 1024;
  auto store = engine::Lmdb::open(small, 4, fill);
  const Table table = table_in(*store);
  auto read = std::make_optional(store->begin_read());
  CHECK(in_child([&] {
          auto mine = engine::Lmdb::open(at(small.path), 4);
          auto txn = mine->begin_write();
          for (int i = 0; i < 200; ++i) put(txn, table_in(*mine), std::to_string(i), std::string(4000, 'v'));
          txn.commit();
          return 0;
        }) == 0);
  CHECK(read->count(table) == 1);
  std::thread ender([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    read.reset();
  });
  CHECK(store->begin_read().count(table) == 201);  // waits for the old snapshot to end
  ender.join();
  auto txn = store->begin_write();
  put(txn, table, "more", "1");
  txn.commit();
  CHECK(store->begin_read().count(table) == 202);
}

TEST_CASE("a table that another process made is there or not, the same for every way to read it") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  auto store = engine::Lmdb::open(at(file), 4, fill);
  REQUIRE(in_child([&] {
            auto mine = engine::Lmdb::open(at(file), 4);
            auto txn = mine->begin_write();
            put(txn, txn.make_table("new"), "k", "v");
            txn.commit();
            return 0;
          }) == 0);
  CHECK_FALSE(store->begin_read().find_table("new"));
  const auto check = [&](bool known) {
    const auto read = store->begin_read();
    const auto table = read.find_table("new");
    CHECK(table.has_value() == known);
    if (!table) return;
    CHECK(get(read, *table, "k") == "v");
    CHECK(read.count(*table) == 1);
    CHECK(all(read, *table).size() == 1);
  };
  {
    auto txn = store->begin_write();
    CHECK(txn.find_table("new"));
    std::thread(check, false).join();  // LMDB keeps the handle to the one that opened it until its commit
    txn.commit();
  }
  check(true);
}

}  // namespace netabase::test
