/// \file
/// Migrations: functions that make new records of old ones, alone, in chains, and from records without a struct.

#include <exception>

#include "netabase/migration.hpp"
#include "runtime/evolution/support.hpp"

using namespace evolution_test;
using netabase::DynamicRecord;
using netabase::Migration;

namespace {

std::string in_words(unsigned age) { return "aged " + std::to_string(age); }

journal_v3::Author author_of_2(const journal_v2::Author& old) {
  return {.id = old.id,
          .full_name = old.full_name,
          .email = old.email,
          .city = old.city,
          .age = in_words(old.age.value_or(0)),
          .mood = static_cast<journal_v3::Mood>(old.mood),
          .score = old.score,
          .links = old.links};
}
journal_v2::Author author_of_1(const journal_v1::Author& old) {
  return {.id = old.id,
          .full_name = old.name + " (" + old.motto + ")",
          .email = old.email,
          .city = old.city,
          .age = old.age,
          .mood = static_cast<journal_v2::Mood>(old.mood),
          .score = 1,
          .links = {}};
}
journal_v3::Entry entry_of_dynamic(const DynamicRecord& old) {
  return {.author = old.get<std::uint64_t>("author"),
          .id = old.get<std::uint64_t>("id"),
          .text = old.get<std::string>("text")};
}

netabase::Config migrating(const std::string& path) {
  netabase::Config config = at(path);
  config.migrations = {Migration<journal_v2::Author, journal_v3::Author>(author_of_2),
                       Migration<DynamicRecord, journal_v3::Entry>(entry_of_dynamic)};
  return config;
}

}  // namespace

TEST_CASE("without its migrations a file is refused, with the difference in words, and stays as it is") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 10);
  const std::string before = bytes_of(path);
  try {
    Journal3::open(path);
    FAIL("it was opened");
  } catch (const netabase::SchemaMismatch& mismatch) {
    CHECK(contains(mismatch.what(), path));
    CHECK(contains(mismatch.what(), "the records of Author, Entry do not follow"));
    CHECK(contains(mismatch.difference(),
                   "needs a migration: the primary key of Entry changed from (id) to (author, id)"));
  }
  CHECK_THROWS_AS(Journal3::open(reading(path)), netabase::SchemaMismatch);
  netabase::Config half = migrating(path);
  half.migrations.pop_back();
  CHECK(contains(message_of([&] { Journal3::open(half); }), "the records of Entry do not follow"));
  CHECK(bytes_of(path) == before);
}

TEST_CASE("a migration converts every record, moves those whose key changes, and builds the indexes again") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 5000);
  { Journal2::open(path); }
  std::vector<std::string> told;
  netabase::Config config = migrating(path);
  config.upgrade_progress = [&](const netabase::UpgradeProgress& progress) {
    if (progress.done == progress.total) told.push_back(progress.what);
  };
  const auto store = Journal3::open(config);
  require_sound(store);
  CHECK(told == std::vector<std::string>{"migrating Author", "building the index Author.age",
                                         "building the index Author.email", "migrating Entry",
                                         "building the index Entry.text"});
  auto txn = store.begin_read();
  const auto authors = txn.open_tree<journal_v3::Author>();
  CHECK(authors.len() == 5000);
  CHECK(authors.get(7)->full_name == "name 7");
  CHECK(authors.get(7)->age == "aged 27");
  CHECK(authors.by<&journal_v3::Author::age>().count("aged 27") == 100);
  const auto entries = txn.open_tree<journal_v3::Entry>();
  CHECK(entries.len() == 5000);
  CHECK(entries.get(1 + 12 % 3, 12)->text == "text 12");
  CHECK(entries.by<&journal_v3::Entry::text>().equal("text 9").first()->author() == 1 + 9 % 3);
}

TEST_CASE("a layout that none begins with exactly is read by the one that can: version 1 through version 2") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 30);
  const auto store = Journal3::open(migrating(path));
  require_sound(store);
  CHECK(store.quick_get<journal_v3::Author>(4)->full_name == "name 4");
  CHECK(store.quick_get<journal_v3::Author>(4)->score == 10);
}

TEST_CASE("migrations are chained over versions, also where the first step is safe by itself") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 30);
  netabase::Config config = migrating(path);
  config.migrations.push_back(Migration<journal_v1::Author, journal_v2::Author>(author_of_1));
  SUBCASE("to the last") {
    const auto store = Journal3::open(config);
    require_sound(store);
    CHECK(store.quick_get<journal_v3::Author>(4)->full_name == "name 4 (motto)");
    CHECK(store.quick_get<journal_v3::Author>(4)->age == "aged 24");
    CHECK(store.quick_get<journal_v3::Author>(4)->score == 1);
  }
  SUBCASE("or to the one between") {
    const auto store = Journal2::open(config);
    require_sound(store);
    CHECK(store.quick_get<journal_v2::Author>(4)->full_name == "name 4 (motto)");
  }
}

TEST_CASE("a migration that throws names the record, and leaves the store as it was") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 100);
  const std::string before = bytes_of(path);
  netabase::Config config = migrating(path);
  config.migrations[0] = Migration<journal_v2::Author, journal_v3::Author>([](const journal_v2::Author& old) {
    if (old.id == 42) throw std::out_of_range("no such age");
    return author_of_2(old);
  });
  const netabase::UpgradeReport report = Journal3::dry_run_upgrade(config);
  CHECK(contains(report.error, "Author 42 (record 42) failed: no such age"));
  try {
    Journal3::open(config);
    FAIL("it was opened");
  } catch (const netabase::MigrationFailed& failure) {
    CHECK(failure.model() == "Author");
    CHECK(failure.key() == "42");
    CHECK(failure.number() == 42);
    CHECK_THROWS_AS(std::rethrow_if_nested(failure), std::out_of_range);
  }
  require_sound(Journal1::open(path));
  CHECK(Journal1::open(path).quick_get<journal_v1::Author>(42)->name == "name 42");
}

TEST_CASE("two records that get one primary key are refused") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 10);
  netabase::Config config = migrating(path);
  config.migrations[1] = Migration<DynamicRecord, journal_v3::Entry>(
      [](const DynamicRecord&) { return journal_v3::Entry{.author = 1, .id = 1, .text = "same"}; });
  CHECK(contains(message_of([&] { Journal3::open(config); }), "Entry (1, 1)"));
  CHECK(contains(message_of([&] { Journal3::open(config); }), "same primary key"));
  require_sound(Journal1::open(path));
}

TEST_CASE("a dry run of a migration counts and writes nothing") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 100);
  const netabase::UpgradeReport report = Journal3::dry_run_upgrade(migrating(path));
  CHECK(report.error.empty());
  CHECK(report.migrated == 200);
  CHECK(report.indexes == 4);
  require_sound(Journal1::open(path));
}

TEST_CASE("a backup is made before a migration, and nothing is done when it cannot be") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 10);
  netabase::Config config = migrating(path);
  config.backup_before_upgrade = path;
  CHECK_THROWS_AS(Journal3::open(config), netabase::Error);
  { require_sound(Journal1::open(path)); }
  config.backup_before_upgrade = folder.file("before.mdb");
  { require_sound(Journal3::open(config)); }
  require_sound(Journal1::open(config.backup_before_upgrade));
}

TEST_CASE("a model that was removed comes back with its records, by a migration where its layout changed meanwhile") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 10);
  { Journal2::open(path); }
  try {
    JournalBack::open(path);
    FAIL("it was opened");
  } catch (const netabase::SchemaMismatch& mismatch) {
    CHECK(contains(mismatch.what(), "the records of Draft do not follow"));
    CHECK(contains(mismatch.difference(), "needs a migration: the type of Draft.title changed from Text to UInt64\n"));
    CHECK(contains(mismatch.difference(), "safe: Sketch.lines was added\n"));
  }
  netabase::Config config = at(path);
  config.migrations = {Migration<journal_v1::Draft, journal_back::Draft>(
      [](const journal_v1::Draft& old) { return journal_back::Draft{.id = old.id, .title = old.title.size()}; })};
  const auto store = JournalBack::open(config);
  require_sound(store);
  CHECK(store.quick_get<journal_back::Draft>(10)->title == 5);
  auto txn = store.begin_read();
  CHECK(txn.open_tree<journal_back::Draft>().by<&journal_back::Draft::title>().count(5) == 10);
  const auto sketches = txn.open_tree<journal_back::Sketch>();
  CHECK(sketches.by<&journal_back::Sketch::label>().equal("cover").first()->lines() == 12);
}
