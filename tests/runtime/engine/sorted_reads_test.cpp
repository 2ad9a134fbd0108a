/// \file
/// Many sorted keys asked at once give what each of them gives alone. Lmdb looks them up in the pages of a snapshot by
/// itself, in trees of any depth.

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "engine/lmdb_bulk_lookup.hpp"
#include "engine/lmdb_head.hpp"
#include "engine/lmdb_page.hpp"
#include "runtime/engine/conformance.hpp"

namespace netabase::test {

namespace {

using Entries = std::map<std::string, std::string>;

/// With `longest` 8 all are that long: keys that are searched for as numbers.
std::string random_text(std::mt19937_64& random, std::size_t longest) {
  std::string text(longest == 8 ? longest : 1 + random() % longest, 'k');
  // Few different bytes, so that many keys begin alike and are the beginning of others.
  const bool alike = random() % 2 == 0;
  for (char& c : text) c = static_cast<char>(alike ? 'a' + random() % 2 : random());
  return text;
}

/// Puts `count` entries; every `large_each`-th value lies on pages of its own (0: none does).
template <class Transaction>
void fill(Transaction& txn, Table table, Entries& entries, std::mt19937_64& random, std::size_t count,
          std::size_t longest_key, std::size_t large_each) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::string key = random_text(random, longest_key);
    const bool large = large_each != 0 && random() % large_each == 0;
    const std::string value((large ? 3000 : 0) + random() % 60, static_cast<char>('a' + random() % 26));
    put(txn, table, key, value);
    entries[key] = value;
  }
}

/// Asks for keys that are there, some of them twice, and for others, in batches of many sizes.
template <class Transaction>
void ask(const Transaction& txn, Table table, const Entries& entries, std::mt19937_64& random,
         std::size_t longest_key) {
  std::vector<std::string> known;
  for (const auto& [key, value] : entries) known.push_back(key);
  for (std::size_t size = 0; size < 700; size = size * 2 + random() % 3) {
    std::vector<std::string> wanted;
    for (std::size_t i = 0; i < size; ++i) {
      if (!known.empty() && random() % 4 != 0)
        wanted.push_back(known[random() % known.size()]);
      else if (!wanted.empty() && random() % 4 == 0)
        wanted.push_back(wanted.back());
      else
        wanted.push_back(random() % 50 == 0 ? std::string() : random_text(random, longest_key + 20));
    }
    std::sort(wanted.begin(), wanted.end(),
              [](const std::string& a, const std::string& b) { return compare(as_bytes(a), as_bytes(b)) < 0; });
    std::vector<Bytes> keys;
    for (const std::string& key : wanted) keys.push_back(as_bytes(key));
    const std::string before = "what was there before";
    std::vector<std::optional<Bytes>> values(size, as_bytes(before));
    txn.get_sorted(table, keys, values);
    for (std::size_t i = 0; i < size; ++i) {
      const auto found = entries.find(wanted[i]);
      REQUIRE(values[i].has_value() == (found != entries.end()));
      if (values[i]) REQUIRE(as_text(*values[i]) == found->second);
    }
  }
}

template <class E>
void compare_with_map(std::size_t count, std::size_t longest_key, std::size_t large_each) {
  INFO("NETABASE_TEST_SEED=" << seed());
  std::mt19937_64 random(seed());
  auto store = E::temp(4);
  const Table table = table_of(*store, "t");
  Entries entries;
  auto empty = store->begin_read();
  for (int round = 0; round < 2; ++round) {
    auto txn = store->begin_write();
    fill(txn, table, entries, random, count, longest_key, large_each);
    ask(txn, table, entries, random, longest_key);  // its own writes are seen
    txn.commit();
    ask(store->begin_read(), table, entries, random, longest_key);
  }
  ask(empty, table, {}, random, longest_key);
}

}  // namespace

TEST_CASE_TEMPLATE("sorted keys give what each gives alone", E, ENGINES) {
  SUBCASE("in an empty table") { compare_with_map<E>(0, 8, 0); }
  SUBCASE("in one page") { compare_with_map<E>(10, 8, 0); }
  SUBCASE("with short keys") { compare_with_map<E>(20'000, 6, 0); }
  SUBCASE("with keys of eight bytes") { compare_with_map<E>(20'000, 8, 0); }
  SUBCASE("with keys of about eight bytes") { compare_with_map<E>(20'000, 16, 0); }
  SUBCASE("with long keys, in a deep tree") { compare_with_map<E>(3'000, 490, 0); }
  SUBCASE("some with values on pages of their own") { compare_with_map<E>(2'000, 40, 7); }
}

TEST_CASE_TEMPLATE("sorted keys of a table that the snapshot does not have are not found", E, ENGINES) {
  auto store = E::temp(4);
  const auto before = store->begin_read();
  const Table table = table_of(*store, "t");
  std::optional<Bytes> value = as_bytes("x");
  const Bytes key = as_bytes("k");
  before.get_sorted(table, std::span(&key, 1), std::span(&value, 1));
  CHECK_FALSE(value);
  CHECK_THROWS_AS(before.get_sorted(Table{99}, std::span(&key, 1), std::span(&value, 1)), Error);
}

TEST_CASE("sorted keys are found after the map moved and the file was replaced") {
  INFO("NETABASE_TEST_SEED=" << seed());
  std::mt19937_64 random(seed());
  auto store = engine::Lmdb::temp(4);
  const Folder folder;
  Config config;
  config.path = folder.file("store.mdb");
  config.durability = Durability::none;
  store = engine::Lmdb::open(config, 4, {}, 1 << 20);
  const Table table = table_of(*store, "t");
  Entries entries;
  for (int round = 0; round < 3; ++round) {
    auto txn = store->begin_write();
    fill(txn, table, entries, random, 1'000, 20, 0);
    txn.commit();
    ask(store->begin_read(), table, entries, random, 20);
    if (round == 0) store->grow();
    if (round == 1) store->compact();
    ask(store->begin_read(), table, entries, random, 20);
  }
}

TEST_CASE("a look-up in damaged pages stays within them") {
  INFO("NETABASE_TEST_SEED=" << seed());
  std::mt19937_64 random(seed());
  const Folder folder;
  Config config;
  config.path = folder.file("store.mdb");
  config.durability = Durability::none;
  Entries entries;
  {
    auto store = engine::Lmdb::open(config, 4);
    const Table table = table_of(*store, "t");
    auto txn = store->begin_write();
    fill(txn, table, entries, random, 4'000, 30, 20);
    txn.commit();
  }
  const std::string text = read_bytes(config.path);
  const Bytes all = as_bytes(text);
  const std::vector<std::byte> file(all.begin(), all.end());
  const std::uint64_t root = engine::lmdb::read_head(all, all.size(), config.path).meta.main.root;
  constexpr std::size_t page_size = 4096;
  REQUIRE(file.size() % page_size == 0);
  // The table's record lies in the one page of the main table.
  const auto tree_in = [&](const std::vector<std::byte>& bytes) {
    std::optional<engine::lmdb::Tree> tree;
    const Bytes page = Bytes(bytes).subspan(root * page_size, page_size);
    std::string fault = engine::lmdb::header_fault(page, root, true);
    if (!fault.empty()) return tree;
    for (const engine::lmdb::Node& node : engine::lmdb::read_nodes(page, true, fault)) {
      if (as_text(node.key) != "t") continue;
      engine::lmdb::Tree read;
      if (engine::lmdb::read_tree(node.value, bytes.data(), bytes.size() / page_size, page_size, read)) tree = read;
    }
    return tree;
  };
  std::vector<Bytes> keys;
  for (const auto& [key, value] : entries) keys.push_back(as_bytes(key));
  std::sort(keys.begin(), keys.end(), [](Bytes a, Bytes b) { return compare(a, b) < 0; });

  std::size_t found = 0;
  std::size_t asked = 0;
  const auto look = [&](const std::vector<std::byte>& bytes) {
    const auto tree = tree_in(bytes);
    if (!tree) return;
    std::vector<std::optional<Bytes>> values(keys.size());
    engine::lmdb::look_up_sorted(*tree, keys, values, [&](std::size_t) { ++asked; });
    for (const auto& value : values) {
      if (!value) continue;
      ++found;
      REQUIRE((value->data() >= bytes.data() && value->data() + value->size() <= bytes.data() + bytes.size()));
    }
  };
  look(file);
  CHECK(found + asked == entries.size());
  CHECK(asked > 0);  // the values on pages of their own
  for (int round = 0; round < 300; ++round) {
    std::vector<std::byte> damaged = file;
    for (std::uint64_t flips = 1 + random() % 200; flips > 0; --flips) {
      // In the header or the node table of a page as often as anywhere.
      const std::size_t page = random() % (file.size() / page_size) * page_size;
      const std::size_t at = page + random() % (random() % 2 == 0 ? 80 : page_size);
      damaged[at] ^= static_cast<std::byte>(1U << random() % 8);
    }
    look(damaged);
  }
}

}  // namespace netabase::test
