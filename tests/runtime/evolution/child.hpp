#pragma once

/// \file
/// Another process, for a file that this one has open too.

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <utility>

#include <doctest/doctest.h>

namespace evolution_test {

/// Runs `work` in a child process, step by step: each call of the function that it gets waits for the parent's step().
/// A child that was not joined, since the test failed before, ends itself at its next step.
class Child {
 public:
  explicit Child(const std::function<int(const std::function<void()>&)>& work) {
    REQUIRE(::pipe(to_child_.data()) == 0);
    REQUIRE(::pipe(to_parent_.data()) == 0);
    process_ = ::fork();
    REQUIRE(process_ >= 0);
    if (process_ != 0) {
      ::close(to_parent_[1]);
      return;
    }
    ::close(to_parent_[0]);
    ::close(to_child_[1]);
    int result = 99;
    try {
      result = work([&] {
        char byte = 0;
        if (::write(to_parent_[1], &byte, 1) != 1 || ::read(to_child_[0], &byte, 1) != 1) ::_exit(98);
      });
    } catch (...) {
    }
    ::_exit(result);
  }
  ~Child() {
    if (process_ > 0) end();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Until the child waits for its next step.
  void wait() {
    char byte = 0;
    REQUIRE(::read(to_parent_[0], &byte, 1) == 1);
  }
  void step() {
    const char byte = 0;
    REQUIRE(::write(to_child_[1], &byte, 1) == 1);
  }
  int join() {
    const int status = end();
    return WIFEXITED(status) ? WEXITSTATUS(status) : 100;
  }

 private:
  int end() {
    for (const int descriptor : {to_child_[0], to_child_[1], to_parent_[0]}) ::close(descriptor);
    int status = 0;
    CHECK(::waitpid(std::exchange(process_, -1), &status, 0) >= 0);
    return status;
  }

  std::array<int, 2> to_child_{};
  std::array<int, 2> to_parent_{};
  pid_t process_ = -1;
};

}  // namespace evolution_test
