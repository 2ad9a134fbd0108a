#pragma once

/// \file
/// The commands: each takes what the command line said and returns an ExitCode. They throw UsageError, and
/// netabase::Error for what is wrong with a file.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/output/context.hpp"

namespace netabase::tools {

struct FileOptions {
  std::string file;
};
int run_info(const FileOptions& options, const Context& context);
int run_stat(const FileOptions& options, const Context& context);
int run_readers(const FileOptions& options, const Context& context);
int run_check(const FileOptions& options, const Context& context);
int run_compact(const FileOptions& options, const Context& context);

struct SchemaOptions {
  std::string file;
  bool text = false;  ///< models and keys in C++'s words instead of Cap'n Proto's
};
int run_schema(const SchemaOptions& options, const Context& context);

struct GetOptions {
  std::string file;
  std::string model;
  std::vector<std::string> key;
};
int run_get(const GetOptions& options, const Context& context);

struct CountOptions {
  std::string file;
  std::vector<std::string> models;  ///< empty: all
};
int run_count(const CountOptions& options, const Context& context);

/// A stretch of a table: the entries whose first parts are `words` and whose next part begins with `prefix`, or lies
/// from `from` up to, but without, `to`.
struct RangeOptions {
  std::vector<std::string> words;
  std::optional<std::string> prefix;
  std::optional<std::string> from;
  std::optional<std::string> to;
  bool reverse = false;
  std::optional<std::uint64_t> limit;
};

struct ScanOptions {
  std::string file;
  std::string model;
  RangeOptions range;
  std::vector<std::string> after;  ///< a primary key: only what lies behind it, in the scan's direction
};
int run_scan(const ScanOptions& options, const Context& context);

struct FindOptions {
  std::string file;
  std::string model;
  std::string index;
  RangeOptions range;
};
int run_find(const FindOptions& options, const Context& context);

struct ExportOptions {
  std::string file;
  std::vector<std::string> models;  ///< empty: all
  std::string output = "-";
  bool capnp = false;  ///< messages of one model instead of JSON lines
  bool plain = false;  ///< no first line and no $model: records of one model alone
};
int run_export(const ExportOptions& options, const Context& context);

struct ImportOptions {
  std::string file;
  std::string model;  ///< of records without $model
  std::string input = "-";
  bool capnp = false;
  bool replace = false;  ///< records whose key exists
  bool go_on = false;    ///< leave out what cannot be imported instead of importing nothing; not for links
};
int run_import(const ImportOptions& options, const Context& context);

struct RepairOptions {
  std::string file;
  std::vector<std::string> models;  ///< empty: all
};
int run_repair_indexes(const RepairOptions& options, const Context& context);

struct BackupOptions {
  std::string file;
  std::string target;
};
int run_backup(const BackupOptions& options, const Context& context);

struct MigrateOptions {
  std::string file;
  std::string to;          ///< a .capnp
  std::string definition;  ///< of a .capnp with several
  std::string backup;      ///< a copy is made there before the first change; empty: none
  bool dry_run = false;    ///< says what would be done
  bool abandon = false;    ///< takes an upgrade in batches back that was stopped; without `to`
};
int run_migrate(const MigrateOptions& options, const Context& context);

struct DiffOptions {
  std::string left;
  std::string right;
  std::string definition;  ///< of a .capnp with several
};
int run_diff(const DiffOptions& options, const Context& context);

}  // namespace netabase::tools
