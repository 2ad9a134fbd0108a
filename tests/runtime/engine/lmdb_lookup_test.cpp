/// \file
/// Look-ups in the pages of a snapshot, against mdb_get, which has the last word on what is there.

#include "engine/lmdb_lookup.hpp"

#include <lmdb.h>

#include <cstdlib>
#include <functional>
#include <memory>
#include <new>
#include <set>

#include "engine/lmdb_state.hpp"
#include "netabase/engine/lmdb_leaf.hpp"
#include "runtime/engine/support.hpp"

namespace netabase::test {

namespace {

using engine::lmdb::Lookup;
using engine::lmdb::to_bytes;
using engine::lmdb::to_value;
using engine::lmdb::Tree;
using Random = std::mt19937_64;

constexpr std::size_t page_size = 4096;

/// LMDB by hand: a file with tables made by it alone.
class Raw {
 public:
  Raw() {
    REQUIRE(mdb_env_create(&env) == 0);
    REQUIRE(mdb_env_set_maxdbs(env, 200) == 0);
    REQUIRE(mdb_env_set_mapsize(env, std::size_t{1} << 30) == 0);
    REQUIRE(mdb_env_open(env, file().c_str(), MDB_NOSUBDIR | MDB_NOTLS | MDB_NOSYNC, 0600) == 0);
    MDB_txn* const txn = begin(0);
    REQUIRE(mdb_dbi_open(txn, nullptr, 0, &main) == 0);
    REQUIRE(mdb_txn_commit(txn) == 0);
  }
  ~Raw() { mdb_env_close(env); }
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;

  std::string file() const { return folder.file("raw.mdb"); }
  MDB_txn* begin(unsigned flags) const {
    MDB_txn* txn = nullptr;
    REQUIRE(mdb_txn_begin(env, nullptr, flags, &txn) == 0);
    return txn;
  }
  /// The pages that the map has.
  std::uint64_t pages() const {
    MDB_envinfo info{};
    mdb_env_info(env, &info);
    return info.me_last_pgno + 1;
  }
  /// The tree of a table; depth 0 with map null when it is none that may be read.
  Tree tree(MDB_txn* txn, std::string name) const {
    MDB_val key{name.size(), name.data()};
    MDB_val record{};
    Tree tree;
    REQUIRE(mdb_get(txn, main, &key, &record) == 0);
    engine::lmdb::read_tree(to_bytes(record), engine::lmdb::find_map(env, main, "raw"), pages(), page_size, tree);
    return tree;
  }

  Folder folder;
  MDB_env* env = nullptr;
  MDB_dbi main = 0;
};

/// Keys of every length, many with long beginnings in common, some the beginning of another one.
std::string random_key(Random& random, std::size_t longest, unsigned values) {
  std::string key(random() % 4 == 0 ? random() % longest : 0, 'p');
  const std::size_t tail = 1 + random() % 10;
  for (std::size_t i = 0; i < tail; ++i) key += static_cast<char>(random() % values);
  key.resize(std::min<std::size_t>(key.size(), longest));
  return key;
}

/// A table of `count` entries, grown and thinned out by several transactions.
MDB_dbi fill(const Raw& raw, const char* name, Random& random, std::size_t count, std::size_t longest_key,
             std::set<std::string>& keys) {
  MDB_dbi table = 0;
  const auto values = static_cast<unsigned>(random() % 2 == 0 ? 256 : 3);
  for (int round = 0; round < 3; ++round) {
    MDB_txn* const txn = raw.begin(0);
    REQUIRE(mdb_dbi_open(txn, name, MDB_CREATE, &table) == 0);
    for (std::size_t i = 0; i < count; ++i) {
      const std::string key = random_key(random, longest_key, values);
      const std::string value(random() % 30 == 0 ? random() % 20000 : random() % 60, 'v');
      MDB_val in = to_value(as_bytes(key));
      MDB_val out = to_value(as_bytes(value));
      REQUIRE(mdb_put(txn, table, &in, &out, 0) == 0);
      keys.insert(key);
    }
    for (auto at = keys.begin(); at != keys.end();) {
      if (random() % 4 != 0) {
        ++at;
        continue;
      }
      MDB_val in = to_value(as_bytes(*at));
      REQUIRE(mdb_del(txn, table, &in, nullptr) == 0);
      at = keys.erase(at);
    }
    REQUIRE(mdb_txn_commit(txn) == 0);
  }
  return table;
}

/// Both look-ups of one key give the same value at the same address, or nothing.
void compare_look_up(MDB_txn* txn, MDB_dbi table, const Tree& tree, const std::string& key) {
  MDB_val wanted = to_value(as_bytes(key));
  MDB_val expected{};
  const int code = mdb_get(txn, table, &wanted, &expected);
  REQUIRE((code == 0 || code == MDB_NOTFOUND));
  Bytes found;
  REQUIRE(engine::lmdb::look_up(tree, as_bytes(key), found) == (code == 0 ? Lookup::found : Lookup::absent));
  if (code != 0) return;
  REQUIRE(found.data() == static_cast<const std::byte*>(expected.mv_data));
  REQUIRE(found.size() == expected.mv_size);
}

/// Bytes of a file, aligned like a map and with nothing behind them, so that a sanitizer sees a read beyond the end.
class Image {
 public:
  explicit Image(std::string_view bytes)
      : size_(bytes.size()), begin_(static_cast<std::byte*>(std::aligned_alloc(page_size, bytes.size()))) {
    REQUIRE(begin_ != nullptr);
    std::memcpy(begin_, bytes.data(), bytes.size());
  }
  ~Image() { std::free(begin_); }
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;

  std::byte* begin() { return begin_; }
  bool holds(Bytes bytes) const {
    return bytes.data() >= begin_ && bytes.size() <= size_ && bytes.data() + bytes.size() <= begin_ + size_;
  }

 private:
  std::size_t size_;
  std::byte* begin_;
};

}  // namespace

TEST_CASE("look-ups in pages find what mdb_get finds, at the same address") {
  INFO("NETABASE_TEST_SEED=" << seed());
  Random random(seed());
  for (const std::size_t longest : {std::size_t{8}, std::size_t{20}, std::size_t{511}}) {
    for (const std::size_t count : {1U, 5U, 50U, 2000U, 20000U}) {
      const Raw raw;
      std::set<std::string> keys;
      const MDB_dbi table = fill(raw, "t", random, count, longest, keys);
      MDB_txn* const txn = raw.begin(MDB_RDONLY);
      const Tree tree = raw.tree(txn, "t");
      REQUIRE(tree.map != nullptr);
      CAPTURE(longest);
      CAPTURE(tree.depth);
      if (count == 20000 && longest == 511) CHECK(tree.depth >= 3);
      for (const std::string& key : keys) {
        compare_look_up(txn, table, tree, key);
        std::string other = key;
        other.back() = static_cast<char>(other.back() + 1);
        compare_look_up(txn, table, tree, other);
        compare_look_up(txn, table, tree, key.substr(0, 1 + random() % key.size()));
        if (key.size() < 511) compare_look_up(txn, table, tree, key + '\0');
      }
      for (int i = 0; i < 1000; ++i) compare_look_up(txn, table, tree, random_key(random, longest, 256));
      mdb_txn_abort(txn);
    }
  }
}

TEST_CASE("trees of eight-byte keys, as most tables of records have, are searched right, whatever their spread") {
  INFO("NETABASE_TEST_SEED=" << seed());
  Random random(seed());
  const auto key_of = [](std::uint64_t number) {
    const std::uint64_t bytes = __builtin_bswap64(number);
    return std::string(reinterpret_cast<const char*>(&bytes), sizeof bytes);
  };
  const std::vector<std::function<std::uint64_t(std::uint64_t)>> spreads = {
      [](std::uint64_t i) { return i * 2; },
      [&](std::uint64_t) { return random(); },
      [](std::uint64_t i) { return i * i * i; },
      [&](std::uint64_t) { return random() >> random() % 50; },
      // Few different heads: longer keys lie between.
      [&](std::uint64_t) { return random() % 500; },
  };
  for (std::size_t spread = 0; spread < spreads.size(); ++spread) {
    CAPTURE(spread);
    const Raw raw;
    MDB_dbi table = 0;
    MDB_txn* txn = raw.begin(0);
    REQUIRE(mdb_dbi_open(txn, "t", MDB_CREATE, &table) == 0);
    std::vector<std::uint64_t> numbers;
    for (std::uint64_t i = 1; i <= 30000; ++i) {
      numbers.push_back(spreads[spread](i));
      std::string key = key_of(numbers.back());
      if (spread == 4) key.append(random() % 10, static_cast<char>(random() % 2));
      MDB_val in = to_value(as_bytes(key));
      MDB_val out{100, nullptr};
      REQUIRE(mdb_put(txn, table, &in, &out, MDB_RESERVE) == 0);
    }
    REQUIRE(mdb_txn_commit(txn) == 0);
    txn = raw.begin(MDB_RDONLY);
    const Tree tree = raw.tree(txn, "t");
    CHECK(tree.depth == 3);
    for (const std::uint64_t number : numbers) {
      compare_look_up(txn, table, tree, key_of(number));
      compare_look_up(txn, table, tree, key_of(number + random() % 3 - 1));
    }
    for (int i = 0; i < 1000; ++i) compare_look_up(txn, table, tree, key_of(random() >> random() % 64));
    compare_look_up(txn, table, tree, key_of(0));
    compare_look_up(txn, table, tree, key_of(~std::uint64_t{0}));
    mdb_txn_abort(txn);
  }
}

TEST_CASE("the map is found where the main table is a tree of pages, too") {
  const Raw raw;
  std::set<std::string> keys;
  Random random(1);
  for (int i = 0; i < 150; ++i) {
    MDB_txn* const txn = raw.begin(0);
    MDB_dbi table = 0;
    REQUIRE(mdb_dbi_open(txn, ("a table with a long name, number " + std::to_string(i)).c_str(), MDB_CREATE, &table) ==
            0);
    REQUIRE(mdb_txn_commit(txn) == 0);
  }
  const MDB_dbi table = fill(raw, "t", random, 500, 20, keys);
  MDB_txn* const txn = raw.begin(MDB_RDONLY);
  MDB_stat stat{};
  REQUIRE(mdb_stat(txn, raw.main, &stat) == 0);
  REQUIRE(stat.ms_depth >= 2);
  const Tree tree = raw.tree(txn, "t");
  REQUIRE(tree.map != nullptr);
  for (const std::string& key : keys) compare_look_up(txn, table, tree, key);
  mdb_txn_abort(txn);
}

TEST_CASE("tables of other kinds and entries that are no plain values are left to LMDB") {
  const Raw raw;
  MDB_txn* txn = raw.begin(0);
  MDB_dbi table = 0;
  REQUIRE(mdb_dbi_open(txn, "duplicates", MDB_CREATE | MDB_DUPSORT, &table) == 0);
  REQUIRE(mdb_dbi_open(txn, "empty", MDB_CREATE, &table) == 0);
  REQUIRE(mdb_txn_commit(txn) == 0);
  txn = raw.begin(MDB_RDONLY);
  CHECK(raw.tree(txn, "duplicates").map == nullptr);
  const Tree empty = raw.tree(txn, "empty");
  CHECK(empty.map != nullptr);
  Bytes value;
  CHECK(engine::lmdb::look_up(empty, as_bytes("k"), value) == Lookup::absent);
  // The main table's own tree, in which tables are entries.
  Tree main = empty;
  main.depth = 1;
  MDB_cursor* cursor = nullptr;
  MDB_val key{};
  REQUIRE(mdb_cursor_open(txn, raw.main, &cursor) == 0);
  REQUIRE(mdb_cursor_get(cursor, &key, nullptr, MDB_FIRST) == 0);
  main.root = static_cast<std::uint64_t>(static_cast<const std::byte*>(key.mv_data) - main.map) / page_size;
  CHECK(engine::lmdb::look_up(main, as_bytes("empty"), value) == Lookup::unclear);
  CHECK(engine::lmdb::look_up(main, as_bytes("f"), value) == Lookup::absent);
  mdb_cursor_close(cursor);
  mdb_txn_abort(txn);
}

TEST_CASE("whatever the bytes of the pages are, a look-up stays inside them") {
  INFO("NETABASE_TEST_SEED=" << seed());
  Random random(seed());
  const Raw raw;
  std::set<std::string> keys;
  fill(raw, "t", random, 3000, 40, keys);
  MDB_txn* const txn = raw.begin(MDB_RDONLY);
  Tree tree = raw.tree(txn, "t");
  REQUIRE(tree.depth >= 2);
  const std::string file = read_bytes(raw.file());
  const std::uint64_t pages = std::min<std::uint64_t>(file.size() / page_size, tree.pages);
  std::size_t unclear = 0;
  for (int round = 0; round < 400; ++round) {
    Image image(std::string_view(file).substr(0, pages * page_size));
    tree.map = image.begin();
    tree.pages = pages;
    // Damage where it matters: headers, node tables and nodes.
    for (std::uint64_t page = 0; page < pages; ++page) {
      if (random() % 3 != 0) continue;
      std::byte* const at = image.begin() + page * page_size;
      const std::size_t place = random() % 3 == 0 ? random() % 16 : random() % (random() % 2 == 0 ? 200 : page_size);
      at[place] = static_cast<std::byte>(random());
      if (random() % 2 == 0) at[place | 1U] = std::byte{0xff};
    }
    Bytes value;
    for (const std::string& key : keys) {
      if (random() % 10 != 0) continue;
      const Lookup result = engine::lmdb::look_up(tree, as_bytes(key), value);
      if (result == Lookup::found) REQUIRE(image.holds(value));
      engine::lmdb::Entry entry;
      Bytes met;
      if (engine::lmdb::seek(tree, as_bytes(key), entry) &&
          engine::lmdb::LeafPage::read(entry.page, page_size, entry.index, met, value)) {
        REQUIRE(entry.index < entry.count);
        REQUIRE(image.holds(met));
        REQUIRE(image.holds(value));
      }
      unclear += result == Lookup::unclear ? 1 : 0;
    }
  }
  CHECK(unclear > 0);
  mdb_txn_abort(txn);
}

TEST_CASE("snapshots look up their own version of a table, whatever is written, cleared or made meanwhile") {
  INFO("NETABASE_TEST_SEED=" << seed());
  Random random(seed());
  const Folder folder;
  Config config;
  config.path = folder.file("store.mdb");
  config.durability = Durability::none;
  const auto store = engine::Lmdb::open(
      config, 4, [](auto& txn) { txn.make_table("t"); }, std::uint64_t{1} << 20);
  const Table table = *store->begin_read().find_table("t");
  using Model = std::map<std::string, std::string>;
  struct Snapshot {
    engine::Lmdb::ReadTransaction txn;
    Model model;
  };
  std::vector<Snapshot> snapshots;
  Model model;
  for (int round = 0; round < 300; ++round) {
    while (true) {
      try {
        auto txn = store->begin_write();
        Model next = model;
        if (random() % 40 == 0) {
          txn.clear(table);
          next.clear();
        }
        for (int i = 0; i < 30; ++i) {
          const std::string key = random_key(random, 30, 4);
          if (random() % 3 == 0) {
            const bool erased = txn.erase(table, as_bytes(key));
            REQUIRE(erased == (next.erase(key) != 0));
          } else {
            next[key] = std::string(random() % 50 == 0 ? 9000 : random() % 50, static_cast<char>('a' + random() % 26));
            put(txn, table, key, next[key]);
          }
          REQUIRE(get(txn, table, key) == (next.count(key) != 0 ? std::optional(next[key]) : std::nullopt));
        }
        if (random() % 5 == 0) break;  // rolled back
        txn.commit();
        model = next;
        break;
      } catch (const MapFull&) {
        snapshots.clear();
        store->grow();  // which moves the map
      }
    }
    if (random() % 50 == 0) {
      snapshots.clear();
      store->compact();  // which makes a new file, whose commits begin anew
    }
    snapshots.push_back({store->begin_read(), model});
    if (snapshots.size() > 5) snapshots.erase(snapshots.begin() + static_cast<std::ptrdiff_t>(random() % 5));
    for (const Snapshot& snapshot : snapshots) {
      for (int i = 0; i < 20; ++i) {
        const std::string key = random_key(random, 30, 4);
        const auto expected = snapshot.model.find(key);
        const auto found = get(snapshot.txn, table, key);
        REQUIRE(found.has_value() == (expected != snapshot.model.end()));
        if (found) REQUIRE(*found == expected->second);
      }
    }
  }
}

TEST_CASE("a snapshot that is older than a table finds nothing in it, a later one does") {
  const Folder folder;
  Config config;
  config.path = folder.file("store.mdb");
  const auto store = engine::Lmdb::open(config, 4, [](auto& txn) { txn.make_table("t"); });
  const auto before = store->begin_read();
  auto txn = store->begin_write();
  const Table made = txn.make_table("made");
  put(txn, made, "k", "v");
  txn.commit();
  CHECK_FALSE(get(before, made, "k").has_value());
  CHECK_FALSE(get(before, made, "k").has_value());
  CHECK(get(store->begin_read(), made, "k") == "v");
}

}  // namespace netabase::test
