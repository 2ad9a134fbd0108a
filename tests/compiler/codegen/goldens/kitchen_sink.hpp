#pragma once

/// \file
/// Every type of field, every kind of key and every way of nesting them.

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace kitchen::shared {

struct Point {
  double x = 0;
  double y = 0;
};

}  // namespace kitchen::shared

namespace [[netabase::definition(KitchenDefinition, KitchenKeys)]] kitchen {

enum class Status : std::uint8_t { draft = 0, published = 1, withdrawn = 255 };
enum class Balance : std::int32_t { debt = -1, none = 0, credit = 1 };
enum class Switch : bool { off = false, on = true };
enum Flags : std::uint16_t { flag_none = 0, flag_a = 1, flag_b = 2 };

using Text = std::string;

struct Address {
  Text street;
  std::optional<std::string> city;
  std::vector<shared::Point> corners;
  Status status = Status::published;
};

/// All scalars, without defaults.
struct [[netabase::model]] Scalars {
  [[netabase::primary_key(auto)]] std::uint64_t id = 0;
  bool flag = false;
  std::int8_t i8 = 0;
  std::int16_t i16 = 0;
  std::int32_t i32 = 0;
  std::int64_t i64 = 0;
  std::uint8_t u8 = 0;
  std::uint16_t u16 = 0;
  std::uint32_t u32 = 0;
  float f32 = 0;
  double f64 = 0;
  Status status = Status::draft;
  Balance balance = Balance::none;
  Switch toggle = Switch::off;
  Flags flags = flag_none;
};

/// Defaults of every kind that has them.
struct [[netabase::model]] Defaults {
  [[netabase::primary_key]] std::int32_t id = -7;
  bool flag = true;
  std::int8_t i8 = -128;
  std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
  std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();
  float third = 0.1F;
  double tiny = 1e-300;
  Status status = Status::withdrawn;
  Balance balance = Balance::debt;
  Switch toggle = Switch::on;
  std::string title = "un\"titled\"\n?";
};

/// Everything that lies behind a pointer, and every nesting of it.
struct [[netabase::model("nested_things")]] Nested {
  [[netabase::primary_key]] std::string name;
  std::vector<std::byte> bytes;
  std::vector<std::uint8_t> octets;
  std::array<std::byte, 5> fixed{};
  std::array<std::uint8_t, 16> digest{};
  Address home;
  shared::Point place;
  std::vector<std::int32_t> numbers;
  std::vector<bool> bits;
  std::vector<double> doubles;
  std::vector<Status> statuses;
  std::vector<Switch> toggles;
  std::vector<std::string> words;
  std::vector<std::vector<std::byte>> blobs;
  std::vector<Address> addresses;
  std::vector<std::vector<std::uint16_t>> matrix;
  std::vector<std::vector<std::string>> table;
  std::vector<std::vector<bool>> bit_table;
  std::vector<std::optional<std::string>> maybe_words;
  std::vector<std::optional<std::int64_t>> maybe_numbers;
  std::vector<std::optional<Address>> maybe_addresses;
  std::vector<std::vector<std::optional<bool>>> maybe_bits;
  std::optional<bool> maybe_flag;
  std::optional<float> maybe_float;
  std::optional<Status> maybe_status;
  std::optional<Switch> maybe_toggle;
  std::optional<std::string> maybe_text;
  std::optional<std::vector<std::byte>> maybe_bytes;
  std::optional<std::array<std::byte, 3>> maybe_fixed;
  std::optional<Address> maybe_address;
  std::optional<std::vector<std::string>> maybe_list;
  std::optional<std::optional<std::string>> maybe_maybe_text;
  std::optional<std::optional<std::optional<std::int32_t>>> maybe_maybe_maybe_number;
  std::vector<std::optional<std::optional<Switch>>> maybe_maybe_toggles;
};

/// Keys of every kind.
struct [[netabase::model, netabase::index(by_day_and_name, year, desc(day), name),
         netabase::index(by_rank, desc(rank), unique), netabase::index(by_city, city, status)]] Keyed {
  [[netabase::primary_key]] std::uint32_t year = 0;
  [[netabase::primary_key]] std::string name;
  std::int16_t day = 0;
  double rank = 0;
  [[netabase::secondary_key]] std::optional<std::string> city;
  [[netabase::secondary_key(unique)]] std::array<std::byte, 8> token{};
  [[netabase::secondary_key]] std::vector<std::int32_t> numbers;
  [[netabase::secondary_key]] std::vector<std::string> tags;
  [[netabase::secondary_key]] std::vector<std::uint8_t> content;
  [[netabase::secondary_key]] std::optional<Balance> balance;
  [[netabase::secondary_key]] bool flag = false;
  [[netabase::secondary_key]] float weight = 0;
  [[netabase::secondary_key]] Switch toggle = Switch::off;
  Status status = Status::draft;
  [[netabase::secondary_key]] std::uint8_t parts = 0;
};

/// Named in snake_case.
struct [[netabase::model]] audit_entry {
  [[netabase::primary_key]] std::int64_t at = 0;
  [[netabase::secondary_key]] std::string user_name;
  [[netabase::skip]] int cache = 0;
  std::string note;
};

/// Nothing but its key.
struct [[netabase::model]] Lonely {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace kitchen
