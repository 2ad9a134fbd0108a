#include "runtime/evolution/kill_switch.hpp"

#include <dlfcn.h>
#include <signal.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>

namespace evolution_test {

namespace {

std::atomic<std::uint64_t> calls{0};
std::atomic<std::uint64_t> last_call{UINT64_MAX};
std::atomic<bool> tears{false};

}  // namespace

std::uint64_t file_calls() noexcept { return calls; }

void kill_after(std::uint64_t more, bool halfway) noexcept {
  tears = halfway;
  last_call = calls + more;
}

}  // namespace evolution_test

#if !NETABASE_TEST_SANITIZED

namespace {

template <class Function>
Function* next_one(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

/// Counts a call; true: it is the last one.
bool is_last() { return evolution_test::calls.fetch_add(1) >= evolution_test::last_call; }

void die() { ::kill(::getpid(), SIGKILL); }

}  // namespace

extern "C" {

ssize_t pwrite(int fd, const void* data, size_t size, off_t offset) {
  static auto* const real = next_one<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  if (is_last()) {
    // A page of LMDB's head is not torn: media write sectors whole.
    if (evolution_test::tears && size > 512) real(fd, data, size / 2, offset);
    die();
  }
  return real(fd, data, size, offset);
}

ssize_t pwritev(int fd, const iovec* data, int count, off_t offset) {
  static auto* const real = next_one<ssize_t(int, const iovec*, int, off_t)>("pwritev");
  if (is_last()) {
    if (evolution_test::tears && count > 1) real(fd, data, count / 2, offset);
    die();
  }
  return real(fd, data, count, offset);
}

ssize_t writev(int fd, const iovec* data, int count) {
  static auto* const real = next_one<ssize_t(int, const iovec*, int)>("writev");
  if (is_last()) {
    if (evolution_test::tears && count > 1) real(fd, data, count / 2);
    die();
  }
  return real(fd, data, count);
}

int fdatasync(int fd) {
  static auto* const real = next_one<int(int)>("fdatasync");
  if (is_last()) die();
  return real(fd);
}
}

#endif
