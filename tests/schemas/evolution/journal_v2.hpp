#pragma once

/// \file
/// The journal after changes that stored records follow by themselves: fields added, removed, renamed and made
/// optional; indexes added, dropped, made unique and given other parts; models added and removed.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(JournalDefinition, JournalKeys)]] journal_v2 {

enum class Mood : std::uint8_t { calm, busy, cross };

struct [[netabase::model, netabase::index(by_city_age, city, desc(age))]] Author {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::renamed_from("name")]] std::string full_name;
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

}  // namespace journal_v2
