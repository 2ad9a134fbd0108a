// The wide workload: a record with every kind of field, nested three deep, and one that is a head beside something
// large.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace [[netabase::definition(WideDefinition, WideKeys)]] wide {

enum class Colour : std::uint8_t { red, green, blue };

struct Point {
  double x = 0;
  double y = 0;
};

struct Line {
  Point from;
  Point to;
  std::string label;
};

struct Drawing {
  std::vector<Line> lines;
  std::optional<Line> frame;
  std::string author;
};

struct [[netabase::model]] Everything {
  [[netabase::primary_key]] std::uint64_t id = 0;
  bool flag = false;
  std::int8_t tiny = 0;
  std::int16_t small = 0;
  std::int32_t medium = 0;
  std::int64_t large = 0;
  std::uint8_t tiny_unsigned = 0;
  std::uint16_t small_unsigned = 0;
  std::uint32_t medium_unsigned = 0;
  float single = 0;
  double precise = 0;
  Colour colour = Colour::red;
  std::chrono::sys_seconds created{};
  std::chrono::milliseconds lasted{};
  std::string text;
  std::vector<std::byte> bytes;
  std::array<std::byte, 16> uuid{};
  std::optional<std::uint32_t> maybe;
  std::vector<std::uint32_t> numbers;
  std::vector<std::string> texts;
  std::set<std::uint64_t> set;
  std::map<std::string, std::uint32_t> map;
  std::pair<std::uint32_t, std::string> pair;
  std::variant<std::uint64_t, std::string> either;
  Drawing drawing;
};

/// `number` is read alone, beside a text or a vector of any size.
struct [[netabase::model]] Document {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::uint64_t number = 0;
  std::string text;
  std::vector<float> vector;
};

}  // namespace wide
