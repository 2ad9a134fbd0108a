#pragma once

// verdicts_v1.hpp with a difference of each kind that concerns what is stored.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

namespace [[netabase::definition(VerdictsDefinition, VerdictsKeys)]] verdicts_v2 {

enum class Kind : std::uint8_t { plain, fancy, newest };

struct [[netabase::renamed_from("Box")]] Crate {
  std::int64_t depth = 7;
  std::string colour;
  std::int32_t width = 0;
};

// Follows by itself.
struct [[netabase::model]] Follower {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::renamed_from("name")]] std::string title;
  std::optional<std::int32_t> price = std::nullopt;
  std::variant<std::string, std::int32_t, Crate> either;
  std::vector<std::variant<std::string, std::int32_t, double>> many;
  std::string added = "new";
  std::map<std::int32_t, std::pair<std::string, bool>> pairs;
  std::tuple<std::int32_t, std::string, double> row;
  std::unordered_set<std::string> tags;
  Kind kind = Kind::plain;
  Crate box;
  [[netabase::secondary_key(where = is_ranked)]] std::int32_t rank = 0;

  bool is_ranked() const { return rank > 0; }
};

// Does not.
struct [[netabase::model]] Retyped {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string count;
  std::string last;
};

struct [[netabase::model]] Renamed {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::renamed_from("age")]] std::string years;
};

struct Address {
  std::string city;
};

struct [[netabase::model]] Moved {
  [[netabase::primary_key]] std::uint64_t id = 0;
  Address address;
};

struct [[netabase::model]] Required {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::int32_t weight = 0;
};

struct [[netabase::model]] Swapped {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::variant<std::int32_t, std::string> either;
};

enum class Size : std::uint8_t { large, small };

struct [[netabase::model]] Renumbered {
  [[netabase::primary_key]] std::uint64_t id = 0;
  Size size = Size::small;
};

struct [[netabase::model]] Rekeyed {
  std::uint64_t id = 0;
  [[netabase::primary_key]] std::string code;
};

struct [[netabase::model]] Unique {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key(unique)]] std::string email;
};

}  // namespace verdicts_v2
