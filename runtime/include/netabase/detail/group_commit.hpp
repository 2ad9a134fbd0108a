#pragma once

/// \file
/// Many writes in one transaction, each as if it had one of its own.

#include <algorithm>
#include <cstddef>
#include <exception>
#include <future>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "netabase/detail/write_queue.hpp"
#include "netabase/transaction.hpp"

namespace netabase::detail {

/// How often a write whose map was full is run. A map that doubles between them fills any address space: an engine that
/// is still full makes no room.
inline constexpr int most_runs = 64;

/// A queued function of a write transaction. Used by the queue's thread alone.
template <class Transaction>
class GroupWrite : public QueuedWrite {
 public:
  /// Runs the function, which may throw anything. May be called again: the last call counts.
  virtual void run(Transaction& transaction) = 0;

  std::exception_ptr failure;  ///< of its last run
};

/// `Work` with the future for what it returns.
template <class Transaction, class Work>
class AsyncWrite final : public GroupWrite<Transaction> {
 public:
  using Result = std::invoke_result_t<Work&, Transaction&>;

  template <class Given>
  explicit AsyncWrite(Given&& work) : work_(std::forward<Given>(work)) {}

  std::future<Result> future() { return promise_.get_future(); }

  void run(Transaction& transaction) override {
    if constexpr (std::is_void_v<Result>) {
      (*work_)(transaction);
    } else {
      result_.reset();
      result_.emplace((*work_)(transaction));
    }
  }

  void deliver(std::exception_ptr error) noexcept override {
    // Before the caller goes on: what the function holds may be the caller's.
    work_.reset();
    try {
      if (error) {
        result_.reset();
        promise_.set_exception(std::move(error));
      } else if constexpr (std::is_void_v<Result>) {
        promise_.set_value();
      } else {
        promise_.set_value(std::move(*result_));
      }
    } catch (...) {  // moving the result
      promise_.set_exception(std::current_exception());
    }
  }

 private:
  struct Nothing {};

  std::optional<Work> work_;
  std::optional<std::conditional_t<std::is_void_v<Result>, Nothing, Result>> result_;
  std::promise<Result> promise_;
};

/// What the thread of a store's queue does.
template <class Definition, class Engine>
class GroupCommit {
 public:
  using Transaction = WriteTransaction<Definition, Engine>;
  using Batch = WriteQueue::Batch;

  /// `begin()`: a write transaction of the store, for which it waits.
  template <class Begin>
  static void write(StoreState<Engine>& state, Batch batch, Begin&& begin) noexcept {
    std::exception_ptr no_room;  // why the map cannot grow
    for (int run = 1;; ++run) {
      std::exception_ptr failure;
      bool is_full = false;
      try {
        write_once(state, batch, begin, no_room);
      } catch (const MapFull& error) {
        failure = std::current_exception();
        is_full = state.engine->is_full(error);
      } catch (...) {
        failure = std::current_exception();
      }
      if (is_full && !no_room && run < most_runs) {
        try {
          state.engine->grow();
        } catch (...) {
          no_room = std::current_exception();
          if (batch.size() == 1) return deliver(batch, no_room);
        }
        continue;
      }
      if (is_full && batch.size() > 1) {
        // There is no room for all of them; there may be for some.
        for (std::size_t i = 0; i < batch.size(); ++i) write(state, batch.subspan(i, 1), begin);
        return;
      }
      return deliver(batch, failure);
    }
  }

 private:
  static GroupWrite<Transaction>& at(Batch batch, std::size_t i) {
    return static_cast<GroupWrite<Transaction>&>(*batch[i]);
  }

  /// `failure` to all that did not fail by themselves.
  static void deliver(Batch batch, const std::exception_ptr& failure) noexcept {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      GroupWrite<Transaction>& write = at(batch, i);
      std::exception_ptr error = std::exchange(write.failure, nullptr);
      write.deliver(error ? std::move(error) : failure);
    }
  }

  /// Runs and commits all of them. What one throws is kept for it, except that a full map is thrown on where it may
  /// still grow (`no_room` is null).
  template <class Begin>
  static void write_once(StoreState<Engine>& state, Batch batch, Begin&& begin, const std::exception_ptr& no_room) {
    for (std::size_t i = 0; i < batch.size(); ++i) at(batch, i).failure = nullptr;
    Transaction transaction = begin();
    bool any = false;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      GroupWrite<Transaction>& write = at(batch, i);
      try {
        if (batch.size() == 1) {
          run_in(transaction, write);
        } else {
          Transaction own = transaction.begin_nested();
          run_in(own, write);
          own.commit_in_store();
        }
        any = true;
      } catch (const MapFull& error) {
        const bool is_full = state.engine->is_full(error);
        if (is_full && !no_room) throw;
        write.failure = is_full ? no_room : std::current_exception();
      } catch (...) {
        write.failure = std::current_exception();
      }
    }
    if (any) transaction.commit_in_store();
  }

  static void run_in(Transaction& transaction, GroupWrite<Transaction>& write) {
    transaction.leave_to_store();
    write.run(transaction);
  }
};

}  // namespace netabase::detail
