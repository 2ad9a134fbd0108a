#include "compiler/diagnostics/diagnostics.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <tuple>
#include <utility>

namespace netabase::compiler {
namespace {

/// The lines of the files that diagnostics point into, each file read once. A file that cannot be read has no lines.
class SourceLines {
 public:
  const std::string* find(const std::string& file, std::uint32_t line) {
    auto [entry, is_new] = files_.try_emplace(file);
    if (is_new) entry->second = read(file);
    if (line == 0 || line > entry->second.size()) return nullptr;
    return &entry->second[line - 1];
  }

 private:
  static std::vector<std::string> read(const std::string& file) {
    std::vector<std::string> lines;
    std::ifstream in(file, std::ios::binary);
    std::string line;
    while (std::getline(in, line)) {
      if (!line.empty() && line.back() == '\r') line.pop_back();
      lines.push_back(line);
    }
    return lines;
  }

  std::map<std::string, std::vector<std::string>> files_;
};

const char* word_of(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      break;
  }
  return "error";
}

const char* colour_of(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "\x1b[1;36m";
    case Severity::warning:
      return "\x1b[1;35m";
    case Severity::error:
      break;
  }
  return "\x1b[1;31m";
}

constexpr const char* bold = "\x1b[1m";
constexpr const char* green = "\x1b[1;32m";
constexpr const char* plain = "\x1b[0m";

bool is_utf8_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// What stands below a source line: blanks up to the column (tabs stay tabs, so that the caret stands right at any tab
/// width; a character of several bytes takes one place), a caret, and tildes under the rest.
std::string underline(const std::string& line, std::uint32_t column, std::uint32_t length) {
  const std::size_t begin = std::min<std::size_t>(column == 0 ? 0 : column - 1, line.size());
  const std::size_t end = std::min<std::size_t>(begin + std::max<std::uint32_t>(length, 1), line.size());
  std::string text;
  for (std::size_t i = 0; i < begin; ++i) {
    if (!is_utf8_continuation(line[i])) text += line[i] == '\t' ? '\t' : ' ';
  }
  text += '^';
  for (std::size_t i = begin + 1; i < end; ++i) {
    if (!is_utf8_continuation(line[i])) text += '~';
  }
  return text;
}

void print(std::string& out, const Diagnostic& diagnostic, SourceLines& sources, bool colour) {
  const SourceLocation& at = diagnostic.location;
  if (colour) out += bold;
  if (!at.file.empty()) {
    out += at.file + ":";
    if (at.known()) out += std::to_string(at.line) + ":" + std::to_string(at.column) + ":";
    out += ' ';
  } else if (diagnostic.severity != Severity::note) {
    out += "netabase-gen: ";
  }
  if (colour) out += colour_of(diagnostic.severity);
  out += word_of(diagnostic.severity);
  out += ": ";
  if (colour) out += diagnostic.severity == Severity::note ? plain : std::string(plain) + bold;
  out += diagnostic.message;
  if (colour) out += plain;
  out += '\n';
  if (at.known()) {
    if (const std::string* line = sources.find(at.file, at.line)) {
      out += "    " + *line + "\n    ";
      if (colour) out += green;
      out += underline(*line, at.column, at.length);
      if (colour) out += plain;
      out += '\n';
    }
  }
  for (const Diagnostic& note : diagnostic.notes) print(out, note, sources, colour);
}

Diagnostic make(Severity severity, SourceLocation location, std::string message, std::string mend) {
  Diagnostic diagnostic{severity, std::move(location), std::move(message), {}};
  if (!mend.empty()) diagnostic.notes.push_back({Severity::note, {}, std::move(mend), {}});
  return diagnostic;
}

auto sort_key(const Diagnostic& d) { return std::tie(d.location.file, d.location.line, d.location.column, d.message); }

std::string count(std::size_t n, const char* what) { return std::to_string(n) + " " + what + (n == 1 ? "" : "s"); }

}  // namespace

Diagnostic& Diagnostics::error(SourceLocation location, std::string message, std::string mend) {
  ++errors_;
  return all_.emplace_back(make(Severity::error, std::move(location), std::move(message), std::move(mend)));
}

Diagnostic& Diagnostics::warning(SourceLocation location, std::string message, std::string mend) {
  return all_.emplace_back(make(Severity::warning, std::move(location), std::move(message), std::move(mend)));
}

std::string Diagnostics::render(bool colour) const {
  std::vector<const Diagnostic*> sorted;
  sorted.reserve(all_.size());
  for (const Diagnostic& diagnostic : all_) sorted.push_back(&diagnostic);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Diagnostic* a, const Diagnostic* b) { return sort_key(*a) < sort_key(*b); });
  sorted.erase(std::unique(sorted.begin(), sorted.end(),
                           [](const Diagnostic* a, const Diagnostic* b) {
                             return a->severity == b->severity && sort_key(*a) == sort_key(*b);
                           }),
               sorted.end());

  std::string out;
  SourceLines sources;
  std::size_t errors = 0;
  std::size_t warnings = 0;
  for (const Diagnostic* diagnostic : sorted) {
    print(out, *diagnostic, sources, colour);
    ++(diagnostic->severity == Severity::error ? errors : warnings);
  }
  if (errors != 0 && warnings != 0) {
    out += count(errors, "error") + ", " + count(warnings, "warning") + "\n";
  } else if (errors != 0 || warnings != 0) {
    out += (errors != 0 ? count(errors, "error") : count(warnings, "warning")) + "\n";
  }
  return out;
}

}  // namespace netabase::compiler
