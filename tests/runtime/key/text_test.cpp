/// Keys in messages and in hash tables.

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_set>
#include <vector>

#include "netabase/key/text.hpp"

namespace netabase::test {

namespace {

enum class Colour : std::int8_t { red = -3 };

struct Key {
  std::string name;
  double weight = 0;
  std::optional<std::int32_t> number;
  auto parts() const { return std::tie(name, weight, number); }
  bool operator==(const Key&) const = default;
};

struct NumberKey {
  std::uint64_t id = 0;
  auto parts() const { return std::tie(id); }
  bool operator==(const NumberKey&) const = default;
};

}  // namespace

TEST_CASE("keys print as a reader would write them") {
  using namespace std::string_literals;
  using key::to_string;
  CHECK(to_string(std::tuple(7)) == "7");
  CHECK(to_string(std::tuple(std::numeric_limits<std::int64_t>::min())) == "-9223372036854775808");
  CHECK(to_string(std::tuple(std::numeric_limits<std::uint64_t>::max())) == "18446744073709551615");
  CHECK(to_string(std::tuple(std::uint8_t{65})) == "65");
  CHECK(to_string(std::tuple(true)) == "true");
  CHECK(to_string(std::tuple(Colour::red)) == "-3");
  CHECK(to_string(std::tuple(0.1)) == "0.1");
  CHECK(to_string(std::tuple(0.1F)) == "0.1");
  CHECK(to_string(std::tuple(std::numeric_limits<double>::lowest())) == "-1.7976931348623157e+308");
  CHECK(to_string(std::tuple("alice"s)) == "\"alice\"");
  CHECK(to_string(std::tuple("a\"b\\c\n\t\r\0\x7fz"s)) == "\"a\\\"b\\\\c\\n\\t\\r\\x00\\x7fz\"");
  CHECK(to_string(std::tuple("Zürich"s)) == "\"Zürich\"");
  CHECK(to_string(std::tuple(std::vector<std::uint8_t>{0, 255})) == "x'00ff'");
  CHECK(to_string(std::tuple(std::array<std::byte, 2>{std::byte{1}, std::byte{2}})) == "x'0102'");
  CHECK(to_string(std::tuple(std::optional<int>{}, std::optional<int>{4})) == "(none, 4)");
  CHECK(to_string(std::tuple(7, "x"s)) == "(7, \"x\")");
  const Key key{.name = "n", .weight = 2.5, .number = 1};
  CHECK(to_string(key.parts()) == "(\"n\", 2.5, 1)");
}

TEST_CASE("equal keys hash equal, different ones nearly always differently") {
  const key::Hash<Key> hash;
  CHECK(hash(Key{"a", 1, 2}) == hash(Key{"a", 1, 2}));
  CHECK(hash(Key{"a", 0.0, {}}) == hash(Key{"a", -0.0, {}}));
  std::unordered_set<std::size_t> seen;
  for (int i = 0; i < 1000; ++i) {
    seen.insert(hash(Key{std::to_string(i), 1, {}}));
    seen.insert(hash(Key{"", double(i) + 0.5, {}}));
    seen.insert(hash(Key{"x", 1, i}));
  }
  CHECK(seen.size() == 3000);
  std::unordered_set<std::size_t> numbers;
  for (std::uint64_t i = 0; i < 1000; ++i) numbers.insert(key::Hash<NumberKey>()(NumberKey{i << 32}) % 4096);
  CHECK(numbers.size() > 800);  // low bits spread as well: 887 are expected of a random function
}

}  // namespace netabase::test
