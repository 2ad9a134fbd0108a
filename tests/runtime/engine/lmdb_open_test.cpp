/// \file
/// Opening a file while another process replaces it, or fails to.

#include <chrono>
#include <thread>

#include "runtime/engine/companion.hpp"
#include "runtime/engine/support.hpp"

namespace netabase::test {

namespace {

/// Long enough for whoever opens the store meanwhile to wait for this one's lock. If it is not, the test sees less.
void take_a_while() { std::this_thread::sleep_for(std::chrono::milliseconds(200)); }

void fill(engine::Lmdb::WriteTransaction& txn) { put(txn, txn.make_table("t"), "k", "old"); }

}  // namespace

TEST_CASE_TEMPLATE("who opens a store while it is being replaced gets the new one", ReadOnly, std::true_type,
                   std::false_type) {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  engine::Lmdb::open(at(file), 4, fill);
  Companion child([&](auto ready, auto wait) {
    Config config = at(file);
    config.truncate = true;
    auto mine = engine::Lmdb::open(config, 4, [&](auto& txn) {
      ready();
      take_a_while();
      put(txn, txn.make_table("t"), "k", "new");
    });
    wait();
    auto txn = mine->begin_write();
    put(txn, *txn.find_table("t"), "k", "newer");
    txn.commit();
    ready();
    wait();
  });
  child.wait_until_ready();
  Config config = at(file);
  config.read_only = ReadOnly::value;
  auto store = engine::Lmdb::open(config, 4);
  const Table table = *store->begin_read().find_table("t");
  CHECK(get(store->begin_read(), table, "k") == "new");
  child.go_on();
  child.wait_until_ready();
  CHECK(get(store->begin_read(), table, "k") == "newer");
}

TEST_CASE("who waited for one that failed to replace a store shares its lock with those who come later") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  engine::Lmdb::open(at(file), 4, fill);
  std::filesystem::remove(file + "-lock");  // as in a copy of the file alone
  Companion child([&](auto ready, auto) {
    Config config = at(file);
    config.truncate = true;
    engine::Lmdb::open(config, 4, [&](auto&) {
      ready();
      take_a_while();
      throw std::runtime_error("cannot be made, as it should be");
    });
  });
  child.wait_until_ready();
  auto store = engine::Lmdb::open(at(file), 4);
  const auto read = store->begin_read();
  CHECK(get(read, *read.find_table("t"), "k") == "old");
  CHECK(in_child([&] {
          auto mine = engine::Lmdb::open(at(file), 4);
          return static_cast<int>(mine->readers().size());
        }) == 1);
}

TEST_CASE("a store that is replaced in the moment in which compaction reopens it can only be closed") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  Config config = at(file);
  config.durability = Durability::none;
  auto store = engine::Lmdb::open(config, 4, fill);
  Companion child([&](auto ready, auto wait) {
    Config mine = config;
    mine.truncate = true;
    while (true) {
      try {
        auto other = engine::Lmdb::open(mine, 4, [](auto& txn) { put(txn, txn.make_table("t"), "k", "new"); });
        ready();
        wait();
        return;
      } catch (const Error& error) {
        if (error.code() != ErrorCode::in_use) throw;
      }
    }
  });
  const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  std::optional<ErrorCode> code;
  do {
    code = code_of([&] { store->compact(); });
  } while ((!code || code == ErrorCode::in_use) && std::chrono::steady_clock::now() < until);
  if (code != ErrorCode::poisoned) child.kill();  // it would try for ever
  REQUIRE(code == ErrorCode::poisoned);
  child.wait_until_ready();
  CHECK(code_of([&] { store->begin_read(); }) == ErrorCode::poisoned);
  CHECK(code_of([&] { store->stats(); }) == ErrorCode::poisoned);
  store.reset();
  store = engine::Lmdb::open(config, 4);
  const auto read = store->begin_read();
  CHECK(get(read, *read.find_table("t"), "k") == "new");
}

}  // namespace netabase::test
