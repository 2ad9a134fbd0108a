#pragma once

/// \file
/// Where the records come from: a file, or what apt prints.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

namespace packages {

/// Lines of text with a name. Every call throws std::runtime_error when the text cannot be read, saying why.
class Input {
 public:
  /// A file, or something that is read like one (/dev/stdin).
  static Input file(const std::string& path);

  /// The output of `apt-cache dumpavail`: every package that apt knows. It is kept in a temporary file, so that all of
  /// it is there, and its size known, before anything is done with it.
  static Input available();

  /// Stores the next line, without its end, and returns true; returns false behind the last.
  bool next_line(std::string& line);

  const std::string& name() const { return name_; }
  std::uint64_t bytes_read() const { return bytes_read_; }
  /// Bytes in all; absent where that shows only at the end.
  std::optional<std::uint64_t> size() const { return size_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };
  struct Free {
    void operator()(char* memory) const noexcept;
  };
  using File = std::unique_ptr<std::FILE, Close>;

  Input(std::string name, File file, std::optional<std::uint64_t> size)
      : name_(std::move(name)), file_(std::move(file)), size_(size) {}

  std::string name_;
  File file_;
  std::optional<std::uint64_t> size_;
  std::uint64_t bytes_read_ = 0;
  std::unique_ptr<char, Free> line_;  // getline's memory
  std::size_t capacity_ = 0;
};

}  // namespace packages
