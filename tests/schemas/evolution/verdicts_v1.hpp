#pragma once

// What verdicts_v2.hpp changes: a field for each kind of difference that concerns what is stored.

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

namespace [[netabase::definition(VerdictsDefinition, VerdictsKeys)]] verdicts_v1 {

enum class Kind : std::uint8_t { plain, fancy };

struct Box {
  std::int32_t width = 0;
  std::string colour;
};

// Follows by itself.
struct [[netabase::model]] Follower {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
  std::int32_t price = 5;
  std::int32_t gone = 0;
  std::variant<std::string, std::int32_t> either;
  std::vector<std::variant<std::string, std::int32_t>> many;
  std::map<std::int32_t, std::pair<std::string, bool>> pairs;
  std::tuple<std::int32_t, std::string> row;
  std::set<std::string> tags;
  Kind kind = Kind::plain;
  Box box;
  [[netabase::secondary_key]] std::int32_t rank = 0;
};

// Does not.
struct [[netabase::model]] Retyped {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::int32_t count = 0;
  std::string last;
};

struct [[netabase::model]] Renamed {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::int32_t age = 0;
};

struct [[netabase::model]] Moved {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string city;
};

struct [[netabase::model]] Required {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::optional<std::int32_t> weight;
};

struct [[netabase::model]] Swapped {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::variant<std::string, std::int32_t> either;
};

enum class Size : std::uint8_t { small, large };

struct [[netabase::model]] Renumbered {
  [[netabase::primary_key]] std::uint64_t id = 0;
  Size size = Size::small;
};

struct [[netabase::model]] Rekeyed {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string code;
};

struct [[netabase::model]] Unique {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string email;
};

}  // namespace verdicts_v1
