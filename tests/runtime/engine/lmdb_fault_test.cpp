/// \file
/// Writes and syncs that fail. LMDB calls the system through the dynamic linker, which finds these functions first.

#include <dlfcn.h>
#include <sys/uio.h>

#include <atomic>

#include "runtime/engine/support.hpp"

#if !NETABASE_TEST_SANITIZED

namespace {

/// What the next matching calls do. 0: nothing fails.
std::atomic<int> failing_meta_writes{0};
std::atomic<int> failing_data_writes{0};
std::atomic<int> failing_syncs{0};
std::atomic<int> failure_errno{0};

bool fails(std::atomic<int>& left) {
  if (left.load() <= 0 || left.fetch_sub(1) <= 0) return false;
  errno = failure_errno;
  return true;
}

template <class Function>
Function* next_one(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

ssize_t pwrite(int fd, const void* data, size_t size, off_t offset) {
  static auto* const real = next_one<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  // LMDB writes of a meta page only what changes, less than a page.
  if (offset < 8192 && size < 4096 ? fails(failing_meta_writes) : fails(failing_data_writes)) return -1;
  return real(fd, data, size, offset);
}

ssize_t pwritev(int fd, const iovec* data, int count, off_t offset) {
  static auto* const real = next_one<ssize_t(int, const iovec*, int, off_t)>("pwritev");
  return fails(failing_data_writes) ? -1 : real(fd, data, count, offset);
}

ssize_t writev(int fd, const iovec* data, int count) {
  static auto* const real = next_one<ssize_t(int, const iovec*, int)>("writev");
  return fails(failing_data_writes) ? -1 : real(fd, data, count);
}

int fdatasync(int fd) {
  static auto* const real = next_one<int(int)>("fdatasync");
  return fails(failing_syncs) ? -1 : real(fd);
}
}

namespace netabase::test {

namespace {

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
