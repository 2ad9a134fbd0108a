/// \file
/// Long walks: Lmdb's cursor steps through leaf pages itself, and must be where LMDB would be.

#include <iterator>
#include <map>

#include "runtime/engine/support.hpp"

namespace netabase::test {

namespace {

using Entries = std::map<std::string, std::string>;

/// One table with `count` puts of keys of up to `longest_key` bytes; every `large_each`-th value lies on pages of its
/// own (0: none does). Entries are erased and written over as well, so that pages are not full or in order.
struct Filled {
  Filled(std::mt19937_64& random, std::size_t count, std::size_t longest_key, std::size_t large_each) {
    for (int round = 0; round < 3; ++round) {
      auto txn = store->begin_write();
      for (std::size_t i = 0; i < count; ++i) {
        std::string key(1 + random() % longest_key, 'k');
        for (char& c : key) c = static_cast<char>(random());
        const bool large = large_each != 0 && random() % large_each == 0;
        const std::string value((large ? 3000 : 0) + random() % 60, static_cast<char>('a' + random() % 26));
        const auto reserved = txn.reserve(table, as_bytes(key), value.size(), PutMode::upsert);
        if (!value.empty()) std::memcpy(reserved.space, value.data(), value.size());
        entries[key] = value;
      }
      for (auto at = entries.begin(); at != entries.end();) {
        if (random() % 4 != 0) {
          ++at;
          continue;
        }
        txn.erase(table, as_bytes(at->first));
        at = entries.erase(at);
      }
      txn.commit();
    }
  }

  std::shared_ptr<engine::Lmdb> store = engine::Lmdb::temp(4, [](auto& txn) { txn.make_table("t"); });
  Table table = *store->begin_read().find_table("t");
  Entries entries;
};

bool is_at(const engine::Lmdb::Cursor& cursor, const Entries::const_iterator& at) {
  return as_text(cursor.key()) == at->first && as_text(cursor.value()) == at->second;
}

/// Positions a cursor at random and walks it from there at random, comparing each entry.
void walk(std::mt19937_64& random, const Filled& filled, int walks) {
  const Entries& entries = filled.entries;
  REQUIRE_FALSE(entries.empty());
  auto txn = filled.store->begin_read();
  auto cursor = txn.cursor(filled.table);
  for (int i = 0; i < walks; ++i) {
    Entries::const_iterator at = entries.begin();
    const auto start = random() % 4;
    if (start == 0) {
      REQUIRE(cursor.first());
    } else if (start == 1) {
      REQUIRE(cursor.last());
      at = std::prev(entries.end());
    } else {
      std::advance(at, static_cast<std::ptrdiff_t>(random() % entries.size()));
      REQUIRE((start == 2 ? cursor.seek(as_bytes(at->first)) : cursor.find(as_bytes(at->first))));
    }
    REQUIRE(is_at(cursor, at));
    bool more = true;
    while (more && random() % 64 != 0) {
      const bool forward = random() % 2 == 0;
      for (auto steps = random() % (random() % 8 == 0 ? 500 : 8); more && steps > 0; --steps) {
        if (forward) {
          more = cursor.next();
          REQUIRE(more == (++at != entries.end()));
        } else {
          more = cursor.prev();
          REQUIRE(more == (at != entries.begin()));
          if (more) --at;
        }
        if (more) REQUIRE(is_at(cursor, at));
      }
    }
  }
}

}  // namespace

TEST_CASE("a cursor that walks to and fro meets every entry in order") {
  INFO("NETABASE_TEST_SEED=" << seed());
  std::mt19937_64 random(seed());
  SUBCASE("of a page") { walk(random, Filled(random, 12, 8, 0), 200); }
  SUBCASE("with short keys") { walk(random, Filled(random, 20'000, 4, 0), 200); }
  SUBCASE("with long keys, some two to a page") { walk(random, Filled(random, 2'000, 511, 0), 200); }
  SUBCASE("some with values on pages of their own") { walk(random, Filled(random, 2'000, 40, 7), 200); }
  SUBCASE("all with values on pages of their own") { walk(random, Filled(random, 500, 40, 1), 100); }
}

TEST_CASE("a seek meets the first entry from its key on, at the ends of pages too, and goes on from there") {
  INFO("NETABASE_TEST_SEED=" << seed());
  std::mt19937_64 random(seed());
  std::size_t count = 2'000;
  std::size_t longest = 12;
  std::size_t large_each = 0;
  SUBCASE("with short keys") { longest = 3; }
  SUBCASE("with keys of about eight bytes") {}
  SUBCASE("with long keys") { longest = 511; }
  SUBCASE("some with values on pages of their own") { large_each = 5; }
  SUBCASE("of a page") { count = 5; }
  const Filled filled(random, count, longest, large_each);
  const Entries& entries = filled.entries;
  auto txn = filled.store->begin_read();
  auto cursor = txn.cursor(filled.table);
  const auto seek = [&](const std::string& key) {
    auto at = entries.lower_bound(key);
    const bool found = cursor.seek(as_bytes(key));
    REQUIRE(found == (at != entries.end()));
    if (!found) return;
    REQUIRE(is_at(cursor, at));
    if (random() % 2 == 0) {
      REQUIRE(cursor.next() == (++at != entries.end()));
    } else {
      REQUIRE(cursor.prev() == (at != entries.begin()));
      at = at == entries.begin() ? entries.end() : std::prev(at);
    }
    if (at != entries.end()) REQUIRE(is_at(cursor, at));
  };
  for (const auto& [key, value] : entries) {
    seek(key);
    if (key.size() < 511) seek(key + '\0');
    seek(key.substr(0, 1 + random() % key.size()));
  }
  for (int i = 0; i < 1000; ++i) seek(std::string(1 + random() % longest, static_cast<char>(random())));
}

TEST_CASE("a cursor that was moved to goes on from its place") {
  INFO("NETABASE_TEST_SEED=" << seed());
  std::mt19937_64 random(seed());
  const Filled filled(random, 1'000, 8, 0);
  auto txn = filled.store->begin_read();
  auto first = txn.cursor(filled.table);
  REQUIRE(first.first());
  auto at = filled.entries.begin();
  for (int i = 0; i < 5; ++i) REQUIRE((first.next() && is_at(first, ++at)));
  engine::Lmdb::Cursor second = std::move(first);
  CHECK(is_at(second, at));
  CHECK((second.next() && is_at(second, ++at)));
  CHECK_THROWS_AS(first.next(), Error);  // NOLINT(bugprone-use-after-move)
  CHECK((second.prev() && is_at(second, --at)));
}

}  // namespace netabase::test
