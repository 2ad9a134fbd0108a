#pragma once

/// \file
/// Fields made of other types: pairs, tuples, variants and maps, and every way of nesting them.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace [[netabase::definition(CompoundDefinition, CompoundKeys)]] compounds {

enum class Colour : std::uint8_t { red = 1, green = 2 };
enum class Switch : bool { off = false, on = true };

using Bytes = std::vector<std::byte>;
using Digest = std::array<std::uint8_t, 4>;

struct Point {
  std::int32_t x = 0;
  std::int32_t y = -1;

  auto operator<=>(const Point&) const = default;
};

struct Place {
  std::string name;
  std::optional<std::pair<double, double>> position;
  std::map<std::string, std::string> labels;
};

struct [[netabase::model]] Products {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::pair<std::string, std::int32_t> name_and_age;
  std::pair<bool, Switch> flags{};
  std::tuple<Colour> single;
  std::tuple<std::int8_t, std::string, std::vector<std::uint16_t>, Digest, Bytes, double> mixed = {};
  std::pair<Point, Place> structs;
  std::pair<std::optional<std::int64_t>, std::optional<std::string>> maybes;
  std::tuple<std::optional<Point>, std::optional<std::optional<bool>>, std::optional<Digest>> more_maybes;
  std::optional<std::pair<std::string, bool>> maybe_pair;
  std::vector<std::pair<std::string, float>> pairs;
  std::vector<std::tuple<std::uint8_t, bool, Colour>> scalars;
  std::pair<std::pair<std::string, std::string>, std::tuple<std::tuple<std::int16_t>>> nested;
  std::vector<std::vector<std::pair<Point, std::vector<std::string>>>> table;
};

struct [[netabase::model]] Variants {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::variant<std::int32_t, std::string> number_or_text;
  std::variant<std::monostate, Colour, Switch, bool, double> scalar{};
  std::variant<std::string, std::string, std::string> same;
  std::variant<std::monostate, Point, Place, std::vector<std::string>, Bytes, Digest> large;
  std::variant<Digest, std::optional<std::string>, std::pair<std::string, std::int64_t>> composed;
  std::variant<std::variant<std::monostate, std::int8_t>, std::vector<std::variant<std::string, bool>>> nested;
  std::variant<std::monostate, std::monostate> nothing;
  std::optional<std::variant<std::monostate, std::uint16_t>> maybe;
  std::vector<std::variant<std::monostate, std::uint64_t, std::string, Point>> many;
  std::pair<std::variant<std::string, float>, Colour> in_pair;
};

struct [[netabase::model]] Maps {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::map<std::string, std::int32_t> scores;
  [[netabase::secondary_key]] std::unordered_map<std::int64_t, std::string> names;
  std::unordered_map<std::string, Place> places;
  std::map<Colour, bool> colours;
  std::map<bool, Switch> switches;
  std::unordered_map<double, float> measures;
  std::map<Bytes, Bytes> blobs;
  [[netabase::secondary_key]] std::map<Digest, std::optional<std::string>> digests;
  std::map<std::string, std::vector<std::string>, std::less<>> lists;
  std::map<Point, std::pair<std::string, bool>> by_point;
  std::map<std::pair<std::string, std::int32_t>, std::variant<std::string, bool>> by_pair;
  std::map<std::string, std::map<std::string, std::unordered_map<std::int8_t, std::string>>> nested;
  std::vector<std::map<std::uint32_t, std::string>> many;
  std::optional<std::map<std::string, std::string>> maybe;
  std::variant<std::map<std::string, std::int32_t>, std::unordered_map<std::string, std::int32_t>> either;
};

/// Contains itself through a variant's containers.
struct Json {
  std::variant<std::monostate, bool, double, std::string, std::vector<Json>, std::map<std::string, Json>> value;
};

/// Contains itself through pairs.
struct Outline {
  std::string title;
  std::vector<std::pair<std::int32_t, std::vector<Outline>>> chapters;
  std::map<std::int32_t, Outline> notes;
};

struct [[netabase::model]] Documents {
  [[netabase::primary_key]] std::uint64_t id = 0;
  Json root;
  std::pair<std::string, Outline> outline;
};

}  // namespace compounds
