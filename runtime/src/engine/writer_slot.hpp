#pragma once

/// \file
/// The right to write, of which a store has one in a process.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

namespace netabase::engine {

/// Held by the thread with the open write transaction. Unlike a mutex it can be asked who holds it, and be given back
/// by any thread. Any thread.
class WriterSlot {
 public:
  /// Waits, unless `wait` is off and it is taken (false). Must not be held by this thread.
  [[nodiscard]] bool take(bool wait) {
    std::uint32_t found = vacant;
    if (!state_.compare_exchange_strong(found, taken, std::memory_order_acquire, std::memory_order_relaxed))
        [[unlikely]] {
      return take_slowly(wait);
    }
    owner_.store(std::this_thread::get_id(), std::memory_order_relaxed);
    return true;
  }
  /// The slot must stay until the call returns, also when the next holder is done before.
  void give_back() {
    owner_.store(std::thread::id(), std::memory_order_relaxed);
    if (state_.exchange(vacant, std::memory_order_release) == awaited) [[unlikely]]
      wake();
  }
  bool held_by_this_thread() const noexcept {
    return owner_.load(std::memory_order_relaxed) == std::this_thread::get_id();
  }

 private:
  static constexpr std::uint32_t vacant = 0;
  static constexpr std::uint32_t taken = 1;
  static constexpr std::uint32_t awaited = 2;  // taken, and somebody may be waiting

  bool take_slowly(bool wait);
  void wake();

  std::atomic<std::uint32_t> state_{vacant};
  std::mutex mutex_;
  std::condition_variable freed_;
  std::atomic<std::thread::id> owner_{};
};

}  // namespace netabase::engine
