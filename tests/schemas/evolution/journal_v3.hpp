#pragma once

/// \file
/// The journal after changes that need a migration: a field of another type, another primary key.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(JournalDefinition, JournalKeys)]] journal_v3 {

enum class Mood : std::uint8_t { calm, busy, cross };

struct [[netabase::model]] Author {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string full_name;
  [[netabase::secondary_key(unique)]] std::string email;
  std::string city;
  [[netabase::secondary_key]] std::string age;  // in words
  Mood mood = Mood::calm;
  std::int32_t score = 10;
  std::vector<std::string> links;
};

struct [[netabase::model]] Entry {
  [[netabase::primary_key]] std::uint64_t author = 0;
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::string text;
};

struct [[netabase::model]] Comment {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::uint64_t entry = 0;
  std::string text;
};

}  // namespace journal_v3
