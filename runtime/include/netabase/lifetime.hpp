#pragma once

/// \file
/// How a borrowed view knows, in checked builds, that its transaction is still there.
///
/// NETABASE_CHECKED is 1 or 0 for a whole program; the CMake target netabase::runtime defines it. With 0 a Lifetime is
/// empty and costs nothing, and using a view too late is undefined behaviour.

#include <cstdint>

#ifndef NETABASE_CHECKED
#error \
    "NETABASE_CHECKED is not defined: link to the CMake target netabase::runtime, which sets it for the whole program"
#endif

#if NETABASE_CHECKED
#include <atomic>
#endif

/// On a member function whose result must not outlive the object: Clang warns where it can see that it does.
#if defined(__clang__)
#define NETABASE_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define NETABASE_LIFETIMEBOUND
#endif

namespace netabase {

#if NETABASE_CHECKED

/// A count that moves on when views taken before become invalid. Lives for ever once made, so that a view may look at
/// it at any time; reused by later transactions.
struct LifetimeCounter {
  std::atomic<std::uint64_t> value{1};
};

namespace detail {
[[noreturn]] void throw_transaction_ended();
}  // namespace detail

/// Remembers a count; `check()` throws TransactionEnded once it moved on. Trivially copyable. Any thread.
class Lifetime {
 public:
  /// Never ends: for bytes that are owned by the caller.
  Lifetime() = default;
  explicit Lifetime(const LifetimeCounter& counter) noexcept
      : counter_(&counter), value_(counter.value.load(std::memory_order_relaxed)) {}

  void check() const {
    if (counter_ != nullptr && counter_->value.load(std::memory_order_relaxed) != value_)
      detail::throw_transaction_ended();
  }

 private:
  const LifetimeCounter* counter_ = nullptr;
  std::uint64_t value_ = 0;
};

/// The owner's side: held by a transaction.
class LifetimeSource {
 public:
  LifetimeSource();
  ~LifetimeSource();  ///< ends every Lifetime taken from it
  LifetimeSource(const LifetimeSource&) = delete;
  LifetimeSource& operator=(const LifetimeSource&) = delete;

  Lifetime current() const noexcept { return Lifetime(*counter_); }
  /// Ends every Lifetime taken so far.
  void advance() noexcept { counter_->value.fetch_add(1, std::memory_order_relaxed); }

 private:
  LifetimeCounter* counter_;
};

#else

class Lifetime {
 public:
  void check() const noexcept {}
};

class LifetimeSource {
 public:
  Lifetime current() const noexcept { return {}; }
  void advance() noexcept {}
};

#endif

}  // namespace netabase
