#pragma once

/// \file
/// The user's files: read once, known by one name each however they are reached, and shown as the user would name them.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostics.hpp"

namespace netabase::compiler::frontend {

/// The whole of a file, nothing when it cannot be read. Read by the buffer: a run looks into some 200 headers of the
/// standard library, and one character at a time (std::istreambuf_iterator) took a fifth of it.
std::optional<std::string> read_file(const std::string& path);

/// One file's text and where its lines begin.
class SourceFile {
 public:
  SourceFile(std::string path, std::string display, std::string text);

  const std::string& path() const noexcept { return path_; }        ///< absolute, symbolic links resolved
  const std::string& display() const noexcept { return display_; }  ///< for messages
  const std::string& text() const noexcept { return text_; }

  /// The place of `length` bytes at `offset`, cut at the end of their line.
  SourceLocation location(std::size_t offset, std::size_t length) const;

  /// The number of bytes of the word (identifier or number) at a place, at least 1.
  std::uint32_t word_length(std::uint32_t line, std::uint32_t column) const;

 private:
  std::string path_;
  std::string display_;
  std::string text_;
  std::vector<std::size_t> line_begins_;
};

/// The files of one run. Addresses of files stay valid as long as this lives.
class SourceFiles {
 public:
  /// The file at `path`, read at the first call. Null when it cannot be read or is no regular file.
  const SourceFile* load(const std::string& path);

  /// As load(), and `display` names it in messages from now on.
  const SourceFile* load_as(const std::string& path, const std::string& display);

  /// One name for a file, whichever way it was reached: absolute, symbolic links resolved as far as it exists.
  static std::string canonical(const std::string& path);

  /// How messages name a file: relative to the working directory where that is shorter.
  static std::string display_name(const std::string& path);

 private:
  std::map<std::string, std::unique_ptr<SourceFile>, std::less<>> files_;
};

}  // namespace netabase::compiler::frontend
