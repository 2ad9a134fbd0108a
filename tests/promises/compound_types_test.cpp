/// \file
/// Promise: pairs, tuples, variants and maps are read back as they were put, owned and borrowed, and a map's keys find
/// the records that have them.

#include <stdexcept>
#include <string>
#include <vector>

#include "games.netabase.hpp"
#include "promises/support.hpp"

using namespace promises;

namespace {

using games::Colour;
using games::Game;

template <class Engine>
using GameStore = netabase::Store<games::GamesDefinition, Engine>;

Game opening(std::uint64_t id) {
  Game out;
  out.id = id;
  out.scores = {{"ann", 3}, {"bob", -1}};
  out.notes = {{7, {{1, 2}, {3, 4}, "sharp"}}, {-7, {}}};
  out.tags = {{{1, 2}, {"open", "slow"}}};
  out.players = {"ann", "bob"};
  out.rules = {std::uint8_t{2}, true, 0.25};
  out.moves = {{{5, 2}, {5, 4}, std::nullopt}, {{5, 7}, {5, 5}, "!"}};
  out.result = games::Resigned{Colour::white};
  out.log.emplace_back(std::in_place_index<1>, "second");
  out.log.emplace_back(std::int32_t{5});
  out.clocks = {{"ann", {{Colour::white, 60U}}}, {"bob", {}}};
  return out;
}

/// Fails while a variant is given a value.
struct Failing {
  operator games::Move() const { throw std::runtime_error("no value"); }
};

}  // namespace

ON_BOTH_ENGINES("pairs, tuples, variants and maps are read back as they were put") {
  const auto store = GameStore<Engine>::temp();
  auto txn = store.begin_write();
  auto tree = txn.template open_tree<Game>();
  tree.put(opening(1));
  tree.put(Game{});
  CHECK(tree.get(1) == opening(1));
  CHECK(tree.get(0) == Game{});

  const auto ref = tree.get_borrowed(1);
  REQUIRE(ref.has_value());
  CHECK(ref->players().second == "bob");
  CHECK(std::get<2>(ref->rules()) == 0.25);
  CHECK(ref->moves()[1].to() == std::pair<std::int8_t, std::int8_t>(5, 5));
  const auto result = ref->result();
  REQUIRE(std::get_if<games::ResignedRef>(&result) != nullptr);
  CHECK(std::get<games::ResignedRef>(result).side() == Colour::white);
  CHECK(ref->log()[0].index() == 1);
  CHECK(std::get<1>(ref->log()[0]) == "second");
  CHECK(ref->scores().find("bob") == -1);
  CHECK_FALSE(ref->scores().find("carl").has_value());
  CHECK(ref->notes().find(7)->remark() == "sharp");
  CHECK(collect(ref->notes().keys(), [](std::int64_t key) { return key; }) == std::vector<std::int64_t>{-7, 7});
  CHECK(ref->clocks().find("ann")->find(Colour::white) == 60U);
  CHECK(ref->tags().find({1, 2})->size() == 2);
}

ON_BOTH_ENGINES("a record is found by each key of its maps, as long as it has it") {
  const auto store = GameStore<Engine>::temp();
  auto txn = store.begin_write();
  auto tree = txn.template open_tree<Game>();
  tree.put_many(std::vector<Game>{opening(2), opening(1), Game{}});
  const auto by_player = tree.template by<&Game::scores>();
  CHECK(ids(by_player.equal("ann")) == Ids{1, 2});
  CHECK(by_player.count() == 4);
  CHECK(ids(tree.template by<&Game::notes>().equal(-7)) == Ids{1, 2});
  CHECK(ids(tree.template by<&Game::tags>().equal(std::array<std::uint8_t, 2>{1, 2})) == Ids{1, 2});

  Game changed = opening(2);
  changed.scores = {{"bob", 100}, {"carl", 0}};  // another value under a key is no other entry
  tree.put(changed);
  CHECK(ids(by_player.equal("ann")) == Ids{1});
  CHECK(ids(by_player.equal("bob")) == Ids{1, 2});
  CHECK(ids(by_player.equal("carl")) == Ids{2});
  tree.remove(1);
  CHECK(ids(by_player.equal("ann")).empty());
}

ON_BOTH_ENGINES("a variant without a value is refused, and nothing of its record is stored") {
  const auto store = GameStore<Engine>::temp();
  auto txn = store.begin_write();
  auto tree = txn.template open_tree<Game>();
  tree.put(opening(1));
  Game broken = opening(1);
  broken.scores = {{"nobody", 0}};
  CHECK_THROWS_AS(broken.result.template emplace<games::Move>(Failing()), std::runtime_error);
  REQUIRE(broken.result.valueless_by_exception());
  CHECK_THROWS_WITH_AS(tree.put(broken), doctest::Contains("a variant of the record has no value"), netabase::Error);
  CHECK_THROWS_AS(tree.put_many(std::vector<Game>{opening(2), broken}), netabase::Error);
  CHECK(tree.len() == 1);
  CHECK(tree.get(1) == opening(1));
  CHECK(ids(tree.template by<&Game::scores>().equal("nobody")).empty());
  txn.commit();
}

TEST_CASE("they outlive the process that stored them") {
  const TemporaryFolder folder;
  {
    const auto store = GameStore<netabase::Lmdb>::open(folder.file("games.mdb"));
    auto txn = store.begin_write();
    txn.open_tree<Game>().put(opening(1));
    txn.commit();
  }
  const auto store = GameStore<netabase::Lmdb>::open(folder.file("games.mdb"));
  auto read = store.begin_read();
  CHECK(read.open_tree<Game>().get(1) == opening(1));
  CHECK(ids(read.open_tree<Game>().by<&Game::notes>().equal(7)) == Ids{1});
}
