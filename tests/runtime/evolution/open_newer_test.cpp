/// \file
/// A file with a newer schema: what an older program may do with it, also when the file is upgraded while it has the
/// store open.

#include "runtime/evolution/child.hpp"
#include "runtime/evolution/hooked_lmdb.hpp"
#include "runtime/evolution/support.hpp"

using namespace evolution_test;

TEST_CASE("a newer file is refused for writing, and read as far as it is known") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 10);
  { Journal2::open(path); }
  CHECK(code_of([&] { Journal1::open(path); }) == netabase::ErrorCode::schema_newer);
  const std::string message = message_of([&] { Journal1::open(path); });
  CHECK(contains(message, "the index Author.email was added"));
  CHECK(contains(message, "Config::read_only"));

  const auto store = Journal1::open(reading(path));
  require_sound(store);
  auto txn = store.begin_read();
  const auto authors = txn.open_tree<journal_v1::Author>();
  CHECK(authors.get(4)->name == "name 4");
  CHECK(authors.get(4)->age == 24);
  CHECK(code_of([&] { (void)authors.by<&journal_v1::Author::city>(); }) == netabase::ErrorCode::schema_mismatch);
  CHECK(txn.open_tree<journal_v1::Entry>().by<&journal_v1::Entry::author>().count(1) == 3);
  CHECK(txn.open_tree<journal_v1::Draft>().len() == 10);
  CHECK(code_of([&] { (void)txn.open_tree<journal_v1::Draft>().by<&journal_v1::Draft::title>(); }) ==
        netabase::ErrorCode::schema_mismatch);
}

TEST_CASE(
    "a newer file that lacks the table of a model, which was removed when it had no records, is read without it") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  { Journal1::open(path).quick_put(author(4)); }
  { Journal2::open(path); }
  const auto store = Journal1::open(reading(path));
  require_sound(store);
  CHECK(store.quick_get<journal_v1::Author>(4)->name == "name 4");
  CHECK(code_of([&] { store.quick_get<journal_v1::Draft>(1); }) == netabase::ErrorCode::schema_mismatch);
  CHECK(contains(message_of([&] { store.quick_get<journal_v1::Sketch>(1); }), "has no table Sketch"));
}

TEST_CASE("a newer file whose records do not follow is refused for reading, too") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  { Journal3::open(path); }
  CHECK(code_of([&] { Journal2::open(reading(path)); }) == netabase::ErrorCode::schema_newer);
  CHECK(contains(message_of([&] { Journal2::open(reading(path)); }), "the primary key of Entry changed"));
}

TEST_CASE("a process that has the store open while another one upgrades it cannot write any more") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 10);
  Child child([&](const auto& pause) {
    const auto store = Journal1::open(path);
    auto snapshot = store.begin_read();
    pause();
    if (snapshot.open_tree<journal_v1::Author>().template by<&journal_v1::Author::city>().count("Nice") != 5) return 1;
    if (code_of([&] { store.begin_write(); }) != netabase::ErrorCode::schema_newer) return 2;
    if (code_of([&] { store.try_begin_write(); }) != netabase::ErrorCode::schema_newer) return 3;
    if (code_of([&] { store.quick_put(author(99)); }) != netabase::ErrorCode::schema_newer) return 4;
    // Its indexes were dropped: an empty answer would be wrong.
    if (code_of([&] { store.begin_read(); }) != netabase::ErrorCode::schema_newer) return 5;
    return 0;
  });
  child.wait();
  { require_sound(Journal2::open(path)); }
  child.step();
  CHECK(child.join() == 0);
  const auto store = Journal2::open(path);
  require_sound(store);
  CHECK_FALSE(store.quick_get<journal_v2::Author>(99).has_value());
}

TEST_CASE("whatever a process did before, it notices the upgrade by another one at the next transaction") {
  for (int before = 0; before < 5; ++before) {
    CAPTURE(before);
    const TemporaryFolder folder;
    const std::string path = folder.file("journal.mdb");
    write_journal(path, 10);
    Child child([&](const auto& pause) {
      const auto store = Journal1::open(path);
      store.quick_put(author(50));
      store.begin_read();
      if (before == 1) store.begin_write().commit();  // stores nothing, and makes no version of the file
      if (before == 2) store.begin_write().rollback();
      if (before == 3)
        store.with_write_transaction([](auto& txn) { txn.template open_tree<journal_v1::Author>().put(author(51)); });
      if (before == 4) {
        auto txn = store.begin_write();
        auto nested = txn.begin_nested();
        nested.template open_tree<journal_v1::Author>().put(author(51));
        nested.rollback();
        txn.commit();
      }
      pause();
      if (code_of([&] { store.begin_write(); }) != netabase::ErrorCode::schema_newer) return 1;
      if (code_of([&] { store.begin_read(); }) != netabase::ErrorCode::schema_newer) return 2;
      return 0;
    });
    child.wait();
    { require_sound(Journal2::open(path)); }
    child.step();
    CHECK(child.join() == 0);
  }
}

TEST_CASE("a process that has the store open while another one only adds fields goes on, and keeps them") {
  const TemporaryFolder folder;
  const std::string path = folder.file("letters.mdb");
  { Letters1::open(path); }
  Child child([&](const auto& pause) {
    const auto store = Letters1::open(path);
    letters_v1::Letter letter;
    letter.id = 1;
    store.quick_put(letter);
    pause();
    const auto read = store.template quick_get<letters_v1::Letter>(2);
    if (!read || read->subject != "new") return 1;
    letter = *read;
    letter.subject = "changed";
    store.quick_put(letter);
    return 0;
  });
  child.wait();
  {
    const auto store = Letters2::open(path);
    letters_v2::Letter letter;
    letter.id = 2;
    letter.subject = "new";
    letter.note = "kept";
    store.quick_put(letter);
    child.step();
    CHECK(child.join() == 0);
    CHECK(store.quick_get<letters_v2::Letter>(2)->subject == "changed");
    CHECK(store.quick_get<letters_v2::Letter>(2)->note == "kept");
    CHECK(store.quick_get<letters_v2::Letter>(1)->note == "none");
    require_sound(store);
  }
}

TEST_CASE("a process notices the upgrade although its commits' numbers began anew, by another thread or right now") {
  for (const bool late : {true, false}) {
    CAPTURE(late);
    const TemporaryFolder folder;
    const std::string path = folder.file("journal.mdb");
    write_journal(path, 10);
    std::uint64_t number = 0;
    {
      const auto store = Journal1::open(path);
      for (std::uint64_t id = 20; id < 30; ++id) store.quick_put(author(id));
      number = store.stats().last_transaction + 1;  // of the commit that the child makes
    }
    Child child([&](const auto& pause) {
      const auto store = netabase::Store<journal_v1::JournalDefinition, HookedLmdb>::open(path);
      int result = 0;
      const auto expect_refusal = [&] {
        pause();
        if (code_of([&] { store.begin_read(); }) != netabase::ErrorCode::schema_newer) result += 1;
        if (code_of([&] { store.begin_write(); }) != netabase::ErrorCode::schema_newer) result += 2;
      };
      Hooks& hooks = HookedLmdb::hooks();
      if (late) {
        // As when another thread compacts before this one has noted what it committed.
        hooks.after_commit = [&] { store.compact(); };
        store.quick_put(author(50));
        expect_refusal();
      } else {
        hooks.after_compact = expect_refusal;
        store.quick_put(author(50));
        store.begin_read();
        store.compact();
      }
      return result;
    });
    child.wait();
    {
      const auto store = Journal1::open(path);
      REQUIRE(store.stats().last_transaction < number - 1);
      while (store.stats().last_transaction < number - 1) {
        store.quick_put(author(60 + store.stats().last_transaction));
      }
    }
    {
      const auto store = Journal2::open(path);
      REQUIRE(store.stats().last_transaction == number);
    }
    child.step();
    CHECK(child.join() == 0);
  }
}
