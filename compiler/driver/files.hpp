#pragma once

/// \file
/// Whole files in and out.

#include <optional>
#include <stdexcept>
#include <string>

namespace netabase::compiler::driver {

/// A file could not be read or written; what() names it and says why.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The file's bytes. Throws FileError.
std::string read_file(const std::string& path);

/// The same; nullopt when there is no such file.
std::optional<std::string> read_file_if_there(const std::string& path);

/// Makes `content` the file's content, through a temporary file beside it and a rename: nobody sees half of it. Does
/// not touch a file that has it already. Makes the folder when it is not there. Throws FileError. Returns whether it
/// wrote.
bool write_file(const std::string& path, const std::string& content);

}  // namespace netabase::compiler::driver
