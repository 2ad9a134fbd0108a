#pragma once

/// \file
/// A store's file, opened without its generated header.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "netabase/engine/lmdb.hpp"
#include "tools/schema/schema.hpp"

namespace netabase::tools {

using engine::Lmdb;
using engine::Table;

enum class Access : std::uint8_t { read, write };

/// Never made, never emptied: only what is there is opened. Used by one thread.
class StoreFile {
 public:
  /// Throws FormatMismatch for a file that is no netabase store or one of another format, Corrupt for one whose schema
  /// is damaged, and what Lmdb::open() throws. `tables`: there must be room for so many.
  StoreFile(const std::string& path, Access access, std::uint32_t tables = 0);

  Lmdb& engine() const { return *engine_; }
  const Schema& schema() const { return *schema_; }
  const std::string& path() const { return path_; }

  /// What the file says of itself.
  std::uint32_t format() const { return format_; }
  std::uint16_t schema_version() const { return schema_version_; }
  /// The schema as it lies there.
  const std::string& stored_schema() const { return stored_schema_; }

 private:
  void open(const Config& config, std::uint32_t tables);

  std::string path_;
  std::shared_ptr<Lmdb> engine_;
  std::shared_ptr<const Schema> schema_;
  std::uint32_t format_ = 0;
  std::uint16_t schema_version_ = 0;
  std::string stored_schema_;
};

/// Lmdb::check_file(): what is wrong with the file's pages, found without LMDB.
std::vector<std::string> check_pages_of(const std::string& path);

/// The table of that name in the transaction's snapshot. Throws Corrupt when it is not there.
template <class Transaction>
Table table_of(const Transaction& transaction, const std::string& name, const StoreFile& file);
[[noreturn]] void throw_missing_table(const std::string& name, const StoreFile& file);

template <class Transaction>
Table table_of(const Transaction& transaction, const std::string& name, const StoreFile& file) {
  const std::optional<Table> table = transaction.find_table(name);
  if (!table) throw_missing_table(name, file);
  return *table;
}

/// The key in the table `netabase` under which a model's sequence lies.
inline std::string sequence_key(const Model& model) { return "sequence/" + model.name; }

/// The next automatic key of the model; 0 when all were given. Nothing when the file has no sequence of it. Throws
/// Corrupt.
std::optional<std::uint64_t> read_sequence(const Lmdb::Transaction& transaction, const StoreFile& file,
                                           const Model& model);

}  // namespace netabase::tools
