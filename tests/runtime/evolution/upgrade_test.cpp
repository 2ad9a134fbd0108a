/// \file
/// An older file that follows by itself: upgraded at open, in one transaction, with progress and a backup.

#include <map>

#include "runtime/evolution/support.hpp"

using namespace evolution_test;

namespace {

constexpr std::uint64_t count = 9000;

/// All that is to be seen of a journal of version 2 that write_journal() wrote.
void check_upgraded(const Journal2& store, std::uint64_t records) {
  require_sound(store);
  auto txn = store.begin_read();
  const auto authors = txn.open_tree<journal_v2::Author>();
  REQUIRE(authors.len() == records);
  const auto second = authors.get(2);
  REQUIRE(second.has_value());
  CHECK(second->full_name == "name 2");
  CHECK(second->age == std::optional<std::uint16_t>(22));
  CHECK(second->mood == journal_v2::Mood::busy);
  CHECK(second->score == 10);
  CHECK(second->links.empty());
  CHECK(authors.by<&journal_v2::Author::email>().find("3@example.com")->id() == 3);
  CHECK(authors.by<&journal_v2::Author::email>().count() == records);
  CHECK(authors.by<journal_v2::AuthorKey::by_city_age>().count("Lyon") == records / 2);
  const auto entries = txn.open_tree<journal_v2::Entry>();
  CHECK(entries.by<&journal_v2::Entry::text>().equal("text 5").first()->id() == 5);
  CHECK(txn.open_tree<journal_v2::Comment>().is_empty());
}

}  // namespace

TEST_CASE("an older file is upgraded: indexes are built and dropped, new models are there, old records are read") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, count);
  std::map<std::string, std::vector<netabase::UpgradeProgress>> told;
  netabase::Config config = at(path);
  config.upgrade_progress = [&](const netabase::UpgradeProgress& progress) { told[progress.what].push_back(progress); };
  config.backup_before_upgrade = folder.file("before.mdb");
  {
    const auto store = Journal2::open(config);
    check_upgraded(store, count);
    store.quick_put(journal_v2::Comment{.id = 1, .entry = 2, .text = "late"});
    // The key has become automatic: its numbers go on behind what is there.
    CHECK(store.quick_put(journal_v2::Entry{.id = 0, .author = 1, .text = "new"}).id == count + 1);
  }
  CHECK(told.size() == 4);
  const std::vector<netabase::UpgradeProgress>& email = told["building the index Author.email"];
  REQUIRE(email.size() == 3);
  CHECK(email[0].done == 4096);
  CHECK(email[2].done == count);
  CHECK(email[2].total == count);

  SUBCASE("and opens without further ado from then on") {
    told.clear();
    config.backup_before_upgrade = folder.file("again.mdb");
    const auto store = Journal2::open(config);
    CHECK(told.empty());
    CHECK_FALSE(std::filesystem::exists(config.backup_before_upgrade));
    CHECK(store.quick_get<journal_v2::Comment>(1)->text == "late");
  }
  SUBCASE("while the backup has the old one") {
    const auto store = Journal1::open(folder.file("before.mdb"));
    require_sound(store);
    CHECK(store.quick_get<journal_v1::Author>(2)->name == "name 2");
    CHECK(store.quick_get<journal_v1::Draft>(7)->title == "draft");
  }
}

TEST_CASE("records that change after an upgrade keep their indexes right") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 50);
  const auto store = Journal2::open(path);
  store.with_write_transaction([](auto& txn) {
    auto authors = txn.template open_tree<journal_v2::Author>();
    authors.update(1, [](auto& record) { record.email = "other"; });
    authors.update(2, [](auto& record) { record.age.reset(); });
    authors.remove(3);
  });
  require_sound(store);
  CHECK_FALSE(store.quick_get<journal_v2::Author>(2)->age.has_value());
}

TEST_CASE("a unique index over old records with one key names both, and leaves the store as it was") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 20);
  {
    journal_v1::Author twin = author(77);
    twin.email = "5@example.com";
    Journal1::open(path).quick_put(twin);
  }
  try {
    Journal2::open(path);
    FAIL("the upgrade passed");
  } catch (const netabase::UniqueViolation& violation) {
    CHECK(violation.index() == "Author.email");
    CHECK(violation.key() == "\"5@example.com\"");
    CHECK(violation.existing() == "5");
    CHECK(violation.other() == "77");
    CHECK(contains(violation.what(), "5 and 77"));
  }
  const auto store = Journal1::open(path);
  require_sound(store);
  CHECK(store.quick_get<journal_v1::Author>(77)->email == "5@example.com");
}

TEST_CASE("an exception of the progress callback cancels the upgrade") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 20);
  netabase::Config config = at(path);
  config.upgrade_progress = [](const netabase::UpgradeProgress&) { throw std::runtime_error("stop"); };
  CHECK(message_of([&] { Journal2::open(config); }) == "stop");
  require_sound(Journal1::open(path));
}

TEST_CASE("an upgrade that fills the map makes room and goes on") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 3000);
  netabase::Config config = at(path);
  config.max_size = std::filesystem::file_size(path) + 16384;
  CHECK(code_of([&] { Journal2::open(config); }) == netabase::ErrorCode::map_full);
  require_sound(Journal1::open(path));
  check_upgraded(Journal2::open(path), 3000);
}

TEST_CASE("an older file that is only read is read as it is, and says which indexes it lacks") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 30);
  const std::string before = bytes_of(path);
  {
    const auto store = Journal2::open(reading(path));
    auto txn = store.begin_read();
    const auto authors = txn.open_tree<journal_v2::Author>();
    CHECK(authors.len() == 30);
    CHECK(authors.get(4)->full_name == "name 4");
    CHECK(authors.get(4)->score == 10);
    CHECK(code_of([&] { (void)authors.by<&journal_v2::Author::email>(); }) == netabase::ErrorCode::schema_mismatch);
    CHECK(contains(message_of([&] { (void)authors.by<&journal_v2::Author::email>(); }), "Author.email"));
    CHECK(code_of([&] { (void)authors.get_by_secondary_key(journal_v2::AuthorEmailSecondaryKey("x")); }) ==
          netabase::ErrorCode::schema_mismatch);
    CHECK(code_of([&] { (void)txn.open_tree<journal_v2::Comment>(); }) == netabase::ErrorCode::schema_mismatch);
    // A query does not answer from an index that is not there; with scan() it answers without one.
    const auto of_email = [&] {
      return authors.query().where(netabase::field<&journal_v2::Author::email>() == "4@example.com");
    };
    CHECK(code_of([&] { (void)of_email().count(); }) == netabase::ErrorCode::schema_mismatch);
    CHECK(contains(message_of([&] { (void)of_email().count(); }), "Author.email"));
    CHECK(contains(of_email().explain().advice, "lacks the index"));
    CHECK(of_email().scan().count() == 1);
    // An index that both have.
    CHECK(txn.open_tree<journal_v2::Entry>().by<&journal_v2::Entry::author>().count(2) == 10);
    require_sound(store);
  }
  CHECK(bytes_of(path) == before);
}

TEST_CASE("a dry run does it all and changes nothing") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 100);
  const netabase::UpgradeReport report = Journal2::dry_run_upgrade(at(path));
  CHECK(report.ok());
  CHECK(report.needed);
  CHECK(report.from_version == 1);
  CHECK(report.to_version == 2);
  CHECK(report.indexes == 4);
  CHECK(report.migrated == 0);
  CHECK(contains(report.difference, "safe: the index Author.email was added"));
  require_sound(Journal1::open(path));
  CHECK_FALSE(Journal1::dry_run_upgrade(at(path)).needed);

  journal_v1::Author twin = author(101);
  twin.email = "5@example.com";
  Journal1::open(path).quick_put(twin);
  CHECK(contains(Journal2::dry_run_upgrade(at(path)).error, "5 and 101"));
  CHECK_FALSE(Journal3::dry_run_upgrade(at(path)).ok());
}
