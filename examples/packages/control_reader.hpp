#pragma once

/// \file
/// Reads the format of Debian's package records: paragraphs between blank lines, each a list of fields.
///
///     Package: hello
///     Version: 2.10-3
///     Description: example package based on GNU hello
///      A line that begins with a blank continues the field above it.

#include <cstddef>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace packages {

/// A record that cannot be used; what() says why, line() where (counted from 1).
class MalformedRecord : public std::runtime_error {
 public:
  MalformedRecord(std::size_t line, const std::string& message) : std::runtime_error(message), line_(line) {}
  std::size_t line() const noexcept { return line_; }

 private:
  std::size_t line_;
};

struct Field {
  std::string name;
  std::string value;  ///< without blanks at its ends; lines joined by '\n', each without the blank that it begins with
  std::size_t line;   ///< where it begins
};

struct Paragraph {
  std::size_t line = 0;  ///< where it begins
  std::vector<Field> fields;

  /// The field of that name, in whatever case it is written; nullptr when there is none.
  const Field* find(std::string_view name) const;
  /// Its value; empty when there is none.
  std::string_view value(std::string_view name) const;
};

/// Reads one paragraph after the other and holds no more than one.
class ControlReader {
 public:
  /// Stores the next line, without its end, and returns true; returns false behind the last.
  using NextLine = std::function<bool(std::string& line)>;

  explicit ControlReader(NextLine next_line) : next_line_(std::move(next_line)) {}

  /// Reads the next paragraph. Returns false when there is none left. Throws MalformedRecord for the first thing that
  /// is wrong with it; the paragraph is then passed over, and the next call reads the one behind it.
  bool next(Paragraph& paragraph);

 private:
  void take(std::string_view line, Paragraph& paragraph) const;

  NextLine next_line_;
  std::size_t line_ = 0;
  std::string text_;
};

/// `text` fit for a message: quoted, short, on one line.
std::string quoted(std::string_view text);

}  // namespace packages
