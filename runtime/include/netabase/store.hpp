#pragma once

/// \file
/// The store: one file (or one memory) that holds the records of a definition's models.
///
///     auto store = netabase::Store<blog::BlogDefinition>::open("blog.mdb");
///     store.with_write_transaction([](auto& txn) { txn.template open_tree<blog::User>().put(alice); });
///     std::optional<blog::User> user = store.quick_get<blog::User>(1);

#include <concepts>
#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "netabase/check.hpp"
#include "netabase/config.hpp"
#include "netabase/detail/group_commit.hpp"
#include "netabase/detail/open_store.hpp"
#include "netabase/detail/write_queue.hpp"
#include "netabase/engine/lmdb.hpp"
#include "netabase/transaction.hpp"

namespace netabase {

using engine::Stats;

/// An open store. Movable, and after that refused (invalid_argument); may be used by any thread. Transactions that are
/// still open keep the file open.
template <class Definition, class Engine = Lmdb>
class Store {
 public:
  using Read = ReadTransaction<Definition, Engine>;
  using Write = WriteTransaction<Definition, Engine>;

  /// Opens the store, or makes it when the file is missing and `create_if_missing` is on. A new file appears under its
  /// name only when it is complete. Cost: independent of the store's size when the file has the program's schema.
  ///
  /// A file with an older schema is upgraded, in one transaction: all or nothing, also when the process is killed.
  /// Layouts that old records follow by themselves need no work, indexes are built and dropped, models with a chain of
  /// Config::migrations are converted by it; SchemaMismatch when one is needed and missing. Opened read_only, the file
  /// stays as it is: what follows by itself is read, and an index that it lacks throws SchemaMismatch when it is asked.
  /// With Config::upgrade_batch it takes several transactions, the last of which makes the new store of the old one; an
  /// upgrade that was stopped goes on, also without upgrade_batch. A program of another schema throws UpgradeUnderWay
  /// then, unless it only reads.
  ///
  /// A file with a newer schema throws SchemaNewer, except that one with no more than new fields, renamings and new
  /// enumerators is opened: the new fields of a record survive when this program puts it again. read_only opens
  /// whatever this program can read.
  ///
  /// Throws SchemaMismatch, SchemaNewer, FormatMismatch, Corrupt, AlreadyOpen, ReadOnly, and Error with not_found,
  /// invalid_argument, in_use, network_filesystem or io; during an upgrade MigrationFailed, UniqueViolation (a new
  /// unique index, and two records with one key), LinkViolation, KeyTooLong, MapFull, DiskFull, and what the callbacks
  /// throw. The file is then as it was, or waits for the upgrade to go on (Config::upgrade_batch).
  static Store open(const Config& config) {
    return Store(detail::open_store<Engine>(detail::descriptor_of<Definition>, config));
  }
  template <std::convertible_to<std::string> Path>  // a template, so that open({.path = ...}) can only mean a Config
  static Store open(const Path& path) {
    Config config;
    config.path = path;
    return open(config);
  }

  /// What open() would do to the file: compares, runs the migrations over all records, builds the indexes, and rolls
  /// everything back. Errors of the upgrade are in the report; the file must exist, and may be open in other processes,
  /// whose writers wait meanwhile. Pages that only a rolled back transaction used may be left free in the file.
  static UpgradeReport dry_run_upgrade(const Config& config) {
    return detail::dry_run_upgrade<Engine>(detail::descriptor_of<Definition>, config);
  }

  /// A store that vanishes when it is closed; never synced.
  static Store temp() {
    detail::Opened<Engine> opened;
    const detail::DefinitionDescriptor& definition = detail::descriptor_of<Definition>;
    opened.engine = Engine::temp(definition.tables, [&](typename Engine::WriteTransaction& transaction) {
      detail::initialise_store(definition, transaction);
    });
    opened.version = Definition::schema_version;
    detail::find_tables(definition, opened.engine->begin_read(), {}, opened);
    return Store(std::move(opened));
  }

  /// A snapshot of the last commit. Never waits.
  Read begin_read() const& { return Read(shared()); }
  Read begin_read() const&& = delete;

  /// Waits until the writer before it is done. When a transaction before it met a full map that may grow, makes room
  /// first, for which it waits up to a second until this process's other transactions end.
  Write begin_write() const& { return Write(shared(), state().engine->begin_write()); }
  Write begin_write() const&& = delete;

  /// Nothing, at once, when another thread of this process is writing. A writer of another process is waited for.
  std::optional<Write> try_begin_write() const& {
    auto transaction = state().engine->try_begin_write();
    if (!transaction) return std::nullopt;
    return Write(shared(), std::move(*transaction));
  }
  std::optional<Write> try_begin_write() const&& = delete;

  /// Runs `work(ReadTransaction&)` on a snapshot and returns what it returns, which must not be borrowed.
  template <class Work>
  auto with_read_transaction(Work&& work) const {
    check_result<std::invoke_result_t<Work&, Read&>>();
    Read transaction(shared());
    return work(transaction);
  }

  /// Runs `work(WriteTransaction&)`, commits, and returns what it returned; rolls back when it throws. When this
  /// store's map was full, makes room and runs `work` again from the start: it must be ready for that. Throws MapFull
  /// when there is no more room to make, and what another store threw at `work` as it is.
  template <class Work>
  auto with_write_transaction(Work&& work) const {
    using Result = std::invoke_result_t<Work&, Write&>;
    check_result<Result>();
    for (int run = 1;; ++run) {
      try {
        Write transaction(shared(), state().engine->begin_write());
        if constexpr (std::is_void_v<Result>) {
          work(transaction);
          if (transaction.is_open()) transaction.commit();
          return;
        } else {
          Result result = work(transaction);
          if (transaction.is_open()) transaction.commit();
          return result;
        }
      } catch (const MapFull& error) {
        if (!state().engine->is_full(error) || run == detail::most_runs) throw;
      }
      state().engine->grow();
    }
  }

  /// Queues `work(WriteTransaction&)` for the store's own thread, which runs all that waits in one commit, so that many
  /// small writes share the wait for the medium. Returns at once; the future has what `work` returned as soon as it is
  /// committed, and durable as Config::durability says, or what it threw.
  ///
  /// Order: as the calls came; of one thread, therefore, in its own order. Each sees what those before it wrote.
  ///
  /// All or nothing: each runs in a transaction of its own, nested in that of the batch. One that throws is rolled back
  /// alone; a commit that fails is the error of all in its batch. commit() and rollback() are not for `work` to call
  /// (invalid_argument). When the map was full, room is made and the batch run again from the start, so `work` must be
  /// ready to run again, as with with_write_transaction.
  ///
  /// `work` is moved or copied into the queue and destroyed, by the store's thread, before the future is ready. What it
  /// refers to must live until then, whether or not the future does.
  ///
  /// Threads: any, but for one that is writing to this store, in a transaction or in such a function: it would wait for
  /// itself, and gets invalid_argument at once. The thread starts at the first call and ends with the last Store object
  /// for the file, whose destructor waits until all that is queued is done. Where that cannot be, since the
  /// destroying thread is writing itself, the store's thread goes on alone and closes the file when it is done. In a
  /// child made by fork(): UsedAfterFork, by the call or the future.
  ///
  /// Cost: an allocation or two, and a nested transaction (some 2 us), beside what `work` does. A batch takes at most
  /// 1024 functions, all that wait when the one before is done; none waits for others to come. The queue has no limit:
  /// who calls faster than the medium takes it should wait for futures now and then.
  template <class Work>
  auto write_async(Work&& work) const {
    using Queued = detail::AsyncWrite<Write, std::decay_t<Work>>;
    check_result<typename Queued::Result>();
    static_cast<void>(shared());
    auto queued = std::make_unique<Queued>(std::forward<Work>(work));
    std::future<typename Queued::Result> future = queued->future();
    queue_->add(std::move(queued));
    return future;
  }

  /// One put, get or remove in a transaction of its own.
  template <class Record>
  auto quick_put(const Record& record) const {
    return with_write_transaction([&](Write& txn) { return txn.template open_tree<Record>().put(record); });
  }
  template <class Record, class... Key>
  std::optional<Record> quick_get(const Key&... key) const {
    return with_read_transaction([&](Read& txn) { return txn.template open_tree<Record>().get(key...); });
  }
  template <class Record, class... Key>
  bool quick_remove(const Key&... key) const {
    return with_write_transaction([&](Write& txn) { return txn.template open_tree<Record>().remove(key...); });
  }

  /// A tree with a write transaction of its own, committed at the end of the scope: `auto users =
  /// store.open_tree_auto<blog::User>(); users->put(alice);`
  template <class Record>
  AutoTree<Record, Definition, Engine> open_tree_auto() const& {
    return AutoTree<Record, Definition, Engine>(begin_write());
  }
  template <class Record>
  AutoTree<Record, Definition, Engine> open_tree_auto() const&& = delete;

  /// Waits until everything committed is on the medium. With Durability::full each commit has done so.
  void flush() const { state().engine->flush(); }

  /// Writes a consistent copy to `path`, which must not exist, while readers and writers go on.
  void backup(const std::string& path) const { state().engine->backup(path); }

  /// Gives the file's free pages back to the filesystem. Needs the store alone: waits for this process's transactions,
  /// and throws Error(in_use) when they stay open or another process has the file open.
  void compact() const { state().engine->compact(); }

  /// Reads the whole store and compares records with their checksums and every index with the records, both ways.
  CheckReport check() const {
    Read transaction(shared());
    return detail::check_store<Engine>(detail::checked_definition<Definition>, *state().engine,
                                       transaction.core_->transaction, state().tables);
  }

  Stats stats() const { return state().engine->stats(); }

  /// The file, as it was named.
  const std::string& path() const { return state().engine->path(); }

 private:
  /// A borrowed record, alone or as an optional. (Other borrowed results cannot be told from owned ones.)
  template <class Result>
  static constexpr bool is_borrowed = requires {
    typename Result::Owned;
  }
  || requires { typename Result::value_type::Owned; };

  template <class Result>
  static constexpr void check_result() {
    static_assert(
        !std::is_reference_v<Result> && !is_borrowed<Result>,
        "what is returned from with_..._transaction outlives the transaction: return a value that owns its data");
  }

  const std::shared_ptr<detail::StoreState<Engine>>& shared() const {
    if (state_ == nullptr) {
      throw Error(ErrorCode::invalid_argument, "a store was used after it was moved from: use the one it was moved to");
    }
    return state_;
  }
  detail::StoreState<Engine>& state() const { return *shared(); }

  explicit Store(detail::Opened<Engine> opened) : state_(std::make_shared<detail::StoreState<Engine>>()) {
    state_->engine = std::move(opened.engine);
    state_->readable_version = opened.version;
    state_->writable_version = opened.version;
    state_->meta = opened.meta;
    state_->tables = std::move(opened.tables);
    // The queue's thread may outlive this object, so it gets the state and not `this`.
    queue_ = std::make_shared<detail::WriteQueue>(
        detail::WriteQueue::Work{[state = state_](detail::WriteQueue::Batch batch) {
                                   detail::GroupCommit<Definition, Engine>::write(
                                       *state, batch, [&] { return Write(state, state->engine->begin_write()); });
                                 },
                                 [state = state_] { return state->engine->is_writing(); }});
  }

  std::shared_ptr<detail::StoreState<Engine>> state_;
  std::shared_ptr<detail::WriteQueue> queue_;  // destroyed first: it waits for what is queued
};

}  // namespace netabase
