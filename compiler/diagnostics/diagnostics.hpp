#pragma once

/// \file
/// The one sink of everything netabase-gen says against a schema: collected over a whole run, printed together.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace netabase::compiler {

/// A place in a source file. Lines and columns count from 1, columns in bytes; line 0 means "no place".
struct SourceLocation {
  std::string file;  ///< as the user would name it: relative to the working directory where that is shorter
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t length = 1;  ///< bytes to underline, at least 1, not past the line's end

  bool known() const noexcept { return line != 0; }
};

enum class Severity : std::uint8_t { note, warning, error };

/// One message. `notes` belong to it and follow it: the other place that is meant, the way to mend it.
struct Diagnostic {
  Severity severity = Severity::error;
  SourceLocation location;
  std::string message;
  std::vector<Diagnostic> notes;
};

/// Collects diagnostics. Not thread-safe.
class Diagnostics {
 public:
  /// Adds an error; `mend` says what to write instead and is printed as a note without a place of its own.
  Diagnostic& error(SourceLocation location, std::string message, std::string mend = {});
  Diagnostic& warning(SourceLocation location, std::string message, std::string mend = {});

  bool has_errors() const noexcept { return errors_ != 0; }
  const std::vector<Diagnostic>& all() const noexcept { return all_; }

  /// Everything, sorted by file and place, duplicates dropped, in the form
  ///
  ///     file:line:column: error: message
  ///         source line
  ///         ^~~~~
  ///     note: mend
  ///
  /// and a last line that counts them. Source lines are read again from the files. `colour`: ANSI escapes.
  std::string render(bool colour) const;

 private:
  std::vector<Diagnostic> all_;
  std::size_t errors_ = 0;
};

}  // namespace netabase::compiler
