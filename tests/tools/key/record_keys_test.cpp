// Keys of every kind, and those that only the program can tell.

#include "tests/tools/stores.hpp"
#include "tests/tools/support.hpp"

using namespace netabase::tools;
using namespace netabase::tools::test;

TEST_CASE("integers of 128 bits are exact numbers, as keys and as fields") {
  const Folder folder;
  make_sightings(folder / "store");
  const std::string greatest = "170141183460469231731687303715884105727";
  const std::string least = "-170141183460469231731687303715884105728";
  CHECK(output({"get", folder / "store", "Account", greatest, "--json"}) ==
        "{\"number\":" + greatest + ",\"age\":60}\n");
  CHECK(output({"scan", folder / "store", "Account", "--to", "0", "--json"}) ==
        "{\"number\":" + least + ",\"age\":-60}\n");
  const std::string all_ones = "340282366920938463463374607431768211455";
  CHECK(contains(output({"find", folder / "store", "Sighting", "--index", "by_serial", all_ones, "--json"}),
                 "\"serial\":" + all_ones + ","));
  CHECK(contains(output({"find", folder / "store", "Sighting", "--index", "distance", "-5", "--json"}),
                 "\"distance\":-5,"));
  for (const std::string word : {"170141183460469231731687303715884105728", "", "-", "1x", "1.5"}) {
    const Result result = run({"get", folder / "store", "Account", word});
    INFO(word);
    CHECK(result.code == exit_usage);
    CHECK(contains(result.err, "takes an integer from " + least + " to " + greatest));
  }
  CHECK(run({"find", folder / "store", "Sighting", "--index", "by_serial", "-1"}).code == exit_usage);
  CHECK(run({"find", folder / "store", "Sighting", "--index", "by_serial", all_ones + "0"}).code == exit_usage);
  CHECK(contains(output({"schema", folder / "store", "--text"}), "  unsigned __int128 serial\n"));

  output({"import", folder / "store", "--model", "Account"}, R"({"number":"-18446744073709551617"})");
  CHECK(contains(output({"get", folder / "store", "Account", "-18446744073709551617", "--json"}),
                 "\"number\":-18446744073709551617,"));
  CHECK(problems_of_sightings(folder / "store") == "");
  const Result refused = run({"import", folder / "store"}, R"({"$model":"Account","number":)" + all_ones + "}");
  CHECK(refused.code == exit_found);
  CHECK(contains(refused.err, "the field number takes an integer from " + least));
}

TEST_CASE("an array that is not named has its defaults, and one of another length is refused") {
  const Folder folder;
  make_empty_sightings(folder / "store");
  output({"import", folder / "store"}, R"({"$model":"Sighting","camera":"door"})");
  CHECK(contains(output({"find", folder / "store", "Sighting", "--index", "size", "0", "--json"}), "\"door\""));
  CHECK(problems_of_sightings(folder / "store") == "");
  CHECK(contains(output({"check", folder / "store"}), "all is well"));
  const Result result = run({"import", folder / "store"}, R"({"$model":"Sighting","camera":"x","size":[1]})");
  CHECK(result.code == exit_found);
  CHECK(contains(result.err, "the field size takes an array of 2 elements, not of 1"));
}

TEST_CASE("maps are found by their keys") {
  const Folder folder;
  make_games(folder / "store");
  const auto ids = [&](const std::string& index, const std::string& key) {
    return run({"find", folder / "store", "Game", "--index", index, key, "--json"});
  };
  CHECK(contains(ids("scores", "bob").out, "{\"id\":1,"));
  CHECK(contains(ids("notes", "-7").out, "{\"id\":1,"));
  CHECK(contains(ids("tags", "cafe").out, "{\"id\":1,"));
  CHECK(ids("scores", "cy").code == exit_found);
  CHECK(contains(ids("tags", "ca").err, "is no value of tags, which takes 2 bytes"));
  output({"repair-indexes", folder / "store"});
  CHECK(problems_of_games(folder / "store") == "");
}

TEST_CASE("keys of nested fields are followed, and absent ones on the way are left out") {
  const Folder folder;
  make_people(folder / "store");
  const auto found = [&](const std::string& index, const std::string& key) {
    return run({"find", folder / "store", "Person", "--index", index, key, "--json"}).out;
  };
  CHECK(contains(found("by_country_zip", "GB"), "{\"id\":1,"));
  CHECK(contains(found("by_work_zip", "E1"), "{\"id\":1,"));
  CHECK(found("by_work_zip", "W1") == "");
  CHECK(contains(found("by_work_line", "Mill Lane"), "{\"id\":1,"));
  CHECK(contains(found("by_work_zip_age", "null"), "{\"id\":2,"));
}

TEST_CASE("what the program computes can be searched for, and not be made") {
  const Folder folder;
  make_people(folder / "store");
  CHECK(
      contains(output({"find", folder / "store", "Person", "--index", "domain", "example.com", "--json"}), "\"bob\""));
  CHECK(contains(output({"find", folder / "store", "Person", "--index", "decade", "3", "--json"}), "\"ada\""));
  CHECK(contains(output({"find", folder / "store", "Person", "--index", "by_active_age", "--json"}), "\"ada\""));
  CHECK(run({"find", folder / "store", "Person", "--index", "by_active_age", "7"}).code == exit_found);

  const std::string checked = output({"check", folder / "store"});
  CHECK(contains(checked,
                 "Note: index Person.domain is computed by the program's function domain(): that its entries name "
                 "records was checked, but not that they are all there\n"));
  CHECK(contains(checked,
                 "Note: index Person.handle has only records for which the program's is_active() says yes: its "
                 "entries were checked against their records, but not that they are all there\n"));
  CHECK_FALSE(contains(checked, "Person.by_team_rank"));
  CHECK(contains(checked, "all is well"));

  const auto before = dump(folder / "store");
  const Result imported = run({"import", folder / "store"}, R"({"$model":"Person","id":9})");
  CHECK(imported.code == exit_usage);
  CHECK(contains(imported.err, "records of this model can be put by the program alone"));
  const Result repaired = run({"repair-indexes", folder / "store"});
  CHECK(repaired.code == exit_usage);
  CHECK(contains(repaired.err, "indexes of this model can be made by the program alone; name the other models"));
  CHECK(dump(folder / "store") == before);
  output({"import", folder / "store"}, R"({"$model":"Note","owner":9,"name":"n","tags":["t"]})");
  output({"repair-indexes", folder / "store", "Note"});
  CHECK(problems_of_people(folder / "store") == "");
}

TEST_CASE("check tests what it can of entries that the program makes") {
  struct Fault {
    const char* index;
    bool is_problem;  // that all entries are gone
  };
  for (const Fault& fault : {Fault{"Person.domain", false}, Fault{"Person.by_active_age", false},
                             Fault{"Person.by_team_rank", true}, Fault{"Person.by_zip", true}}) {
    INFO(fault.index);
    const Folder folder;
    make_people(folder / "store");
    damage(folder / "store", [&](Lmdb::WriteTransaction& txn, const auto& of) { txn.clear(of(fault.index)); });
    CHECK((run({"check", folder / "store"}).code == exit_found) == fault.is_problem);
  }
  // An entry that names no record, in each.
  for (const std::string index : {"Person.domain", "Person.handle", "Person.by_active_age", "Person.by_team_rank"}) {
    INFO(index);
    const Folder folder;
    make_people(folder / "store");
    damage(folder / "store", [&](Lmdb::WriteTransaction& txn, const auto& of) {
      auto cursor = txn.cursor(of("Person"));
      REQUIRE(cursor.first());
      txn.erase(of("Person"), netabase::Bytes(cursor.key()));
    });
    const Result result = run({"check", folder / "store"});
    CHECK(result.code == exit_found);
    CHECK(contains(result.out, "of index " + index + ": no record has this key"));
  }
}

TEST_CASE("an index of the records for which a field says yes") {
  const Folder folder;
  make_shop(folder / "shop");
  const std::string lines = output({"export", folder / "shop", "Product"});
  make_empty_shop(folder / "store");
  change_schema(folder / "store", [](netabase::stored::StoredSchema::Builder schema) {
    for (auto model : schema.getModels()) {
      for (auto index : model.getIndexes()) {
        if (model.getName() == "Product" && index.getName() == "rating") index.setWhere("on_sale");
      }
    }
  });
  output({"import", folder / "store"}, lines);
  const std::vector<std::string> find = {"find", folder / "store", "Product", "--index", "rating", "--json"};
  const std::string found = output(find);
  CHECK(contains(found, "\"hammer\""));
  CHECK_FALSE(contains(found, "\"odd\""));
  CHECK(contains(output({"check", folder / "store"}), "all is well"));
  output({"repair-indexes", folder / "store"});
  CHECK(output(find) == found);
  // It leaves the index with the field.
  output({"import", folder / "store", "--replace"}, R"({"$model":"Product","sku":"hammer","on_sale":false})");
  CHECK(run(find).code == exit_found);
  CHECK(contains(output({"check", folder / "store"}), "all is well"));
}
