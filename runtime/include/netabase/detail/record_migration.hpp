#pragma once

/// \file
/// Converting all records of a model by a chain of migrations, in one transaction.

#include <any>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <utility>
#include <vector>

#include "netabase/detail/index_build.hpp"
#include "netabase/migration.hpp"

namespace netabase::detail {

/// A record that a migration made, ready to be stored.
struct ConvertedRecord {
  std::vector<std::byte> old_key;
  std::vector<std::byte> key;
  std::vector<std::byte> value;
  std::uint64_t number = 0;
};

/// One stored record of a model after the other, by a chain of migrations.
template <class Model>
class RecordConversion {
 public:
  using Record = typename Model::Record;
  using Codec = typename Model::Codec;

  /// Borrows both.
  RecordConversion(const MigrationPath& path, const evolution::Schema& stored) : path_(path), stored_(stored) {}

  /// `number`: the record's place among the model's, from 1. Throws MigrationFailed.
  ConvertedRecord convert(Bytes old_key, Bytes old_value, std::uint64_t number) const {
    try {
      std::any made = path_.convert(old_value);
      const Record& record = std::any_cast<const Record&>(made);
      check_lengths<Model>(record);
      ConvertedRecord out;
      out.number = number;
      out.old_key.assign(old_key.begin(), old_key.end());
      key::Buffer key;
      Model::PrimaryIndex::each_key(record,
                                    [&](const auto&... parts) { Model::PrimaryIndex::Parts::append(key, parts...); });
      key::seal_record_key(key);
      out.key.assign(key.bytes().begin(), key.bytes().end());
      out.value.resize(record::size<Codec>(record));
      record::write<Codec>(out.value.data(), out.value.size(), record, Model::schema_version);
      return out;
    } catch (const std::exception& error) {
      std::throw_with_nested(MigrationFailed(std::string(Model::name), describe(old_value), number, error.what()));
    } catch (...) {
      std::throw_with_nested(MigrationFailed(std::string(Model::name), describe(old_value), number,
                                             "it threw something that is no std::exception"));
    }
  }

 private:
  std::string describe(Bytes old_value) const {
    return describe_primary_key(stored_, *stored_.find_model(Model::name), old_value);
  }

  const MigrationPath& path_;
  const evolution::Schema& stored_;
};

/// Throws MigrationFailed: the key of `converted` is taken.
template <class Model, class Engine>
[[noreturn]] void throw_same_key(const Access<Model, Engine>& access, const ConvertedRecord& converted) {
  // Aligned for the view, as the engine gives values.
  std::vector<std::uint64_t> words(converted.value.size() / sizeof(std::uint64_t));
  std::memcpy(words.data(), converted.value.data(), converted.value.size());
  const auto record = access.view(std::as_bytes(std::span(words)));
  throw MigrationFailed(std::string(Model::name), to_string(primary_key_of<typename Model::PrimaryIndex>(record)),
                        converted.number, "another record has the same primary key after the migration");
}

/// Makes the new records in place of the old ones, in batches. Records whose primary key changes wait in memory until
/// all others are done. Indexes are not touched: they are built anew afterwards.
template <class Model, class Engine>
class RecordMigration {
 public:
  using Transaction = typename Engine::WriteTransaction;

  RecordMigration(const Access<Model, Engine>& access, Transaction& transaction, const MigrationPath& path,
                  const evolution::Schema& stored, ProgressReport& progress)
      : access_(access), transaction_(transaction), conversion_(path, stored), progress_(progress) {}

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
    auto cursor = access_.transaction().cursor(access_.records());
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
        transaction_.erase(access_.records(), converted.old_key);
        moved_.push_back(std::move(converted));
      }
    }
    batch_.clear();
  }

  /// False when PutMode::insert met another record.
  bool put(const ConvertedRecord& converted, engine::PutMode mode) {
    return engine::put(transaction_, access_.records(), converted.key, converted.value.size(), mode,
                       [&](std::byte* space) { std::memcpy(space, converted.value.data(), converted.value.size()); });
  }

  void put_moved() {
    std::sort(moved_.begin(), moved_.end(),
              [](const ConvertedRecord& a, const ConvertedRecord& b) { return compare(a.key, b.key) < 0; });
    for (const ConvertedRecord& converted : moved_) {
      if (put(converted, engine::PutMode::insert)) continue;
      throw_same_key<Model>(access_, converted);
    }
  }

  const Access<Model, Engine>& access_;
  Transaction& transaction_;
  const RecordConversion<Model> conversion_;
  ProgressReport& progress_;
  std::vector<ConvertedRecord> batch_;
  std::vector<ConvertedRecord> moved_;
};

/// Makes new records of the old ones in a table of their own, so many for each call.
template <class Model, class Engine>
class RecordMigrationBeside {
 public:
  using Transaction = typename Engine::WriteTransaction;

  /// `from`: the table of the old records; that of `access` gets the new ones.
  RecordMigrationBeside(engine::Table from, const Access<Model, Engine>& access, Transaction& transaction,
                        const MigrationPath& path, const evolution::Schema& stored, ProgressReport& progress)
      : from_(from), access_(access), transaction_(transaction), conversion_(path, stored), progress_(progress) {}

  /// Of at most `records` of the records behind `last`, which moves on. False: there are no more. Throws
  /// MigrationFailed; the transaction must then be rolled back.
  bool add(key::Buffer& last, std::uint64_t records, std::size_t memory = std::size_t{16} << 20) {
    bool more = true;
    while (more && records != 0) {
      more = convert(last, records, memory);
      for (const ConvertedRecord& converted : batch_) {
        if (!engine::put(
                transaction_, access_.records(), converted.key, converted.value.size(), engine::PutMode::insert,
                [&](std::byte* space) { std::memcpy(space, converted.value.data(), converted.value.size()); })) {
          throw_same_key<Model>(access_, converted);
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

  engine::Table from_;
  const Access<Model, Engine>& access_;
  Transaction& transaction_;
  const RecordConversion<Model> conversion_;
  ProgressReport& progress_;
  std::vector<ConvertedRecord> batch_;
};

}  // namespace netabase::detail
