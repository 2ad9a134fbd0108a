#include "engine/lmdb_gate.hpp"

namespace netabase::engine::lmdb {

void Gate::enter_slowly() {
  std::unique_lock lock(mutex_);
  const auto until = std::chrono::steady_clock::now() + precedence;
  while (true) {
    std::uint32_t word = word_.load(std::memory_order_relaxed);
    if ((word & exclusive) != 0) {
      changed_.wait(lock);
    } else if ((word & wanted) != 0 && std::chrono::steady_clock::now() < until) {
      changed_.wait_until(lock, until);
    } else if (word_.compare_exchange_strong(word, word + 1, std::memory_order_acquire, std::memory_order_relaxed)) {
      return;
    }
  }
}

bool Gate::leave_slowly() {
  // Under the lock from the start: who waits sees that the share is gone when this is done with the gate, and who
  // leaves last, or orphans it, comes after all who are still in here.
  const std::lock_guard lock(mutex_);
  const std::uint32_t before = word_.fetch_sub(1, std::memory_order_acq_rel);
  changed_.notify_all();
  return (before & orphaned) != 0 && ((before - 1) & ~flags) == 0;
}

bool Gate::want(Time until) {
  std::unique_lock lock(mutex_);
  while ((word_.load(std::memory_order_relaxed) & (exclusive | wanted)) != 0) {
    if (changed_.wait_until(lock, until) == std::cv_status::timeout) return false;
  }
  word_.fetch_or(wanted, std::memory_order_relaxed);
  return true;
}

bool Gate::lock(Time until) {
  std::unique_lock lock(mutex_);
  while (true) {
    std::uint32_t word = wanted;
    if (word_.compare_exchange_strong(word, exclusive, std::memory_order_acquire, std::memory_order_relaxed))
      return true;
    if (changed_.wait_until(lock, until) == std::cv_status::timeout) {
      word = wanted;  // the last share may have gone in that very moment
      return word_.compare_exchange_strong(word, exclusive, std::memory_order_acquire, std::memory_order_relaxed);
    }
  }
}

void Gate::stop_wanting() {
  const std::lock_guard lock(mutex_);
  word_.fetch_and(~wanted, std::memory_order_relaxed);
  changed_.notify_all();
}

void Gate::unlock() {
  const std::lock_guard lock(mutex_);
  word_.fetch_and(~exclusive, std::memory_order_release);
  changed_.notify_all();
}

bool Gate::orphan() {
  // Nobody waits: that is for owners. From here on every leave() takes the lock, the one that destroys it after this.
  const std::lock_guard lock(mutex_);
  return (word_.fetch_or(orphaned, std::memory_order_acq_rel) & ~flags) == 0;
}

}  // namespace netabase::engine::lmdb
