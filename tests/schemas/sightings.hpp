#pragma once

/// \file
/// Sightings: times, integers of 128 bits, paths, arrays and sets, as fields and as keys; a tree in a record.

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <ratio>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

namespace [[netabase::definition(SightingsDefinition, SightingsKeys)]] sightings {

using Hours = std::chrono::duration<double, std::ratio<3600>>;

/// A part of the picture, and the parts that it is made of.
struct Part {
  std::string name;
  std::array<std::int16_t, 2> corner{};
  std::vector<Part> parts;

  friend bool operator==(const Part&, const Part&) = default;
};

struct [[netabase::model, netabase::index(by_day, desc(day), camera), netabase::index(by_serial, desc(serial), unique),
         netabase::index(by_length, length, maybe_day)]] Sighting {
  [[netabase::primary_key]] std::filesystem::path camera;
  [[netabase::primary_key]] std::chrono::sys_time<std::chrono::milliseconds> at;
  unsigned __int128 serial = 0;
  std::chrono::sys_days day;
  Hours length{1.5};
  std::optional<std::chrono::sys_days> maybe_day;
  [[netabase::secondary_key]] std::chrono::milliseconds exposure{20};
  [[netabase::secondary_key]] std::optional<__int128> distance;
  [[netabase::secondary_key]] std::set<std::string> tags;
  [[netabase::secondary_key]] std::unordered_set<std::int32_t> lenses;
  [[netabase::secondary_key]] std::array<std::uint16_t, 2> size{};
  [[netabase::secondary_key]] std::vector<std::chrono::sys_days> returns;
  [[netabase::secondary_key]] std::set<std::filesystem::path> copies;
  [[netabase::secondary_key(unique)]] std::array<std::uint8_t, 16> uuid{};
  std::vector<Part> parts;
  std::vector<std::set<std::int32_t>> groups;
  std::vector<std::vector<double>> matrix;

  friend bool operator==(const Sighting&, const Sighting&) = default;
};

/// Numbered by 128 bits.
struct [[netabase::model]] Account {
  [[netabase::primary_key]] __int128 number = 0;
  [[netabase::secondary_key]] std::chrono::seconds age{};

  friend bool operator==(const Account&, const Account&) = default;
};

}  // namespace sightings
