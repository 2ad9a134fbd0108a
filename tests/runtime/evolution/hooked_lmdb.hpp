#pragma once

/// \file
/// Lmdb that calls a test back, so that what another process does falls between two chosen calls of this one.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "netabase/detail/store_check.hpp"
#include "netabase/detail/store_opening.hpp"
#include "netabase/engine/lmdb.hpp"

namespace evolution_test {

/// Empty ones are not called. They may use the store: no transaction of the calling thread is open.
struct Hooks {
  std::function<void()> step{};            ///< after open(), and before a transaction begins or a backup is made
  std::function<void()> after_commit{};    ///< the engine has committed, and commit() has not returned
  std::function<void()> after_exchange{};  ///< the same of commit_exchanging()
  std::function<void()> after_compact{};   ///< the same of compact()
};

class HookedLmdb {
 public:
  using Transaction = netabase::Lmdb::Transaction;
  using ReadTransaction = netabase::Lmdb::ReadTransaction;
  using Cursor = netabase::Lmdb::Cursor;

  class WriteTransaction : public netabase::Lmdb::WriteTransaction {
   public:
    explicit WriteTransaction(netabase::Lmdb::WriteTransaction&& base)
        : netabase::Lmdb::WriteTransaction(std::move(base)) {}
    void commit() {
      netabase::Lmdb::WriteTransaction::commit();
      call(hooks().after_commit);
    }
    void commit_exchanging(const netabase::engine::TablePairs& pairs) {
      netabase::Lmdb::WriteTransaction::commit_exchanging(pairs);
      call(hooks().after_exchange);
    }
    WriteTransaction begin_nested() { return WriteTransaction(netabase::Lmdb::WriteTransaction::begin_nested()); }
  };
  using Initialise = netabase::engine::Initialise<WriteTransaction>;

  explicit HookedLmdb(std::shared_ptr<netabase::Lmdb> base) : base_(std::move(base)) {}
  static std::shared_ptr<HookedLmdb> open(const netabase::Config& config, std::uint32_t max_tables,
                                          const Initialise& initialise) {
    auto opened = std::make_shared<HookedLmdb>(netabase::Lmdb::open(config, max_tables, wrap(initialise)));
    call(hooks().step);
    return opened;
  }
  static std::shared_ptr<HookedLmdb> temp(std::uint32_t max_tables, const Initialise& initialise) {
    return std::make_shared<HookedLmdb>(netabase::Lmdb::temp(max_tables, wrap(initialise)));
  }

  ReadTransaction begin_read() {
    call(hooks().step);
    return base_->begin_read();
  }
  WriteTransaction begin_write() {
    call(hooks().step);
    return WriteTransaction(base_->begin_write());
  }
  std::optional<WriteTransaction> try_begin_write() {
    auto transaction = base_->try_begin_write();
    if (!transaction) return std::nullopt;
    return WriteTransaction(std::move(*transaction));
  }
  void grow() { base_->grow(); }
  bool is_full(const netabase::MapFull& error) const { return base_->is_full(error); }
  void flush() { base_->flush(); }
  void backup(const std::string& path) {
    call(hooks().step);
    base_->backup(path);
  }
  void compact() {
    base_->compact();
    call(hooks().after_compact);
  }
  netabase::engine::Stats stats() { return base_->stats(); }
  const std::string& path() const { return base_->path(); }
  bool read_only() const { return base_->read_only(); }
  bool is_writing() const { return base_->is_writing(); }

  /// Of all of them in this process.
  static Hooks& hooks() {
    static Hooks all;
    return all;
  }

 private:
  static void call(const std::function<void()>& hook) {
    if (hook) hook();
  }
  static netabase::engine::Initialise<netabase::Lmdb::WriteTransaction> wrap(Initialise initialise) {
    return [initialise](netabase::Lmdb::WriteTransaction& base) {
      WriteTransaction transaction(std::move(base));
      initialise(transaction);
      base = std::move(transaction);
    };
  }

  std::shared_ptr<netabase::Lmdb> base_;
};

/// Hooks until the end of the scope.
class HooksHere {
 public:
  explicit HooksHere(Hooks hooks) { HookedLmdb::hooks() = std::move(hooks); }
  ~HooksHere() { HookedLmdb::hooks() = {}; }
  HooksHere(const HooksHere&) = delete;
  HooksHere& operator=(const HooksHere&) = delete;
};

}  // namespace evolution_test
