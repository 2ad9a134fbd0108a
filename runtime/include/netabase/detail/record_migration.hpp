#pragma once

/// \file
/// Converting all records of a model by a chain of migrations, in one transaction.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "netabase/detail/index_build.hpp"
#include "netabase/migration.hpp"

namespace netabase::detail {

/// A record that a migration made, ready to be stored.
struct ConvertedRecord : MigratedRecord {
  std::vector<std::byte> old_key;
  std::uint64_t number = 0;
};

/// One stored record of a model after the other, by a chain of migrations.
class RecordConversion {
 public:
  /// Borrows all.
  RecordConversion(const ModelDescriptor& model, const MigrationPath& path, const evolution::Schema& stored)
      : model_(model), path_(path), stored_(stored) {}

  /// `number`: the record's place among the model's, from 1. Throws MigrationFailed.
  ConvertedRecord convert(Bytes old_key, Bytes old_value, std::uint64_t number) const;

  /// Throws MigrationFailed: the key of `converted` is taken.
  [[noreturn]] void throw_same_key(const ConvertedRecord& converted) const;

 private:
  std::string describe(Bytes old_value) const;

  const ModelDescriptor& model_;
  const MigrationPath& path_;
  const evolution::Schema& stored_;
};

/// Makes the new records in place of the old ones, in batches. Records whose primary key changes wait in memory until
/// all others are done. Indexes are not touched: they are built anew afterwards.
template <class Engine>
class RecordMigration {
 public:
  using Transaction = typename Engine::WriteTransaction;

  /// `records`: the model's table.
  RecordMigration(Transaction& transaction, engine::Table records, const RecordConversion& conversion,
                  ProgressReport& progress)
      : transaction_(transaction), records_(records), conversion_(conversion), progress_(progress) {}

  /// `batch`: bytes of new records that are held before they are written. Throws MigrationFailed; the transaction must
  /// then be rolled back.
  void run(std::size_t batch = std::size_t{16} << 20) {
    key::Buffer last;
    bool more = true;
    while (more) {
      more = convert(last, batch);
      write();
    }
    put_moved();
  }

 private:
  bool convert(key::Buffer& last, std::size_t batch) {
    auto cursor = transaction_.cursor(records_);
    bool found = last.size() == 0 ? cursor.first() : cursor.seek(last.bytes());
    // The last record was erased if it got another key.
    if (found && last.size() != 0 && compare(cursor.key(), last.bytes()) == 0) found = cursor.next();
    std::size_t bytes = 0;
    for (; found; found = cursor.next()) {
      batch_.push_back(conversion_.convert(cursor.key(), cursor.value(), progress_.done() + 1));
      bytes += batch_.back().value.size() + 2 * batch_.back().key.size();
      progress_.step();
      if (bytes >= batch) {
        last.clear();
        last.append(cursor.key().data(), cursor.key().size());
        return true;
      }
    }
    return false;
  }

  void write() {
    for (ConvertedRecord& converted : batch_) {
      if (compare(converted.old_key, converted.key) == 0) {
        put(converted, engine::PutMode::upsert);
      } else {
        transaction_.erase(records_, converted.old_key);
        moved_.push_back(std::move(converted));
      }
    }
    batch_.clear();
  }

  /// False when PutMode::insert met another record.
  bool put(const ConvertedRecord& converted, engine::PutMode mode) {
    return engine::put(transaction_, records_, converted.key, converted.value.size(), mode,
                       [&](std::byte* space) { std::memcpy(space, converted.value.data(), converted.value.size()); });
  }

  void put_moved() {
    std::sort(moved_.begin(), moved_.end(),
              [](const ConvertedRecord& a, const ConvertedRecord& b) { return compare(a.key, b.key) < 0; });
    for (const ConvertedRecord& converted : moved_) {
      if (put(converted, engine::PutMode::insert)) continue;
      conversion_.throw_same_key(converted);
    }
  }

  Transaction& transaction_;
  engine::Table records_;
  const RecordConversion& conversion_;
  ProgressReport& progress_;
  std::vector<ConvertedRecord> batch_;
  std::vector<ConvertedRecord> moved_;
};

/// Makes new records of the old ones in a table of their own, so many for each call.
template <class Engine>
class RecordMigrationBeside {
 public:
  using Transaction = typename Engine::WriteTransaction;

  /// `from`: the table of the old records; `records` gets the new ones.
  RecordMigrationBeside(Transaction& transaction, engine::Table from, engine::Table records,
                        const RecordConversion& conversion, ProgressReport& progress)
      : transaction_(transaction), from_(from), records_(records), conversion_(conversion), progress_(progress) {}

  /// Of at most `records` of the records behind `last`, which moves on. False: there are no more. Throws
  /// MigrationFailed; the transaction must then be rolled back.
  bool add(key::Buffer& last, std::uint64_t records, std::size_t memory = std::size_t{16} << 20) {
    bool more = true;
    while (more && records != 0) {
      more = convert(last, records, memory);
      for (const ConvertedRecord& converted : batch_) {
        if (!engine::put(
                transaction_, records_, converted.key, converted.value.size(), engine::PutMode::insert,
                [&](std::byte* space) { std::memcpy(space, converted.value.data(), converted.value.size()); })) {
          conversion_.throw_same_key(converted);
        }
      }
      batch_.clear();
    }
    return more;
  }

 private:
  bool convert(key::Buffer& last, std::uint64_t& records, std::size_t memory) {
    auto cursor = transaction_.cursor(from_);
    bool found = last.size() == 0 ? cursor.first() : cursor.seek(last.bytes());
    if (found && last.size() != 0) found = cursor.next();
    std::size_t bytes = 0;
    for (; found; found = cursor.next()) {
      batch_.push_back(conversion_.convert(cursor.key(), cursor.value(), progress_.done() + 1));
      bytes += batch_.back().value.size() + 2 * batch_.back().key.size();
      progress_.step();
      --records;
      if (bytes >= memory || records == 0) {
        last.clear();
        last.append(cursor.key().data(), cursor.key().size());
        return true;
      }
    }
    return false;
  }

  Transaction& transaction_;
  engine::Table from_;
  engine::Table records_;
  const RecordConversion& conversion_;
  ProgressReport& progress_;
  std::vector<ConvertedRecord> batch_;
};

}  // namespace netabase::detail
