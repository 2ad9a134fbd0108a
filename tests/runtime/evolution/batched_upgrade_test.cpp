/// \file
/// Upgrades in batches: what they do when nothing disturbs them, how they go on, and what others see meanwhile.
/// Kills: batched_kill_test.cpp.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>

#include "netabase/migration.hpp"
#include "runtime/evolution/journal_upgrade.hpp"

using namespace evolution_test;

namespace {

struct Stop {};

/// Runs an upgrade until it has reported `reports` times, and stops it there.
void upgrade_and_stop(netabase::Config config, int reports) {
  config.upgrade_progress = [&](const netabase::UpgradeProgress&) {
    if (reports-- == 0) throw Stop();
  };
  CHECK_THROWS_AS(Journal3::open(config), Stop);
}

netabase::UpgradeUnderWay under_way(const std::string& path) {
  try {
    Journal1::open(path);
  } catch (const netabase::UpgradeUnderWay& error) {
    return error;
  }
  FAIL("no upgrade is under way");
  return {path, 0, 0, 0, 0};
}

}  // namespace

TEST_CASE("an upgrade in batches gives what an upgrade in one transaction gives, in every table") {
  const TemporaryFolder folder;
  const std::string whole = folder.file("whole.mdb");
  write_journal(whole, 120);
  const std::string original = folder.file("original.mdb");
  std::filesystem::copy_file(whole, original);
  { Journal3::open(migrating(whole)); }
  const auto expected = tables_of(whole);
  CHECK(expected.contains("Author.email"));
  CHECK_FALSE(expected.contains("Author.city"));
  for (const std::uint64_t batch : {1U, 7U, 50U, 119U, 120U, 121U, 1000000U}) {
    CAPTURE(batch);
    const std::string path = folder.file(std::to_string(batch) + ".mdb");
    std::filesystem::copy_file(original, path);
    { require_migrated(Journal3::open(migrating(path, batch)), 120); }
    CHECK(tables_of(path) == expected);
    CHECK(netabase::Lmdb::check_file(path).empty());
  }
}

TEST_CASE("one that follows by itself is done in batches, too, and new models and automatic keys with it") {
  const TemporaryFolder folder;
  const std::string whole = folder.file("whole.mdb");
  write_journal(whole, 50);
  const std::string path = folder.file("journal.mdb");
  std::filesystem::copy_file(whole, path);
  { Journal2::open(whole); }
  netabase::Config config = at(path);
  config.upgrade_batch = 20;
  {
    const auto store = Journal2::open(config);
    require_sound(store);
    CHECK(store.quick_put(journal_v2::Entry{.id = 0, .author = 1, .text = "new"}).id == 51);
    store.quick_remove<journal_v2::Entry>(std::uint64_t{51});
  }
  auto expected = tables_of(whole);
  auto found = tables_of(path);
  expected["netabase"].erase("sequence/Entry");
  found["netabase"].erase("sequence/Entry");
  CHECK(found == expected);
  // And a model that comes back.
  config.migrations = {netabase::Migration<journal_v1::Draft, journal_back::Draft>(
      [](const journal_v1::Draft& old) { return journal_back::Draft{.id = old.id, .title = old.title.size()}; })};
  const auto store = JournalBack::open(config);
  require_sound(store);
  CHECK(store.quick_get<journal_back::Draft>(10)->title == 5);
}

TEST_CASE("it tells how far it is, over batches") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 100);
  std::map<std::string, std::vector<std::uint64_t>> told;
  netabase::Config config = migrating(path, 40);
  config.upgrade_progress = [&](const netabase::UpgradeProgress& progress) {
    CHECK(progress.total == (progress.what.ends_with("Comment.entry") ? 0 : 100));
    told[progress.what].push_back(progress.done);
  };
  { Journal3::open(config); }
  CHECK(told.size() == 6);
  CHECK(told["migrating Author"] == std::vector<std::uint64_t>{40, 80, 100});
  // The rest of a batch is the next step's; that a batch ended with the last record is found by the next one.
  CHECK(told["building the index Author.age"] == std::vector<std::uint64_t>{20, 60, 100, 100});
  CHECK(told["building the index Entry.text"].back() == 100);
}

TEST_CASE("one that was stopped says so to the old program, is read as the old store, and goes on where it was") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 100);
  netabase::Config config = migrating(path, 30);
  config.backup_before_upgrade = folder.file("before.mdb");
  upgrade_and_stop(config, 2);  // in the third batch
  const netabase::UpgradeUnderWay stopped = under_way(path);
  CHECK(stopped.from_version() == 1);
  CHECK(stopped.to_version() == 3);
  CHECK(stopped.done() == 60);
  CHECK(stopped.total() == 500);
  CHECK(contains(stopped.what(), "from version 1 of its schema to 3 is under way: 60 of 500 records done"));
  {
    const auto store = Journal1::open(reading(path));
    require_sound(store);
    auto txn = store.begin_read();
    CHECK(txn.open_tree<journal_v1::Author>().get(1)->name == "name 1");
    CHECK(txn.open_tree<journal_v1::Author>().by<&journal_v1::Author::city>().count("Lyon") == 50);
  }
  CHECK_THROWS_AS(Journal3::open(reading(path)), netabase::SchemaMismatch);

  SUBCASE("with the same batches") {
    int calls = 0;
    count_author_migrations(config, calls);
    require_migrated(Journal3::open(config), 100);
    CHECK(calls == 40);
  }
  SUBCASE("without any") {
    config.upgrade_batch = 0;
    int calls = 0;
    count_author_migrations(config, calls);
    require_migrated(Journal3::open(config), 100);
    CHECK(calls == 40);
  }
  SUBCASE("or is taken back, by the old program") {
    netabase::Config old = at(path);
    old.abandon_upgrade = true;
    require_sound(Journal1::open(old));
    CHECK(tables_of(path) == tables_of(config.backup_before_upgrade));
    CHECK(netabase::Lmdb::check_file(path).empty());
  }
  SUBCASE("or gives way to an upgrade to another schema") {
    netabase::Config other = at(path);
    SUBCASE("in batches") { other.upgrade_batch = 30; }
    SUBCASE("in one transaction"){} { require_sound(Journal2::open(other)); }
    for (const auto& [name, entries] : tables_of(path)) CHECK_FALSE(name.starts_with("upgrade/"));
    CHECK(netabase::Lmdb::check_file(path).empty());
  }
  SUBCASE("and a dry run leaves it alone") {
    CHECK(Journal3::dry_run_upgrade(config).ok());
    CHECK(under_way(path).done() == 60);
  }
}

TEST_CASE("what anybody writes between two batches makes it begin again") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 100);
  netabase::Config config = migrating(path, 30);
  upgrade_and_stop(config, 2);
  {
    // As a program would that knows nothing of upgrades: a record is copied under another key.
    const auto engine = netabase::Lmdb::open(at(path), 32);
    auto txn = engine->begin_write();
    const auto authors = *txn.find_table("Author");
    netabase::Bytes value;
    const std::byte last[8] = {{}, {}, {}, {}, {}, {}, {}, std::byte{99}};
    REQUIRE(txn.get(authors, last, value));
    const std::string copy(netabase::as_text(value));
    const std::byte key[8] = {};
    netabase::engine::put(txn, authors, key, copy.size(), netabase::engine::PutMode::insert,
                          [&](std::byte* space) { std::memcpy(space, copy.data(), copy.size()); });
    txn.commit();
  }
  int calls = 0;
  count_author_migrations(config, calls);
  // The copy has the id of the other one: that the new records have one key shows that the copy was seen.
  CHECK(contains(message_of([&] { Journal3::open(config); }), "same primary key"));
  CHECK(calls > 40);
  for (const auto& [name, entries] : tables_of(path)) CHECK_FALSE(name.starts_with("upgrade/"));
}

TEST_CASE("one that fails for what is in the records is taken back") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 100);
  const auto before = tables_of(path);
  SUBCASE("by a migration") {
    netabase::Config config = migrating(path, 30);
    config.migrations[0] =
        netabase::Migration<netabase::DynamicRecord, journal_v3::Author>([](const netabase::DynamicRecord& old) {
          if (old.get<std::uint64_t>("id") == 77) throw std::runtime_error("no such author");
          return journal_v3::Author{};
        });
    // They all have the id 0, which the second one of them finds out.
    CHECK(contains(message_of([&] { Journal3::open(config); }), "same primary key"));
    config.migrations[0] =
        netabase::Migration<netabase::DynamicRecord, journal_v3::Author>([](const netabase::DynamicRecord& old) {
          if (old.get<std::uint64_t>("id") == 77) throw std::runtime_error("no such author");
          return migrated_author(old);
        });
    CHECK(contains(message_of([&] { Journal3::open(config); }), "Author 77 (record 77) failed: no such author"));
  }
  SUBCASE("by a unique index, over two batches") {
    journal_v1::Author twin = author(77);
    twin.email = "5@example.com";
    { Journal1::open(path).quick_put(twin); }
    netabase::Config config = migrating(path, 30);
    const std::string message = message_of([&] { Journal3::open(config); });
    CHECK(contains(message, "5 and 77 both have \"5@example.com\""));
    twin = author(77);
    { Journal1::open(path).quick_put(twin); }
  }
  CHECK(tables_of(path) == before);
  require_sound(Journal1::open(path));
}

TEST_CASE("a full map is made larger on the way, and a limit stops it where it is") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 2000);
  netabase::Config config = migrating(path, 300);
  config.max_size = std::filesystem::file_size(path) + 200000;
  CHECK(code_of([&] { Journal3::open(config); }) == netabase::ErrorCode::map_full);
  CHECK(under_way(path).done() >= 300);
  config.max_size.reset();
  require_migrated(Journal3::open(config), 2000);
}

TEST_CASE("a process that has the store open goes on reading, cannot write, and learns of the end") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 100);
  int to_child[2];
  int to_parent[2];
  REQUIRE(::pipe(to_child) == 0);
  REQUIRE(::pipe(to_parent) == 0);
  const auto tell = [](int fd) { return ::write(fd, "x", 1) == 1; };
  const auto wait = [](int fd) {
    char c = 0;
    return ::read(fd, &c, 1) == 1;
  };
  ::signal(SIGPIPE, SIG_IGN);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  // Each closes the ends of the other, so that neither waits for one that failed.
  ::close(child == 0 ? to_child[1] : to_child[0]);
  ::close(child == 0 ? to_parent[0] : to_parent[1]);
  if (child == 0) {
    // 0: as it should be; otherwise the number of what was not.
    const int code = [&] {
      const auto store = Journal1::open(path);
      store.quick_put(author(1));
      auto snapshot = store.begin_read();
      if (!tell(to_parent[1]) || !wait(to_child[0])) return 1;
      if (code_of([&] { store.quick_put(author(1)); }) != netabase::ErrorCode::upgrade_under_way) return 2;
      if (store.quick_get<journal_v1::Author>(7)->name != "name 7") return 3;
      if (!tell(to_parent[1]) || !wait(to_child[0])) return 4;
      if (snapshot.open_tree<journal_v1::Author>().get(7)->name != "name 7") return 5;
      if (snapshot.open_tree<journal_v1::Author>().by<&journal_v1::Author::city>().count("Lyon") != 50) return 6;
      if (code_of([&] { store.quick_get<journal_v1::Author>(7); }) != netabase::ErrorCode::schema_newer) return 7;
      if (code_of([&] { store.quick_put(author(1)); }) != netabase::ErrorCode::schema_newer) return 8;
      return 0;
    }();
    ::_exit(code);
  }
  REQUIRE(wait(to_parent[0]));
  upgrade_and_stop(migrating(path, 30), 3);
  REQUIRE(tell(to_child[1]));
  REQUIRE(wait(to_parent[0]));
  { require_migrated(Journal3::open(migrating(path, 30)), 100); }
  REQUIRE(tell(to_child[1]));
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  require_migrated(Journal3::open(path), 100);
}
