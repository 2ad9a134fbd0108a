#include "engine/lmdb_read_pool.hpp"

#include <algorithm>
#include <bit>

#include "engine/lmdb_state.hpp"

namespace netabase::engine::lmdb {

ReadPool::~ReadPool() { close(); }

void ReadPool::set_limit(std::uint32_t max_readers) noexcept {
  // Each idle transaction keeps a reader slot from other processes.
  limit_ = std::bit_floor(std::clamp<std::size_t>(max_readers / 8, 1, most));
}

std::size_t ReadPool::start() noexcept {
  static std::atomic<std::size_t> counter{0};
  thread_local const std::size_t mine = counter.fetch_add(1, std::memory_order_relaxed);
  return mine;
}

TransactionState* ReadPool::take() noexcept {
  const std::size_t begin = start();
  for (std::size_t i = 0; i < limit_; ++i) {
    std::atomic<TransactionState*>& place = places_[(begin + i) & (limit_ - 1)].state;
    TransactionState* found = place.load(std::memory_order_relaxed);
    if (found == nullptr) continue;
    if (found == closed()) return nullptr;
    if (place.compare_exchange_strong(found, nullptr, std::memory_order_acquire, std::memory_order_relaxed)) {
      return found;
    }
  }
  return nullptr;
}

bool ReadPool::put(TransactionState* state) noexcept {
  const std::size_t begin = start();
  const std::size_t limit = limit_;
  for (std::size_t i = 0; i < limit; ++i) {
    std::atomic<TransactionState*>& place = places_[(begin + i) & (limit - 1)].state;
    TransactionState* expected = nullptr;
    if (place.load(std::memory_order_relaxed) == nullptr &&
        place.compare_exchange_strong(expected, state, std::memory_order_release, std::memory_order_relaxed)) {
      return true;
    }
  }
  return false;
}

std::size_t ReadPool::close() noexcept {
  std::size_t shares = 0;
  for (Place& place : places_) {
    TransactionState* const state = place.state.exchange(closed(), std::memory_order_acq_rel);
    if (state == nullptr || state == closed()) continue;
    delete state;
    ++shares;
  }
  return shares;
}

void ReadPool::open() noexcept {
  for (Place& place : places_) place.state.store(nullptr, std::memory_order_release);
}

ExclusiveGate::ExclusiveGate(Gate& gate, ReadPool& pool, std::chrono::milliseconds wait) : gate_(gate), pool_(pool) {
  const auto until = std::chrono::steady_clock::now() + wait;
  if (!gate_.want(until)) return;
  for (std::size_t shares = pool_.close(); shares != 0; --shares) {
    [[maybe_unused]] const bool orphaned = gate_.leave();  // never: the environment is in use by its owner
  }
  held_ = gate_.lock(until);
  if (held_) return;
  pool_.open();
  gate_.stop_wanting();
}

ExclusiveGate::~ExclusiveGate() {
  if (!held_) return;
  pool_.open();  // before another can close it
  gate_.unlock();
}

}  // namespace netabase::engine::lmdb
