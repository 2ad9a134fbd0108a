#include "netabase/lifetime.hpp"

#if NETABASE_CHECKED

#include <memory>
#include <mutex>
#include <vector>

#include "netabase/error.hpp"

namespace netabase {

namespace {

/// Counters are never freed: a view that outlived its transaction must find one. They are few, since they are reused.
struct CounterPool {
  std::mutex mutex;
  std::vector<std::unique_ptr<LifetimeCounter>> all;
  std::vector<LifetimeCounter*> idle;
};

CounterPool& pool() {
  // Not destroyed at exit, for transactions in static storage.
  static CounterPool* const instance = new CounterPool;
  return *instance;
}

}  // namespace

LifetimeSource::LifetimeSource() {
  CounterPool& counters = pool();
  const std::lock_guard lock(counters.mutex);
  if (counters.idle.empty()) {
    counters.all.push_back(std::make_unique<LifetimeCounter>());
    counters.idle.reserve(counters.all.size());
    counters.idle.push_back(counters.all.back().get());
  }
  counter_ = counters.idle.back();
  counters.idle.pop_back();
}

LifetimeSource::~LifetimeSource() {
  advance();
  CounterPool& counters = pool();
  const std::lock_guard lock(counters.mutex);
  counters.idle.push_back(counter_);  // has room: reserved when the counter was made
}

namespace detail {

void throw_transaction_ended() {
  throw TransactionEnded(
      "a borrowed record, range or tree was used after its transaction ended, or after a later write in the same "
      "transaction: copy what is needed longer with to_owned(), or keep the transaction open");
}

}  // namespace detail

}  // namespace netabase

#endif
