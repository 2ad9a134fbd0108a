#pragma once

/// \file
/// How a store is opened.
///
///     auto store = netabase::Store<blog::BlogDefinition>::open({.path = "blog.mdb", .max_size = 1ULL << 30});

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "netabase/upgrade.hpp"

namespace netabase {

/// What a commit waits for.
enum class Durability : std::uint8_t {
  full,  ///< a commit that returned survives the death of the process and loss of power
  none,  ///< survives the death of the process; loss of power may lose or damage the store. For data that can be remade
};

/// Options of Store::open. An option that the engine cannot honour is an error (ErrorCode::invalid_argument), never
/// ignored.
struct Config {
  /// The store's file; LMDB keeps a lock file "PATH-lock" beside it. A std::filesystem::path converts by itself.
  /// The memory engine takes no path.
  std::string path{};

  /// The most bytes the file may take. Absent: no limit but the disk; address space is reserved for 64 GiB and grown
  /// when that is used up. Given: a hard limit, MapFull beyond it. Rounded up to whole pages.
  std::optional<std::uint64_t> max_size{};

  /// For engines with a cache of their own. LMDB reads through the operating system's page cache and refuses it.
  std::optional<std::uint64_t> cache_size_mb{};

  bool create_if_missing = true;  ///< off: a missing file is ErrorCode::not_found
  bool truncate = false;          ///< on: whatever the file held is gone; refused while another process has it open
  bool read_only = false;         ///< on: no write transaction; the file itself may be read-only
  Durability durability = Durability::full;

  /// Slots for read transactions of all processes together. Fixed by the first process that opens the file.
  std::uint32_t max_readers = 1024;

  /// Off: what is not in memory is read from the disk page by page, without what lies around it. For stores larger than
  /// memory that are read at random; a store that fits warms up several times faster with it, and so do scans. Stores
  /// on tmpfs and in memory read nothing from a disk: there it changes nothing.
  bool read_ahead = true;

  /// LMDB's locks and memory map are not safe over NFS, SMB and their kin; on: open there all the same.
  bool allow_network_filesystem = false;

  /// When the file's data is thrown away; see Recreate. Refused with read_only unless it is Never.
  Recreate recreate = Recreate::Never;

  /// Functions that make new records of old ones; see migration.hpp.
  std::vector<AnyMigration> migrations{};

  /// Records for each commit of an upgrade; 0: all of it is one transaction. For stores so large that other processes'
  /// readers, or you, do not want to wait for one transaction, or lose hours of it to a kill: new tables are made
  /// beside the old ones, and one last commit exchanges them. Until then every reader sees the old store; programs of
  /// the old schema cannot write (UpgradeUnderWay); and whoever opens the file with this program's schema goes on where
  /// it stopped, in batches of its own. The file grows by what is made anew; free pages remain in it afterwards.
  ///
  /// An upgrade that fails for what is in the records (MigrationFailed, UniqueViolation, LinkViolation, ...) is taken
  /// back. One that is stopped by anything else (a kill, a full disk, what a callback throws) waits in the file.
  /// Migrations must be the same functions when it goes on; when they changed, use abandon_upgrade.
  std::uint64_t upgrade_batch = 0;

  /// Takes back an upgrade in batches that was stopped, by whatever program, before the file is looked at.
  bool abandon_upgrade = false;

  /// Told how far an upgrade is: every few thousand records, and at the end of each step.
  std::function<void(const UpgradeProgress&)> upgrade_progress{};

  /// A consistent copy of the file is written there before an upgrade changes it; must not exist then. Empty: none.
  std::string backup_before_upgrade{};
};

}  // namespace netabase
