#pragma once

/// \file
/// The right to write, of which a store has one in a process.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace netabase::engine {

/// Held by the thread with the open write transaction. Unlike a mutex it can be asked who holds it, and be given back
/// by any thread. Any thread.
class WriterSlot {
 public:
  /// Waits, unless `wait` is off and it is taken (false). Must not be held by this thread.
  [[nodiscard]] bool take(bool wait);
  void give_back();
  bool held_by_this_thread() const noexcept {
    return owner_.load(std::memory_order_relaxed) == std::this_thread::get_id();
  }

 private:
  std::mutex mutex_;
  std::condition_variable freed_;
  bool taken_ = false;
  std::atomic<std::thread::id> owner_{};
};

}  // namespace netabase::engine
