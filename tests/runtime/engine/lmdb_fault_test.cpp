/// \file
/// Writes and syncs that fail.

#include "runtime/engine/interposer.hpp"
#include "runtime/engine/support.hpp"

#if !NETABASE_TEST_SANITIZED

namespace netabase::test {

namespace {

using interposer::failing_data_writes;
using interposer::failing_meta_writes;
using interposer::failing_syncs;
using interposer::failure_errno;

std::optional<ErrorCode> store_one(engine::Lmdb& store, const std::string& key) {
  return code_of([&] {
    auto txn = store.begin_write();
    const Table table = *txn.find_table("t");
    for (int i = 0; i < 20; ++i) put(txn, table, key + std::to_string(i), std::string(500, 'v'));
    txn.commit();
  });
}

std::uint64_t count(engine::Lmdb& store) {
  auto read = store.begin_read();
  return read.count(*read.find_table("t"));
}

}  // namespace

TEST_CASE("a write of data that fails loses its transaction and nothing else") {
  for (const int error : {EIO, ENOSPC}) {
    Folder folder;
    auto store = engine::Lmdb::open(at(folder.file("s.mdb")), 4, [](auto& txn) { txn.make_table("t"); });
    CHECK_FALSE(store_one(*store, "a"));
    failure_errno = error;
    failing_data_writes = 1;
    CHECK(store_one(*store, "b") == (error == EIO ? ErrorCode::io : ErrorCode::disk_full));
    CHECK(failing_data_writes.exchange(0) == 0);
    CHECK(count(*store) == 20);
    CHECK_FALSE(store_one(*store, "c"));
    CHECK(count(*store) == 40);
    CHECK(store->check_pages().empty());
  }
}

TEST_CASE("a head that cannot be written poisons the store until it is opened again, and nothing is lost") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  auto store = engine::Lmdb::open(at(file), 4, [](auto& txn) { txn.make_table("t"); });
  CHECK_FALSE(store_one(*store, "a"));
  failure_errno = EIO;
  failing_meta_writes = 1;
  CHECK(store_one(*store, "b") == ErrorCode::poisoned);
  CHECK(failing_meta_writes.exchange(0) == 0);
  const auto poisoned = ErrorCode::poisoned;
  CHECK(code_of([&] { store->begin_read(); }) == poisoned);
  CHECK(code_of([&] { store->begin_write(); }) == poisoned);
  CHECK(code_of([&] { store->try_begin_write(); }) == poisoned);
  CHECK(code_of([&] { store->grow(); }) == poisoned);
  CHECK(code_of([&] { store->flush(); }) == poisoned);
  CHECK(code_of([&] { store->compact(); }) == poisoned);
  CHECK(code_of([&] { store->backup(folder.file("b.mdb")); }) == poisoned);
  CHECK(code_of([&] { store->stats(); }) == poisoned);
  CHECK(code_of([&] { store->check_pages(); }) == poisoned);
  store.reset();
  store = engine::Lmdb::open(at(file), 4);
  CHECK(count(*store) == 20);
  CHECK_FALSE(store_one(*store, "c"));
  CHECK(count(*store) == 40);
  CHECK(store->check_pages().empty());
}

TEST_CASE("a sync that fails loses its transaction and nothing else") {
  Folder folder;
  auto store = engine::Lmdb::open(at(folder.file("s.mdb")), 4, [](auto& txn) { txn.make_table("t"); });
  CHECK_FALSE(store_one(*store, "a"));
  failure_errno = EIO;
  failing_syncs = 1;
  CHECK(store_one(*store, "b") == ErrorCode::io);
  CHECK(failing_syncs.exchange(0) == 0);
  CHECK(count(*store) == 20);
  CHECK_FALSE(store_one(*store, "c"));
  CHECK(count(*store) == 40);
}

}  // namespace netabase::test

#endif
