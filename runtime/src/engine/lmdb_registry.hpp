#pragma once

/// \file
/// Which files this process has open, and whether this is still the process that opened them.
///
/// A second mdb_env_open of one file in a process destroys the first one's snapshots and locks without a word, so each
/// file is claimed here first: by device and inode, since paths, links and working directories give one file many
/// names.

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

namespace netabase::engine::lmdb {

/// What makes a file the same file.
struct FileId {
  dev_t device = 0;
  ino_t inode = 0;
  bool operator==(const FileId&) const = default;
};

namespace detail {
inline std::atomic<std::uint32_t> process_generation{1};
}

/// A number that is another one in every child made by fork(). One load; no system call.
inline std::uint32_t process_generation() noexcept {
  return detail::process_generation.load(std::memory_order_relaxed);
}

/// The right to have one file open in this process, until it is destroyed. Any thread.
class FileClaim {
 public:
  /// Nothing when the file is claimed already.
  static std::optional<FileClaim> take(FileId file);
  FileClaim(FileClaim&& other) noexcept;
  FileClaim& operator=(FileClaim&& other) noexcept;
  ~FileClaim() { release(); }
  void release() noexcept;

  FileId file() const noexcept { return file_; }

 private:
  explicit FileClaim(FileId file) noexcept : file_(file), held_(true) {}
  FileId file_;
  bool held_;
};

/// The right to open or make the file of one path, so that two threads do not both find it missing.
class PathClaim {
 public:
  /// Nothing when another thread is opening that path. `path` is absolute and has no links in it.
  static std::optional<PathClaim> take(std::string path);
  PathClaim(PathClaim&& other) noexcept;
  PathClaim& operator=(PathClaim&&) = delete;
  ~PathClaim();

 private:
  explicit PathClaim(std::string path) noexcept : path_(std::move(path)), held_(true) {}
  std::string path_;
  bool held_;
};

}  // namespace netabase::engine::lmdb
