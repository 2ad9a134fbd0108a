#pragma once

/// \file
/// The store's file before and beside LMDB: names, descriptors, temporary files, locks on the lock file, file systems.

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/lmdb_registry.hpp"

namespace netabase::engine::lmdb {

/// A file descriptor that is closed with its owner.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) noexcept : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor();
  int get() const noexcept { return fd_; }
  explicit operator bool() const noexcept { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

/// Throws Error(io): `what` it was that failed, on which file, and the system's reason for `number` (an errno).
[[noreturn]] void throw_system_error(int number, std::string_view what, const std::string& file);

/// `path` made absolute and free of links, so that every process that names the file in some way uses the same lock
/// file. The file itself need not exist; its directory must: Error(not_found) otherwise. Error(invalid_argument) for an
/// empty path, a directory, anything that is not a regular file, and a link to nowhere.
std::string resolve_path(const std::string& path);

/// Device, inode and size of an open file.
struct FileStatus {
  FileId id;
  std::uint64_t size = 0;
};
FileStatus file_status(int fd, const std::string& file);

/// Whether there is something under that name.
bool file_exists(const std::string& file);
/// Whether it is that file.
bool has_name(const FileId& file, const std::string& name);

/// The name of LMDB's lock file for a data file.
inline std::string lock_name(const std::string& file) { return file + "-lock"; }

/// An open lock file. Claimed like a data file: opening it a second time and closing it would give up the locks of the
/// store that uses it, perhaps one whose data file was removed meanwhile.
struct LockFile {
  FileClaim claim;
  // Kept open from before LMDB opens the file until after it closed it, for the same reason.
  Descriptor descriptor;

  /// The lock file of the data file `file`, made when missing; nothing when there is none and it cannot be made. Throws
  /// AlreadyOpen, and Error(io) for one that is there and may not be used.
  static std::optional<LockFile> open(const std::string& file);
};

/// Whether statfs()'s type of a file system is one that other machines may have mounted as well.
bool is_network_filesystem(std::uint64_t type) noexcept;
/// Throws Error(network_filesystem) when the directory of `file` lies on one.
void refuse_network_filesystem(const std::string& file);

/// A new file beside a store's, to become the store's file, or a copy, when it is complete. It is removed with its
/// owner unless it was put in place. Its descriptor holds an flock(), by which a leftover of a process that died is
/// told from a file in the making.
class TemporaryFile {
 public:
  /// Removes what dead processes left for the same `file` and makes a new one. Throws Error(io), ReadOnly.
  static TemporaryFile beside(const std::string& file);
  TemporaryFile(TemporaryFile&& other) noexcept = default;
  TemporaryFile& operator=(TemporaryFile&&) = delete;
  ~TemporaryFile();

  const std::string& name() const noexcept { return name_; }
  int descriptor() const noexcept { return descriptor_.get(); }

  /// The content reaches the medium. Throws DiskFull, Error(io).
  void sync() const;
  /// Gives it the name `file` unless that is taken (false). The directory is synced.
  [[nodiscard]] bool put_in_place(const std::string& file);
  /// Gives it the name `file`; what had that name is gone. The directory is not synced yet.
  void replace(const std::string& file);

 private:
  TemporaryFile(std::string name, Descriptor descriptor) noexcept
      : name_(std::move(name)), descriptor_(std::move(descriptor)) {}
  std::string name_;  // empty: it was put in place
  Descriptor descriptor_;
};

/// The directory entry of `file` reaches the medium.
void sync_directory(const std::string& file);

/// Whether a write to `file` fails for want of room: the disk, a quota or the process's file size limit. LMDB reports a
/// write that was cut short as EIO, whatever the reason.
bool disk_is_full(const std::string& file) noexcept;

/// Takes the lock that LMDB's processes hold shared while they have a store open. `lock_fd` is the lock file; the lock
/// goes when this process closes any descriptor of that file. False when another process has the store open.
[[nodiscard]] bool lock_out_others(int lock_fd) noexcept;
/// Turns it back into the shared lock of an open store.
void let_others_in(int lock_fd) noexcept;
/// Marks the lock file's content as void, so that it is made anew by whoever opens the store next: it describes the
/// transactions of a data file that is about to be replaced. Only while others are locked out.
void void_lock_file(int lock_fd) noexcept;
/// Takes that back, when the data file was not replaced.
void restore_lock_file(int lock_fd) noexcept;

}  // namespace netabase::engine::lmdb
