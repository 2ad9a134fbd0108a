#include "compiler/driver/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

namespace netabase::compiler::driver {

namespace {

[[noreturn]] void fail(const std::string& what, const std::string& path, int error) {
  throw FileError("cannot " + what + ' ' + path + ": " + std::generic_category().message(error));
}

/// Closes the file, and removes it unless it was renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& path) : path_(path + ".tmp" + std::to_string(getpid())) {
    descriptor_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ < 0) fail("write", path, errno);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (descriptor_ >= 0) close(descriptor_);
    if (!path_.empty()) unlink(path_.c_str());
  }

  void write_all(const std::string& content, const std::string& target) const {
    for (std::size_t done = 0; done < content.size();) {
      const ssize_t written = write(descriptor_, content.data() + done, content.size() - done);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail("write", target, errno);
      done += static_cast<std::size_t>(written);
    }
  }

  void rename_to(const std::string& target) {
    if (close(std::exchange(descriptor_, -1)) != 0) fail("write", target, errno);
    if (std::rename(path_.c_str(), target.c_str()) != 0) fail("write", target, errno);
    path_.clear();
  }

 private:
  std::string path_;
  int descriptor_ = -1;
};

}  // namespace

std::optional<std::string> read_file_if_there(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    fail("read", path, errno);
  }
  std::string content;
  char buffer[65536];
  for (;;) {
    const ssize_t count = read(descriptor, buffer, sizeof(buffer));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      const int error = errno;
      close(descriptor);
      if (count < 0) fail("read", path, error);
      return content;
    }
    content.append(buffer, static_cast<std::size_t>(count));
  }
}

std::string read_file(const std::string& path) {
  std::optional<std::string> content = read_file_if_there(path);
  if (!content) fail("read", path, ENOENT);
  return std::move(*content);
}

bool write_file(const std::string& path, const std::string& content) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code error;
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  if (error) fail("make the folder", folder.string(), error.value());
  if (std::filesystem::is_regular_file(path, error) && read_file_if_there(path) == content) return false;
  TemporaryFile file(path);
  file.write_all(content, path);
  file.rename_to(path);
  return true;
}

}  // namespace netabase::compiler::driver
