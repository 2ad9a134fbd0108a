#pragma once

/// \file
/// An engine that counts what the typed layer writes, lets a test write behind its back, and can be full.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utility>

#include "netabase/detail/store_check.hpp"
#include "netabase/engine/engine.hpp"
#include "netabase/error.hpp"

namespace promises {

/// Entries made or overwritten, and erased, of one table.
struct Writes {
  int put = 0;
  int erased = 0;
  bool operator==(const Writes&) const = default;
};

/// `Base` with a counter. Tables are counted by their ids; one store at a time.
template <class Base>
class Watched {
 public:
  using Transaction = typename Base::Transaction;
  using ReadTransaction = typename Base::ReadTransaction;
  using Cursor = typename Base::Cursor;
  using Table = netabase::engine::Table;
  using Bytes = netabase::Bytes;

  class WriteTransaction : public Base::WriteTransaction {
   public:
    explicit WriteTransaction(typename Base::WriteTransaction&& base) : Base::WriteTransaction(std::move(base)) {}

    netabase::engine::Reserved reserve(Table table, Bytes key, std::size_t size, netabase::engine::PutMode mode) {
      fail_if_asked();
      const auto reserved = Base::WriteTransaction::reserve(table, key, size, mode);
      if (reserved.space != nullptr) ++writes()[table.id].put;
      return reserved;
    }
    std::byte* overwrite(Table table, Bytes key, Bytes value) {
      fail_if_asked();
      std::byte* const space = Base::WriteTransaction::overwrite(table, key, value);
      ++writes()[table.id].put;
      return space;
    }
    bool erase(Table table, Bytes key) {
      const bool erased = Base::WriteTransaction::erase(table, key);
      if (erased) ++writes()[table.id].erased;
      return erased;
    }
    void commit() {
      if (!is_nested_ && broken_commits() > 0) {
        --broken_commits();
        this->abort();
        throw netabase::Error(netabase::ErrorCode::io, "the test says that the medium is broken");
      }
      if (is_full_) throw netabase::MapFull("the test says that the map is full", &last());
      Base::WriteTransaction::commit();
    }
    WriteTransaction begin_nested() {
      WriteTransaction nested(Base::WriteTransaction::begin_nested());
      nested.is_nested_ = true;
      return nested;
    }

   private:
    void fail_if_asked() {
      if (room() > 0 && --room() == 0) {
        is_full_ = true;
      }
      if (is_full_) throw netabase::MapFull("the test says that the map is full", &last());
      if (memory() > 0 && --memory() == 0) throw std::bad_alloc();
      if (refusal() > 0 && --refusal() == 0) throw netabase::Error(refusal_code(), "the test says no");
    }

    bool is_full_ = false;
    bool is_nested_ = false;
  };

  static std::shared_ptr<Watched> open(const netabase::Config& config, std::uint32_t max_tables,
                                       const netabase::engine::Initialise<WriteTransaction>& initialise) {
    return keep(Base::open(config, max_tables, wrap(initialise)));
  }
  static std::shared_ptr<Watched> temp(std::uint32_t max_tables,
                                       const netabase::engine::Initialise<WriteTransaction>& initialise) {
    return keep(Base::temp(max_tables, wrap(initialise)));
  }

  ReadTransaction begin_read() { return base_->begin_read(); }
  WriteTransaction begin_write() { return WriteTransaction(base_->begin_write()); }
  std::optional<WriteTransaction> try_begin_write() {
    auto transaction = base_->try_begin_write();
    if (!transaction) return std::nullopt;
    return WriteTransaction(std::move(*transaction));
  }
  void grow() { ++grown(); }
  bool is_full(const netabase::MapFull& error) const { return error.store() == base_.get() || base_->is_full(error); }
  void flush() { base_->flush(); }
  void backup(const std::string& path) { base_->backup(path); }
  void compact() { base_->compact(); }
  netabase::engine::Stats stats() { return base_->stats(); }
  const std::string& path() const { return base_->path(); }
  bool read_only() const { return base_->read_only(); }
  bool is_writing() const { return base_->is_writing(); }

  /// The engine of the store opened last.
  static Base& last() { return *last_engine().lock(); }

  static void forget() { writes().clear(); }
  /// What was written to a table since forget().
  static Writes of(const std::string& table) {
    const auto transaction = last().begin_read();
    return writes()[transaction.find_table(table).value().id];
  }

  /// The `writes`-th write from now on throws MapFull, and so does its transaction from then on. 0: none does.
  static void full_at(int writes) { room() = writes; }
  /// The `writes`-th write from now on throws std::bad_alloc, once. 0: none does.
  static void out_of_memory_at(int writes) { memory() = writes; }
  /// The `writes`-th write from now on throws Error(code), once, of which the engine thinks nothing. 0: none does.
  static void refuse_at(int writes, netabase::ErrorCode code = netabase::ErrorCode::invalid_argument) {
    refusal() = writes;
    refusal_code() = code;
  }
  /// How many commits from now on fail, those of nested transactions not counted.
  static int& broken_commits() {
    static int count = 0;
    return count;
  }
  /// How often room was to be made.
  static int& grown() {
    static int count = 0;
    return count;
  }

  /// Writes to one table past the typed layer.
  template <class Work>
  static void behind_its_back(const std::string& table, Work&& work) {
    auto transaction = last().begin_write();
    work(transaction, transaction.find_table(table).value());
    transaction.commit();
  }

 private:
  explicit Watched(std::shared_ptr<Base> base) : base_(std::move(base)) {}

  static std::shared_ptr<Watched> keep(std::shared_ptr<Base> base) {
    last_engine() = base;
    forget();
    return std::shared_ptr<Watched>(new Watched(std::move(base)));
  }
  static netabase::engine::Initialise<typename Base::WriteTransaction> wrap(
      netabase::engine::Initialise<WriteTransaction> initialise) {
    return [initialise](typename Base::WriteTransaction& base) {
      WriteTransaction transaction(std::move(base));
      initialise(transaction);
      base = std::move(transaction);
    };
  }
  static std::weak_ptr<Base>& last_engine() {
    static std::weak_ptr<Base> engine;
    return engine;
  }
  static int& room() {
    static int writes_left = 0;
    return writes_left;
  }
  static int& memory() {
    static int writes_left = 0;
    return writes_left;
  }
  static int& refusal() {
    static int writes_left = 0;
    return writes_left;
  }
  static netabase::ErrorCode& refusal_code() {
    static netabase::ErrorCode code{};
    return code;
  }
  static std::map<std::uint32_t, Writes>& writes() {
    static std::map<std::uint32_t, Writes> counts;
    return counts;
  }

  std::shared_ptr<Base> base_;
};

}  // namespace promises
