#pragma once

/// \file
/// A RocksDB database with a column family of records and one for each index.

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "side.hpp"

namespace suite {

inline rocksdb::Slice to_slice(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view to_text(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

/// Ends the program when RocksDB reports a failure.
void check_rocksdb(const rocksdb::Status& status);

class RocksStore {
 public:
  /// A new database. With full durability each write waits until its log is on the medium.
  RocksStore(std::string path, std::size_t indexes, const Place& place);
  ~RocksStore();
  RocksStore(const RocksStore&) = delete;
  RocksStore& operator=(const RocksStore&) = delete;

  void clear();
  void reopen(const std::function<void()>& while_closed);
  /// Writes what is in memory to tables, and compacts them.
  void settle();
  std::vector<std::string> files() const;

  rocksdb::ColumnFamilyHandle* records() const { return families_[0]; }
  rocksdb::ColumnFamilyHandle* index(std::size_t i) const { return families_[1 + i]; }
  rocksdb::DB& database() const { return *database_; }
  const rocksdb::WriteOptions& options() const { return write_options_; }
  void write(rocksdb::WriteBatch& batch) const { check_rocksdb(database_->Write(write_options_, &batch)); }
  /// Reads a record; false when there is none.
  bool get(rocksdb::ColumnFamilyHandle* family, std::string_view key, rocksdb::PinnableSlice& value) const;

 private:
  void open();
  void close();
  void destroy() const;

  std::string path_;
  std::size_t indexes_;
  Medium medium_;
  rocksdb::WriteOptions write_options_;
  std::unique_ptr<rocksdb::DB> database_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
};

}  // namespace suite
