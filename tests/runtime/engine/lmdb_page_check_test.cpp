/// \file
/// The structural check of a file's pages: silent about sound stores, never silent about harm, and never harmed itself.

#include <sys/resource.h>

#include <algorithm>
#include <thread>

#include "runtime/engine/support.hpp"

namespace netabase::test {

namespace {

constexpr std::size_t page_size = 4096;

using Content = std::map<std::string, std::map<std::string, std::string>>;

/// A closed store with branch pages, overflow runs, several tables and a list of free pages; and what is in it.
std::string make_store(const Folder& folder, Content& content) {
  const std::string file = folder.file("s.mdb");
  Config config = at(file);
  config.durability = Durability::none;
  auto store = engine::Lmdb::open(config, 4);
  std::mt19937_64 random(7);
  for (int round = 0; round < 6; ++round) {
    auto txn = store->begin_write();
    for (const char* name : {"alpha", "beta", "gamma"}) {
      const Table table = txn.make_table(name);
      auto& expected = content[name];
      for (int i = 0; i < 150; ++i) {
        std::string key = std::to_string(random() % 1000) + std::string(random() % 120, 'k');
        if (random() % 3 == 0 && !expected.empty()) {
          key = expected.begin()->first;
          txn.erase(table, as_bytes(key));
          expected.erase(key);
        } else {
          const std::string value(random() % 10 == 0 ? 3000 + random() % 9000 : random() % 200,
                                  static_cast<char>('a' + round));
          put(txn, table, key, value);
          expected[key] = value;
        }
      }
    }
    txn.commit();
  }
  store.reset();
  std::filesystem::remove(file + "-lock");
  return file;
}

template <class T>
T peek(const std::string& bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

template <class T>
void poke(std::string& bytes, std::size_t offset, T value) {
  std::memcpy(bytes.data() + offset, &value, sizeof value);
}

/// Pages of one kind, by number.
std::vector<std::size_t> pages_of(const std::string& bytes, std::uint16_t kind) {
  std::vector<std::size_t> found;
  for (std::size_t page = 2; page * page_size < bytes.size(); ++page) {
    if (peek<std::uint16_t>(bytes, page * page_size + 10) == kind &&
        peek<std::uint64_t>(bytes, page * page_size) == page) {
      found.push_back(page);
    }
  }
  return found;
}

std::string joined(const std::vector<std::string>& findings) {
  std::string all;
  for (const auto& finding : findings) all += finding + "\n";
  return all;
}

/// The newer meta page's offset in the file.
std::size_t newer_meta(const std::string& bytes) {
  return peek<std::uint64_t>(bytes, 144) > peek<std::uint64_t>(bytes, page_size + 144) ? 0 : page_size;
}

/// Walks everything in the store and compares it, then writes to it. 0: all as it was; 1: a difference; 2: an error
/// said so.
int use(const std::string& file, const Content& content) {
  try {
    auto store = engine::Lmdb::open(at(file), 4);
    {
      auto read = store->begin_read();
      for (const auto& [name, expected] : content) {
        const auto table = read.find_table(name);
        if (!table || read.count(*table) != expected.size()) return 1;
        auto cursor = read.cursor(*table);
        auto want = expected.begin();
        for (bool more = cursor.first(); more; more = cursor.next(), ++want) {
          if (want == expected.end() || as_text(cursor.key()) != want->first) return 1;
          if (cursor.value().size() != want->second.size()) return 1;
        }
        if (want != expected.end()) return 1;
      }
    }
    for (int i = 0; i < 3; ++i) {
      auto txn = store->begin_write();
      const Table table = *txn.find_table("beta");
      for (int j = 0; j < 50; ++j) put(txn, table, "new" + std::to_string(j), std::string(1000, 'n'));
      txn.commit();
    }
    return store->check_pages().empty() ? 0 : 1;
  } catch (const Error&) {
    return 2;
  }
}

}  // namespace

TEST_CASE("a sound store has no findings, open or closed, empty or full, compacted or copied") {
  Folder folder;
  Content content;
  const std::string file = make_store(folder, content);
  const std::string before = read_bytes(file);
  CHECK(joined(engine::Lmdb::check_file(file)) == "");
  CHECK(folder.names() == std::vector<std::string>{"s.mdb"});
  CHECK(read_bytes(file) == before);
  CHECK(use(file, content) == 0);
  auto store = engine::Lmdb::open(at(file), 8);
  CHECK(joined(store->check_pages()) == "");
  CHECK(joined(engine::Lmdb::check_file(file)) == "");
  store->backup(folder.file("b.mdb"));
  CHECK(joined(engine::Lmdb::check_file(folder.file("b.mdb"))) == "");
  store->compact();
  CHECK(joined(store->check_pages()) == "");
  {
    auto txn = store->begin_write();
    for (const char* name : {"alpha", "beta", "gamma"}) txn.clear(*txn.find_table(name));
    txn.make_table("empty");
    txn.commit();
  }
  CHECK(joined(store->check_pages()) == "");
  auto empty = engine::Lmdb::open(at(folder.file("e.mdb")), 4);
  CHECK(joined(empty->check_pages()) == "");
  CHECK(joined(engine::Lmdb::temp(4)->check_pages()) == "");
}

TEST_CASE("a long list of free pages, in an overflow run, is checked as well") {
  Folder folder;
  Config config = at(folder.file("s.mdb"));
  config.durability = Durability::none;
  auto store = engine::Lmdb::open(config, 4, [](auto& txn) {
    const Table table = txn.make_table("t");
    for (int i = 0; i < 6000; ++i)
      put(txn, table, std::to_string(1000000 + i), std::string(3000, 'v'), PutMode::append);
  });
  auto reader = store->begin_read();  // keeps what is freed from being used again
  {
    auto txn = store->begin_write();
    txn.clear(*txn.find_table("t"));
    txn.commit();
  }
  CHECK(joined(store->check_pages()) == "");
  CHECK(store->stats().used_bytes < std::uint64_t{1} << 20);
}

TEST_CASE("the check of an open store sees one version while a writer commits") {
  auto store = engine::Lmdb::temp(4, [](auto& txn) { txn.make_table("t"); });
  const Table table = *store->begin_read().find_table("t");
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    std::mt19937_64 random(seed());
    while (!stop) {
      auto txn = store->begin_write();
      for (int i = 0; i < 30; ++i) put(txn, table, std::to_string(random() % 500), std::string(random() % 5000, 'v'));
      txn.commit();
    }
  });
  std::string findings;
  for (int i = 0; i < 100; ++i) findings += joined(store->check_pages());
  stop = true;
  writer.join();
  CHECK(findings == "");
}

TEST_CASE("each kind of structural damage is found and named with its page") {
  Folder folder;
  Content content;
  const std::string file = make_store(folder, content);
  const std::string good = read_bytes(file);
  const std::size_t meta = newer_meta(good);
  const auto branches = pages_of(good, 0x01);
  const auto leaves = pages_of(good, 0x02);
  const auto runs = pages_of(good, 0x04);
  REQUIRE(branches.size() >= 3);
  REQUIRE(leaves.size() >= 10);
  REQUIRE(runs.size() >= 10);

  int found = 0;
  // Damages one place; a page that is no longer in use may be damaged unseen, so the pages of a kind are tried in turn.
  const auto expect = [&](const std::vector<std::size_t>& pages, const std::string& words, auto damage) {
    for (const std::size_t page : pages) {
      std::string bytes = good;
      damage(bytes, page * page_size);
      write_bytes(file, bytes);
      const auto findings = engine::Lmdb::check_file(file);
      if (findings.empty()) continue;
      ++found;
      CHECK_MESSAGE(joined(findings).find(words) != std::string::npos, words << ": " << joined(findings));
      return;
    }
    FAIL("not found: " << words);
  };
  const std::vector<std::size_t> head = {0};
  using u16 = std::uint16_t;
  using u32 = std::uint32_t;
  using u64 = std::uint64_t;

  for (const auto* pages : {&branches, &leaves}) {
    expect(*pages, "carries the number", [](auto& b, auto at) { poke<u64>(b, at, 3333); });
    expect(*pages, "its kind is", [](auto& b, auto at) { poke<u16>(b, at + 10, 0x04); });
    expect(*pages, "its kind is", [](auto& b, auto at) { poke<u16>(b, at + 10, u16(peek<u16>(b, at + 10) ^ 3)); });
    expect(*pages, "its kind is", [](auto& b, auto at) { poke<u16>(b, at + 10, u16(peek<u16>(b, at + 10) | 0x10)); });
    expect(*pages, "node table", [](auto& b, auto at) { poke<u16>(b, at + 12, 8); });
    expect(*pages, "node table", [](auto& b, auto at) { poke<u16>(b, at + 12, 4000); });
    expect(*pages, "node table", [](auto& b, auto at) { poke<u16>(b, at + 12, 19); });
    expect(*pages, "node table", [](auto& b, auto at) { poke<u16>(b, at + 14, 5000); });
    expect(*pages, "it is empty", [](auto& b, auto at) { poke<u16>(b, at + 12, 16); });
    expect(*pages, "begins at", [](auto& b, auto at) { poke<u16>(b, at + 16, 4094); });
    expect(*pages, "begins at", [](auto& b, auto at) { poke<u16>(b, at + 16, 10); });
    expect(*pages, "begins at", [](auto& b, auto at) { poke<u16>(b, at + 16, u16(peek<u16>(b, at + 16) + 1)); });
    expect(*pages, "overlap", [](auto& b, auto at) { poke<u16>(b, at + 18, peek<u16>(b, at + 16)); });
    expect(*pages, "reaches beyond the page",
           [](auto& b, auto at) { poke<u16>(b, at + peek<u16>(b, at + 18) + 6, 60000); });
    expect(*pages, "greater than the one before", [](auto& b, auto at) {
      const u16 swapped = peek<u16>(b, at + 18);
      poke<u16>(b, at + 18, peek<u16>(b, at + 20));
      poke<u16>(b, at + 20, swapped);
    });
    expect(*pages, "",
           [](auto& b, auto at) { std::fill_n(b.begin() + static_cast<std::ptrdiff_t>(at), page_size, '\0'); });
    expect(*pages, "", [&](auto& b, auto at) { b.replace(at, page_size, b, leaves.back() * page_size, page_size); });
  }
  const auto child = [](auto& b, auto at, std::size_t node) { return at + peek<u16>(b, at + 16 + 2 * node); };
  expect(branches, "which the file does not have", [&](auto& b, auto at) { poke<u32>(b, child(b, at, 0), 1U << 30); });
  expect(branches, "which the file does not have", [&](auto& b, auto at) { poke<u16>(b, child(b, at, 1) + 4, 1); });
  expect(branches, "which the file does not have", [&](auto& b, auto at) { poke<u32>(b, child(b, at, 1), 1); });
  expect(branches, "used twice",
         [&](auto& b, auto at) { poke<u32>(b, child(b, at, 1), peek<u32>(b, child(b, at, 0))); });
  expect(branches, "used twice", [&](auto& b, auto at) { poke<u32>(b, child(b, at, 0), u32(at / page_size)); });
  expect(branches, "branch page allows", [&](auto& b, auto at) { b[child(b, at, 1) + 8] = '\0'; });
  expect(branches, "has a key of 0 bytes", [&](auto& b, auto at) { poke<u16>(b, child(b, at, 1) + 6, 0); });
  expect(branches, "used twice", [&](auto& b, auto at) {
    const u32 one = peek<u32>(b, child(b, at, 0));
    poke<u32>(b, child(b, at, 0), peek<u32>(b, child(b, at, 1)));
    poke<u32>(b, child(b, at, 1), one);
    poke<u32>(b, child(b, at, 2), one);
  });
  expect(leaves, "reaches beyond the page", [&](auto& b, auto at) { poke<u32>(b, child(b, at, 0), 1U << 20); });
  expect(leaves, "has the flags", [&](auto& b, auto at) { poke<u16>(b, child(b, at, 0) + 4, 0x06); });
  expect(leaves, "has the flags", [&](auto& b, auto at) { poke<u16>(b, child(b, at, 0) + 4, 0x80); });
  expect(leaves, "has a key of 0 bytes", [&](auto& b, auto at) {
    poke<u32>(b, child(b, at, 0), 0);
    poke<u16>(b, child(b, at, 0) + 6, 0);
  });
  expect(runs, "should begin an overflow run", [](auto& b, auto at) { poke<u64>(b, at, 7); });
  expect(runs, "should begin an overflow run", [](auto& b, auto at) { poke<u16>(b, at + 10, 0x02); });
  expect(runs, "should begin an overflow run", [](auto& b, auto at) { poke<u32>(b, at + 12, 0); });
  expect(runs, "", [](auto& b, auto at) { poke<u32>(b, at + 12, peek<u32>(b, at + 12) + 1); });
  expect(runs, "", [](auto& b, auto at) { poke<u32>(b, at + 12, 0xFFFFFFFF); });

  expect(head, "branch pages, and its record says", [&](auto& b, auto) { poke<u64>(b, meta + 88 + 8, 5); });
  expect(head, "leaf pages, and its record says", [&](auto& b, auto) { poke<u64>(b, meta + 88 + 16, 5); });
  expect(head, "overflow pages, and its record says", [&](auto& b, auto) { poke<u64>(b, meta + 88 + 24, 5); });
  expect(head, "entries, and its record says", [&](auto& b, auto) { poke<u64>(b, meta + 88 + 32, 9); });
  expect(head, "has the flags", [&](auto& b, auto) { poke<u16>(b, meta + 88 + 4, 0x04); });
  expect(head, "has the flags", [&](auto& b, auto) { poke<u16>(b, meta + 40 + 4, 0); });
  expect(head, "a depth of", [&](auto& b, auto) { poke<u16>(b, meta + 88 + 6, 0); });
  expect(head, "a depth of", [&](auto& b, auto) { poke<u16>(b, meta + 88 + 6, 40); });
  expect(head, "no root page", [&](auto& b, auto) { poke<u64>(b, meta + 88 + 40, ~u64{0}); });
  expect(head, "its kind is",
         [&](auto& b, auto) { poke<u16>(b, meta + 88 + 6, u16(peek<u16>(b, meta + 88 + 6) + 1)); });
  expect(head, "used twice", [&](auto& b, auto) { poke<u64>(b, meta + 40 + 40, peek<u64>(b, meta + 88 + 40)); });
  expect(head, "neither in use nor listed as free", [&](auto& b, auto) {
    poke<u64>(b, meta + 40 + 40, ~u64{0});
    std::fill_n(b.begin() + static_cast<std::ptrdiff_t>(meta + 46), 34, '\0');
  });
  expect(head, "and the last one is", [&](auto& b, auto) { poke<u64>(b, meta + 144, peek<u64>(b, meta + 144) - 1); });
  expect(head, "cut off", [&](auto& b, auto) { b.resize(b.size() / 2); });
  expect(head, "page size", [&](auto& b, auto) { poke<u32>(b, 40, 3); });

  // The list of free pages: its root is a leaf with, in each node, a transaction, a count and falling page numbers.
  const std::vector<std::size_t> free_root = {peek<u64>(good, meta + 40 + 40)};
  REQUIRE(peek<u16>(good, meta + 40 + 6) == 1);
  const auto list = [&](auto& b, auto at) { return child(b, at, 0) + 16; };
  expect(free_root, "has a list of", [&](auto& b, auto at) { poke<u64>(b, list(b, at), 1000); });
  expect(free_root, "does not fall", [&](auto& b, auto at) { poke<u64>(b, list(b, at) + 16, ~u64{0}); });
  expect(free_root, "is listed as free", [&](auto& b, auto at) { poke<u64>(b, list(b, at) + 8, leaves.back()); });
  expect(free_root, "which the file does not have",
         [&](auto& b, auto at) { poke<u64>(b, list(b, at) + 8, u64{1} << 40); });
  expect(free_root, "is of transaction 0", [&](auto& b, auto at) { poke<u64>(b, child(b, at, 0) + 8, 0); });
  CHECK(found >= 60);
}

TEST_CASE("files that cannot be checked") {
  Folder folder;
  CHECK(code_of([&] { engine::Lmdb::check_file(folder.file("missing")); }) == ErrorCode::not_found);
  CHECK(code_of([&] { engine::Lmdb::check_file(folder.path().string()); }) == ErrorCode::invalid_argument);
  write_bytes(folder.file("text"), "text");
  CHECK(code_of([&] { engine::Lmdb::check_file(folder.file("text")); }) == ErrorCode::format_mismatch);
}

TEST_CASE("a damaged file that passes the check serves its whole structure, whatever was done to it") {
  INFO("NETABASE_TEST_SEED=" << seed());
  std::mt19937_64 random(seed());
  Folder folder;
  Content content;
  const std::string file = make_store(folder, content);
  const std::string good = read_bytes(file);
  const std::size_t pages = good.size() / page_size;
  int passed = 0;
  int refused = 0;
  // Values are not what this check is for; flipped bits in them go unseen, so values are compared by length only, and
  // keys may differ where a flip keeps their order.
  for (int i = 0; i < 600; ++i) {
    std::string bytes = good;
    switch (random() % 5) {
      case 0:
        bytes[random() % bytes.size()] ^= static_cast<char>(1U << random() % 8);
        break;
      case 1:
        for (int flip = 0; flip < 64; ++flip) bytes[random() % bytes.size()] ^= static_cast<char>(1U << random() % 8);
        break;
      case 2:
        std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(random() % pages * page_size), page_size, '\0');
        break;
      case 3:
        bytes.resize(random() % (bytes.size() / 512) * 512);
        break;
      default:
        bytes.replace(random() % pages * page_size, page_size, good, random() % pages * page_size, page_size);
    }
    write_bytes(file, bytes);
    std::vector<std::string> findings;
    const auto code = code_of([&] { findings = engine::Lmdb::check_file(file); });
    if (code || !findings.empty()) {
      if (code) CHECK(*code == ErrorCode::format_mismatch);
      ++refused;
      continue;
    }
    ++passed;
    const int status = in_child([&] {
      // What goes round in circles is known by its own time: by the clock, a busy machine is slow as well. The clock
      // is for what would wait for ever.
      rlimit limit{};
      ::getrlimit(RLIMIT_CPU, &limit);
      limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 60);
      if (::setrlimit(RLIMIT_CPU, &limit) != 0) return 3;
      ::alarm(1200);
      return use(file, content);
    });
    REQUIRE_MESSAGE(status < 3, "round " << i << ": " << status);
    std::filesystem::remove(file + "-lock");
  }
  MESSAGE("damaged files: " << passed + refused << ", refused: " << refused << ", harmless: " << passed);
  CHECK(refused > 100);
  CHECK(passed > 20);
}

}  // namespace netabase::test
