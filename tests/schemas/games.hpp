#pragma once

/// \file
/// Games: pairs, tuples, variants and maps as fields, and maps' keys as keys.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace [[netabase::definition(GamesDefinition, GamesKeys)]] games {

enum class Colour : std::uint8_t { white = 0, black = 1 };

struct Move {
  std::pair<std::int8_t, std::int8_t> from;
  std::pair<std::int8_t, std::int8_t> to;
  std::optional<std::string> remark;

  friend bool operator==(const Move&, const Move&) = default;
};

struct Resigned {
  Colour side = Colour::black;

  friend bool operator==(const Resigned&, const Resigned&) = default;
};

struct [[netabase::model]] Game {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::map<std::string, std::int32_t> scores;
  [[netabase::secondary_key]] std::unordered_map<std::int64_t, Move> notes;
  [[netabase::secondary_key]] std::map<std::array<std::uint8_t, 2>, std::vector<std::string>> tags;
  std::pair<std::string, std::string> players;
  std::tuple<std::uint8_t, bool, std::optional<double>> rules;
  std::vector<Move> moves;
  std::variant<std::monostate, Colour, Resigned, std::string, Move> result;
  std::vector<std::variant<std::string, std::string, std::int32_t>> log;
  std::unordered_map<std::string, std::map<Colour, std::uint32_t>> clocks;

  friend bool operator==(const Game&, const Game&) = default;
};

}  // namespace games
