#include "control_reader.hpp"

#include <algorithm>
#include <optional>

namespace packages {

namespace {

constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

constexpr char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// Field names are ASCII, and the same in any case.
bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

bool is_field_name(std::string_view name) {
  return !name.empty() && name.front() != '#' && name.front() != '-' &&
         std::ranges::all_of(name, [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

const Field* Paragraph::find(std::string_view name) const {
  const auto field = std::ranges::find_if(fields, [&](const Field& each) { return same_name(each.name, name); });
  return field == fields.end() ? nullptr : &*field;
}

std::string_view Paragraph::value(std::string_view name) const {
  const Field* field = find(name);
  return field != nullptr ? std::string_view(field->value) : std::string_view();
}

bool ControlReader::next(Paragraph& paragraph) {
  paragraph.line = 0;
  paragraph.fields.clear();
  std::optional<MalformedRecord> problem;
  while (next_line_(text_)) {
    ++line_;
    if (trimmed(text_).empty()) {
      if (paragraph.line != 0) break;
      continue;  // further blank lines before a paragraph
    }
    if (paragraph.line == 0) paragraph.line = line_;
    if (problem) continue;
    try {
      take(text_, paragraph);
    } catch (const MalformedRecord& first) {
      problem = first;
    }
  }
  if (problem) throw MalformedRecord(*problem);
  return paragraph.line != 0;
}

void ControlReader::take(std::string_view line, Paragraph& paragraph) const {
  if (line.front() == ' ' || line.front() == '\t') {
    if (paragraph.fields.empty()) {
      throw MalformedRecord(line_, "the record begins with a line that continues a field: " + quoted(line));
    }
    const std::string_view text = line.substr(1, line.find_last_not_of(blanks));
    std::string& value = paragraph.fields.back().value;
    value += '\n';
    if (text != ".") value += text;  // a lone dot stands for an empty line
    return;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) {
    throw MalformedRecord(line_, "a line without a colon is no field: " + quoted(line));
  }
  const std::string_view name = line.substr(0, colon);
  if (!is_field_name(name)) throw MalformedRecord(line_, quoted(name) + " is not the name of a field");
  if (paragraph.find(name) != nullptr)
    throw MalformedRecord(line_, "the record has the field " + quoted(name) + " twice");
  paragraph.fields.push_back({std::string(name), std::string(trimmed(line.substr(colon + 1))), line_});
}

std::string quoted(std::string_view text) {
  constexpr std::size_t most = 40;
  std::string result = "'";
  for (const char c : text.substr(0, most)) result += c >= ' ' && c <= '~' ? c : '?';
  return result + (text.size() > most ? "...'" : "'");
}

}  // namespace packages
