#pragma once

/// \file
/// Many puts and removals of one model at once: gathered, checked as a whole, then written in key order.
///
/// The outcome is that of the operations one by one, the last one for a key winning, except that unique keys are
/// checked against the *final* state: a batch may swap two unique keys. So are links: records may link to each other in
/// any order, one that is written must not link to one that goes, and one that was there follows what it links to as
/// its policy says. When anything is refused (UniqueViolation, LinkViolation, KeyTooLong, key_collision), or a function
/// that an index calls throws, nothing has been written.
///
/// Why it is faster than a loop: keys that are written in order hit the page that is at hand, keys beyond the table's
/// last are appended without a search, and index entries, which come in random order, are sorted before they are
/// written. Memory: about 48 bytes plus the encoded keys for each record and index entry.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <unordered_map>
#include <vector>

#include "netabase/detail/key_list.hpp"
#include "netabase/detail/link_targets.hpp"
#include "netabase/detail/upkeep.hpp"
#include "netabase/detail/write_core.hpp"

namespace netabase::detail {

/// One bulk write. Add operations, then apply() once.
template <class Model, class Engine>
class Bulk {
 public:
  using Record = typename Model::Record;
  using Codec = typename Model::Codec;
  using Transaction = typename Engine::WriteTransaction;

  Bulk(const Access<Model, Engine>& access, WriteCore<Engine>& core)
      : access_(access),
        core_(core),
        transaction_(&core.transaction),
        scratch_(core.scratch),
        indexes_(Model::Indexes::size) {}

  void reserve(std::size_t operations) {
    records_.reserve(operations);
    extents_.reserve(operations);
    keys_.reserve(operations, operations * 8);
  }

  /// `record` must stay where it is until apply() returned.
  void put(const Record& record, Bytes record_key) {
    check_lengths<Model>(record);
    extents_.push_back(
        record::measure<Codec>(record));  // throws for what no record can hold, before anything is written
    keys_.add(record_key, number(&record));
  }

  /// `whole`: the whole encoded primary key, looked at where a hash stands for it.
  void remove(Bytes record_key, Bytes whole) {
    extents_.emplace_back();
    keys_.add(record_key, number(nullptr));
    if (key::is_hashed_record_key(record_key)) {
      removals_.push_back({static_cast<std::uint32_t>(records_.size() - 1), {whole.begin(), whole.end()}});
    }
  }

  /// Carries everything out. Returns how many of the removals found their record. What it throws once it has begun to
  /// write leaves a transaction that can only roll back.
  std::size_t apply() {
    if constexpr (LinksTo<Model>::size != 0) {
      if (removes()) return undoable(access_, transaction_, [this] { return carry_out(); });
    }
    return carry_out();
  }

 private:
  struct IndexChanges {
    KeyList gone;
    KeyList made;
  };

  /// A removal by a hashed key, with the whole one.
  struct Removed {
    std::uint32_t operation = 0;
    std::vector<std::byte> whole;
  };

  std::size_t carry_out() {
    asked_ = records_.size();
    keys_.sort();
    check_duplicates();
    keys_.keep_last();
    plan_removal();
    for_each_type(LinksOf<Model>{}, [&]<class Link>(std::type_identity<Link>, std::size_t) {
      check_bulk_targets<Link, Engine>(access_, {keys_, records_}, removal_.get());
    });
    gather();
    for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t place) {
      indexes_[place].gone.sort();
      indexes_[place].made.sort();
      if constexpr (Index::unique) check_unique<Index>(indexes_[place]);
    });
    write_part(core_, *transaction_, [&] { write(); });
    return removed_;
  }

  bool removes() const { return std::find(records_.begin(), records_.end(), nullptr) != records_.end(); }

  /// Finds what the removals entail. What that is in this model becomes part of the bulk write.
  void plan_removal() {
    if constexpr (LinksTo<Model>::size != 0) {
      if (!removes()) return;
      const BulkRecords<Record> bulk{keys_, records_};
      removal_ = std::make_unique<Removal<Model, Engine>>(access_, *transaction_, scratch_);
      key::Buffer whole;
      for (std::size_t i = 0; i < keys_.size(); ++i) {
        const Bytes record_key = keys_[i];
        Bytes value;
        if (records_[keys_.operation(i)] != nullptr || !access_.find(record_key, value)) continue;
        whole.clear();
        append_whole_key(access_, record_key, whole);
        removal_->add(whole.bytes());
      }
      removal_->set_written([bulk](Bytes record_key) { return bulk.written(record_key) != nullptr; });
      removal_->plan();
      const KeySet& all = removal_->root_keys();
      const std::size_t known = keys_.size();
      for (std::size_t i = 0; i < all.size(); ++i) {
        key::Buffer record_key;
        record_key.append(all[i]);
        key::seal_record_key(record_key);
        if (keys_.find(record_key.bytes(), known) == known) keys_.add(record_key.bytes(), number(nullptr));
      }
      keys_.sort();
    }
  }

  std::uint32_t number(const Record* record) {
    if (records_.size() == UINT32_MAX) {
      throw Error(ErrorCode::invalid_argument, "a bulk write takes at most 4294967295 records: split it");
    }
    records_.push_back(record);
    return static_cast<std::uint32_t>(records_.size() - 1);
  }

  /// Whether every entry from here on lies beyond the table's last one, so that nothing need be looked up.
  bool is_beyond_last(engine::Table table, Bytes key, bool& known, key::Buffer& last) {
    if (!known) {
      auto cursor = access_.transaction().cursor(table);
      if (cursor.last()) last.append(cursor.key().data(), cursor.key().size());
      known = true;
    }
    return compare(key, last.bytes()) > 0;
  }

  /// Two records of the batch under one hashed key must be the same record.
  void check_duplicates() const {
    for (std::size_t i = 1; i < keys_.size(); ++i) {
      if (!key::is_hashed_record_key(keys_[i]) || compare(keys_[i - 1], keys_[i]) != 0) continue;
      const Record* one = records_[keys_.operation(i - 1)];
      const Record* other = records_[keys_.operation(i)];
      if (one == nullptr || other == nullptr) continue;
      key::Buffer left;
      key::Buffer right;
      access_.append_primary(left, *one);
      access_.append_primary(right, *other);
      if (compare(left.bytes(), right.bytes()) != 0) throw_collision(Model::name);
    }
  }

  /// Throws key_collision when a hashed key to remove stands for another record.
  void check_removal(Bytes existing, Bytes record_key, std::uint32_t operation) const {
    if (!key::is_hashed_record_key(record_key)) return;
    for (const Removed& removal : removals_) {
      if (removal.operation == operation && !access_.has_primary(existing, removal.whole)) {
        throw_collision(Model::name);
      }
    }
  }

  /// Looks up what is there already and collects the index entries that go and come.
  void gather() {
    Upkeep<Model, Engine> upkeep(access_, *transaction_, scratch_);
    auto cursor = access_.transaction().cursor(access_.records());
    bool last_known = false;
    key::Buffer last;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const std::uint32_t operation = keys_.operation(i);
      const Record* record = records_[operation];
      const Bytes record_key = keys_[i];
      const bool exists = !is_beyond_last(access_.records(), record_key, last_known, last) && cursor.find(record_key);
      if (exists && record != nullptr) upkeep.check_collision(cursor.value(), *record, record_key);
      if (exists && record == nullptr) {
        check_removal(cursor.value(), record_key, operation);
        if (operation < asked_) ++removed_;
      }
      if (exists && record != nullptr && is_newer<Model>(cursor.value())) [[unlikely]] {
        carried_.emplace(operation, carried<Model>(cursor.value(), *record));
      }
      if constexpr (Model::Indexes::size != 0) {
        if (exists) {
          gather_changes(cursor.value(), record, record_key, operation);
        } else if (record != nullptr) {
          gather_new(*record, record_key, operation);
        }
      }
    }
  }

  void gather_new(const Record& record, Bytes record_key, std::uint32_t operation) {
    for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t place) {
      each_entry<Index>(record, record_key, scratch_.entry, [&](const Entry& entry) {
        indexes_[place].made.add(entry.key, operation, !entry.value.empty());
      });
    });
  }

  void gather_changes(Bytes existing, const Record* record, Bytes record_key, std::uint32_t operation) {
    if constexpr (model_calls_functions<Model>) {
      gather_changes_from(Codec::own(access_.view(existing)), record, record_key, operation);
    } else {
      gather_changes_from(access_.view(existing), record, record_key, operation);
    }
  }

  /// `old`: the stored record, decoded or borrowed.
  template <class AnyRecord>
  void gather_changes_from(const AnyRecord& old, const Record* record, Bytes record_key, std::uint32_t operation) {
    for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t place) {
      before_.clear();
      after_.clear();
      each_entry<Index>(old, record_key, scratch_.entry, [&](const Entry& entry) { before_.add(entry.key, false); });
      before_.sort_unique();
      if (record != nullptr) {
        each_entry<Index>(*record, record_key, scratch_.entry,
                          [&](const Entry& entry) { after_.add(entry.key, !entry.value.empty()); });
        after_.sort_unique();
      }
      each_only_in(before_, after_, [&](std::size_t gone) { indexes_[place].gone.add(before_[gone], operation); });
      each_only_in(after_, before_,
                   [&](std::size_t made) { indexes_[place].made.add(after_[made], operation, after_.flag(made)); });
    });
  }

  /// The stored primary key of an operation.
  Bytes record_key_of(std::uint32_t operation, key::Buffer& buffer) const {
    buffer.clear();
    access_.append_primary(buffer, *records_[operation]);
    key::seal_record_key(buffer);
    return buffer.bytes();
  }

  template <class Index>
  void check_unique(const IndexChanges& changes) {
    const KeyList& made = changes.made;
    auto cursor = access_.transaction().cursor(access_.template table<Index>());
    bool last_known = false;
    key::Buffer last;
    key::Buffer own;
    for (std::size_t i = 0; i < made.size(); ++i) {
      const std::uint32_t operation = made.operation(i);
      if (i > 0 && made.operation(i - 1) != operation && compare(made[i - 1], made[i]) == 0) {
        throw_violation<Index>(made[i], operation, *records_[made.operation(i - 1)]);
      }
      if (is_beyond_last(access_.template table<Index>(), made[i], last_known, last)) continue;
      if (!cursor.find(made[i]) || changes.gone.contains(made[i])) continue;
      const Bytes owner = cursor.value();
      if (compare(owner, record_key_of(operation, own)) == 0) continue;
      Bytes value;
      if (!access_.find(owner, value)) access_.throw_dangling(Index::table);
      throw_violation<Index>(made[i], operation, access_.view(value));
    }
  }

  /// `existing`: the record, stored or of the batch, that has the unique key.
  template <class Index, class AnyRecord>
  [[noreturn]] void throw_violation(Bytes entry, std::uint32_t operation, const AnyRecord& existing) const {
    key::Buffer buffer;
    Index::each_key(*records_[operation], [&](const auto&... parts) {
      buffer.clear();
      Index::Parts::append(buffer, parts...);
      key::seal_unique_key(buffer);
      if (compare(buffer.bytes(), entry) == 0) {
        throw_taken<Index>(existing, entry, parts...);
      }
    });
    access_.throw_dangling(Index::table);
  }

  void write() {
    for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t place) {
      const KeyList& gone = indexes_[place].gone;
      for (std::size_t i = 0; i < gone.size(); ++i) transaction_->erase(access_.template table<Index>(), gone[i]);
    });
    write_records();
    for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t place) {
      write_entries<Index>(indexes_[place].made);
    });
    if constexpr (LinksTo<Model>::size != 0) {
      if (removal_) removal_->execute(true);
    }
  }

  void write_records() {
    bool last_known = false;
    key::Buffer last;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const Record* record = records_[keys_.operation(i)];
      if (record == nullptr) {
        transaction_->erase(access_.records(), keys_[i]);
        continue;
      }
      if (!carried_.empty()) {
        const auto found = carried_.find(keys_.operation(i));
        if (found != carried_.end()) {
          put_carried(*transaction_, access_.records(), keys_[i], found->second);
          continue;
        }
      }
      const bool append = is_beyond_last(access_.records(), keys_[i], last_known, last);
      const record::Extent& extent = extents_[keys_.operation(i)];
      const engine::Reserved reserved = transaction_->reserve(
          access_.records(), keys_[i], extent.bytes, append ? engine::PutMode::append : engine::PutMode::upsert);
      record::write<Codec>(reserved.space, extent, *record, Model::schema_version);
    }
  }

  template <class Index>
  void write_entries(const KeyList& made) {
    const engine::Table table = access_.template table<Index>();
    bool last_known = false;
    key::Buffer last;
    key::Buffer own;
    for (std::size_t i = 0; i < made.size(); ++i) {
      if (i > 0 && compare(made[i - 1], made[i]) == 0) continue;  // one record's key twice
      const bool append = is_beyond_last(table, made[i], last_known, last);
      Bytes value{};
      if (made.has_value(i)) value = record_key_of(made.operation(i), own);
      const engine::Reserved reserved = transaction_->reserve(
          table, made[i], value.size(), append ? engine::PutMode::append : engine::PutMode::upsert);
      if (!value.empty()) std::memcpy(reserved.space, value.data(), value.size());
    }
  }

  Access<Model, Engine> access_;
  WriteCore<Engine>& core_;
  Transaction* transaction_;
  Scratch& scratch_;
  std::vector<const Record*> records_;   ///< by operation; null for a removal
  std::vector<record::Extent> extents_;  ///< by operation of the caller's
  KeyList keys_;
  std::vector<IndexChanges> indexes_;
  std::vector<Removed> removals_;
  std::unique_ptr<Removal<Model, Engine>> removal_;  ///< when something is removed that may be linked to
  std::size_t asked_ = 0;  ///< operations of the caller's; what follows from them comes behind
  std::unordered_map<std::uint32_t, std::vector<std::uint64_t>> carried_;  ///< values of records that were newer
  ByteStrings before_;
  ByteStrings after_;
  std::size_t removed_ = 0;
};

}  // namespace netabase::detail
