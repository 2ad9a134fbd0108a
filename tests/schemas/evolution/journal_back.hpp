#pragma once

/// \file
/// The journal of version 2 with the models back that it removed: one as it can be read, one with a field of another
/// type.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(JournalDefinition, JournalKeys)]] journal_back {

enum class Mood : std::uint8_t { calm, busy, cross };

struct [[netabase::model, netabase::index(by_city_age, city, desc(age))]] Author {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string full_name;
  [[netabase::secondary_key(unique)]] std::string email;
  std::string city;
  std::optional<std::uint16_t> age;
  Mood mood = Mood::calm;
  std::int32_t score = 10;
  std::vector<std::string> links;
};

struct [[netabase::model]] Entry {
  [[netabase::primary_key(auto)]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::uint64_t author = 0;
  [[netabase::secondary_key]] std::string text;
};

struct [[netabase::model]] Comment {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::uint64_t entry = 0;
  std::string text;
};

struct [[netabase::model]] Draft {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::uint64_t title = 0;  // of a table of titles
};

struct [[netabase::model]] Sketch {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::string label;
  std::int32_t lines = 12;
};

}  // namespace journal_back
