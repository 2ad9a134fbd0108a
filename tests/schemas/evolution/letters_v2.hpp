#pragma once

/// \file
/// Letters, later: new fields everywhere, of every kind, in the record and in structs within it; nothing else.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(LettersDefinition, LettersKeys)]] letters_v2 {

enum class Mood : std::uint8_t { calm, busy, cross };

struct Stamp {
  std::uint16_t cents = 0;
  std::string motif;
  std::uint16_t year = 1999;  // in a word that is there already
  std::string country;

  friend bool operator==(const Stamp&, const Stamp&) = default;
};

struct Address {
  std::string street;
  bool is_home = false;
  Stamp stamp;
  bool is_work = false;
  std::optional<std::string> box;

  friend bool operator==(const Address&, const Address&) = default;
};

struct [[netabase::model]] Letter {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::string subject;
  bool read = false;
  std::int8_t small = -3;
  std::int32_t number = 0;
  double weight = 0;
  Mood mood = Mood::calm;
  std::optional<std::string> reply_to;
  std::optional<std::int16_t> pages;
  std::vector<std::byte> seal;
  std::array<std::uint8_t, 4> code{};
  std::vector<std::int32_t> marks;
  std::vector<bool> flags;
  std::vector<std::string> lines;
  Address from;
  std::optional<Address> to;
  std::vector<Stamp> stamps;
  bool urgent = true;
  std::uint16_t priority = 7;
  std::int64_t sent = -1;
  float cost = 0.5F;
  Mood mood_after = Mood::cross;
  std::string note = "none";
  std::optional<std::uint32_t> room;
  std::optional<std::string> nick;
  std::vector<std::byte> photo;
  std::array<std::uint8_t, 2> pair{};
  std::vector<double> ratios;
  std::vector<std::string> copies;
  std::vector<bool> ticks;
  Address sender;
  std::optional<Stamp> extra;
  std::vector<Address> via;

  friend bool operator==(const Letter&, const Letter&) = default;
};

}  // namespace letters_v2
