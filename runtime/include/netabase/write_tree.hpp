#pragma once

/// \file
/// Writing the records of one model.

#include <cstddef>
#include <deque>
#include <initializer_list>
#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

#include "netabase/detail/bulk.hpp"
#include "netabase/detail/write_core.hpp"
#include "netabase/read_tree.hpp"

namespace netabase {

template <class Record, class Engine>
class Batch;

/// A ReadTree that writes as well. Every call keeps every index of the model right, and touches only index entries that
/// change. A call either does all it says or throws and does nothing; what it did becomes part of the store when the
/// transaction commits.
///
/// Any call that writes ends the life of views and ranges taken from the same transaction before.
///
/// Links to removed records are dealt with as their policies say (link.hpp).
///
/// Throws UniqueViolation, LinkViolation, KeyTooLong, MapFull and DiskFull; after the last two the transaction can only
/// roll back.
template <class Record, class Engine>
class WriteTree : public ReadTree<Record, Engine> {
  using Base = ReadTree<Record, Engine>;
  using Upkeep = detail::Upkeep<ModelType<Record>, Engine>;
  using Bulk = detail::Bulk<ModelType<Record>, Engine>;

 public:
  using Model = typename Base::Model;
  using PrimaryKey = typename Base::PrimaryKey;
  using PrimaryIndex = typename Base::PrimaryIndex;

  /// Stores `record`, in place of the one with the same primary key if there is one. One that is stored already, byte
  /// for byte, is not written again.
  ///
  /// With an automatic primary key: one that is zero gets the next number of the model's sequence, and the key is
  /// returned. Otherwise returns nothing.
  auto put(const Record& record) {
    if constexpr (Model::automatic) {
      Record numbered = record;
      detail::number_record<Model>(core(), numbered);
      put_one(numbered, Upkeep::Existing::replace);
      return PrimaryKey(numbered.*Model::automatic_member);
    } else {
      put_one(record, Upkeep::Existing::replace);
    }
  }

  /// Stores `record` only if no record has its primary key. Returns whether it was stored; with an automatic primary
  /// key, the key as an optional.
  auto insert(const Record& record) {
    if constexpr (Model::automatic) {
      Record numbered = record;
      detail::number_record<Model>(core(), numbered);
      return put_one(numbered, Upkeep::Existing::keep) ? std::optional<PrimaryKey>(numbered.*Model::automatic_member)
                                                       : std::nullopt;
    } else {
      return put_one(record, Upkeep::Existing::keep);
    }
  }

  /// Stores many records, sorted and appended where they can be: several times faster than a loop of put(). All or
  /// nothing. Of several with one primary key the last wins; unique keys are checked against the outcome, so that
  /// records may swap them. `records`: any range of the struct. With an automatic primary key returns the keys, in the
  /// order given.
  template <class Records>
  auto put_many(Records&& records) {
    if constexpr (Model::automatic) {
      std::vector<Record> numbered = collect(records);
      std::vector<PrimaryKey> keys;
      keys.reserve(numbered.size());
      for (Record& record : numbered) {
        detail::number_record<Model>(core(), record);
        keys.emplace_back(record.*Model::automatic_member);
      }
      put_all(numbered);
      return keys;
    } else if constexpr (std::forward_iterator<decltype(std::begin(records))> &&
                         std::is_lvalue_reference_v<decltype(*std::begin(records))> &&
                         std::is_same_v<std::remove_cvref_t<decltype(*std::begin(records))>, Record>) {
      put_all(records);
    } else {
      put_all(collect(records));
    }
  }
  auto put_many(std::initializer_list<Record> records) { return put_many<std::initializer_list<Record>&>(records); }

  /// Reads the record with this key, lets `change(Record&)` alter it and stores it again. Returns false when there is
  /// no such record. The primary key must stay as it is (invalid_argument). What `change` throws goes through, and
  /// nothing is stored.
  template <class Key, class Change>
  bool update(const Key& key, Change&& change) requires detail::WholeKey<PrimaryIndex, Key> {
    this->access_.transaction();  // the checked builds' test that it is still open
    key::Buffer before;
    detail::append_key<PrimaryIndex>(before, key);
    key::Buffer record_key(before);
    key::seal_record_key(record_key);
    Bytes existing;
    if (!core_->transaction.find_to_write(this->access_.records(), record_key.bytes(), existing)) return false;
    if (key::is_hashed_record_key(record_key.bytes()) && !this->access_.has_primary(existing, before.bytes())) {
      return false;
    }
    Record record = Model::Codec::own(this->access_.view(existing));
    const std::uint64_t writes = core_->writes;
    std::forward<Change>(change)(record);
    key::Buffer after;
    detail::Access<Model, Engine>::append_primary(after, record);
    if (compare(before.bytes(), after.bytes()) != 0) {
      throw Error(ErrorCode::invalid_argument,
                  "update() of " + std::string(Model::name) + " " +
                      to_string(detail::primary_key_of<PrimaryIndex>(record)) +
                      " changed the primary key: remove() the old record and put() the new one instead");
    }
    if (core_->writes != writes) {  // by `change`
      put_one(record, Upkeep::Existing::replace);
      return true;
    }
    core_->advance();
    detail::guard_write(*core_, [&] {
      Upkeep(this->access_, core_->transaction, core_->scratch).replace(existing, record, record_key.bytes());
    });
    return true;
  }

  /// Removes the record with this key, and what links to it with on_delete = cascade. Returns whether there was one.
  /// What a function of the struct throws that a computed or partial index calls goes through: of a record that goes
  /// alone, nothing was changed; where records go or change along links, some may be gone already, and the transaction
  /// can only be rolled back: commit() throws Error(io) and stores nothing.
  template <class... Key>
  bool remove(const Key&... key) requires detail::WholeKey<PrimaryIndex, Key...> {
    Bytes value;
    if (!this->access_.get(value, key...)) return false;
    key::Buffer record_key;
    detail::make_record_key<PrimaryIndex>(record_key, key...);
    core_->advance();
    if constexpr (detail::LinksTo<Model>::size != 0) {
      key::Buffer whole;
      detail::append_key<PrimaryIndex>(whole, key...);
      detail::remove_linked(this->access_, *core_, [&](auto& removal) { removal.add(whole.bytes()); });
    } else {
      detail::guard_write(
          *core_, [&] { Upkeep(this->access_, core_->transaction, core_->scratch).remove(value, record_key.bytes()); });
    }
    return true;
  }

  /// Removes the records with these keys; absent ones are passed over. Returns how many there were, without those
  /// that went because they linked to one. `keys`: any range of keys, a lazy one of this tree too: it is read to its
  /// end before anything is removed.
  template <class Keys>
  std::size_t remove_many(Keys&& keys) {
    return remove_all(keys);
  }
  template <class Key>
  std::size_t remove_many(std::initializer_list<Key> keys) {
    return remove_all(keys);
  }
  /// For keys of several parts: remove_many({{"a", 1}, {"b", 2}}).
  std::size_t remove_many(std::initializer_list<PrimaryKey> keys) { return remove_all(keys); }

  /// Removes every record of the model. Costs by pages, not records, unless others link to them with an optional or a
  /// vector. An automatic key goes on counting.
  void clear() {
    this->access_.transaction();
    core_->advance();
    if constexpr (detail::LinksTo<Model>::size != 0) {
      if (this->is_empty()) return;
      detail::remove_linked(this->access_, *core_, [](auto& removal) { removal.add_all(); });
    } else {
      core_->transaction.clear(this->access_.records());
      detail::write_whole(*core_, [&] { detail::clear_indexes(this->access_, core_->transaction); });
    }
  }

  /// An empty batch of writes to this model.
  Batch<Record, Engine> create_batch() const { return Batch<Record, Engine>(*this); }

 protected:
  template <class, class>
  friend class WriteTransaction;
  friend class Batch<Record, Engine>;

  WriteTree(detail::Access<Model, Engine> access, detail::WriteCore<Engine>& core) : Base(access), core_(&core) {}

 private:
  /// Throws TransactionEnded in checked builds.
  detail::WriteCore<Engine>& core() const {
    this->access_.transaction();
    return *core_;
  }

  bool put_one(const Record& record, typename Upkeep::Existing existing) {
    this->access_.transaction();  // the checked builds' test that it is still open
    key::Buffer record_key;
    detail::Access<Model, Engine>::append_primary(record_key, record);
    key::seal_record_key(record_key);
    core_->advance();
    return detail::guard_write(*core_, [&] {
      return Upkeep(this->access_, core_->transaction, core_->scratch).put(record, record_key.bytes(), existing);
    });
  }

  void add_put(Bulk& bulk, const Record& record) {
    key::Buffer& record_key = core_->scratch.key;
    record_key.clear();
    detail::Access<Model, Engine>::append_primary(record_key, record);
    key::seal_record_key(record_key);
    bulk.put(record, record_key.bytes());
  }

  template <class Key>
  void add_removal(Bulk& bulk, const Key& key) {
    key::Buffer whole;
    detail::append_key<PrimaryIndex>(whole, key);
    key::Buffer& record_key = core_->scratch.key;
    record_key.clear();
    record_key.append(whole.data(), whole.size());
    key::seal_record_key(record_key);
    bulk.remove(record_key.bytes(), whole.bytes());
  }

  /// Copies of what a range gives, for ranges that are walked once or whose elements do not stay.
  template <class Records>
  static std::vector<Record> collect(Records& records) {
    std::vector<Record> copies;
    for (auto&& record : records) copies.push_back(std::forward<decltype(record)>(record));
    return copies;
  }

  template <class Keys>
  std::size_t remove_all(Keys& keys) {
    this->access_.transaction();  // the checked builds' test that it is still open
    Bulk bulk(this->access_, *core_);
    for (const auto& key : keys) add_removal(bulk, key);
    core_->advance();
    return bulk.apply();
  }

  template <class Records>
  void put_all(Records&& records) {
    this->access_.transaction();
    Bulk bulk(this->access_, *core_);
    if constexpr (requires { records.size(); }) bulk.reserve(records.size());
    for (const Record& record : records) add_put(bulk, record);
    core_->advance();
    bulk.apply();
  }

  detail::WriteCore<Engine>* core_;
};

/// Writes that are collected and carried out together by commit(): as fast as put_many, all or nothing, the last word
/// on a key winning. A batch that is destroyed without commit() does nothing. Holds copies of its records.
template <class Record, class Engine>
class Batch {
 public:
  using Model = ModelType<Record>;
  using PrimaryIndex = typename Model::PrimaryIndex;

  /// With an automatic primary key, as WriteTree::put: a zero one gets its number now, and the key is returned.
  auto put(Record record) {
    if constexpr (Model::automatic) {
      detail::number_record<Model>(tree_.core(), record);
      const typename Model::PrimaryKey key(record.*Model::automatic_member);
      operations_.push_back({std::move(record), {}});
      return key;
    } else {
      operations_.push_back({std::move(record), {}});
    }
  }

  template <class... Key>
  void remove(const Key&... key) requires detail::WholeKey<PrimaryIndex, Key...> {
    operations_.push_back({std::nullopt, detail::whole_key<PrimaryIndex>(key...)});
  }

  std::size_t size() const noexcept { return operations_.size(); }
  bool is_empty() const noexcept { return operations_.empty(); }
  void clear() noexcept { operations_.clear(); }

  /// Carries the writes out in the batch's transaction and empties the batch. When it throws, nothing was written and
  /// the batch is as it was.
  void commit() {
    tree_.access_.transaction();
    typename WriteTree<Record, Engine>::Bulk bulk(tree_.access_, *tree_.core_);
    bulk.reserve(operations_.size());
    for (const Operation& operation : operations_) {
      if (operation.record) {
        tree_.add_put(bulk, *operation.record);
      } else {
        tree_.add_removal(bulk, *operation.key);
      }
    }
    tree_.core_->advance();
    bulk.apply();
    operations_.clear();
  }

 private:
  friend class WriteTree<Record, Engine>;

  struct Operation {
    std::optional<Record> record;  ///< absent: a removal of `key`
    std::optional<typename Model::PrimaryKey> key;
  };

  explicit Batch(const WriteTree<Record, Engine>& tree) : tree_(tree) {}

  WriteTree<Record, Engine> tree_;
  std::deque<Operation> operations_;
};

}  // namespace netabase
