/// \file
/// A store of pairs, tuples, variants and maps, with keys of maps' keys, behaves as plain maps do.

#include "games.netabase.hpp"
#include "runtime/typed/values.hpp"
#include "runtime/typed/writes.hpp"

namespace typed_test {

namespace {

games::Move some_move(Random& random) {
  games::Move out;
  out.from = {number<std::int8_t>(random, 8), number<std::int8_t>(random, 8)};
  out.to.second = number<std::int8_t>(random, 8);
  if (random.one_in(2)) out.remark = short_text(random);
  return out;
}

decltype(games::Game::result) some_result(Random& random) {
  switch (random.below(5)) {
    case 0:
      return games::Colour::black;
    case 1:
      return games::Resigned{games::Colour::white};
    case 2:
      return short_text(random);
    case 3:
      return some_move(random);
    default:
      return {};
  }
}

/// The keys of a map, as one key each.
template <class Map>
std::vector<Key> map_keys(const Map& map) {
  std::vector<Key> out;
  for (const auto& [key, value] : map) out.push_back({part(key)});
  return out;
}

}  // namespace

template <>
struct Oracle<games::Game> {
  static games::Game random(Random& random) {
    games::Game out;
    out.id = random.below(60);
    for (std::size_t i = random.below(4); i > 0; --i) out.scores[short_text(random)] = number<std::int32_t>(random, 9);
    for (std::size_t i = random.below(4); i > 0; --i) out.notes[number<std::int64_t>(random, 6)] = some_move(random);
    for (std::size_t i = random.below(3); i > 0; --i) {
      out.tags[{static_cast<std::uint8_t>(random.below(3)), 0}].push_back(short_text(random));
    }
    out.players = {short_text(random), short_text(random)};
    if (random.one_in(2)) out.rules = {std::uint8_t{3}, true, 0.5};
    for (std::size_t i = random.below(4); i > 0; --i) out.moves.push_back(some_move(random));
    out.result = some_result(random);
    for (std::size_t i = random.below(3); i > 0; --i) {
      auto& line = out.log.emplace_back();
      if (random.one_in(2)) line.emplace<1>(short_text(random));
      if (random.one_in(3)) line = number<std::int32_t>(random, 9);
    }
    for (std::size_t i = random.below(5); i > 0; --i) out.clocks[short_text(random)][games::Colour::black] = 7;
    return out;
  }
  static void take_primary(const games::Game& from, games::Game& to) { to.id = from.id; }
  static Key primary(const games::Game& game) { return {part(game.id)}; }
  static std::vector<std::vector<Key>> keys(const games::Game& game) {
    return {map_keys(game.scores), map_keys(game.notes), map_keys(game.tags)};
  }
  static bool too_long(const games::Game&) { return false; }
};

}  // namespace typed_test

TEST_CASE_TEMPLATE("a store of pairs, variants and maps behaves as plain maps do", Engine, netabase::Lmdb,
                   netabase::Memory) {
  typed_test::run_model_test<games::GamesDefinition, Engine>();
}
