#pragma once

/// \file
/// The schema of format_1.mdb: every type of field and every kind of index that file format 1 has. It may never change:
/// the file is read with it for ever.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

namespace [[netabase::definition(FormatOneDefinition, FormatOneKeys)]] format_1 {

enum class Colour : std::uint8_t { red = 1, green = 2, blue = 200 };

struct Address {
  std::string street;
  std::string zip;
  std::optional<std::uint16_t> floor;

  friend bool operator==(const Address&, const Address&) = default;
};

struct Branch {
  std::string name;
  std::vector<Branch> branches;

  friend bool operator==(const Branch&, const Branch&) = default;
};

/// Keys of every kind but links.
struct [[netabase::model, netabase::index(by_zip_rank, address.zip, desc(rank), note),
         netabase::index(by_at, at, where = is_big)]] Thing {
  [[netabase::primary_key]] std::string name;

  bool flag = false;
  std::int8_t i8 = 0;
  std::int16_t i16 = 0;
  std::int32_t i32 = 0;
  std::int64_t i64 = 0;
  std::uint8_t u8 = 0;
  std::uint16_t u16 = 7;
  std::uint32_t u32 = 0;
  std::uint64_t u64 = 0;
  float f32 = 0;
  double f64 = 0.5;
  __int128 i128 = 0;
  unsigned __int128 u128 = 0;
  [[netabase::secondary_key(where = flag)]] Colour colour = Colour::red;
  [[netabase::secondary_key(unique, max_length = 16)]] std::string code;
  std::filesystem::path path;
  std::vector<std::byte> bytes;
  [[netabase::secondary_key]] std::array<std::uint8_t, 4> uuid{};
  std::chrono::milliseconds lasts{0};
  std::chrono::sys_seconds at{};
  std::chrono::sys_days day{};
  [[netabase::secondary_key]] std::optional<std::string> note;
  std::optional<std::int32_t> maybe;
  [[netabase::secondary_key]] std::vector<std::string> tags;
  std::array<std::int16_t, 3> triple{};
  std::vector<bool> bits;
  std::set<std::uint32_t> numbers;
  std::unordered_set<std::string> words;
  [[netabase::secondary_key]] std::map<std::string, std::int32_t> scores;
  std::unordered_map<std::uint32_t, bool> switches;
  std::vector<std::optional<std::string>> gaps;
  std::pair<std::string, std::int32_t> pair;
  std::tuple<bool, std::string, double> tuple;
  std::variant<std::int64_t, std::string, Address> variant;
  Address address;
  std::optional<Address> second;
  std::vector<Address> more;
  Branch tree;
  double rank = 0;

  [[netabase::secondary_key]] std::string initial() const { return name.substr(0, 1); }
  bool is_big() const { return u64 >= 1000; }

  friend bool operator==(const Thing&, const Thing&) = default;
};

/// An automatic key, and links.
struct [[netabase::model]] Part {
  [[netabase::primary_key(auto)]] std::uint64_t id = 0;
  [[netabase::link(Thing, on_delete = cascade)]] std::string thing;
  [[netabase::link(Part, on_delete = set_null)]] std::optional<std::uint64_t> next;

  friend bool operator==(const Part&, const Part&) = default;
};

/// A primary key of two fields, and another name in the file.
struct [[netabase::model("cells")]] Cell {
  [[netabase::primary_key]] std::int32_t row = 0;
  [[netabase::primary_key]] std::string column;
  std::string text;

  friend bool operator==(const Cell&, const Cell&) = default;
};

}  // namespace format_1
