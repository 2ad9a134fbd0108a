#include "engine/writer_slot.hpp"

namespace netabase::engine {

bool WriterSlot::take(bool wait) {
  std::unique_lock lock(mutex_);
  if (taken_ && !wait) return false;
  freed_.wait(lock, [this] { return !taken_; });
  taken_ = true;
  owner_.store(std::this_thread::get_id(), std::memory_order_relaxed);
  return true;
}

void WriterSlot::give_back() {
  // Notified under the lock: the next holder may destroy the slot as soon as it has it.
  const std::lock_guard lock(mutex_);
  taken_ = false;
  owner_.store(std::thread::id(), std::memory_order_relaxed);
  freed_.notify_one();
}

}  // namespace netabase::engine
