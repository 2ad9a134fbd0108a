/// \file
/// The command migrate: what it says of a file and a .capnp is what opening with the program does.

#include "blog.netabase.hpp"
#include "games.netabase.hpp"
#include "journal_back.netabase.hpp"
#include "journal_v1.netabase.hpp"
#include "journal_v2.netabase.hpp"
#include "journal_v3.netabase.hpp"
#include "letters_v1.netabase.hpp"
#include "letters_v2.netabase.hpp"
#include "netabase/migration.hpp"
#include "office.netabase.hpp"
#include "people.netabase.hpp"
#include "places.netabase.hpp"
#include "shelf_v1.netabase.hpp"
#include "shelf_v2.netabase.hpp"
#include "shop.netabase.hpp"
#include "sightings.netabase.hpp"
#include "tests/tools/stores.hpp"
#include "tools/schema/stored_of_capnp.hpp"
#include "tools/support.hpp"

using namespace netabase::tools;
using namespace netabase::tools::test;

namespace {

using Journal1 = netabase::Store<journal_v1::JournalDefinition>;
using Journal2 = netabase::Store<journal_v2::JournalDefinition>;
using Journal3 = netabase::Store<journal_v3::JournalDefinition>;
using Shelf1 = netabase::Store<shelf_v1::ShelfDefinition>;
using Shelf2 = netabase::Store<shelf_v2::ShelfDefinition>;

const std::string tests_folder = NETABASE_GOLDENS_DIR "/../..";

std::string capnp_of(const std::string& version) {
  return tests_folder + "/schemas/evolution/generated/" + version + ".capnp";
}

void make_journal(const std::string& path, std::uint64_t count) {
  const auto store = Journal1::open(path);
  store.with_write_transaction([&](auto& txn) {
    auto authors = txn.template open_tree<journal_v1::Author>();
    auto entries = txn.template open_tree<journal_v1::Entry>();
    for (std::uint64_t id = 1; id <= count; ++id) {
      journal_v1::Author author;
      author.id = id;
      author.name = "name " + std::to_string(id);
      author.email = std::to_string(id) + "@example.com";
      author.city = id % 2 == 0 ? "Lyon" : "Nice";
      author.age = static_cast<std::uint16_t>(20 + id);
      authors.put(author);
      entries.put({.id = id, .author = 1 + id % 3, .text = "text"});
    }
    txn.template open_tree<journal_v1::Draft>().put({.id = 1, .title = "draft"});
  });
}

void make_shelf(const std::string& path) {
  const auto store = Shelf1::open(path);
  store.quick_put(shelf_v1::Writer{.id = 1, .name = "writer"});
  for (std::uint64_t id = 1; id <= 9; ++id) {
    store.quick_put(shelf_v1::Book{.id = id, .writer_id = 1, .title = "title", .place = "left"});
  }
}

std::string bytes_of(const std::string& path) { return read_file(path); }

/// The schema of a committed .capnp, with that of the program beside it.
struct Pair {
  std::string capnp;
  std::string definition;
  std::string_view compiled;
};

template <class Definition>
Pair pair_of(const std::string& folder, const std::string& name) {
  return {tests_folder + folder + name + ".capnp", std::string(Definition::name), Definition::schema()};
}

}  // namespace

TEST_CASE("the schema that is made of a .capnp is the one in the header beside it, byte for byte") {
  const std::string generated = "/schemas/generated/";
  const std::string evolution = "/schemas/evolution/generated/";
  const Folder folder;
  make_people(folder / "people");
  const StoreFile nothing(folder / "people", Access::read);
  for (const Pair& pair : {
           pair_of<games::GamesDefinition>(generated, "games"),
           pair_of<office::OfficeDefinition>(generated, "office"),
           pair_of<places::PlacesDefinition>(generated, "places"),
           pair_of<people::PeopleDefinition>(generated, "people"),
           pair_of<shop::ShopDefinition>(generated, "shop"),
           pair_of<sightings::SightingsDefinition>(generated, "sightings"),
           pair_of<blog::BlogDefinition>("/../examples/blog/schema/generated/", "blog"),
           pair_of<journal_v1::JournalDefinition>(evolution, "journal_v1"),
           pair_of<journal_v2::JournalDefinition>(evolution, "journal_v2"),
           pair_of<journal_v3::JournalDefinition>(evolution, "journal_v3"),
           pair_of<journal_back::JournalDefinition>(evolution, "journal_back"),
           pair_of<letters_v1::LettersDefinition>(evolution, "letters_v1"),
           pair_of<letters_v2::LettersDefinition>(evolution, "letters_v2"),
           pair_of<shelf_v1::ShelfDefinition>(evolution, "shelf_v1"),
           pair_of<shelf_v2::ShelfDefinition>(evolution, "shelf_v2"),
       }) {
    CAPTURE(pair.capnp);
    CHECK((stored_of_capnp(pair.capnp, pair.definition, nothing.schema()) == pair.compiled));
  }
  CHECK((stored_of_capnp(tests_folder + "/compiler/codegen/goldens/kitchen_sink.capnp", "", nothing.schema()) ==
         kitchen_schema()));
}

TEST_CASE("a dry run says what opening would do, and only reads") {
  const Folder folder;
  make_journal(folder / "journal", 20);
  const std::string before = bytes_of(folder / "journal");
  const Result result = run({"migrate", folder / "journal", "--to", capnp_of("journal_v2"), "--dry-run"});
  CHECK(result.code == exit_ok);
  CHECK(result.err.empty());
  CHECK(contains(result.out, "The file has version 1 of JournalDefinition, "));
  CHECK(contains(result.out, "safe: Author.name is called full_name\n"));
  CHECK(contains(result.out, "safe: the index Author.email was added\n"));
  CHECK(contains(result.out, "Author: 20 records; to build: "));
  CHECK(contains(result.out, "; to drop: city, age\n"));
  CHECK(contains(result.out, "Draft: 1 record that stay, out of reach; to drop: title\n"));
  CHECK(contains(result.out, "Opening the file with the new program upgrades it.\n"));
  CHECK(bytes_of(folder / "journal") == before);

  const std::string json =
      output({"migrate", folder / "journal", "--to", capnp_of("journal_v2"), "--dry-run", "--json"});
  CHECK(contains(json, "{\"from\":1,\"to\":2,\"differences\":[\""));
  CHECK(contains(json, "\"Author\":{\"records\":20,\"needs_migration\":false,\"build\":["));
  CHECK(contains(json, "\"problems\":[],\"by_program\":[],\"ready\":true}\n"));
}

TEST_CASE("where all is safe, migrate does what the program would, and the program finds nothing to do") {
  const Folder folder;
  make_journal(folder / "journal", 20);
  std::filesystem::copy_file(folder / "journal", folder / "by_program");
  const Result result =
      run({"migrate", folder / "journal", "--to", capnp_of("journal_v2"), "--backup", folder / "before"});
  CHECK(result.err.empty());
  CHECK(result.code == exit_ok);
  CHECK(contains(result.out, "The file has version 2 now.\n"));
  { Journal2::open(folder / "by_program"); }
  CHECK(dump(folder / "journal") == dump(folder / "by_program"));
  CHECK(Lmdb::check_file(folder / "journal").empty());
  netabase::Config config;
  config.path = folder / "journal";
  CHECK_FALSE(Journal2::dry_run_upgrade(config).needed);
  {
    const auto store = Journal2::open(config);
    CHECK(store.check().ok());
    CHECK(store.quick_put(journal_v2::Entry{.id = 0, .author = 1, .text = "new"}).id == 21);
  }
  CHECK(Journal1::open(folder / "before").quick_get<journal_v1::Author>(7)->name == "name 7");
  CHECK(contains(output({"migrate", folder / "journal", "--to", capnp_of("journal_v2")}), "nothing to do"));
  const Result back = run({"migrate", folder / "journal", "--to", capnp_of("journal_v1")});
  CHECK(back.code == exit_found);
  CHECK(contains(back.err, "is the older version 1"));
}

TEST_CASE("two records with one key of a unique index are named, and nothing is done") {
  const Folder folder;
  make_journal(folder / "journal", 20);
  {
    journal_v1::Author twin;
    twin.id = 77;
    twin.email = "5@example.com";
    Journal1::open(folder / "journal").quick_put(twin);
  }
  const std::string before = bytes_of(folder / "journal");
  const std::string words = "the records 5 and 77 of Author have the same key of the unique index email";
  const Result dry = run({"migrate", folder / "journal", "--to", capnp_of("journal_v2"), "--dry-run"});
  CHECK(dry.code == exit_found);
  CHECK(contains(dry.out, "problem: " + words + "\n"));
  const Result result = run({"migrate", folder / "journal", "--to", capnp_of("journal_v2"), "--backup", folder / "b"});
  CHECK(result.code == exit_found);
  CHECK(contains(result.out, words));
  CHECK(contains(result.err, "stands in the way"));
  CHECK(contains(result.err, "nothing was changed"));
  CHECK(bytes_of(folder / "journal") == before);
  CHECK_FALSE(std::filesystem::exists(folder / "b"));
}

TEST_CASE("where a function is needed, migrate says of which models, and leaves it to the program") {
  const Folder folder;
  make_journal(folder / "journal", 20);
  const std::string before = bytes_of(folder / "journal");
  for (const bool dry : {true, false}) {
    std::vector<std::string> words{"migrate", folder / "journal", "--to", capnp_of("journal_v3")};
    if (dry) words.emplace_back("--dry-run");
    const Result result = run(words);
    CHECK(result.code == exit_found);
    CHECK(contains(result.out, "needs a migration: the primary key of Entry changed from (id) to (author, id)\n"));
    CHECK(contains(result.out, "Author: 20 records to be migrated"));
    CHECK(contains(dry ? result.out : result.err,
                   "only a program with a netabase::Migration for Author, Entry can upgrade the file"));
  }
  CHECK(bytes_of(folder / "journal") == before);
}

TEST_CASE("links and computed indexes: what leads nowhere is named, what only the program knows is said") {
  const Folder folder;
  make_shelf(folder / "shelf");
  const Result result = run({"migrate", folder / "shelf", "--to", capnp_of("shelf_v2"), "--dry-run"});
  CHECK(result.code == exit_ok);
  CHECK(contains(result.out, "note: the index Book.initial is computed by the program's function initial()"));
  const Result refused = run({"migrate", folder / "shelf", "--to", capnp_of("shelf_v2")});
  CHECK(refused.code == exit_found);
  CHECK(contains(refused.err, "only the new program can do it"));
  {
    const auto store = Shelf1::open(folder / "shelf");
    store.quick_put(shelf_v1::Book{.id = 17, .writer_id = 99, .title = std::string(21, 'x'), .place = ""});
  }
  const Result lost = run({"migrate", folder / "shelf", "--to", capnp_of("shelf_v2"), "--dry-run"});
  CHECK(lost.code == exit_found);
  CHECK(contains(lost.out, "problem: Book 17 links to Writer 99 (Book.writer_id), which is not there\n"));
  CHECK(contains(lost.out, "problem: of Book 17, Book.title has a value of 21 bytes, and its max_length is 20"));
}

TEST_CASE("while an upgrade is under way the command writes nothing, and it can be taken back") {
  const Folder folder;
  make_journal(folder / "journal", 20);
  const auto before = dump(folder / "journal");
  netabase::Config config;
  config.path = folder / "journal";
  config.upgrade_batch = 5;
  int reports = 0;
  config.upgrade_progress = [&](const netabase::UpgradeProgress&) {
    if (++reports == 3) throw std::runtime_error("stop");
  };
  CHECK_THROWS_WITH(Journal2::open(config), "stop");
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"repair-indexes", folder / "journal"},
        {"import", folder / "journal", "--replace"},
        {"migrate", folder / "journal", "--to", capnp_of("journal_v2")},
        {"migrate", folder / "journal", "--to", capnp_of("journal_v2"), "--dry-run"}}) {
    const Result result = run(words, "{\"$model\":\"Entry\",\"id\":1}\n");
    CHECK(result.code == exit_file);
    CHECK(contains(result.err, "from version 1 of its schema to 2 is under way: 10 of "));
  }
  CHECK(run({"check", folder / "journal"}).code == exit_ok);
  CHECK(output({"get", folder / "journal", "Author", "7"}) != "");
  CHECK(contains(output({"migrate", folder / "journal", "--abandon"}), "was taken back"));
  CHECK(dump(folder / "journal") == before);
  CHECK(contains(output({"migrate", folder / "journal", "--abandon"}), "No upgrade is under way"));
  CHECK(Journal1::open(folder / "journal").check().ok());
}

TEST_CASE("wrong usage of migrate") {
  const Folder folder;
  make_journal(folder / "journal", 2);
  CHECK(run({"migrate", folder / "journal"}).code == exit_usage);
  CHECK(run({"migrate", folder / "journal", "--to", capnp_of("letters_v1")}).code == exit_usage);
  CHECK(run({"migrate", folder / "journal", "--to", capnp_of("missing")}).code == exit_file);
  CHECK(run({"migrate", folder / "missing", "--to", capnp_of("journal_v2")}).code == exit_file);
  CHECK(run({"migrate", folder / "journal", "--abandon", "--dry-run"}).code == exit_usage);
  write_file(folder / "broken.capnp", "struct {");
  CHECK(run({"migrate", folder / "journal", "--to", folder / "broken.capnp"}).code == exit_usage);
  write_file(folder / "other.capnp", "@0xe0d6726ee46a424d;\nstruct A {}\n");
  CHECK(run({"migrate", folder / "journal", "--to", folder / "other.capnp"}).code == exit_usage);
  const Result exists =
      run({"migrate", folder / "journal", "--to", capnp_of("journal_v2"), "--backup", folder / "journal"});
  CHECK(exists.code != exit_ok);
  CHECK(Journal1::open(folder / "journal").check().ok());
}
