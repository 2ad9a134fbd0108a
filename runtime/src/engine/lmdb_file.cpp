#include "engine/lmdb_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "netabase/error.hpp"

namespace netabase::engine::lmdb {

namespace {

bool is_link_to_nowhere(const std::string& name) {
  struct stat status {};
  if (::lstat(name.c_str(), &status) != 0 || !S_ISLNK(status.st_mode)) return false;
  return ::stat(name.c_str(), &status) != 0 && errno == ENOENT;
}

constexpr std::string_view temporary_infix = ".netabase-new-";

std::string directory_of(const std::string& file) { return std::filesystem::path(file).parent_path().string(); }

/// Removes the temporary files of `file` that no process holds.
void remove_leftovers(const std::string& file) {
  const std::filesystem::path path(file);
  const std::string prefix = path.filename().string() + std::string(temporary_infix);
  std::error_code error;
  for (std::filesystem::directory_iterator entry(path.parent_path(), error), end; !error && entry != end;
       entry.increment(error)) {
    if (!entry->path().filename().string().starts_with(prefix)) continue;
    const Descriptor leftover(::open(entry->path().c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
    if (leftover && ::flock(leftover.get(), LOCK_EX | LOCK_NB) == 0) ::unlink(entry->path().c_str());
  }
}

int rename_without_replacing(const char* from, const char* to) noexcept {
  if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  // The file system does not know that flag; a hard link does not replace either.
  if (::link(from, to) != 0) return errno;
  ::unlink(from);
  return 0;
}

bool lock_first_byte(int lock_fd, short type) noexcept {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = 0;
  lock.l_len = 1;
  while (::fcntl(lock_fd, F_SETLK, &lock) != 0) {
    if (errno != EINTR) return false;
  }
  return true;
}

/// The magic number is the lock file's first four bytes. An empty file is void already, and stays empty.
void write_lock_magic(int lock_fd, std::uint32_t magic) noexcept {
  struct stat status {};
  if (::fstat(lock_fd, &status) == 0 && status.st_size >= static_cast<off_t>(sizeof magic)) {
    [[maybe_unused]] const ssize_t written = ::pwrite(lock_fd, &magic, sizeof magic, 0);
  }
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

void throw_system_error(int number, std::string_view what, const std::string& file) {
  const std::string message =
      std::string(what) + " '" + file + "': " + std::error_code(number, std::generic_category()).message();
  if (number == ENOSPC || number == EDQUOT || number == EFBIG) {
    throw DiskFull(message + "; make room and try again, nothing of it was stored");
  }
  throw Error(ErrorCode::io, message);
}

std::string resolve_path(const std::string& path) {
  if (path.empty()) {
    throw Error(ErrorCode::invalid_argument, "no path was given for the store: set Config::path to a file name");
  }
  namespace fs = std::filesystem;
  std::error_code error;
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) {
      throw Error(ErrorCode::invalid_argument,
                  "'" + path + "' is a directory, and a store is one file: name a file in it");
    }
    if (!S_ISREG(status.st_mode)) {
      throw Error(ErrorCode::invalid_argument, "'" + path + "' is not a regular file: a store cannot be kept there");
    }
    fs::path resolved = fs::canonical(path, error);
    if (error) throw_system_error(error.value(), "cannot resolve the path", path);
    return resolved.string();
  }
  if (errno != ENOENT) throw_system_error(errno, "cannot look at", path);
  if (::lstat(path.c_str(), &status) == 0) {
    throw Error(ErrorCode::invalid_argument,
                "'" + path + "' is a link to a file that does not exist: remove the link or make its target");
  }
  const fs::path absolute = fs::absolute(path, error);
  if (error) throw_system_error(error.value(), "cannot resolve the path", path);
  if (!absolute.has_filename()) {
    throw Error(ErrorCode::invalid_argument, "'" + path + "' names a directory, and a store is one file: name a file");
  }
  const fs::path directory = fs::canonical(absolute.parent_path(), error);
  if (error == std::errc::no_such_file_or_directory) {
    throw Error(ErrorCode::not_found, "the directory '" + absolute.parent_path().string() +
                                          "' of the store does not exist: make it, or correct the path");
  }
  if (error) throw_system_error(error.value(), "cannot resolve the path", path);
  return (directory / absolute.filename()).string();
}

FileStatus file_status(int fd, const std::string& file) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) throw_system_error(errno, "cannot look at", file);
  return {{status.st_dev, status.st_ino}, static_cast<std::uint64_t>(status.st_size)};
}

bool file_exists(const std::string& file) {
  struct stat status {};
  return ::lstat(file.c_str(), &status) == 0;
}

bool has_name(const FileId& file, const std::string& name) {
  struct stat status {};
  return ::stat(name.c_str(), &status) == 0 && FileId{status.st_dev, status.st_ino} == file;
}

std::optional<LockFile> LockFile::open(const std::string& file) {
  const std::string name = lock_name(file);
  const auto claim = [&](FileId id) {
    std::optional<FileClaim> taken = FileClaim::take(id);
    if (!taken) {
      throw AlreadyOpen("the store that had the name '" + file +
                        "' is still open in this process, though its file was "
                        "removed or replaced: close it first");
    }
    return std::move(*taken);
  };
  while (true) {
    struct stat status {};
    int error = 0;
    if (::stat(name.c_str(), &status) == 0) {
      LockFile lock{claim({status.st_dev, status.st_ino}), {}};
      lock.descriptor = Descriptor(::open(name.c_str(), O_RDWR | O_CLOEXEC));
      error = errno;
      if (lock.descriptor) {
        if (file_status(lock.descriptor.get(), name).id == lock.claim.file()) return lock;
        continue;
      }
      if (error == ENOENT) continue;
    } else {
      Descriptor made(::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
      error = errno;
      if (made) {
        FileClaim taken = claim(file_status(made.get(), name).id);
        return LockFile{std::move(taken), std::move(made)};
      }
      if (error == EEXIST && is_link_to_nowhere(name)) {
        throw Error(ErrorCode::io, "the lock file '" + name + "' is a link to nowhere: remove it");
      }
      if (error == EEXIST) continue;
      if (error == EACCES || error == EROFS || error == EPERM) return std::nullopt;
    }
    if (error == EROFS) return std::nullopt;
    if (error != EACCES && error != EPERM) throw_system_error(error, "cannot open the lock file", name);
    throw Error(ErrorCode::io, "cannot open the lock file '" + name +
                                   "': " + std::error_code(error, std::generic_category()).message() +
                                   "; who opens a store needs the right to write its lock file, even for reading only");
  }
}

bool is_network_filesystem(std::uint64_t type) noexcept {
  // The numbers that statfs(2) and linux/magic.h give to each.
  constexpr std::array<std::uint64_t, 12> network = {
      0x6969,      // NFS
      0x517B,      // SMB
      0xFF534D42,  // CIFS
      0xFE534D42,  // SMB2
      0x564C,      // NCP
      0x5346414F,  // AFS
      0x6B414653,  // kAFS
      0x73757245,  // Coda
      0x01021997,  // 9P
      0x00C36400,  // Ceph
      0x0BD00BD0,  // Lustre
      0x47504653,  // GPFS
  };
  return std::ranges::find(network, type & 0xFFFFFFFF) != network.end();
}

void refuse_network_filesystem(const std::string& file) {
  struct statfs status {};
  const std::string directory = directory_of(file);
  if (::statfs(directory.c_str(), &status) != 0)
    throw_system_error(errno, "cannot look at the file system of", directory);
  if (is_network_filesystem(static_cast<std::uint64_t>(status.f_type))) {
    throw Error(ErrorCode::network_filesystem,
                "'" + file +
                    "' lies on a network file system, where LMDB's locks and memory map are not safe: keep the "
                    "store on a local disk, or set Config::allow_network_filesystem when one machine alone uses it");
  }
}

TemporaryFile TemporaryFile::beside(const std::string& file) {
  static std::atomic<unsigned> counter{0};
  remove_leftovers(file);
  while (true) {
    std::string name =
        file + std::string(temporary_infix) + std::to_string(::getpid()) + '-' + std::to_string(++counter);
    Descriptor made(::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (made) {
      ::flock(made.get(), LOCK_EX | LOCK_NB);
      return {std::move(name), std::move(made)};
    }
    if (errno == EEXIST) continue;
    if (errno == EACCES || errno == EROFS || errno == EPERM) {
      throw ReadOnly("no file can be made in the directory of '" + file +
                     "': " + std::error_code(errno, std::generic_category()).message() +
                     "; get the right to write there, or choose another place");
    }
    throw_system_error(errno, "cannot make a file beside", file);
  }
}

TemporaryFile::~TemporaryFile() {
  if (!name_.empty()) ::unlink(name_.c_str());
}

void TemporaryFile::sync() const {
  if (::fsync(descriptor_.get()) != 0) throw_system_error(errno, "cannot sync", name_);
}

bool TemporaryFile::put_in_place(const std::string& file) {
  const int error = rename_without_replacing(name_.c_str(), file.c_str());
  if (error == EEXIST) return false;
  if (error != 0) throw_system_error(error, "cannot give a new store its name", file);
  name_.clear();
  sync_directory(file);
  return true;
}

void TemporaryFile::replace(const std::string& file) {
  if (::rename(name_.c_str(), file.c_str()) != 0) throw_system_error(errno, "cannot replace", file);
  name_.clear();
}

void sync_directory(const std::string& file) {
  const std::string directory = directory_of(file);
  const Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // EINVAL: the file system has no such operation.
  if (!opened || (::fsync(opened.get()) != 0 && errno != EINVAL)) {
    throw_system_error(errno, "cannot sync the directory", directory);
  }
}

bool disk_is_full(const std::string& file) noexcept {
  constexpr off_t probe = 4 << 20;
  struct stat status {};
  struct rlimit limit {};
  if (::stat(file.c_str(), &status) == 0 && ::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY &&
      static_cast<rlim_t>(status.st_size) + probe > limit.rlim_cur) {
    return true;
  }
  try {
    const std::string directory = directory_of(file);
    const Descriptor unnamed(::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (unnamed) {
      const int error = ::posix_fallocate(unnamed.get(), 0, probe);
      return error == ENOSPC || error == EDQUOT || error == EFBIG;
    }
    struct statfs room {};
    return ::statfs(directory.c_str(), &room) == 0 &&
           static_cast<std::uint64_t>(room.f_bavail) * static_cast<std::uint64_t>(room.f_bsize) < probe;
  } catch (const std::exception&) {
    return false;  // no memory for a name: the caller's error stands as it was
  }
}

bool lock_out_others(int lock_fd) noexcept { return lock_first_byte(lock_fd, F_WRLCK); }

void let_others_in(int lock_fd) noexcept { lock_first_byte(lock_fd, F_RDLCK); }

void void_lock_file(int lock_fd) noexcept { write_lock_magic(lock_fd, 0); }

void restore_lock_file(int lock_fd) noexcept { write_lock_magic(lock_fd, 0xBEEFC0DE); }

}  // namespace netabase::engine::lmdb
