#include "engine/writer_slot.hpp"

namespace netabase::engine {

bool WriterSlot::take_slowly(bool wait) {
  if (!wait) return false;
  std::unique_lock lock(mutex_);
  // Who finds it taken leaves word that somebody waits, and sleeps before the lock is free: the holder, who wakes under
  // the lock, cannot come in between.
  while (state_.exchange(awaited, std::memory_order_acquire) != vacant) freed_.wait(lock);
  owner_.store(std::this_thread::get_id(), std::memory_order_relaxed);
  return true;
}

void WriterSlot::wake() {
  const std::lock_guard lock(mutex_);
  freed_.notify_one();
}

}  // namespace netabase::engine
