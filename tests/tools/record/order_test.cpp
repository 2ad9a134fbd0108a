// Sets, maps and arrays come into records as their program writes them.

#include "tests/tools/stores.hpp"
#include "tests/tools/support.hpp"

using namespace netabase::tools;
using namespace netabase::tools::test;

TEST_CASE("sets and maps are put in order") {
  const Folder folder;
  make_empty_sightings(folder / "sightings");
  output({"import", folder / "sightings"},
         R"({"$model":"Sighting","camera":"c","tags":["b","a","\u00e9"],"lenses":[3,-1],"copies":["a-b","a/b"],)"
         R"("groups":[[2,1]]})");
  const std::string found = output({"export", folder / "sightings"});
  CHECK(contains(found, "\"tags\":[\"a\",\"b\",\"\xc3\xa9\"],\"lenses\":[-1,3],"));
  CHECK(contains(found, R"("copies":["a/b","a-b"])"));  // as paths compare
  CHECK(contains(found, R"("groups":[[1,2]])"));
  CHECK(problems_of_sightings(folder / "sightings") == "");

  make_empty_games(folder / "games");
  output({"import", folder / "games"}, R"({"$model":"Game","id":7,"scores":[{"key":"b","value":1},{"key":"a"}],)"
                                       R"("clocks":[{"key":"x","value":[{"key":"black"},{"key":"white"}]}]})");
  const std::string game = output({"get", folder / "games", "Game", "7", "--json"});
  CHECK(contains(game, R"("scores":[{"key":"a","value":0},{"key":"b","value":1}])"));
  CHECK(contains(game, R"([{"key":"white","value":0},{"key":"black","value":0}])"));
  CHECK(problems_of_games(folder / "games") == "");
  // From messages, too.
  output({"export", folder / "games", "Game", "--format", "capnp", "-o", folder / "messages"});
  output({"import", folder / "games", folder / "messages", "--format", "capnp", "--model", "Game", "--replace"});
  CHECK(output({"get", folder / "games", "Game", "7", "--json"}) == game);
}

TEST_CASE("an element that a set has twice, and arrays of another length, are refused") {
  const Folder folder;
  make_empty_sightings(folder / "store");
  struct Case {
    const char* fields;
    const char* expected;
  };
  for (const Case& one :
       {Case{R"("tags":["a","b","a"])", "the field tags: a set has an element twice: the elements 0 and 2"},
        Case{R"("groups":[[],[1,1]])", "the field groups[1]: a set has an element twice"},
        Case{R"("size":[1,2,3])", "the field size takes an array of 2 elements, not of 3"},
        Case{R"("uuid":"AAAA")", "the field uuid takes 16 bytes as base64"}}) {
    const Result result = run({"import", folder / "store"}, R"({"$model":"Sighting",)" + std::string(one.fields) + "}");
    INFO(result.err);
    CHECK(result.code == exit_found);
    CHECK(contains(result.err, one.expected));
  }
  make_empty_games(folder / "games");
  CHECK(contains(run({"import", folder / "games"}, R"({"$model":"Game","scores":[{"key":"a"},{"key":"a"}]})").err,
                 "the field scores: a map has a key twice"));
}
