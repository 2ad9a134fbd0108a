#pragma once

/// \file
/// Transactions of a store.

#include <atomic>
#include <exception>
#include <memory>
#include <type_traits>
#include <utility>

#include "netabase/detail/open_store.hpp"
#include "netabase/detail/recycled.hpp"
#include "netabase/write_tree.hpp"

namespace netabase {

template <class Definition, class Engine>
class Store;

namespace detail {

template <class Definition, class Engine>
class GroupCommit;

/// What a store and everything taken from it share. Lives until the last of them is gone.
template <class Engine>
struct StoreState {
  std::shared_ptr<Engine> engine;
  std::vector<engine::Table> tables;  ///< in the order that first_table and index_table count
  engine::Table meta;
  std::atomic<std::uint16_t> readable_version{0};  ///< the newest schema of the file that is known to be readable
  std::atomic<std::uint16_t> writable_version{0};  ///< the same for writing
  std::atomic<std::uint64_t> seen{0};  ///< unique_number() of the commit that was looked at last, when reading
  /// A unique_number() that a write transaction gets only when nobody else has committed since the last look; 0: there
  /// is none.
  std::atomic<std::uint64_t> unchanged{0};

  /// After a write transaction with that number was committed and stored something: a commit without changes leaves its
  /// number to the next one, which may be another process's. What it stored was nothing about the schema. A thread may
  /// come here late, after other commits and compact(): the number then is one that no transaction gets any more.
  void committed(std::uint64_t number) noexcept {
    unchanged.store(number + 1, std::memory_order_relaxed);
    std::uint64_t before = number - 1;
    seen.compare_exchange_strong(before, number, std::memory_order_relaxed);
  }
};

/// Refuses to go on when another process gave the file a newer schema that this program cannot follow: SchemaNewer; and
/// to write while an upgrade in batches is under way: UpgradeUnderWay.
/// One look-up, and none where nobody else committed anything since the last one. Only for engines whose files other
/// processes may have open. Returns the transaction's unique_number(), 0 for other engines.
template <class Definition, class Engine, class Transaction>
std::uint64_t notice_upgrade(StoreState<Engine>& state, const Transaction& transaction, bool writing) {
  if constexpr (requires { transaction.unique_number(); }) {
    const std::uint64_t number = transaction.unique_number();
    std::atomic<std::uint64_t>& known = writing ? state.unchanged : state.seen;
    if (known.load(std::memory_order_relaxed) == number) return number;
    std::atomic<std::uint16_t>& accepted = writing ? state.writable_version : state.readable_version;
    Bytes entry;
    transaction.get(state.meta, as_bytes("schema_version"), entry);
    const std::optional<std::uint16_t> version = to_version(entry);
    if (writing && entry.size() > sizeof(*version)) {
      check_no_upgrade(state.engine->path(), read_identity(transaction, state.meta));
    }
    if (version && *version > accepted.load(std::memory_order_relaxed)) {
      follow_newer(state.engine->path(), compiled_identity<Definition>(), evolution::compiled_schema<Definition>(),
                   read_identity(transaction, state.meta), writing);
      accepted.store(*version, std::memory_order_relaxed);
    }
    known.store(number, std::memory_order_relaxed);
    return number;
  } else {
    return 0;
  }
}

/// Whether `Record` is a model of `Definition`.
template <class Record, class Definition>
concept ModelOfDefinition = std::is_same_v<typename ModelType<Record>::Definition, Definition>;

}  // namespace detail

/// A snapshot: sees the store as it was when it began, however long it lives and whatever is written meanwhile. Never
/// waits for the writer and never makes it wait. Pages that it can still see cannot be reused, so a snapshot that is
/// kept for long makes the file grow.
///
/// Ends with its scope. Movable between threads; used by one thread at a time. Beginning and ending one costs well
/// under a microsecond. Trees, ranges and views taken from it must not be used after it.
template <class Definition, class Engine>
class ReadTransaction {
 public:
  /// The records of one model. No cost.
  template <detail::ModelOfDefinition<Definition> Record>
  ReadTree<Record, Engine> open_tree() & NETABASE_LIFETIMEBOUND {
    if (core_ == nullptr) throw TransactionEnded("a read transaction was used after it was moved from");
    const auto access = this->access<ModelType<Record>>();
    if (access.is_absent()) detail::throw_absent(ModelType<Record>::name);
    return ReadTree<Record, Engine>(access);
  }
  template <class Record>
  ReadTree<Record, Engine> open_tree() && = delete;  // the snapshot would end before the tree is used: give it a name

 private:
  friend class Store<Definition, Engine>;

  template <class Model>
  detail::Access<Model, Engine> access() {
    return detail::Access<Model, Engine>(core_->transaction, core_->state->tables.data(), core_->lifetime,
                                         core_->lifetime.current());
  }

  struct Core final : detail::Recycled<Core> {
    explicit Core(std::shared_ptr<detail::StoreState<Engine>> shared)
        : state(std::move(shared)), transaction(state->engine->begin_read()) {
      detail::notice_upgrade<Definition>(*state, transaction, false);
    }
    std::shared_ptr<detail::StoreState<Engine>> state;
    typename Engine::ReadTransaction transaction;
    LifetimeSource lifetime;
  };

  explicit ReadTransaction(std::shared_ptr<detail::StoreState<Engine>> state)
      : core_(std::make_unique<Core>(std::move(state))) {}

  std::unique_ptr<Core> core_;
};

/// All or nothing: what is written through its trees becomes visible to others, and durable as Config::durability says,
/// when commit() returns. Destroyed without commit(), it rolls back.
///
/// One at a time for a store, over all processes; beginning waits for the one before. Used by the thread that began it
/// (wrong_thread otherwise).
template <class Definition, class Engine>
class WriteTransaction {
 public:
  WriteTransaction(WriteTransaction&&) noexcept = default;
  WriteTransaction& operator=(WriteTransaction&&) noexcept = default;

  /// The records of one model. No cost.
  template <detail::ModelOfDefinition<Definition> Record>
  WriteTree<Record, Engine> open_tree() & NETABASE_LIFETIMEBOUND {
    check_open();
    return WriteTree<Record, Engine>(detail::Access<ModelType<Record>, Engine>(core_->transaction, core_->tables,
                                                                               core_->views, core_->open.current()),
                                     *core_);
  }
  template <class Record>
  WriteTree<Record, Engine> open_tree() && = delete;  // would roll back before the tree is used: give it a name

  /// Makes everything written so far part of the store. On a throw nothing of it is. Ends the transaction either way,
  /// unless the call was not in order (wrong_thread; invalid_argument while a nested transaction is open).
  /// In a function given to write_async it throws invalid_argument, as rollback() does: the store commits there, and a
  /// throw rolls back.
  void commit() {
    check_own();
    commit_in_store();
  }

  /// Undoes everything and ends the transaction.
  void rollback() {
    check_own();
    end();
  }

  /// Whether neither commit() nor rollback() was called, of this one and those it is nested in.
  bool is_open() const noexcept { return core_ != nullptr && core_->is_open; }

  /// A transaction within this one: its commit() keeps its writes in this one, its rollback undoes only its own. Until
  /// it ends, this one and its trees must rest.
  WriteTransaction begin_nested() & {
    check_open();
    detail::store_sequences(*core_);
    for (detail::Sequence& sequence : core_->sequences) sequence = {};
    core_->advance();
    WriteTransaction nested(core_->state, core_->transaction.begin_nested());
    nested.core_->around = core_.get();
    core_->nested = nested.core_.get();
    return nested;
  }
  WriteTransaction begin_nested() && = delete;

 private:
  friend class Store<Definition, Engine>;
  template <class, class>
  friend class detail::GroupCommit;

  /// From here on commit() and rollback() are refused.
  void leave_to_store() { core_->is_left_to_store = true; }

  /// commit(), also where that is left to the store.
  void commit_in_store() {
    check_open();
    if (core_->half_done) {
      end();
      detail::refuse_half_done(*core_);
    }
    try {
      detail::store_sequences(*core_);
      core_->commit();
    } catch (const Error& error) {
      if (error.code() != ErrorCode::wrong_thread && error.code() != ErrorCode::invalid_argument) end();
      throw;
    } catch (...) {
      end();
      throw;
    }
    end();
  }

  struct SharedState {
    std::shared_ptr<detail::StoreState<Engine>> state;
  };
  /// The state outlives the engine's transaction.
  struct Core final : SharedState, detail::WriteCore<Engine>, detail::Recycled<Core> {
    Core(std::shared_ptr<detail::StoreState<Engine>> shared, typename Engine::WriteTransaction begun)
        : SharedState{std::move(shared)},
          detail::WriteCore<Engine>(std::move(begun), this->state->tables.data(), this->state->meta),
          number(detail::notice_upgrade<Definition>(*this->state, this->transaction, true)) {}
    ~Core() { close(); }
    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;

    void commit() {
      if constexpr (requires { this->transaction.unique_number(); }) {
        const bool stores = around == nullptr && this->transaction.has_written();
        this->transaction.commit();
        if (stores) this->state->committed(number);
      } else {
        this->transaction.commit();
      }
    }

    /// Ends what was taken from the transaction, and whatever is nested in it: the engine ends that along with it.
    void close() noexcept {
      is_open = false;
      this->advance();
      this->open.advance();
      if (nested != nullptr) {
        nested->around = nullptr;
        std::exchange(nested, nullptr)->close();
      }
      if (around != nullptr) std::exchange(around, nullptr)->nested = nullptr;
    }

    const std::uint64_t number;  ///< what committed() is to be told
    bool is_open = true;
    bool is_left_to_store = false;  ///< the user's commit() and rollback() are refused
    Core* around = nullptr;         ///< of a nested transaction: that in which it is nested
    Core* nested = nullptr;         ///< the one that is nested in this one, while it is open
  };

  WriteTransaction(std::shared_ptr<detail::StoreState<Engine>> state, typename Engine::WriteTransaction transaction)
      : core_(std::make_unique<Core>(std::move(state), std::move(transaction))) {}

  void check_open() const {
    if (!is_open()) {
      throw TransactionEnded(
          "a write transaction was used after its commit() or rollback(), or that of the one it is nested in, "
          "or after it was moved from: begin another one");
    }
  }
  void check_own() const {
    check_open();
    if (core_->is_left_to_store) {
      throw Error(ErrorCode::invalid_argument,
                  "a function given to write_async committed or rolled back the transaction: the store commits it when "
                  "the function returns; throw to roll back, or begin a nested transaction");
    }
  }
  void end() {
    core_->transaction.abort();
    core_->close();
  }

  std::unique_ptr<Core> core_;
};

/// A WriteTree with a transaction of its own, which commits when the scope is left, and rolls back when it is left by
/// an exception. Since the commit happens in the destructor, that may throw what commit() throws; call commit()
/// yourself to handle it in place.
template <class Record, class Definition, class Engine>
class AutoTree {
 public:
  AutoTree(AutoTree&&) = delete;

  ~AutoTree() noexcept(false) {
    if (transaction_.is_open() && std::uncaught_exceptions() == exceptions_) transaction_.commit();
  }

  /// The tree: `users->put(user)`. Not of a temporary, which would end before what is taken from the tree.
  WriteTree<Record, Engine>* operator->() & NETABASE_LIFETIMEBOUND { return &tree_; }
  WriteTree<Record, Engine>& operator*() & NETABASE_LIFETIMEBOUND { return tree_; }
  WriteTree<Record, Engine>* operator->() && = delete;
  WriteTree<Record, Engine>& operator*() && = delete;

  void commit() { transaction_.commit(); }
  void rollback() { transaction_.rollback(); }

 private:
  friend class Store<Definition, Engine>;

  explicit AutoTree(WriteTransaction<Definition, Engine> transaction)
      : transaction_(std::move(transaction)),
        tree_(transaction_.template open_tree<Record>()),
        exceptions_(std::uncaught_exceptions()) {}

  WriteTransaction<Definition, Engine> transaction_;
  WriteTree<Record, Engine> tree_;
  int exceptions_;
};

}  // namespace netabase
