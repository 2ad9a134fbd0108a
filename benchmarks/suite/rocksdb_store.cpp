#include "rocksdb_store.hpp"

#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <filesystem>

#include "harness.hpp"

namespace suite {

void check_rocksdb(const rocksdb::Status& status) {
  if (!status.ok()) fail("RocksDB: " + status.ToString());
}

RocksStore::RocksStore(std::string path, std::size_t indexes, const Place& place)
    : path_(std::move(path)), indexes_(indexes), medium_(place.medium) {
  write_options_.sync = place.full_durability;
  destroy();
  open();
}

RocksStore::~RocksStore() {
  close();
  destroy();
}

void RocksStore::destroy() const { std::filesystem::remove_all(path_); }

void RocksStore::open() {
  // Nothing compressed, as nobody else compresses; a cache that holds all that the suite stores; for point reads,
  // filters, and a hash index in each block.
  rocksdb::BlockBasedTableOptions table;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10, false));
  table.data_block_index_type = rocksdb::BlockBasedTableOptions::kDataBlockBinaryAndHash;
  table.block_cache = rocksdb::NewLRUCache(std::size_t{2} << 30);
  rocksdb::ColumnFamilyOptions family;
  family.compression = rocksdb::kNoCompression;
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  rocksdb::DBOptions options;
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  options.info_log_level = rocksdb::FATAL_LEVEL;
  options.keep_log_file_num = 1;
  // On tmpfs it would clear 70 MiB of log before the first write; on disk it makes the log's syncs cheaper.
  options.allow_fallocate = medium_ == Medium::disk;
  options.max_background_jobs = 2;
  std::vector<rocksdb::ColumnFamilyDescriptor> families = {{rocksdb::kDefaultColumnFamilyName, family}};
  for (std::size_t i = 0; i < indexes_; ++i) families.emplace_back("index" + std::to_string(i), family);
  rocksdb::DB* database = nullptr;
  check_rocksdb(rocksdb::DB::Open(options, path_, families, &families_, &database));
  database_.reset(database);
}

void RocksStore::close() {
  for (rocksdb::ColumnFamilyHandle* handle : families_) database_->DestroyColumnFamilyHandle(handle);
  families_.clear();
  check_rocksdb(database_->Close());
  database_.reset();
}

void RocksStore::clear() {
  close();
  destroy();
  open();
  // The first write makes the log, and waits on some disks for what opening wrote: a store that lives has both behind
  // it.
  rocksdb::WriteBatch batch;
  check_rocksdb(batch.PutLogData("begun"));
  write(batch);
  check_rocksdb(database_->SyncWAL());
}

void RocksStore::reopen(const std::function<void()>& while_closed) {
  close();
  if (while_closed) while_closed();
  open();
}

void RocksStore::settle() {
  check_rocksdb(database_->Flush(rocksdb::FlushOptions(), families_));
  for (rocksdb::ColumnFamilyHandle* handle : families_) {
    check_rocksdb(database_->CompactRange(rocksdb::CompactRangeOptions(), handle, nullptr, nullptr));
  }
}

std::vector<std::string> RocksStore::files() const {
  std::vector<std::string> all;
  for (const auto& file : std::filesystem::directory_iterator(path_)) {
    if (file.is_regular_file()) all.push_back(file.path().string());
  }
  return all;
}

bool RocksStore::get(rocksdb::ColumnFamilyHandle* family, std::string_view key, rocksdb::PinnableSlice& value) const {
  value.Reset();
  const rocksdb::Status status = database_->Get(rocksdb::ReadOptions(), family, to_slice(key), &value);
  if (status.IsNotFound()) return false;
  check_rocksdb(status);
  return true;
}

}  // namespace suite
