/// \file
/// What an upgrade asks of records for the sake of new indexes: that a new link leads somewhere, that keys are not too
/// long, that functions of the struct do not throw.

#include "runtime/evolution/support.hpp"
#include "shelf_v1.netabase.hpp"
#include "shelf_v2.netabase.hpp"

using namespace evolution_test;

namespace {

using Shelf1 = netabase::Store<shelf_v1::ShelfDefinition>;
using Shelf2 = netabase::Store<shelf_v2::ShelfDefinition>;

void write_shelf(const std::string& path) {
  const auto store = Shelf1::open(path);
  store.with_write_transaction([](auto& txn) {
    auto writers = txn.template open_tree<shelf_v1::Writer>();
    auto books = txn.template open_tree<shelf_v1::Book>();
    for (std::uint64_t id = 1; id <= 5; ++id) writers.put({.id = id, .name = "writer"});
    for (std::uint64_t id = 1; id <= 40; ++id) {
      books.put({.id = id, .writer_id = 1 + id % 5, .title = "title " + std::to_string(id), .place = "left"});
    }
  });
}

netabase::Config in_batches_of(const std::string& path, std::uint64_t batch) {
  netabase::Config config = at(path);
  config.upgrade_batch = batch;
  return config;
}

/// What every attempt, and the dry run, says of the file, which stays the old one.
void require_refused(const std::string& path, netabase::ErrorCode code, const std::vector<std::string>& words) {
  for (const std::uint64_t batch : {0U, 1U, 7U, 1000U}) {
    CAPTURE(batch);
    CHECK(code_of([&] { Shelf2::open(in_batches_of(path, batch)); }) == code);
    const std::string message = message_of([&] { Shelf2::open(in_batches_of(path, batch)); });
    for (const std::string& part : words) CHECK_MESSAGE(contains(message, part), message);
    require_sound(Shelf1::open(path));
    CHECK(Shelf1::open(path).quick_get<shelf_v1::Book>(17)->place == "left");
    auto engine = netabase::Lmdb::open(reading(path), 16);
    for (const char* name : {"Book.writer_id", "Book.title", "Book.initial", "upgrade/Book.writer_id"}) {
      CHECK_FALSE(engine->begin_read().find_table(name));
    }
  }
  const netabase::UpgradeReport report = Shelf2::dry_run_upgrade(at(path));
  CHECK_FALSE(report.ok());
  for (const std::string& part : words) CHECK_MESSAGE(contains(report.error, part), report.error);
}

}  // namespace

TEST_CASE("a new link over records that lead somewhere passes, and is kept from then on") {
  for (const std::uint64_t batch : {0U, 7U}) {
    const TemporaryFolder folder;
    const std::string path = folder.file("shelf.mdb");
    write_shelf(path);
    const auto store = Shelf2::open(in_batches_of(path, batch));
    require_sound(store);
    auto txn = store.begin_write();
    auto books = txn.open_tree<shelf_v2::Book>();
    CHECK(books.by<&shelf_v2::Book::writer_id>().count(2) == 8);
    CHECK(books.by<&shelf_v2::Book::initial>().count("t") == 40);
    CHECK(code_of([&] { books.put({.id = 50, .writer_id = 77, .title = "lost", .place = ""}); }) ==
          netabase::ErrorCode::link_violation);
    txn.open_tree<shelf_v2::Writer>().remove(2);
    CHECK(books.len() == 32);
    txn.commit();
    require_sound(store);
  }
}

TEST_CASE("a new link that leads nowhere refuses the upgrade, names the record, and nothing changes") {
  const TemporaryFolder folder;
  const std::string path = folder.file("shelf.mdb");
  write_shelf(path);
  { Shelf1::open(path).quick_put(shelf_v1::Book{.id = 17, .writer_id = 99, .title = "lost", .place = "left"}); }
  require_refused(path, netabase::ErrorCode::link_violation, {"Book 17 links to Writer 99 (Book.writer_id)"});
  // Mended by the old program, it passes.
  { Shelf1::open(path).quick_put(shelf_v1::Writer{.id = 99, .name = "late"}); }
  require_sound(Shelf2::open(path));
}

TEST_CASE("a text that is too long for a new index refuses the upgrade and names the record") {
  const TemporaryFolder folder;
  const std::string path = folder.file("shelf.mdb");
  write_shelf(path);
  {
    Shelf1::open(path).quick_put(
        shelf_v1::Book{.id = 17, .writer_id = 1, .title = std::string(21, 'x'), .place = "left"});
  }
  require_refused(path, netabase::ErrorCode::key_too_long, {"Book 17", "Book.title", "21 bytes", "max_length is 20"});
}

TEST_CASE("a function that throws refuses the upgrade and names the record") {
  const TemporaryFolder folder;
  const std::string path = folder.file("shelf.mdb");
  write_shelf(path);
  { Shelf1::open(path).quick_put(shelf_v1::Book{.id = 17, .writer_id = 1, .title = "", .place = "left"}); }
  require_refused(path, netabase::ErrorCode::migration_failed,
                  {"the index Book.initial cannot be built: Book 17 (record 17)", "a book without a title"});
}

TEST_CASE("a dry run tells of each model what would be done to it") {
  const TemporaryFolder folder;
  const std::string path = folder.file("shelf.mdb");
  write_shelf(path);
  const netabase::UpgradeReport report = Shelf2::dry_run_upgrade(at(path));
  CHECK(report.ok());
  REQUIRE(report.models.size() == 1);
  CHECK(report.models[0].model == "Book");
  CHECK(report.models[0].records == 40);
  CHECK(report.models[0].migrated == 0);
  CHECK(report.models[0].built == std::vector<std::string>{"writer_id", "title", "initial"});
  CHECK(report.models[0].dropped.empty());
}
