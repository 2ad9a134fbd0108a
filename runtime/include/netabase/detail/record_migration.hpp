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

/// Makes the new records in place of the old ones, in batches. Records whose primary key changes wait in memory until
/// all others are done. Indexes are not touched: they are built anew afterwards.
template <class Model, class Engine>
class RecordMigration {
 public:
  using Record = typename Model::Record;
  using Codec = typename Model::Codec;
  using Transaction = typename Engine::WriteTransaction;

  RecordMigration(const Access<Model, Engine>& access, Transaction& transaction, const MigrationPath& path,
                  const evolution::Schema& stored, ProgressReport& progress)
      : access_(access), transaction_(transaction), path_(path), stored_(stored), progress_(progress) {}

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
  struct Converted {
    std::vector<std::byte> old_key;
    std::vector<std::byte> key;
    std::vector<std::byte> value;
    std::uint64_t number = 0;
  };

  bool convert(key::Buffer& last, std::size_t batch) {
    auto cursor = access_.transaction().cursor(access_.records());
    bool found = last.size() == 0 ? cursor.first() : cursor.seek(last.bytes());
    // The last record was erased if it got another key.
    if (found && last.size() != 0 && compare(cursor.key(), last.bytes()) == 0) found = cursor.next();
    std::size_t bytes = 0;
    for (; found; found = cursor.next()) {
      batch_.push_back(convert_one(cursor.key(), cursor.value()));
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

  Converted convert_one(Bytes old_key, Bytes old_value) const {
    try {
      std::any made = path_.convert(old_value);
      const Record& record = std::any_cast<const Record&>(made);
      check_lengths<Model>(record);
      Converted out;
      out.number = progress_.done() + 1;
      out.old_key.assign(old_key.begin(), old_key.end());
      key::Buffer key;
      access_.append_primary(key, record);
      key::seal_record_key(key);
      out.key.assign(key.bytes().begin(), key.bytes().end());
      out.value.resize(record::size<Codec>(record));
      record::write<Codec>(out.value.data(), out.value.size(), record, Model::schema_version);
      return out;
    } catch (const std::exception& error) {
      std::throw_with_nested(
          MigrationFailed(std::string(Model::name), describe(old_value), progress_.done() + 1, error.what()));
    } catch (...) {
      std::throw_with_nested(MigrationFailed(std::string(Model::name), describe(old_value), progress_.done() + 1,
                                             "it threw something that is no std::exception"));
    }
  }

  std::string describe(Bytes old_value) const {
    return describe_primary_key(stored_, *stored_.find_model(Model::name), old_value);
  }

  void write() {
    for (Converted& converted : batch_) {
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
  bool put(const Converted& converted, engine::PutMode mode) {
    return engine::put(transaction_, access_.records(), converted.key, converted.value.size(), mode,
                       [&](std::byte* space) { std::memcpy(space, converted.value.data(), converted.value.size()); });
  }

  void put_moved() {
    std::sort(moved_.begin(), moved_.end(),
              [](const Converted& a, const Converted& b) { return compare(a.key, b.key) < 0; });
    for (const Converted& converted : moved_) {
      if (put(converted, engine::PutMode::insert)) continue;
      // Aligned for the view, as the engine gives values.
      std::vector<std::uint64_t> words(converted.value.size() / sizeof(std::uint64_t));
      std::memcpy(words.data(), converted.value.data(), converted.value.size());
      const auto record = access_.view(std::as_bytes(std::span(words)));
      throw MigrationFailed(std::string(Model::name), to_string(primary_key_of<typename Model::PrimaryIndex>(record)),
                            converted.number, "another record has the same primary key after the migration");
    }
  }

  const Access<Model, Engine>& access_;
  Transaction& transaction_;
  const MigrationPath& path_;
  const evolution::Schema& stored_;
  ProgressReport& progress_;
  std::vector<Converted> batch_;
  std::vector<Converted> moved_;
};

}  // namespace netabase::detail
