#pragma once

/// \file
/// What Store::open does about a file whose schema is not the program's: the parts of Config for it, and what is
/// reported.

#include <any>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <typeindex>
#include <vector>

#include "netabase/bytes.hpp"

namespace netabase {

class DynamicRecord;
namespace evolution {
struct Schema;
}

/// When Store::open throws a file's data away and makes an empty store in its place. Whatever the policy, a file is
/// left as it is when another process has it open, when it holds another definition or a newer schema, and when it is
/// no netabase store at all. Only Config::truncate removes those.
enum class Recreate : std::uint8_t {
  Never,             ///< never: what cannot be opened stays, and open() throws
  Always,            ///< at each open: the store begins empty every time, as with Config::truncate
  IfMissing,         ///< nothing is thrown away; a missing file is made even when Config::create_if_missing is off
  OnVersionBump,     ///< when an older version of the schema wrote it, instead of upgrading it: for caches
  OnValidationFail,  ///< when it cannot be upgraded (SchemaMismatch) or its schema is damaged (Corrupt)
};

/// How far an upgrade is. Given to Config::upgrade_progress from the thread that opens the store, inside the upgrade's
/// transaction: what it throws cancels the upgrade and goes through open(); the store is then as it was. In batches
/// (Config::upgrade_batch), it stops the upgrade behind the last commit.
struct UpgradeProgress {
  std::string what;         ///< "building the index User.email", "migrating User"
  std::uint64_t done = 0;   ///< records so far
  std::uint64_t total = 0;  ///< records of the model
};

/// What an upgrade does to one model.
struct ModelReport {
  std::string model;                 ///< its table's name
  std::uint64_t records = 0;         ///< there are
  std::uint64_t migrated = 0;        ///< that a migration makes anew; the others stay as they are
  std::vector<std::string> built;    ///< indexes that are built from the records, by name
  std::vector<std::string> dropped;  ///< indexes that are removed, by name
};

/// What an upgrade did, or would do.
struct UpgradeReport {
  bool needed = false;  ///< the file's schema is not the program's
  std::uint16_t from_version = 0;
  std::uint16_t to_version = 0;
  std::string difference;      ///< in words, a line each, with a verdict
  std::uint64_t migrated = 0;  ///< records that a migration made anew
  std::uint64_t indexes = 0;   ///< indexes that were built
  /// Models that something is done to, and removed ones, as far as it came.
  std::vector<ModelReport> models;
  /// Of a dry run: the first error in words, with the primary key of the record that it is about; empty: it would
  /// succeed.
  std::string error;
  bool ok() const noexcept { return error.empty(); }
};

/// What a migration made of a stored record, ready to be stored.
struct MigratedRecord {
  std::vector<std::byte> key;
  std::vector<std::byte> value;
};

/// One registered migration, whatever its types: what Config::migrations holds. Made by Migration (migration.hpp).
class AnyMigration {
 public:
  AnyMigration(std::type_index from, std::type_index to) : from_(from), to_(to) {}

  std::type_index from() const noexcept { return from_; }
  std::type_index to() const noexcept { return to_; }

 protected:
  friend class MigrationPath;

  std::type_index from_;
  std::type_index to_;
  std::string model_;                                           ///< the table that From, or else To, is stored in
  const evolution::Schema& (*schema_)() = nullptr;              ///< the schema that From belongs to; null: dynamic
  std::function<std::any(Bytes)> read_;                         ///< a stored record as a From
  std::function<std::any(const std::any&)> convert_;            ///< From to To
  std::function<std::any(const DynamicRecord&)> read_dynamic_;  ///< a stored record as a To
  MigratedRecord (*encode_)(const std::any&) = nullptr;         ///< a To as it is stored
};

}  // namespace netabase
