#pragma once

/// \file
/// Writes that wait for one thread, which does many of them at once.

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <span>

namespace netabase::detail {

/// A write that waits for its turn.
class QueuedWrite {
 public:
  QueuedWrite() = default;
  virtual ~QueuedWrite() = default;
  QueuedWrite(const QueuedWrite&) = delete;
  QueuedWrite& operator=(const QueuedWrite&) = delete;

  /// Lets go of the function, then tells the caller how it ended: null, or what was thrown.
  virtual void deliver(std::exception_ptr error) noexcept = 0;
};

/// Writes in the order in which they came, done by a thread of its own, which begins with the first of them. Any
/// thread.
class WriteQueue {
 public:
  /// The most writes in a batch. A batch is held in memory until it is committed, and no other writer gets a turn
  /// meanwhile.
  static constexpr std::size_t most_at_once = 1024;

  using Batch = std::span<const std::unique_ptr<QueuedWrite>>;

  struct Work {
    /// Does the writes of a batch and delivers each; it must not throw. Called by the thread.
    std::function<void(Batch)> write;
    /// Whether the calling thread has a write transaction open, for which `write` would have to wait.
    std::function<bool()> is_writing;
  };

  explicit WriteQueue(Work work);
  /// Waits until everything in the queue is done. In a thread for which that would never be, the one that writes and
  /// one with an open write transaction, it does not wait: the thread goes on alone until it is done, and then ends. In
  /// a child made by fork() what is in the queue is the parent's, and is left alone.
  ~WriteQueue();
  WriteQueue(const WriteQueue&) = delete;
  WriteQueue& operator=(const WriteQueue&) = delete;

  /// Throws Error(invalid_argument) in a thread that writes: waiting for the result there would be for ever. Throws
  /// UsedAfterFork when the thread is another process's, Error(io) when it cannot be started. The write is destroyed
  /// then, undelivered.
  void add(std::unique_ptr<QueuedWrite> write);

 private:
  struct Shared;  // what the thread needs, which may outlive this object
  std::shared_ptr<Shared> shared_;
};

}  // namespace netabase::detail
