#include "compiler/evolution/difference.hpp"

#include <algorithm>
#include <string_view>

namespace netabase::compiler::evolution {

namespace {

std::string json_text(std::string_view text) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace

const char* name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::safe:
      return "safe";
    case Verdict::needs_migration:
      return "migration";
    case Verdict::refused:
      break;
  }
  return "refused";
}

std::size_t count(const std::vector<Difference>& differences, Verdict verdict) {
  return static_cast<std::size_t>(std::count_if(differences.begin(), differences.end(),
                                                [&](const Difference& it) { return it.verdict == verdict; }));
}

std::string to_text(const std::vector<Difference>& differences) {
  if (differences.empty()) return "no differences\n";
  std::string out;
  for (const Difference& difference : differences) {
    out += std::string(name_of(difference.verdict)) + ' ' + difference.place + ": " + difference.what + '\n';
  }
  return out + std::to_string(differences.size()) + (differences.size() == 1 ? " difference: " : " differences: ") +
         std::to_string(count(differences, Verdict::safe)) + " safe, " +
         std::to_string(count(differences, Verdict::needs_migration)) + " migration, " +
         std::to_string(count(differences, Verdict::refused)) + " refused\n";
}

std::string to_json(const std::vector<Difference>& differences) {
  std::string out = "[";
  for (const Difference& difference : differences) {
    out += out.size() == 1 ? "\n" : ",\n";
    out += std::string("  {\"verdict\": \"") + name_of(difference.verdict) +
           "\", \"place\": " + json_text(difference.place) + ", \"kind\": " + json_text(difference.kind) +
           ", \"what\": " + json_text(difference.what) + "}";
  }
  return out + (differences.empty() ? "]\n" : "\n]\n");
}

}  // namespace netabase::compiler::evolution
