#pragma once

/// \file
/// Times, integers of 128 bits, paths, arrays and sets: as fields, nested in each other, with defaults and as keys.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <ratio>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

namespace [[netabase::definition(GoodsDefinition, GoodsKeys)]] goods {

using namespace std::chrono_literals;

enum class Grade : std::uint8_t { low, high };
enum class Switch : bool { off, on };

struct Mark {
  std::int32_t weight = 0;
  std::string name;

  auto operator<=>(const Mark&) const = default;
};

using Frames = std::chrono::duration<std::uint16_t, std::ratio<1, 25>>;
using Seconds = std::chrono::duration<double>;
constexpr std::chrono::minutes patience{2};

/// Times and wide numbers and paths, with and without defaults.
struct [[netabase::model]] Values {
  [[netabase::primary_key]] std::chrono::sys_seconds at;
  std::chrono::milliseconds timeout{1500};
  std::chrono::milliseconds grace = std::chrono::seconds(2);
  std::chrono::nanoseconds step = -5us;
  std::chrono::seconds wait = patience;
  std::chrono::days age{};
  Frames frames{25};
  Seconds length = 1500ms;
  std::chrono::duration<float, std::micro> lag{0.5F};
  std::chrono::duration<std::int8_t, std::ratio<2, 6>> thirds{-3};
  std::chrono::sys_days day{std::chrono::days{19'000}};
  std::chrono::system_clock::time_point exact;
  std::optional<std::chrono::sys_days> maybe_day;
  std::optional<Seconds> maybe_length;
  __int128 balance = 0;
  unsigned __int128 serial{};
  std::optional<__int128> maybe_balance;
  std::filesystem::path place;
  std::filesystem::path home = "/home";
  std::optional<std::filesystem::path> maybe_place;
};

/// Containers of everything, and containers of containers.
struct [[netabase::model]] Shelves {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::array<std::int32_t, 3> numbers{};
  std::array<double, 2> doubles{};
  std::array<bool, 9> bits{};
  std::array<Grade, 2> grades{};
  std::array<Switch, 2> switches{};
  std::array<std::string, 2> words{};
  std::array<Mark, 2> marks{};
  std::array<std::chrono::milliseconds, 2> times{};
  std::array<std::array<std::uint16_t, 2>, 3> grid{};
  std::array<std::optional<std::string>, 2> maybe_words{};
  std::array<__int128, 2> balances{};
  std::set<std::int32_t> number_set;
  std::set<std::string, std::less<>> word_set;
  std::set<bool> bit_set;
  std::set<Grade> grade_set;
  std::set<Mark> mark_set;
  std::set<std::chrono::sys_seconds> time_set;
  std::set<std::vector<std::byte>> blob_set;
  std::set<std::array<std::byte, 4>> token_set;
  std::set<std::optional<std::int32_t>> maybe_set;
  std::set<std::set<std::string>> set_set;
  std::set<unsigned __int128> serial_set;
  std::unordered_set<std::int32_t> hashed_numbers;
  std::unordered_set<std::string> hashed_words;
  std::unordered_set<double> hashed_doubles;
  std::unordered_set<Grade> hashed_grades;
  std::unordered_set<std::optional<std::string>> hashed_maybes;
  std::vector<std::set<std::string>> set_list;
  std::vector<std::array<std::int32_t, 2>> pair_list;
  std::vector<std::chrono::milliseconds> time_list;
  std::vector<std::optional<std::chrono::milliseconds>> maybe_times;
  std::vector<std::filesystem::path> place_list;
  std::vector<__int128> balance_list;
  std::vector<std::unordered_set<std::int32_t>> hashed_list;
  std::optional<std::set<std::int32_t>> maybe_numbers;
  std::optional<std::array<std::int32_t, 2>> maybe_pair;
  std::vector<std::optional<std::set<std::string>>> maybe_sets;
};

/// Keys of these types.
struct [[netabase::model, netabase::index(by_day, desc(day), place), netabase::index(by_serial, desc(serial), unique),
         netabase::index(by_length, length, maybe_day)]] Labelled {
  [[netabase::primary_key]] unsigned __int128 serial = 0;
  [[netabase::primary_key]] std::filesystem::path place;
  std::chrono::sys_days day;
  Seconds length{};
  std::optional<std::chrono::sys_days> maybe_day;
  [[netabase::secondary_key]] std::chrono::milliseconds timeout{};
  [[netabase::secondary_key(unique)]] std::array<std::uint8_t, 16> uuid{};
  [[netabase::secondary_key]] std::optional<__int128> balance;
  [[netabase::secondary_key]] std::set<std::string> tags;
  [[netabase::secondary_key]] std::unordered_set<std::int32_t> numbers;
  [[netabase::secondary_key]] std::array<std::int16_t, 3> corners{};
  [[netabase::secondary_key]] std::vector<std::chrono::sys_seconds> visits;
  [[netabase::secondary_key]] std::vector<std::filesystem::path> places;
  [[netabase::secondary_key]] std::set<__int128> balances;
};

}  // namespace goods
