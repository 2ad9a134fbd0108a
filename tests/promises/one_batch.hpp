#pragma once

/// \file
/// Writes of which it is known that they come to one batch of write_async, however the threads are scheduled.

#include <future>
#include <utility>

namespace promises {

/// Queues what `queue()` does while the store's own thread is in a function that was queued before, alone, and waits
/// there. So all of it comes to the next batch, and nothing else does. Returns when the one before is committed.
template <class Store, class Queue>
void in_one_batch(const Store& store, Queue&& queue) {
  std::promise<void> running;
  std::promise<void> queued;
  auto is_running = running.get_future();
  auto first = store.write_async([running = std::move(running), all_queued = queued.get_future()](auto&) mutable {
    running.set_value();
    all_queued.wait();
  });
  is_running.wait();
  queue();
  queued.set_value();
  first.get();
}

}  // namespace promises
