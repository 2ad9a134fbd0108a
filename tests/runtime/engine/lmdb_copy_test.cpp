/// \file
/// Backups and compaction.

#include <atomic>
#include <cstdint>
#include <set>
#include <string>
#include <thread>

#include "runtime/engine/support.hpp"

namespace netabase::test {

namespace {

void fill(engine::Lmdb::WriteTransaction& txn) {
  const Table one = txn.make_table("one");
  const Table two = txn.make_table("two");
  for (int i = 0; i < 3000; ++i) {
    put(txn, one, std::to_string(i), std::string(200, 'v'));
    put(txn, two, std::to_string(i), std::string(i % 100 == 0 ? 6000 : 10, 'w'));
  }
}

}  // namespace

TEST_CASE("a backup is a store of its own with the same content") {
  Folder folder;
  auto store = engine::Lmdb::open(at(folder.file("s.mdb")), 4, fill);
  const Table one = *store->begin_read().find_table("one");
  const auto content = all(store->begin_read(), one);
  store->backup(folder.file("b.mdb"));
  {
    auto txn = store->begin_write();
    txn.clear(one);
    txn.commit();
  }
  auto copy = engine::Lmdb::open(at(folder.file("b.mdb")), 4);
  auto read = copy->begin_read();
  CHECK(all(read, *read.find_table("one")) == content);
  CHECK(folder.names() == std::vector<std::string>{"b.mdb", "b.mdb-lock", "s.mdb", "s.mdb-lock"});
}

TEST_CASE("a backup replaces nothing and refuses what cannot be a file") {
  Folder folder;
  auto store = engine::Lmdb::open(at(folder.file("s.mdb")), 4, fill);
  write_bytes(folder.file("taken"), "precious");
  const auto code = [&](const std::string& path) { return code_of([&] { store->backup(path); }); };
  CHECK(code(folder.file("taken")) == ErrorCode::invalid_argument);
  CHECK(code(folder.file("s.mdb")) == ErrorCode::invalid_argument);
  CHECK(code(folder.path().string()) == ErrorCode::invalid_argument);
  CHECK(code("") == ErrorCode::invalid_argument);
  CHECK(code(folder.file("missing/b.mdb")) == ErrorCode::not_found);
  CHECK(read_bytes(folder.file("taken")) == "precious");
  auto txn = store->begin_write();
  CHECK(code(folder.file("b.mdb")) == ErrorCode::invalid_argument);
  CHECK(folder.names() == std::vector<std::string>{"s.mdb", "s.mdb-lock", "taken"});
}

TEST_CASE("backups taken while a writer commits are each one committed state") {
  Folder folder;
  auto store = engine::Lmdb::open(at(folder.file("s.mdb")), 4, [](auto& txn) {
    const Table table = txn.make_table("t");
    for (int i = 0; i < 200; ++i) put(txn, table, std::to_string(i), "0");
  });
  const Table table = *store->begin_read().find_table("t");
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    for (int round = 1; !stop; ++round) {
      auto txn = store->begin_write();
      for (int i = 0; i < 200; ++i) put(txn, table, std::to_string(i), std::to_string(round));
      txn.commit();
    }
  });
  for (int i = 0; i < 5; ++i) {
    const std::string name = folder.file("b" + std::to_string(i));
    store->backup(name);
    auto copy = engine::Lmdb::open(at(name), 4);
    auto read = copy->begin_read();
    const auto content = all(read, *read.find_table("t"));
    CHECK(content.size() == 200);
    for (const auto& [key, value] : content) CHECK(value == content.begin()->second);
  }
  stop = true;
  writer.join();
}

TEST_CASE_TEMPLATE("compaction gives free pages back and keeps tables and content", Kind, std::true_type,
                   std::false_type) {
  Folder folder;
  auto store = Kind::value ? engine::Lmdb::open(at(folder.file("s.mdb")), 8, fill) : engine::Lmdb::temp(8, fill);
  // An unused handle in the middle, so that LMDB numbers the tables differently when it opens them again.
  {
    auto txn = store->begin_write();
    txn.make_table("a rolled back");
  }
  Table late;
  {
    auto txn = store->begin_write();
    late = txn.make_table("a late");
    put(txn, late, "k", "v");
    txn.commit();
  }
  const Table one = *store->begin_read().find_table("one");
  const Table two = *store->begin_read().find_table("two");
  {
    auto txn = store->begin_write();
    txn.clear(one);
    for (int i = 10; i < 3000; ++i) txn.erase(two, as_bytes(std::to_string(i)));
    put(txn, one, "kept", "1");
    txn.commit();
  }
  const auto content = all(store->begin_read(), two);
  CHECK(content.size() == 10);
  const auto before = store->stats();
  store->compact();
  const auto after = store->stats();
  CHECK(after.file_bytes < before.file_bytes / 4);
  CHECK(after.file_bytes == after.used_bytes);
  CHECK(all(store->begin_read(), two) == content);
  CHECK(get(store->begin_read(), one, "kept") == "1");
  CHECK(get(store->begin_read(), late, "k") == "v");
  {
    auto txn = store->begin_write();
    put(txn, two, "after", "1");
    txn.make_table("new");
    txn.commit();
  }
  store->compact();
  CHECK(get(store->begin_read(), two, "after") == "1");
  CHECK(store->begin_read().find_table("new"));
  if (Kind::value) {
    CHECK(folder.names() == std::vector<std::string>{"s.mdb", "s.mdb-lock"});
    CHECK(code_of([&] { engine::Lmdb::open(at(folder.file("s.mdb")), 8); }) == ErrorCode::already_open);
    store.reset();
    auto again = engine::Lmdb::open(at(folder.file("s.mdb")), 8);
    CHECK(get(again->begin_read(), *again->begin_read().find_table("two"), "after") == "1");
  }
}

TEST_CASE("compaction begins the commits' numbers anew, and unique_number() is not seen again") {
  Folder folder;
  auto store = engine::Lmdb::open(at(folder.file("s.mdb")), 4, fill);
  const Table one = *store->begin_read().find_table("one");
  std::set<std::uint64_t> numbers;
  std::set<std::uint64_t> unique;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 5; ++i) {
      auto txn = store->begin_write();
      put(txn, one, "k", std::to_string(10 * round + i));
      numbers.insert(txn.number());
      const std::uint64_t number = txn.unique_number();
      CHECK(unique.insert(number).second);
      CHECK((i == 0 || unique.contains(number - 1)));
      txn.commit();
      CHECK(store->begin_read().unique_number() == number);
    }
    store->compact();
  }
  CHECK(unique.size() == 15);
  CHECK(numbers.size() < 15);
}

TEST_CASE("what is written after a compaction whose directory cannot be synced is in the new file") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  engine::Lmdb::open(at(file), 4, fill);
  std::filesystem::permissions(file, std::filesystem::perms(0666));
  std::filesystem::permissions(file + "-lock", std::filesystem::perms(0666));
  // Files in it may be named anew, but it cannot be opened.
  std::filesystem::permissions(folder.path(), std::filesystem::perms(0333));
  CHECK(in_child([&] {
          if (::getuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) return 99;
          auto store = engine::Lmdb::open(at(file), 4);
          if (code_of([&] { store->compact(); }) != ErrorCode::io) return 1;
          auto txn = store->begin_write();
          put(txn, *txn.find_table("one"), "after", "1");
          txn.commit();
          store.reset();
          store = engine::Lmdb::open(at(file), 4);
          const auto read = store->begin_read();
          return get(read, *read.find_table("one"), "after") == "1" ? 0 : 2;
        }) == 0);
  std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
}

TEST_CASE("a store whose lock file was removed is not compacted, which could take it from somebody else") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  auto store = engine::Lmdb::open(at(file), 4, fill);
  std::filesystem::remove(file + "-lock");
  CHECK(code_of([&] { store->compact(); }) == ErrorCode::in_use);
  CHECK(store->begin_read().find_table("one"));
}

TEST_CASE("compaction needs this process's transactions to be over") {
  Folder folder;
  auto store = engine::Lmdb::open(at(folder.file("s.mdb")), 4, fill);
  auto read = std::make_optional(store->begin_read());
  std::thread ender([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    read.reset();
  });
  store->compact();
  ender.join();
  const Table one = *store->begin_read().find_table("one");
  CHECK(store->begin_read().count(one) == 3000);
}

TEST_CASE("a process that opens the store while it is being compacted gets the new file") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  auto store = engine::Lmdb::open(at(file), 4, fill);
  const Table one = *store->begin_read().find_table("one");
  // The child waits until the parent has compacted and written once: otherwise a busy machine could let it be done
  // before the parent begins, or be in the way of every compaction.
  int go[2];
  REQUIRE(::pipe(go) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::close(go[1]);
    char byte = 0;
    int result = ::read(go[0], &byte, 1) == 1 ? 0 : 2;  // 2: the parent gave up
    try {
      for (int i = 0; result == 0 && i < 40; ++i) {
        auto mine = engine::Lmdb::open(at(file), 4);
        auto txn = mine->begin_write();
        put(txn, *txn.find_table("one"), "child", std::to_string(i));
        txn.commit();
      }
    } catch (const std::exception& error) {
      std::fprintf(stderr, "child: %s\n", error.what());
      result = 1;
    }
    ::_exit(result);
  }
  ::close(go[0]);
  int compacted = 0;
  int status = 0;
  for (int i = 0; ::waitpid(child, &status, WNOHANG) == 0; ++i) {
    // Not for ever: a process that did nothing but compact would keep the other one out.
    if (compacted < 50) {
      try {
        store->compact();
        ++compacted;
      } catch (const Error& error) {
        REQUIRE_MESSAGE(error.code() == ErrorCode::in_use, error.what());
      }
    }
    auto txn = store->begin_write();
    put(txn, one, "parent", std::to_string(i));
    txn.commit();
    REQUIRE(get(store->begin_read(), one, "parent") == std::to_string(i));
    if (i == 0) REQUIRE(::write(go[1], "g", 1) == 1);
  }
  ::close(go[1]);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(compacted > 0);
  CHECK(get(store->begin_read(), one, "child") == "39");
  CHECK(store->begin_read().count(one) == 3002);
}

}  // namespace netabase::test
