#pragma once

/// \file
/// Letters, as first stored: a field of every kind.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(LettersDefinition, LettersKeys)]] letters_v1 {

enum class Mood : std::uint8_t { calm, busy };

struct Stamp {
  std::uint16_t cents = 0;
  std::string motif;

  friend bool operator==(const Stamp&, const Stamp&) = default;
};

struct Address {
  std::string street;
  bool is_home = false;
  Stamp stamp;

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

  friend bool operator==(const Letter&, const Letter&) = default;
};

}  // namespace letters_v1
