/// \file
/// Files that Lmdb::open must make, refuse or leave alone.

#include <fcntl.h>
#include <lmdb.h>
#include <sys/stat.h>

#include "engine/lmdb_file.hpp"
#include "engine/lmdb_head.hpp"
#include "runtime/engine/support.hpp"

namespace netabase::test {

namespace {

void fill(engine::Lmdb::WriteTransaction& txn) {
  const Table table = txn.make_table("t");
  for (int i = 0; i < 500; ++i) put(txn, table, std::to_string(i), std::string(100, 'v'));
}

/// A store with some pages, closed; without its lock file.
std::string make_store(const Folder& folder, const std::string& name = "s.mdb") {
  const std::string file = folder.file(name);
  engine::Lmdb::open(at(file), 4, fill);
  std::filesystem::remove(file + "-lock");
  return file;
}

/// Opening `file` throws an error of that code whose text has `words`; the file keeps its bytes and gets no company.
void check_refused(const Folder& folder, const std::string& file, ErrorCode code, const std::string& words) {
  const std::string before = read_bytes(file);
  const auto names = folder.names();
  for (const bool read_only : {false, true}) {
    Config config = at(file);
    config.read_only = read_only;
    std::string text;
    try {
      engine::Lmdb::open(config, 4);
      FAIL("opened " << file);
    } catch (const Error& error) {
      CHECK(error.code() == code);
      text = error.what();
    }
    CHECK_MESSAGE(text.find(words) != text.npos, text);
    CHECK_MESSAGE(text.find(file) != text.npos, text);
  }
  CHECK(read_bytes(file) == before);
  CHECK(folder.names() == names);
}

template <class T>
void patch(std::string& bytes, std::size_t offset, T value) {
  std::memcpy(bytes.data() + offset, &value, sizeof value);
}

template <class T>
T peek(const std::string& bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

}  // namespace

TEST_CASE("a store is made with its first content, and read again") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  {
    auto store = engine::Lmdb::open(at(file), 4, fill);
    CHECK(store->path() == file);
    CHECK(folder.names() == std::vector<std::string>{"s.mdb", "s.mdb-lock"});
  }
  for (const bool read_only : {false, true}) {
    Config config = at(file);
    config.read_only = read_only;
    config.create_if_missing = false;
    bool initialised = false;
    auto store = engine::Lmdb::open(config, 4, [&](auto&) { initialised = true; });
    CHECK_FALSE(initialised);
    CHECK(store->read_only() == read_only);
    auto read = store->begin_read();
    CHECK(read.count(*read.find_table("t")) == 500);
    if (read_only) {
      CHECK(code_of([&] { store->begin_write(); }) == ErrorCode::read_only);
      CHECK(code_of([&] { store->try_begin_write(); }) == ErrorCode::read_only);
      CHECK(code_of([&] { store->grow(); }) == ErrorCode::read_only);
      CHECK(code_of([&] { store->compact(); }) == ErrorCode::read_only);
      store->flush();
    }
  }
  CHECK(folder.names() == std::vector<std::string>{"s.mdb", "s.mdb-lock"});
}

TEST_CASE("a store without durability is a store as well") {
  Folder folder;
  Config config = at(folder.file("s.mdb"));
  config.durability = Durability::none;
  {
    auto store = engine::Lmdb::open(config, 4, fill);
    auto txn = store->begin_write();
    put(txn, *txn.find_table("t"), "more", "1");
    txn.commit();
    store->flush();
  }
  auto store = engine::Lmdb::open(config, 4);
  auto read = store->begin_read();
  CHECK(get(read, *read.find_table("t"), "more") == "1");
}

TEST_CASE("stock LMDB reads the file, and finds plain tables in it") {
  Folder folder;
  const std::string file = make_store(folder);
  MDB_env* env = nullptr;
  MDB_txn* txn = nullptr;
  MDB_dbi dbi = 0;
  unsigned flags = 99;
  REQUIRE(mdb_env_create(&env) == 0);
  REQUIRE(mdb_env_set_maxdbs(env, 4) == 0);
  REQUIRE(mdb_env_open(env, file.c_str(), MDB_NOSUBDIR | MDB_RDONLY, 0644) == 0);
  REQUIRE(mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) == 0);
  REQUIRE(mdb_dbi_open(txn, "t", 0, &dbi) == 0);
  REQUIRE(mdb_dbi_flags(txn, dbi, &flags) == 0);
  CHECK(flags == 0);
  MDB_stat stat{};
  REQUIRE(mdb_stat(txn, dbi, &stat) == 0);
  CHECK(stat.ms_entries == 500);
  mdb_txn_abort(txn);
  mdb_env_close(env);
}

TEST_CASE("an initialiser that throws leaves nothing behind") {
  Folder folder;
  CHECK_THROWS_AS(engine::Lmdb::open(at(folder.file("s.mdb")), 4,
                                     [](auto& txn) {
                                       txn.make_table("t");
                                       throw std::logic_error("no");
                                     }),
                  std::logic_error);
  CHECK(folder.names().empty());
  Config tiny = at(folder.file("s.mdb"));
  tiny.max_size = 16384;
  CHECK(code_of([&] { engine::Lmdb::open(tiny, 4, fill); }) == ErrorCode::map_full);
  CHECK(folder.names().empty());
}

TEST_CASE("what a killed creator left is cleaned up by the next one, a creation under way is not") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  write_bytes(file + ".netabase-new-1-1", "half");
  write_bytes(folder.file("other.mdb.netabase-new-1-1"), "of another store");
  engine::Lmdb::open(at(file), 4, [&](auto&) {
    CHECK_FALSE(std::filesystem::exists(file + ".netabase-new-1-1"));
    auto second = engine::lmdb::TemporaryFile::beside(file);
    auto third = engine::lmdb::TemporaryFile::beside(file);
    CHECK(std::filesystem::exists(second.name()));
  });
  CHECK(folder.names() == std::vector<std::string>{"other.mdb.netabase-new-1-1", "s.mdb", "s.mdb-lock"});
}

TEST_CASE("a creator that is killed leaves no store, and does not stop the next one") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  CHECK(in_child([&] {
          engine::Lmdb::open(at(file), 4, [](auto& txn) {
            fill(txn);
            ::kill(::getpid(), SIGKILL);
          });
          return 0;
        }) == 1000 + SIGKILL);
  CHECK_FALSE(std::filesystem::exists(file));
  auto store = engine::Lmdb::open(at(file), 4, fill);
  CHECK(folder.names() == std::vector<std::string>{"s.mdb", "s.mdb-lock"});
}

TEST_CASE("paths that cannot name a store") {
  Folder folder;
  const auto code = [](const std::string& path) { return code_of([&] { engine::Lmdb::open(at(path), 4); }); };
  CHECK(code("") == ErrorCode::invalid_argument);
  CHECK(code(folder.path().string()) == ErrorCode::invalid_argument);
  CHECK(code(folder.path().string() + "/") == ErrorCode::invalid_argument);
  CHECK(code(folder.path().string() + "/new/") == ErrorCode::invalid_argument);
  CHECK(code(folder.file("missing/s.mdb")) == ErrorCode::not_found);
  CHECK(code("/dev/null") == ErrorCode::invalid_argument);
  REQUIRE(::mkfifo(folder.file("fifo").c_str(), 0600) == 0);
  CHECK(code(folder.file("fifo")) == ErrorCode::invalid_argument);
  std::filesystem::create_symlink("nowhere", folder.path() / "link");
  CHECK(code(folder.file("link")) == ErrorCode::invalid_argument);
  write_bytes(folder.file("plain"), "text");
  CHECK(code(folder.file("plain/s.mdb")) == ErrorCode::io);
  CHECK(code(folder.file(std::string(300, 'n'))) == ErrorCode::io);
  CHECK(folder.names() == std::vector<std::string>{"fifo", "link", "plain"});
}

TEST_CASE("a missing file is not made when it should exist") {
  Folder folder;
  Config config = at(folder.file("s.mdb"));
  config.create_if_missing = false;
  CHECK(code_of([&] { engine::Lmdb::open(config, 4); }) == ErrorCode::not_found);
  config.create_if_missing = true;
  config.read_only = true;
  CHECK(code_of([&] { engine::Lmdb::open(config, 4); }) == ErrorCode::not_found);
  CHECK(folder.names().empty());
}

TEST_CASE("files that are no netabase store are named for what they are, and left alone") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  const std::string good = read_bytes(make_store(folder, "good.mdb"));
  const auto refuse = [&](const std::string& bytes, const std::string& words) {
    write_bytes(file, bytes);
    check_refused(folder, file, ErrorCode::format_mismatch, words);
  };
  refuse("", "empty file");
  refuse("x", "something else");
  refuse("%PDF-1.7 and so on, for more than a few bytes", "something else");
  refuse(std::string(100000, '\0'), "something else");
  refuse("SQLite format 3" + std::string(4096, '\0'), "SQLite");

  std::string newer = good;
  std::memmove(newer.data() + 24, newer.data() + 16, 8);
  patch<std::uint64_t>(newer, 16, 1);
  patch<std::uint32_t>(newer, 28, 3);
  refuse(newer, "LMDB 1.0");

  std::string development = good;
  patch<std::uint32_t>(development, 20, 999);
  refuse(development, "data version 999");

  std::string swapped = good;
  patch<std::uint32_t>(swapped, 16, 0xDEC0EFBE);
  refuse(swapped, "byte order");

  std::string narrow = good;
  std::memmove(narrow.data() + 12, narrow.data() + 16, 8);
  patch<std::uint32_t>(narrow, 16, 1);
  refuse(narrow, "32-bit");
}

TEST_CASE("an LMDB file of another program is refused") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  for (const bool named : {false, true}) {
    std::filesystem::remove(file);
    MDB_env* env = nullptr;
    MDB_txn* txn = nullptr;
    MDB_dbi dbi = 0;
    REQUIRE(mdb_env_create(&env) == 0);
    REQUIRE(mdb_env_set_maxdbs(env, 4) == 0);
    REQUIRE(mdb_env_open(env, file.c_str(), MDB_NOSUBDIR | MDB_NOLOCK, 0644) == 0);
    REQUIRE(mdb_txn_begin(env, nullptr, 0, &txn) == 0);
    REQUIRE(mdb_dbi_open(txn, named ? "duplicates" : nullptr, named ? MDB_CREATE | MDB_DUPSORT : 0, &dbi) == 0);
    MDB_val key{3, const_cast<char*>("key")};
    MDB_val value{5, const_cast<char*>("value")};
    REQUIRE(mdb_put(txn, dbi, &key, &value, 0) == 0);
    REQUIRE(mdb_txn_commit(txn) == 0);
    mdb_env_close(env);
    const std::string before = read_bytes(file);
    CHECK(code_of([&] { engine::Lmdb::open(at(file), 4); }) == ErrorCode::format_mismatch);
    CHECK(read_bytes(file) == before);
  }
}

TEST_CASE("damaged heads and truncated files are refused before LMDB sees them") {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  const std::string good = read_bytes(make_store(folder, "good.mdb"));
  const std::size_t page = peek<std::uint32_t>(good, 40);
  REQUIRE(good.size() > 10 * page);
  const auto refuse = [&](const std::string& bytes, const std::string& words) {
    write_bytes(file, bytes);
    check_refused(folder, file, ErrorCode::corrupt, words);
  };
  refuse(good.substr(0, good.size() - 1), "cut off");
  refuse(good.substr(0, good.size() - page), "cut off");
  refuse(good.substr(0, 3 * page), "cut off");
  refuse(good.substr(0, 2 * page), "cut off");
  refuse(good.substr(0, page + 100), "cut off");
  refuse(good.substr(0, page), "cut off");
  refuse(good.substr(0, 160), "cut off");
  refuse(good.substr(0, 100), "not a whole meta page");
  const auto damaged = [&](std::size_t offset, auto value, const std::string& words) {
    std::string bytes = good;
    patch(bytes, offset, value);
    refuse(bytes, words);
  };
  damaged(10, std::uint16_t{0}, "meta page");
  damaged(page + 10, std::uint16_t{0}, "second page");
  damaged(page + 16, std::uint32_t{0}, "second page");
  damaged(40, std::uint32_t{0}, "page size");
  damaged(40, std::uint32_t{4097}, "page size");
  damaged(40, std::uint32_t{1U << 31}, "page size");
  damaged(page + 40, std::uint32_t{512}, "different page sizes");
  const std::size_t newer = peek<std::uint64_t>(good, 144) > peek<std::uint64_t>(good, page + 144) ? 0 : page;
  damaged(newer + 136, std::uint64_t{0}, "last page");
  damaged(newer + 136, ~std::uint64_t{0}, "last page");
  damaged(newer + 136, std::uint64_t{1} << 30, "cut off");
  damaged(newer + 128, std::uint64_t{1}, "root page");
  damaged(newer + 128, std::uint64_t{good.size() / page}, "root page");
}

TEST_CASE("truncate replaces whatever the file held") {
  Folder folder;
  const std::string file = make_store(folder);
  Config config = at(file);
  config.truncate = true;
  for (const char* content : {"", "garbage", "store"}) {
    if (content != std::string_view("store")) write_bytes(file, content);
    auto store = engine::Lmdb::open(config, 4, [](auto& txn) { txn.make_table("new"); });
    auto read = store->begin_read();
    CHECK(read.find_table("new"));
    CHECK_FALSE(read.find_table("t"));
    CHECK(folder.names() == std::vector<std::string>{"s.mdb", "s.mdb-lock"});
  }
  std::filesystem::remove(file);
  engine::Lmdb::open(config, 4, fill);
  CHECK(std::filesystem::exists(file));
}

TEST_CASE("truncate keeps the old file when the new one cannot be made") {
  Folder folder;
  const std::string file = make_store(folder);
  const std::string before = read_bytes(file);
  Config config = at(file);
  config.truncate = true;
  CHECK_THROWS_AS(engine::Lmdb::open(config, 4, [](auto&) { throw std::logic_error("no"); }), std::logic_error);
  CHECK(read_bytes(file) == before);
  CHECK(folder.names() == std::vector<std::string>{"s.mdb"});
}

TEST_CASE("files that may only be read") {
  Folder folder;
  const std::string file = make_store(folder);
  std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
  const auto as_nobody = [&](auto body) {
    return in_child([&] {
      if (::getuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) return 99;
      return body();
    });
  };
  const auto codes = [&](bool read_only) {
    return as_nobody([&]() -> int {
      Config config = at(file);
      config.read_only = read_only;
      const auto code = code_of([&] {
        auto store = engine::Lmdb::open(config, 4);
        auto read = store->begin_read();
        auto second = store->begin_read();
        if (read.count(*read.find_table("t")) != 500) throw std::logic_error("wrong content");
        auto third = std::move(second);
        if (!code_of([&] { store->begin_write(); })) throw std::logic_error("writes");
        store->stats();
      });
      return code ? static_cast<int>(*code) + 100 : 0;
    });
  };
  const auto thrown = [](ErrorCode code) { return static_cast<int>(code) + 100; };
  ::chmod(file.c_str(), 0444);
  ::chmod(folder.path().c_str(), 0555);
  CHECK(codes(true) == 0);  // no lock file, and none can be made
  CHECK(codes(false) == thrown(ErrorCode::read_only));
  CHECK(folder.names() == std::vector<std::string>{"s.mdb"});
  ::chmod(folder.path().c_str(), 0755);
  write_bytes(file + "-lock", "");
  ::chmod((file + "-lock").c_str(), 0444);
  ::chmod(folder.path().c_str(), 0555);
  CHECK(codes(true) == thrown(ErrorCode::io));  // a lock file that may not be used
  ::chmod((file + "-lock").c_str(), 0666);
  CHECK(codes(true) == 0);
  ::chmod(file.c_str(), 0000);
  CHECK(codes(true) == thrown(ErrorCode::io));
  CHECK(codes(false) == thrown(ErrorCode::io));
  CHECK(as_nobody([&] {
          return code_of([&] { engine::Lmdb::open(at(folder.file("new.mdb")), 4); }) == ErrorCode::read_only ? 0 : 1;
        }) == 0);
  ::chmod(folder.path().c_str(), 0755);
}

TEST_CASE("a lock file may be a link, but not one to nowhere") {
  Folder folder;
  const std::string file = make_store(folder);
  const std::string lock = file + "-lock";
  std::filesystem::remove(lock);
  std::filesystem::create_symlink(folder.file("elsewhere"), lock);
  CHECK(code_of([&] { engine::Lmdb::open(at(file), 4); }) == ErrorCode::io);
  write_bytes(folder.file("elsewhere"), "");
  CHECK(engine::Lmdb::open(at(file), 4)->begin_read().find_table("t"));
}

TEST_CASE("network file systems are told by their numbers") {
  for (const std::uint64_t type : {0x6969ULL, 0x517BULL, 0xFF534D42ULL, 0xFE534D42ULL, 0x01021997ULL, 0x00C36400ULL}) {
    CHECK(engine::lmdb::is_network_filesystem(type));
  }
  CHECK(engine::lmdb::is_network_filesystem(0xFFFFFFFFFF534D42ULL));  // as a signed 32-bit number arrives
  for (const std::uint64_t type :
       {0xEF53ULL, 0x01021994ULL, 0x58465342ULL, 0x9123683EULL, 0x794C7630ULL, 0x2FC12FC1ULL}) {
    CHECK_FALSE(engine::lmdb::is_network_filesystem(type));
  }
}

}  // namespace netabase::test
