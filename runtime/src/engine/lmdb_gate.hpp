#pragma once

/// \file
/// The gate between transactions and what may only happen while there is none: moving the map, replacing the file.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace netabase::engine::lmdb {

/// A shared/exclusive lock of which each transaction holds a share for its whole life, whatever threads it visits.
///
/// Entering and leaving is one atomic operation each while nobody wants it exclusively and it has its owner. A thread
/// that waits for exclusiveness goes before new transactions only for a moment (`precedence`): a thread with an open
/// transaction that begins a second one must not wait for one who waits for the first.
class Gate {
 public:
  /// Takes a share; waits while the gate is held exclusively.
  void enter() {
    std::uint32_t word = word_.load(std::memory_order_relaxed);
    while ((word & (exclusive | wanted)) == 0) {
      if (word_.compare_exchange_weak(word, word + 1, std::memory_order_acquire, std::memory_order_relaxed)) return;
    }
    enter_slowly();
  }

  /// Gives a share back. True when the gate is orphaned and this was the last share: the caller destroys what the gate
  /// guards, the gate included.
  [[nodiscard]] bool leave() {
    std::uint32_t word = word_.load(std::memory_order_relaxed);
    while ((word & flags) == 0) {
      if (word_.compare_exchange_weak(word, word - 1, std::memory_order_release, std::memory_order_relaxed))
        return false;
    }
    return leave_slowly();
  }

  using Time = std::chrono::steady_clock::time_point;

  /// The first step to having it exclusively: waits until nobody else has or wants that; false when `until` comes
  /// first. From then on, new shares wait for `precedence`. Then lock() or stop_wanting().
  [[nodiscard]] bool want(Time until);
  /// Waits for the last share to be given back; false when `until` comes first: it is wanted still.
  [[nodiscard]] bool lock(Time until);
  void stop_wanting();
  void unlock();

  /// The owner goes away. True when there is no share: the caller destroys; otherwise the last leave() says so.
  [[nodiscard]] bool orphan();

  /// Shares held at this moment.
  std::uint32_t shares() const noexcept { return word_.load(std::memory_order_relaxed) & ~flags; }

 private:
  static constexpr std::uint32_t exclusive = 1U << 31;
  static constexpr std::uint32_t wanted = 1U << 30;
  static constexpr std::uint32_t orphaned = 1U << 29;
  static constexpr std::uint32_t flags = exclusive | wanted | orphaned;
  static constexpr std::chrono::milliseconds precedence{50};

  void enter_slowly();
  bool leave_slowly();

  /// Flags, and the number of shares below them. The flags change under mutex_ only.
  std::atomic<std::uint32_t> word_{0};
  std::mutex mutex_;
  std::condition_variable changed_;
};

}  // namespace netabase::engine::lmdb
