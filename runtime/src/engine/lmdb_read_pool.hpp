#pragma once

/// \file
/// Idle read transactions, and the way to have the gate without any.

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "engine/lmdb_gate.hpp"

namespace netabase::engine::lmdb {

struct TransactionState;

/// Idle read transactions, each with a reader slot of the lock file and with its share of the gate, which it keeps: to
/// begin and to end one is an atomic operation each, on memory that no other thread uses as long as there are no more
/// than 64. Any thread; nobody waits.
///
/// Who wants the gate exclusively closes the pool first. A place is closed by what lies in it, so that whoever ends a
/// transaction touches nothing of the pool once it has been put there: from then on the environment may go at any time.
class ReadPool {
 public:
  ~ReadPool();

  void set_limit(std::uint32_t max_readers) noexcept;
  /// With its share of the gate; null: there is none, or the pool is closed.
  TransactionState* take() noexcept;
  /// Takes its share of the gate over; false: the pool is full or closed.
  bool put(TransactionState* state) noexcept;
  /// Destroys what is idle, and takes nothing until open(). Returns how many shares of the gate the caller now has to
  /// give back.
  std::size_t close() noexcept;
  /// Only for the one who closed it.
  void open() noexcept;

 private:
  static constexpr std::size_t most = 64;

  /// A place of its own cache line: neighbours belong to other threads.
  struct alignas(64) Place {
    std::atomic<TransactionState*> state{nullptr};
  };

  static std::size_t start() noexcept;
  /// What lies in a place that is closed; no transaction.
  TransactionState* closed() noexcept { return reinterpret_cast<TransactionState*>(&closed_); }

  std::array<Place, most> places_;
  std::size_t limit_ = 1;  // a power of two
  alignas(64) std::byte closed_{};
};

/// Holds a gate exclusively until it is destroyed.
class ExclusiveGate {
 public:
  /// Waits up to `wait` for every share to be given back; those of idle transactions are.
  ExclusiveGate(Gate& gate, ReadPool& pool, std::chrono::milliseconds wait);
  ~ExclusiveGate();
  ExclusiveGate(const ExclusiveGate&) = delete;
  ExclusiveGate& operator=(const ExclusiveGate&) = delete;
  bool held() const noexcept { return held_; }

 private:
  Gate& gate_;
  ReadPool& pool_;
  bool held_ = false;
};

}  // namespace netabase::engine::lmdb
