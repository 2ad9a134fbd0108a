// What records link to is there after an import, and check says where it is not.

#include "tests/tools/stores.hpp"
#include "tests/tools/support.hpp"

using namespace netabase::tools;
using namespace netabase::tools::test;

TEST_CASE("an import may name later records, and none that is missing at its end") {
  const Folder folder;
  make_empty_office(folder / "store");
  output({"import", folder / "store"}, R"({"$model":"Team","name":"t","lead":1,"members":[2],"within":"t"}
{"$model":"Person","id":1,"boss":2}
{"$model":"Person","id":2}
)");
  CHECK(problems_of_office(folder / "store") == "");
  const auto before = dump(folder / "store");

  const std::string dangling = R"({"$model":"Person","id":3,"boss":3}
{"$model":"Person","id":4,"boss":77}
)";
  for (const std::string option : {"--replace", "--continue"}) {
    const Result result = run({"import", folder / "store", "-", option}, dangling);
    INFO(option, ": ", result.err);
    CHECK(result.code == exit_found);
    CHECK(
        contains(result.err, "standard input, line 2: Person 4 links to Person 77 (Person.boss), which is not there"));
    CHECK(contains(result.err, "Nothing was imported"));
    CHECK(dump(folder / "store") == before);
  }
  const Result list = run({"import", folder / "store"}, R"({"$model":"Team","name":"u","lead":1,"members":[1,5]})");
  CHECK(list.code == exit_found);
  CHECK(contains(list.err, "line 1: Team \"u\" links to Person 5 (Team.members), which is not there"));
  CHECK(run({"import", folder / "store"}, R"({"$model":"Badge","person":5,"code":"c"})").code == exit_found);
  CHECK(dump(folder / "store") == before);
}

TEST_CASE("a record that is replaced in the same import no longer links to what the first one did") {
  const Folder folder;
  make_empty_office(folder / "store");
  output({"import", folder / "store", "-", "--replace"}, R"({"$model":"Person","id":4,"boss":77}
{"$model":"Person","id":4,"boss":4}
)");
  CHECK(problems_of_office(folder / "store") == "");
}

TEST_CASE("check names links that lead nowhere") {
  const Folder folder;
  make_office(folder / "store");
  CHECK(contains(output({"check", folder / "store"}), "all is well"));
  damage(folder / "store", [](Lmdb::WriteTransaction& txn, const auto& of) {
    auto cursor = txn.cursor(of("Team"));
    REQUIRE(cursor.first());
    REQUIRE(cursor.next());  // the one with the long name, which is stored as a hash
    txn.erase(of("Team"), netabase::Bytes(cursor.key()));
  });
  const Result result = run({"check", folder / "store"});
  CHECK(result.code == exit_found);
  CHECK(contains(result.out, "record \"near\" of Team: its link Team.within names Team \"" + std::string(700, 't') +
                                 "\", which is not there"));
  CHECK(contains(result.out, "record 1 of Task: its link Task.team names Team "));
}

TEST_CASE("the schema says what links to what") {
  const Folder folder;
  make_empty_office(folder / "store");
  CHECK(contains(output({"schema", folder / "store", "--text"}),
                 "  index boss (boss): no entry when absent, a link to Person, on_delete = set_null\n"));
  CHECK(contains(output({"schema", folder / "store", "--json"}), R"("link":"Person","on_delete":"set_null")"));
}
