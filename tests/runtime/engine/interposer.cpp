#include "runtime/engine/interposer.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <utility>

#include "runtime/engine/support.hpp"

#if !NETABASE_TEST_SANITIZED

namespace netabase::test::interposer {

std::atomic<int> failing_meta_writes{0};
std::atomic<int> failing_data_writes{0};
std::atomic<int> failing_syncs{0};
std::atomic<int> failure_errno{0};

namespace {

std::atomic<bool> recording{false};
std::mutex mutex;  // for what follows
std::vector<Event> events;
struct stat recorded {};

bool fails(std::atomic<int>& left) {
  if (left.load() <= 0 || left.fetch_sub(1) <= 0) return false;
  errno = failure_errno;
  return true;
}

template <class Function>
Function* next_one(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

bool is_recorded(int fd) {
  struct stat status {};
  return recording && ::fstat(fd, &status) == 0 && status.st_ino == recorded.st_ino && status.st_dev == recorded.st_dev;
}

/// After `size` bytes were written at `offset`.
void record_write(int fd, const iovec* parts, int count, ssize_t size, off_t offset) {
  if (size <= 0 || !is_recorded(fd)) return;
  Event event;
  event.synced = (::fcntl(fd, F_GETFL) & O_DSYNC) != 0;
  event.offset = static_cast<std::size_t>(offset);
  for (int i = 0; i < count; ++i) event.data.append(static_cast<const char*>(parts[i].iov_base), parts[i].iov_len);
  event.data.resize(static_cast<std::size_t>(size));
  const std::lock_guard lock(mutex);
  events.push_back(std::move(event));
}

void record(Event::Kind kind) {
  const std::lock_guard lock(mutex);
  events.emplace_back().kind = kind;
}

}  // namespace

void start_recording(const std::string& file) {
  REQUIRE(::stat(file.c_str(), &recorded) == 0);
  events.clear();
  recording = true;
}

void acknowledge() { record(Event::Kind::acknowledged); }

std::vector<Event> stop_recording() {
  recording = false;
  return std::exchange(events, {});
}

}  // namespace netabase::test::interposer

using namespace netabase::test::interposer;

extern "C" {

ssize_t pwrite(int fd, const void* data, size_t size, off_t offset) {
  static auto* const real = next_one<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  if (offset < 8192 && size < 4096 ? fails(failing_meta_writes) : fails(failing_data_writes)) return -1;
  const ssize_t written = real(fd, data, size, offset);
  const iovec part{const_cast<void*>(data), size};
  record_write(fd, &part, 1, written, offset);
  return written;
}

ssize_t pwritev(int fd, const iovec* data, int count, off_t offset) {
  static auto* const real = next_one<ssize_t(int, const iovec*, int, off_t)>("pwritev");
  if (fails(failing_data_writes)) return -1;
  const ssize_t written = real(fd, data, count, offset);
  record_write(fd, data, count, written, offset);
  return written;
}

ssize_t writev(int fd, const iovec* data, int count) {
  static auto* const real = next_one<ssize_t(int, const iovec*, int)>("writev");
  if (fails(failing_data_writes)) return -1;
  const off_t offset = recording ? ::lseek(fd, 0, SEEK_CUR) : 0;
  const ssize_t written = real(fd, data, count);
  record_write(fd, data, count, written, offset);
  return written;
}

int fdatasync(int fd) {
  static auto* const real = next_one<int(int)>("fdatasync");
  if (fails(failing_syncs)) return -1;
  const int result = real(fd);
  if (result == 0 && is_recorded(fd)) record(Event::Kind::sync);
  return result;
}
}

#endif
