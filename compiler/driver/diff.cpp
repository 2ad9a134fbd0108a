#include "compiler/driver/diff.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace netabase::compiler::driver {

namespace {

constexpr std::size_t context_lines = 3;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

/// One line of the diff: ' ' in both, '-' only in the old text, '+' only in the new one.
struct Edit {
  char kind;
  std::string_view line;
};

/// The edits by the longest common subsequence of what lies between the common begin and the common end.
std::vector<Edit> edits_of(const std::vector<std::string_view>& old_lines,
                           const std::vector<std::string_view>& new_lines) {
  std::size_t begin = 0;
  while (begin < old_lines.size() && begin < new_lines.size() && old_lines[begin] == new_lines[begin]) ++begin;
  std::size_t end = 0;
  while (end < old_lines.size() - begin && end < new_lines.size() - begin &&
         old_lines[old_lines.size() - 1 - end] == new_lines[new_lines.size() - 1 - end]) {
    ++end;
  }
  const std::size_t rows = old_lines.size() - begin - end;
  const std::size_t columns = new_lines.size() - begin - end;
  // length(i, j): of the longest common subsequence behind old line i and new line j of the middle.
  std::vector<std::uint32_t> lengths((rows + 1) * (columns + 1), 0);
  const auto length = [&](std::size_t i, std::size_t j) -> std::uint32_t& { return lengths[i * (columns + 1) + j]; };
  for (std::size_t i = rows; i-- > 0;) {
    for (std::size_t j = columns; j-- > 0;) {
      length(i, j) = old_lines[begin + i] == new_lines[begin + j] ? length(i + 1, j + 1) + 1
                                                                  : std::max(length(i + 1, j), length(i, j + 1));
    }
  }
  std::vector<Edit> edits;
  for (std::size_t i = 0; i < begin; ++i) edits.push_back({' ', old_lines[i]});
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < rows || j < columns) {
    if (i < rows && j < columns && old_lines[begin + i] == new_lines[begin + j]) {
      edits.push_back({' ', old_lines[begin + i]});
      ++i;
      ++j;
    } else if (i < rows && (j == columns || length(i + 1, j) >= length(i, j + 1))) {
      edits.push_back({'-', old_lines[begin + i++]});
    } else {
      edits.push_back({'+', new_lines[begin + j++]});
    }
  }
  for (std::size_t k = end; k > 0; --k) edits.push_back({' ', old_lines[old_lines.size() - k]});
  return edits;
}

std::string range(char sign, std::size_t first, std::size_t count) {
  // A range of no lines is named by the line before it.
  return sign + std::to_string(count == 0 ? first - 1 : first) + ',' + std::to_string(count);
}

}  // namespace

std::string unified_diff(const std::string& old_name, const std::string& old_text, const std::string& new_name,
                         const std::string& new_text) {
  if (old_text == new_text) return {};
  const std::vector<Edit> edits = edits_of(lines_of(old_text), lines_of(new_text));
  std::string out = "--- " + old_name + "\n+++ " + new_name + "\n";
  std::size_t old_line = 1;
  std::size_t new_line = 1;
  std::size_t place = 0;
  const auto advance = [&](std::size_t to) {
    for (; place < to; ++place) {
      if (edits[place].kind != '+') ++old_line;
      if (edits[place].kind != '-') ++new_line;
    }
  };
  const auto next_change = [&](std::size_t from) {
    while (from < edits.size() && edits[from].kind == ' ') ++from;
    return from;
  };
  for (std::size_t change = next_change(0); change < edits.size();) {
    advance(change - std::min(context_lines, change - place));
    // A hunk goes on while the next change is within the context of the last one.
    std::size_t last = change;
    for (std::size_t next = change; next < edits.size() && next <= last + 2 * context_lines + 1;
         next = next_change(next + 1)) {
      last = next;
    }
    const std::size_t end = std::min(last + 1 + context_lines, edits.size());
    const std::size_t old_first = old_line;
    const std::size_t new_first = new_line;
    std::string body;
    for (std::size_t i = place; i < end; ++i) body.append(1, edits[i].kind).append(edits[i].line).append("\n");
    advance(end);
    out += "@@ " + range('-', old_first, old_line - old_first) + ' ' + range('+', new_first, new_line - new_first) +
           " @@\n";
    out += body;
    change = next_change(end);
  }
  // Texts that differ only in the line end at their end.
  return out;
}

}  // namespace netabase::compiler::driver
