/// \file
/// Opening, creating and replacing store files.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <system_error>
#include <thread>
#include <utility>

#include "engine/lmdb_environment.hpp"
#include "engine/lmdb_head.hpp"

namespace netabase::engine {

namespace lmdb {

namespace {

/// Makes the first content of a new store.
using Fill = std::function<void(Environment&)>;

/// A complete new store beside `settings.file`, synced if the settings ask for it.
TemporaryFile make_new(const Settings& settings, const Fill& fill) {
  TemporaryFile made = TemporaryFile::beside(settings.file);
  Settings own = settings;
  own.file = made.name();
  own.sync = false;  // once at the end is enough: nobody sees it before
  own.locks = false;
  own.unnamed = false;
  {
    Environment environment(std::move(own), std::nullopt, std::nullopt);
    fill(environment);
  }
  if (settings.sync) made.sync();
  return made;
}

[[noreturn]] void throw_in_use(const std::string& path, const char* why) {
  throw Error(ErrorCode::in_use, "the store '" + path + "' " + why + ": end the processes that use it and try again");
}

/// Makes the store's file, or makes it anew. Returns the lock file, by which other processes wait until it is closed.
LockFile create(const Settings& settings, bool replace, const Fill& fill) {
  const std::string name = lock_name(settings.file);
  bool had_lock = true;
  std::optional<LockFile> lock;
  // Another process may be creating the same store; a lock that stays is that of a store in use whose file was replaced
  // or removed under it.
  for (int attempt = 0; true; ++attempt) {
    // One that could not be made leaves no lock file behind, and then this may be one that nobody else finds.
    if (!lock || !has_name(lock->claim.file(), name)) {
      lock.reset();
      had_lock = file_exists(name);
      lock = LockFile::open(settings.file);
    }
    if (!lock) {
      throw ReadOnly("no store can be made at '" + settings.path +
                     "': its directory may not be written to; get the right "
                     "to, or choose another place");
    }
    if (lock_out_others(lock->descriptor.get())) {
      if (has_name(lock->claim.file(), name)) break;
      continue;
    }
    if (!replace && file_exists(settings.file)) return std::move(*lock);
    if (replace) throw_in_use(settings.path, "is open in another process and cannot be replaced");
    if (attempt == 50) throw_in_use(settings.path, "was removed while another process has it open");
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  try {
    TemporaryFile made = make_new(settings, fill);
    void_lock_file(lock->descriptor.get());
    if (replace) {
      made.replace(settings.file);
      sync_directory(settings.file);
    } else if (!made.put_in_place(settings.file)) {
      // Somebody was faster without using the lock file; theirs counts, and is opened like any other.
    }
  } catch (...) {
    if (!had_lock) ::unlink(name.c_str());
    throw;
  }
  return std::move(*lock);
}

/// Opens the file that exists, `lock` being its lock file when that is open already.
std::unique_ptr<Environment> open_existing(Settings settings, std::optional<LockFile> lock) {
  const Descriptor file(::open(settings.file.c_str(), (settings.read_only ? O_RDONLY : O_RDWR) | O_CLOEXEC));
  if (!file) {
    if (!settings.read_only && (errno == EACCES || errno == EROFS || errno == EPERM) &&
        ::access(settings.file.c_str(), R_OK) == 0) {
      throw ReadOnly("'" + settings.path +
                     "' may only be read: open it with Config::read_only, or get the right to write it");
    }
    if (errno == ENOENT) throw FileReplaced{};
    throw_system_error(errno, "cannot open the store", settings.path);
  }
  std::optional<FileClaim> claim = FileClaim::take(file_status(file.get(), settings.path).id);
  if (!claim) {
    throw AlreadyOpen("'" + settings.path +
                      "' is open in this process already, perhaps under another name: use that "
                      "Store object everywhere, or close it first");
  }
  read_head(file.get(), settings.path);
  if (settings.locks && !lock) {
    lock = LockFile::open(settings.file);
    if (!lock && settings.read_only) {
      settings.locks = false;
    } else if (!lock) {
      throw ReadOnly("the lock file of '" + settings.path +
                     "' cannot be made: open it with Config::read_only, or get the "
                     "right to write in its directory");
    }
  }
  return std::make_unique<Environment>(std::move(settings), std::move(claim), std::move(lock));
}

void check_config(const Config& config) {
  const auto refuse = [](const char* why) { throw Error(ErrorCode::invalid_argument, why); };
  if (config.cache_size_mb) {
    refuse(
        "Config::cache_size_mb cannot be honoured by LMDB, which reads through the operating system's page cache: "
        "leave it out");
  }
  if (config.max_size && *config.max_size == 0)
    refuse("Config::max_size is 0: give the store some room, or leave it out");
  if (config.max_size && *config.max_size > std::uint64_t{1} << 46) {
    refuse("Config::max_size is more than 64 TiB, beyond what LMDB can map: make it less, or leave it out");
  }
  if (config.max_readers == 0 || config.max_readers > 1'000'000) {
    refuse("Config::max_readers must be 1 to 1000000");
  }
  if (config.read_only && config.truncate) refuse("Config::truncate and Config::read_only contradict each other");
}

std::unique_ptr<Environment> open_environment(const Config& config, std::uint32_t max_tables, const Fill& fill,
                                              std::optional<std::uint64_t> first_map) {
  check_config(config);
  Settings settings;
  settings.path = config.path;
  settings.max_tables = max_tables;
  settings.max_readers = config.max_readers;
  settings.max_size = config.max_size;
  settings.first_map = first_map;
  settings.read_only = config.read_only;
  settings.sync = config.durability == Durability::full;
  settings.read_ahead = config.read_ahead;
  settings.file = resolve_path(config.path);
  if (!config.allow_network_filesystem) refuse_network_filesystem(settings.file);
  const std::optional<PathClaim> path_claim = PathClaim::take(settings.file);
  if (!path_claim)
    throw AlreadyOpen("'" + config.path +
                      "' is being opened by another thread of this process: share its Store object");

  bool replace = config.truncate;
  for (int attempt = 0; attempt < 100; ++attempt) {
    std::optional<LockFile> lock;
    const bool exists = file_exists(settings.file);
    if (!exists && (!config.create_if_missing || config.read_only)) {
      throw Error(ErrorCode::not_found, "there is no store at '" + config.path + "'" +
                                            (config.read_only ? ", and one that is only read cannot be made"
                                                              : ", and Config::create_if_missing is off") +
                                            ": correct the path, or make it first");
    }
    if (exists && replace) {
      const Descriptor old(::open(settings.file.c_str(), O_RDONLY | O_CLOEXEC));
      if (old && !FileClaim::take(file_status(old.get(), config.path).id)) {
        throw AlreadyOpen("'" + config.path + "' is open in this process and cannot be replaced: close it first");
      }
    }
    if (!exists || replace) {
      lock = create(settings, exists && replace, fill);
      replace = false;
    }
    try {
      return open_existing(settings, std::move(lock));
    } catch (const FileReplaced&) {
      // Another process compacted, replaced or removed it in between.
    }
  }
  throw Error(ErrorCode::io,
              "'" + config.path + "' is replaced again and again while it is being opened: find out by whom");
}

std::unique_ptr<Environment> open_temporary(std::uint32_t max_tables, const Fill& fill) {
  const char* const variable = std::getenv("TMPDIR");  // NOLINT(concurrency-mt-unsafe): nothing here sets it
  const std::string directory = variable != nullptr && *variable != '\0' ? variable : "/tmp";
  std::string name = resolve_path((std::filesystem::path(directory) / "netabase-temp-XXXXXX").string());
  Descriptor holder(::mkostemp(name.data(), O_CLOEXEC));  // keeps the name from others until the store has it
  if (!holder) throw_system_error(errno, "cannot make a temporary store in", directory);
  Settings settings;
  settings.path = "(temporary store)";
  settings.file = name;
  settings.max_tables = max_tables;
  settings.max_readers = Config{}.max_readers;
  settings.sync = false;
  settings.unnamed = true;
  const auto remove_files = [&name] {
    ::unlink(name.c_str());
    ::unlink(lock_name(name).c_str());
  };
  try {
    make_new(settings, fill).replace(settings.file);
    return open_existing(settings, std::nullopt);
  } catch (const FileReplaced&) {
    remove_files();
    throw Error(ErrorCode::io, "the file of a temporary store was removed from '" + directory +
                                   "' while it was being opened: try again, or set TMPDIR to another directory");
  } catch (...) {
    remove_files();
    throw;
  }
}

}  // namespace

}  // namespace lmdb

std::shared_ptr<Lmdb> Lmdb::open(const Config& config, std::uint32_t max_tables,
                                 const Initialise<WriteTransaction>& initialise,
                                 std::optional<std::uint64_t> first_map) {
  const lmdb::Fill fill = [&](lmdb::Environment& environment) {
    WriteTransaction transaction(environment.begin_write(true));
    if (initialise) initialise(transaction);
    if (transaction.state_ != nullptr) transaction.commit();
  };
  return std::shared_ptr<Lmdb>(new Lmdb(lmdb::open_environment(config, max_tables, fill, first_map)));
}

std::shared_ptr<Lmdb> Lmdb::temp(std::uint32_t max_tables, const Initialise<WriteTransaction>& initialise) {
  const lmdb::Fill fill = [&](lmdb::Environment& environment) {
    WriteTransaction transaction(environment.begin_write(true));
    if (initialise) initialise(transaction);
    if (transaction.state_ != nullptr) transaction.commit();
  };
  return std::shared_ptr<Lmdb>(new Lmdb(lmdb::open_temporary(max_tables, fill)));
}

}  // namespace netabase::engine
