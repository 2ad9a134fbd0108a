/// \file
/// Two processes that open a file of another schema at once: whatever one does between two steps of the other's
/// opening, each gets the store or is told why not, and none takes the other's work for damage.

#include "netabase/migration.hpp"
#include "runtime/evolution/child.hpp"
#include "runtime/evolution/hooked_lmdb.hpp"
#include "runtime/evolution/support.hpp"

using namespace evolution_test;

namespace {

template <class Definition>
using Hooked = netabase::Store<Definition, HookedLmdb>;
using Hooked1 = Hooked<journal_v1::JournalDefinition>;
using Hooked2 = Hooked<journal_v2::JournalDefinition>;
using HookedBack = Hooked<journal_back::JournalDefinition>;

netabase::Config in_batches(const std::string& path, std::uint64_t batch) {
  netabase::Config config = at(path);
  config.upgrade_batch = batch;
  return config;
}

netabase::Config bringing_back(const std::string& path) {
  netabase::Config config = at(path);
  config.migrations = {netabase::Migration<journal_v1::Draft, journal_back::Draft>(
      [](const journal_v1::Draft& old) { return journal_back::Draft{.id = old.id, .title = old.title.size()}; })};
  return config;
}

void write_authors(const std::string& path, std::uint64_t count) {
  const auto store = Journal1::open(path);
  for (std::uint64_t id = 1; id <= count; ++id) store.quick_put(author(id));
}

/// Calls `mine(path)`, which opens a HookedLmdb on a file that `prepare` made, again and again: another process
/// does `theirs(path)` just before the first step that `mine` makes, then before the second, until `mine` makes no more
/// steps. When `theirs` exchanges tables, it does so before this step and the rest only when `mine` is done. Returns
/// how many steps `mine` made.
template <class Prepare, class Theirs, class Mine>
int at_each_step(const Prepare& prepare, const Theirs& theirs, const Mine& mine) {
  for (int step = 1;; ++step) {
    CAPTURE(step);
    const TemporaryFolder folder;
    const std::string path = folder.file("journal.mdb");
    prepare(path);
    Child child([&](const auto& pause) {
      pause();
      bool exchanged = false;
      const HooksHere hooks({.after_exchange = [&] {
        exchanged = true;
        pause();
      }});
      theirs(path);
      if (!exchanged) pause();
      return 0;
    });
    child.wait();
    int made = 0;
    {
      const HooksHere hooks({.step = [&] {
        if (++made != step) return;
        child.step();
        child.wait();
      }});
      mine(path);
    }
    if (made < step) {
      child.step();
      child.wait();
    }
    child.step();
    REQUIRE(child.join() == 0);
    REQUIRE(netabase::Lmdb::check_file(path).empty());
    if (made < step) return made;
  }
}

void require_upgraded(const Hooked2& store, std::uint64_t count) {
  require_sound(store);
  CHECK_FALSE(store.quick_get<journal_v2::Comment>(1).has_value());
  store.quick_put(journal_v2::Comment{.id = 1, .entry = 3, .text = "new"});
  auto txn = store.begin_read();
  CHECK(txn.open_tree<journal_v2::Comment>().by<&journal_v2::Comment::entry>().count(3) == 1);
  CHECK(txn.open_tree<journal_v2::Author>().by<&journal_v2::Author::email>().count() == count);
}

}  // namespace

TEST_CASE("a process that is to upgrade a file which another one upgrades gets the store") {
  for (const std::uint64_t theirs : {0U, 40U}) {
    for (const std::uint64_t mine : {0U, 40U}) {
      CAPTURE(theirs);
      CAPTURE(mine);
      const int steps = at_each_step([](const std::string& path) { write_journal(path, 30); },
                                     [&](const std::string& path) { Hooked2::open(in_batches(path, theirs)); },
                                     [&](const std::string& path) {
                                       netabase::Config config = in_batches(path, mine);
                                       config.backup_before_upgrade = path + ".before";
                                       require_upgraded(Hooked2::open(config), 30);
                                     });
      CHECK(steps > (mine == 0 ? 8 : 12));
    }
  }
}

TEST_CASE("a file that becomes newer while it is opened for reading is read with all tables") {
  int with_comments = 0;
  const int steps =
      at_each_step([](const std::string& path) { write_journal(path, 10); },
                   [](const std::string& path) { HookedBack::open(bringing_back(path)); },
                   [&](const std::string& path) {
                     const auto store = Hooked2::open(reading(path));
                     CHECK(store.quick_get<journal_v2::Author>(4)->full_name == "name 4");
                     const auto code = code_of([&] { store.quick_get<journal_v2::Comment>(1); });
                     if (!code) ++with_comments;
                     CHECK(code.value_or(netabase::ErrorCode::schema_mismatch) == netabase::ErrorCode::schema_mismatch);
                   });
  CHECK(steps > 3);
  CHECK(with_comments >= 2);  // after the file was opened and before it was looked at
}

TEST_CASE("a file that becomes less old while it is opened for reading is read with the tables it got") {
  int opened = 0;
  at_each_step(
      [](const std::string& path) { write_authors(path, 10); }, [](const std::string& path) { Hooked2::open(path); },
      [&](const std::string& path) {
        // Of the first version, titles of drafts would have to be converted.
        const auto code = code_of([&] {
          const auto store = HookedBack::open(reading(path));
          ++opened;
          CHECK(store.quick_get<journal_back::Author>(4)->full_name == "name 4");
          CHECK_FALSE(store.quick_get<journal_back::Comment>(1).has_value());
          CHECK(code_of([&] { store.quick_get<journal_back::Sketch>(1); }) == netabase::ErrorCode::schema_mismatch);
        });
        CHECK(code.value_or(netabase::ErrorCode::schema_mismatch) == netabase::ErrorCode::schema_mismatch);
      });
  CHECK(opened >= 2);
}

TEST_CASE("a file that becomes too new while it is opened is refused as such, with or without its tables") {
  for (const bool read_only : {false, true}) {
    CAPTURE(read_only);
    int refused = 0;
    const int steps = at_each_step(
        [](const std::string& path) { write_journal(path, 10); }, [](const std::string& path) { Hooked2::open(path); },
        [&](const std::string& path) {
          // The right answer, or an error that says why there is none.
          std::uint64_t count = 0;
          const auto code = code_of([&] {
            const auto store = Hooked1::open(read_only ? reading(path) : at(path));
            auto txn = store.begin_read();
            count = txn.open_tree<journal_v1::Author>().by<&journal_v1::Author::city>().count("Nice");
          });
          if (code) ++refused;
          // Who only reads may open it, and lacks the index.
          const bool is_right = (!code && count == 5) || code == netabase::ErrorCode::schema_newer ||
                                (read_only && code == netabase::ErrorCode::schema_mismatch);
          CHECK_MESSAGE(is_right, netabase::to_string(code.value_or(netabase::ErrorCode::corrupt)));
        });
    CHECK(steps >= 3);
    CHECK(refused == steps);
  }
}

TEST_CASE("a table that is really missing is damage, which is found out in few steps") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_authors(path, 10);
  { Journal2::open(path); }
  {
    const auto engine = netabase::Lmdb::open(at(path), 64);
    auto txn = engine->begin_write();
    txn.drop_table(*txn.find_table("Entry.text"));
    txn.commit();
  }
  int steps = 0;
  const HooksHere hooks({.step = [&] { ++steps; }});
  for (const bool read_only : {false, true}) {
    steps = 0;
    const std::string message = message_of([&] { Hooked2::open(read_only ? reading(path) : at(path)); });
    CHECK(contains(message, "the table Entry.text is missing in " + path));
    CHECK(steps <= 6);  // it was opened twice
  }
  CHECK(contains(message_of([&] { HookedBack::open(reading(path)); }), "the table Entry.text is missing in " + path));
  { Journal1::open(reading(path)); }  // which has no such index
}
