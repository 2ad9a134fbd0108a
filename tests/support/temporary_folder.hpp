#pragma once

/// \file
/// A folder for the files of one test.

#include <stdlib.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>

namespace netabase::test {

/// An empty folder in the folder for temporary files, gone at the end with everything in it, whatever its permissions
/// are by then. Throws std::system_error when it cannot be made.
class TemporaryFolder {
 public:
  /// `name`: what the folder's name begins with.
  explicit TemporaryFolder(const std::string& name = "netabase-test") {
    std::string pattern = (std::filesystem::temp_directory_path() / (name + "-XXXXXX")).string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::system_error(errno, std::generic_category(), pattern);
    path_ = std::filesystem::canonical(pattern);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all, ignored);
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  /// Absolute, without symbolic links.
  const std::filesystem::path& path() const { return path_; }
  /// The path of `name` in it.
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::string file(const std::string& name) const { return *this / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace netabase::test
