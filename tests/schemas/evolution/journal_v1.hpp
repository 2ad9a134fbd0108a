#pragma once

/// \file
/// A journal, as first stored. Its later versions change it in every way.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(JournalDefinition, JournalKeys)]] journal_v1 {

enum class Mood : std::uint8_t { calm, busy };

struct [[netabase::model]] Author {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
  std::string email;
  [[netabase::secondary_key]] std::string city;
  [[netabase::secondary_key]] std::uint16_t age = 0;
  Mood mood = Mood::calm;
  std::string motto;
};

struct [[netabase::model]] Entry {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::uint64_t author = 0;
  std::string text;
};

struct [[netabase::model]] Draft {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::string title;
};

struct [[netabase::model]] Sketch {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::string label;
};

}  // namespace journal_v1
