#include "netabase/detail/write_queue.hpp"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <iterator>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "netabase/error.hpp"

namespace netabase::detail {

namespace {

/// Keeps every signal away from the threads that are started meanwhile: the program's handlers run in its own.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_;
};

}  // namespace

struct WriteQueue::Shared {
  Work work;
  /// The process that has the thread; 0 until there is one. Looked at before the mutex, which fork() may copy locked.
  std::atomic<pid_t> process{0};
  std::atomic<std::thread::id> thread_id{};
  std::mutex mutex;  // for what follows
  std::condition_variable changed;
  std::deque<std::unique_ptr<QueuedWrite>> queue;
  bool closed = false;
  std::thread thread;

  void run() {
    thread_id.store(std::this_thread::get_id(), std::memory_order_relaxed);
    std::vector<std::unique_ptr<QueuedWrite>> batch;
    for (;;) {
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return closed || !queue.empty(); });
        if (queue.empty()) return;
        const auto count = static_cast<std::ptrdiff_t>(std::min(queue.size(), most_at_once));
        batch.assign(std::move_iterator(queue.begin()), std::move_iterator(queue.begin() + count));
        queue.erase(queue.begin(), queue.begin() + count);
      }
      work.write(batch);
      batch.clear();
    }
  }

  /// Whether this thread would wait for itself.
  bool would_wait_for_itself() const {
    return thread_id.load(std::memory_order_relaxed) == std::this_thread::get_id() || work.is_writing();
  }
};

WriteQueue::WriteQueue(Work work) : shared_(std::make_shared<Shared>()) { shared_->work = std::move(work); }

WriteQueue::~WriteQueue() {
  const pid_t owner = shared_->process.load(std::memory_order_acquire);
  if (owner == 0) return;
  if (owner != ::getpid()) {
    // The thread's share of this object stays for ever, since the thread does not exist here; the store need not.
    shared_->work = {};
    return;
  }
  const bool alone = shared_->would_wait_for_itself();
  {
    const std::lock_guard lock(shared_->mutex);
    shared_->closed = true;
    if (alone && shared_->thread.joinable()) shared_->thread.detach();
  }
  shared_->changed.notify_one();
  if (shared_->thread.joinable()) shared_->thread.join();
}

void WriteQueue::add(std::unique_ptr<QueuedWrite> write) {
  if (shared_->would_wait_for_itself()) {
    throw Error(ErrorCode::invalid_argument,
                "write_async was called by a thread that is writing to the store, in a write transaction or in a "
                "function given to write_async, and would wait for itself: write there directly, or call it later");
  }
  const pid_t self = ::getpid();
  pid_t owner = 0;
  if (!shared_->process.compare_exchange_strong(owner, self, std::memory_order_acq_rel) && owner != self) {
    throw UsedAfterFork(
        "write_async was used before fork(), and its thread stayed in the parent process: open the store again in the "
        "child");
  }
  {
    const std::lock_guard lock(shared_->mutex);
    if (!shared_->thread.joinable()) {
      try {
        const SignalsBlocked blocked;
        shared_->thread = std::thread([shared = shared_] { shared->run(); });
      } catch (const std::system_error& error) {
        throw Error(ErrorCode::io, "cannot start the thread that writes for write_async: " + std::string(error.what()) +
                                       "; end some threads, or use with_write_transaction");
      }
    }
    shared_->queue.push_back(std::move(write));
  }
  shared_->changed.notify_one();
}

}  // namespace netabase::detail
