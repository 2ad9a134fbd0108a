#pragma once

/// \file
/// Another process for tests of several.

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <utility>

#include <doctest/doctest.h>

namespace netabase::test {

/// A child process that waits to be told; it ends with this object.
class Companion {
 public:
  template <class Body>
  explicit Companion(Body body) {
    REQUIRE(::pipe(ready_) == 0);
    REQUIRE(::pipe(go_) == 0);
    child_ = ::fork();
    if (child_ == 0) {
      ::close(ready_[0]);
      ::close(go_[1]);
      try {
        body([this] { [[maybe_unused]] auto done = ::write(ready_[1], "r", 1); },
             [this] {
               char byte;
               [[maybe_unused]] auto got = ::read(go_[0], &byte, 1);
             });
      } catch (const std::exception& error) {
        std::fprintf(stderr, "child: %s\n", error.what());
      }
      ::_exit(0);
    }
    ::close(ready_[1]);
    ::close(go_[0]);
  }
  ~Companion() {
    ::close(go_[1]);
    ::close(ready_[0]);
    if (child_ > 0) ::waitpid(child_, nullptr, 0);
  }
  Companion(const Companion&) = delete;
  Companion& operator=(const Companion&) = delete;

  void wait_until_ready() {
    char byte;
    REQUIRE(::read(ready_[0], &byte, 1) == 1);
  }
  void go_on() { REQUIRE(::write(go_[1], "g", 1) == 1); }
  void kill() {
    ::kill(child_, SIGKILL);
    ::waitpid(std::exchange(child_, -1), nullptr, 0);
  }

 private:
  int ready_[2]{};
  int go_[2]{};
  pid_t child_ = -1;
};

}  // namespace netabase::test
