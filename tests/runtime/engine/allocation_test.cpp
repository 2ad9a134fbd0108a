/// \file
/// Steady reading allocates nothing: malloc itself is counted, so that C code counts as well.

#include "runtime/engine/support.hpp"

#if !NETABASE_TEST_SANITIZED

#include <atomic>

namespace {
std::atomic<long> allocations{0};
}

extern "C" {
void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* memory, size_t size);

void* malloc(size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  return __libc_malloc(size);
}
void* calloc(size_t count, size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  return __libc_calloc(count, size);
}
void* realloc(void* memory, size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  return __libc_realloc(memory, size);
}
}

namespace netabase::test {

TEST_CASE("pooled read transactions, gets and cursors allocate nothing") {
  auto store = engine::Lmdb::temp(4, [](auto& txn) {
    const Table one = txn.make_table("one");
    const Table two = txn.make_table("two");
    for (int i = 0; i < 1000; ++i) {
      put(txn, one, std::to_string(i), std::string(100, 'v'));
      put(txn, two, std::to_string(i), std::string(5000, 'v'));
    }
  });
  const Table one = *store->begin_read().find_table("one");
  const Table two = *store->begin_read().find_table("two");
  const auto work = [&] {
    auto read = store->begin_read();
    auto second = store->begin_read();
    Bytes value;
    bool good = read.get(one, as_bytes("7"), value) && second.get(two, as_bytes("8"), value) && read.count(one) == 1000;
    auto first = read.cursor(one);
    auto other = read.cursor(one);
    auto third = second.cursor(two);
    good =
        good && first.seek(as_bytes("5")) && other.last() && third.find(as_bytes("9")) && third.prev() && first.next();
    return good;
  };
  for (int i = 0; i < 10; ++i) REQUIRE(work());  // each pooled transaction gets the cursors it needs
  const long before = allocations.load();
  bool good = true;
  for (int i = 0; i < 1000; ++i) good = work() && good;
  const long after = allocations.load();
  CHECK(good);
  CHECK(after == before);
  const std::string counted(100, 'c');  // the count counts
  CHECK(allocations.load() > after);
}

}  // namespace netabase::test

#endif
