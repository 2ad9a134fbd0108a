/// \file
/// What the record layout relies on: where LMDB puts values.

#include "runtime/engine/support.hpp"

namespace netabase::test {

namespace {

struct Counted {
  std::uint64_t entries = 0;
  std::uint64_t aligned = 0;
};

/// Inline and overflow values under keys of several lengths; each value is `pad(key length)` bytes before a body whose
/// length is a multiple of 8. Counts bodies on addresses that are multiples of 8.
template <class KeySize, class Pad>
Counted count_aligned(KeySize key_size, Pad pad) {
  auto store = engine::Lmdb::temp(4, [](auto& txn) { txn.make_table("t"); });
  const Table table = *store->begin_read().find_table("t");
  std::mt19937_64 random(seed());
  for (int round = 0; round < 4; ++round) {
    auto txn = store->begin_write();
    for (int i = 0; i < 500; ++i) {
      std::string key(key_size(random), 'k');
      const auto number = static_cast<std::uint32_t>(random());
      std::memcpy(key.data(), &number, sizeof number);
      const std::size_t body = random() % 5 == 0 ? 5 * 1024 : 8 * (1 + random() % 12);
      const auto reserved = txn.reserve(table, as_bytes(key), pad(key.size()) + body, PutMode::upsert);
      std::memset(reserved.space, 'v', pad(key.size()) + body);
    }
    txn.commit();
  }
  Counted counted;
  auto read = store->begin_read();
  auto cursor = read.cursor(table);
  for (bool more = cursor.first(); more; more = cursor.next()) {
    ++counted.entries;
    const auto* const body = cursor.value().data() + pad(cursor.key().size());
    if (reinterpret_cast<std::uintptr_t>(body) % 8 == 0) ++counted.aligned;
  }
  return counted;
}

}  // namespace

TEST_CASE("every value is aligned when every key's length is a multiple of 8, overflow values included") {
  INFO("NETABASE_TEST_SEED=" << seed());
  const auto counted =
      count_aligned([](auto& random) { return 8 * (1 + random() % 62); }, [](std::size_t) { return std::size_t{0}; });
  CHECK(counted.entries > 1000);
  CHECK(counted.aligned == counted.entries);
}

TEST_CASE("padding before the body cannot replace keys of such lengths once there are overflow values") {
  INFO("NETABASE_TEST_SEED=" << seed());
  const auto counted =
      count_aligned([](auto& random) { return 4 + random() % 60; }, [](std::size_t key) { return (8 - key % 8) % 8; });
  MESSAGE("aligned: " << counted.aligned << " of " << counted.entries);
  CHECK(counted.aligned < counted.entries);
}

}  // namespace netabase::test
