/// \file
/// What is done to a store as a whole: growing, copying, compacting, measuring.

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "engine/lmdb_environment.hpp"
#include "engine/lmdb_head.hpp"
#include "engine/lmdb_page_check.hpp"

namespace netabase::engine::lmdb {

namespace {

/// A share of the gate for something that is no transaction, which keeps LMDB's handle from being closed.
class Share {
 public:
  /// Throws what check_usable() throws: the store may have become unusable while this waited.
  Share(Gate& gate, const Environment& environment) : gate_(gate) {
    gate_.enter();
    try {
      environment.check_usable();
    } catch (...) {
      leave();
      throw;
    }
  }
  ~Share() { leave(); }
  Share(const Share&) = delete;
  Share& operator=(const Share&) = delete;

 private:
  // The Lmdb object that is being called cannot be gone, so the last share is never this one.
  void leave() noexcept { [[maybe_unused]] const bool last = gate_.leave(); }

  Gate& gate_;
};

/// Keeps other processes from opening the store, unless there can be none.
class LockedOut {
 public:
  LockedOut(int lock_fd, const std::string& path) : lock_fd_(lock_fd) {
    if (lock_fd_ >= 0 && !lock_out_others(lock_fd_)) {
      throw Error(ErrorCode::in_use,
                  "another process has the store '" + path + "' open: compact it when this one is alone");
    }
  }
  ~LockedOut() {
    if (lock_fd_ < 0) return;
    if (void_) restore_lock_file(lock_fd_);
    let_others_in(lock_fd_);
  }
  LockedOut(const LockedOut&) = delete;
  LockedOut& operator=(const LockedOut&) = delete;

  void make_void() noexcept {
    if (lock_fd_ >= 0) void_lock_file(lock_fd_);
    void_ = true;
  }
  /// The store was replaced: LMDB gives the lock up when it closes, and the content stays void.
  void keep() noexcept { lock_fd_ = -1; }

 private:
  int lock_fd_;
  bool void_ = false;
};

/// LMDB tells of readers in text only: a line each with pid, thread and transaction, the last a dash when idle.
int add_reader(const char* line, void* context) {
  long long process = 0;
  unsigned long long transaction = 0;
  const int found = std::sscanf(line, "%lld %*x %llu", &process, &transaction);
  if (found < 1) return 0;  // the heading, or that there is none
  Reader& reader = static_cast<std::vector<Reader>*>(context)->emplace_back();
  reader.process = process;
  if (found == 2) reader.transaction = transaction;
  return 0;
}

}  // namespace

void Environment::adopt_map_size() {
  const ExclusiveGate alone(gate_, pool_, std::chrono::seconds(5));
  if (!alone.held()) throw_open_transactions("use the larger map that another process gave");
  check_usable();
  if (const int code = mdb_env_set_mapsize(handle_, 0); code != 0) {
    poisoned_.store(true, std::memory_order_relaxed);  // there is no map any more
    fail(code, "use the larger map that another process gave");
  }
  look_for_map();
}

void Environment::grow(std::chrono::milliseconds wait) {
  check_usable();
  if (settings_.read_only) throw ReadOnly("the store" + in_store() + " is open for reading only: it cannot grow");
  const ExclusiveGate alone(gate_, pool_, wait);
  if (!alone.held()) throw_open_transactions("grow");
  check_usable();
  sweep_readers();
  const std::uint64_t now = map_size();
  std::uint64_t target = 2 * now;
  if (settings_.max_size) {
    const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    target = std::min(target, (*settings_.max_size + page - 1) / page * page);
    if (target <= now) {
      throw MapFull("the store" + in_store() + " has reached its max_size of " + std::to_string(*settings_.max_size) +
                    " bytes: remove records, or open it with a larger Config::max_size");
    }
  }
  // LMDB gives the old map up before it asks for the new one, and is unusable when it gets none.
  if (!address_space_has(target)) {
    throw MapFull("the store" + in_store() + " cannot grow: the process has no address space for a map of " +
                  std::to_string(target) + " bytes");
  }
  if (const int code = mdb_env_set_mapsize(handle_, target); code != 0) {
    poisoned_.store(true, std::memory_order_relaxed);
    fail(code, "grow");
  }
  look_for_map();
  short_of_room_.store(false, std::memory_order_relaxed);
}

void Environment::make_room(std::chrono::milliseconds wait) {
  if (!short_of_room_.exchange(false, std::memory_order_relaxed)) return;
  try {
    grow(wait);
  } catch (const MapFull&) {
    // Others keep it from growing: the writer may do with what there is, or remove something. The next one does not
    // wait for them again unless this one is short, too.
    if (wait.count() == 0) short_of_room_.store(true, std::memory_order_relaxed);
  }
}

void Environment::copy_to(int descriptor, unsigned flags) {
  if (const int code = mdb_env_copyfd2(handle_, descriptor, flags); code != 0) fail(code, "copy");
}

void Environment::backup(const std::string& target) {
  check_usable();
  if (writer_.held_by_this_thread()) {
    throw Error(ErrorCode::invalid_argument, "this thread has a write transaction of" + in_store() +
                                                 " open: commit it or roll it back before the backup");
  }
  const auto exists = [&] {
    return Error(ErrorCode::invalid_argument,
                 "the backup '" + target + "' of" + in_store() + " exists already: remove it, or choose another name");
  };
  const std::string file = resolve_path(target);
  if (file_exists(file)) throw exists();
  TemporaryFile copy = TemporaryFile::beside(file);
  {
    const Share share(gate_, *this);
    copy_to(copy.descriptor(), 0);
  }
  copy.sync();
  if (!copy.put_in_place(file)) throw exists();
}

void Environment::compact(std::chrono::milliseconds wait) {
  check_usable();
  if (settings_.read_only)
    throw ReadOnly("the store" + in_store() + " is open for reading only: it cannot be compacted");
  const ExclusiveGate alone(gate_, pool_, wait);
  if (!alone.held()) {
    const std::string count = std::to_string(gate_.shares());
    throw Error(ErrorCode::in_use, "the store" + in_store() + " has " + count +
                                       (count == "1" ? " transaction" : " transactions") +
                                       " open in this process: end them and compact again");
  }
  check_usable();
  if (lock_ && !settings_.unnamed && !has_name(lock_->claim.file(), lock_name(settings_.file))) {
    throw Error(ErrorCode::in_use,
                "the lock file of the store" + in_store() +
                    " was removed while it is open, so that another process may have it open unseen: "
                    "close it everywhere, open it and compact again");
  }
  LockedOut others(lock_ ? lock_->descriptor.get() : -1, settings_.path);
  TemporaryFile copy = TemporaryFile::beside(settings_.file);
  copy_to(copy.descriptor(), MDB_CP_COMPACT);
  if (settings_.sync) copy.sync();
  std::optional<FileClaim> claim = FileClaim::take(file_status(copy.descriptor(), settings_.path).id);
  if (!claim) throw Error(ErrorCode::io, "the copy of" + in_store() + " is open already");
  others.make_void();
  copy.replace(settings_.file);
  others.keep();
  numbering_ += std::uint64_t{1} << 48;  // more commits than a file ever has

  const auto throw_lost = [this](const std::string& why) {
    poisoned_.store(true, std::memory_order_relaxed);
    throw Poisoned("the store" + in_store() + " was compacted, but could not be opened again (" + why +
                   "): close it and open it again");
  };
  try {
    close();
    claim_ = std::move(claim);
    if (settings_.unnamed) {
      lock_.reset();
      lock_ = LockFile::open(settings_.file);
    }
    open();
  } catch (const FileReplaced&) {
    throw_lost("another process replaced it in that moment");
  } catch (const std::exception& error) {
    throw_lost(error.what());
  }
  // Not before: a store whose file has been replaced must not go on with the old one, whatever fails.
  if (!settings_.unnamed) sync_directory(settings_.file);
}

void Environment::flush() {
  check_usable();
  if (settings_.read_only) return;
  const Share share(gate_, *this);
  const int code = mdb_env_sync(handle_, 1);
  if (code != 0) fail(code, "sync");
}

Stats Environment::stats() {
  check_usable();
  Stats stats;
  {
    const Share share(gate_, *this);
    MDB_stat pages{};
    MDB_envinfo info{};
    int fd = -1;
    mdb_env_stat(handle_, &pages);
    mdb_env_info(handle_, &info);
    mdb_env_get_fd(handle_, &fd);
    stats.page_size = pages.ms_psize;
    stats.max_bytes = info.me_mapsize;
    stats.max_readers = info.me_maxreaders;
    stats.last_transaction = info.me_last_txnid;
    stats.used_bytes = (std::uint64_t{info.me_last_pgno} + 1) * pages.ms_psize;
    stats.file_bytes = file_status(fd, settings_.path).size;
    std::uint64_t oldest = stats.last_transaction;
    for (const Reader& reader : read_readers()) {
      if (!reader.transaction) continue;
      ++stats.readers;
      oldest = std::min(oldest, *reader.transaction);
    }
    stats.oldest_reader_lag = stats.last_transaction - oldest;
  }

  // The database of free pages, number 0: a list for each transaction that freed some, its length first.
  TransactionState* const snapshot = begin_read();
  std::uint64_t free_pages = 0;
  MDB_cursor* cursor = nullptr;
  int code = mdb_cursor_open(snapshot->handle, 0, &cursor);
  MDB_val key{};
  MDB_val list{};
  while (code == 0 && (code = mdb_cursor_get(cursor, &key, &list, MDB_NEXT)) == 0) {
    std::size_t length = 0;
    if (list.mv_size >= sizeof length) std::memcpy(&length, list.mv_data, sizeof length);
    free_pages += length;
  }
  if (cursor != nullptr) mdb_cursor_close(cursor);
  end_read(snapshot);
  if (code != MDB_NOTFOUND) fail(code, "read the free pages of");
  stats.used_bytes -= std::min(stats.used_bytes, free_pages * stats.page_size);
  return stats;
}

std::vector<Reader> Environment::read_readers() {
  std::vector<Reader> readers;
  mdb_reader_list(handle_, add_reader, &readers);
  return readers;
}

std::vector<Reader> Environment::readers() {
  check_usable();
  const Share share(gate_, *this);
  return read_readers();
}

int Environment::clear_dead_readers() {
  check_usable();
  const Share share(gate_, *this);
  return sweep_readers();
}

std::vector<std::string> Environment::check_pages() {
  while (true) {
    struct Snapshot {
      Environment& environment;
      TransactionState* state;
      ~Snapshot() { environment.end_read(state); }
    } const snapshot{*this, begin_read()};
    int fd = -1;
    mdb_env_get_fd(handle_, &fd);
    Head head;
    try {
      head = read_head(fd, settings_.path, snapshot.state->snapshot);
    } catch (const Corrupt& error) {
      return {error.what()};
    }
    // The head must be that of the version which the snapshot keeps from being overwritten. It need not be the newest:
    // a commit that waits for the disk, or whose process was killed while it did, is in the file and not yet public.
    if (head.meta.transaction == snapshot.state->snapshot) return lmdb::check_pages(fd, head, settings_.path);
    if (head.meta.transaction < snapshot.state->snapshot) {
      return {"the meta page of transaction " + std::to_string(snapshot.state->snapshot) + " is not in the file"};
    }
  }
}

void Environment::abandon(TransactionState* state) noexcept {
  state->abandoned.store(true, std::memory_order_release);
  if (!state->nested) abandoned_.store(state, std::memory_order_release);
}

}  // namespace netabase::engine::lmdb

namespace netabase::engine {

Lmdb::Lmdb(std::unique_ptr<lmdb::Environment> environment) noexcept : environment_(environment.release()) {}

Lmdb::~Lmdb() {
  // In a child made by fork() everything stays as it is: closing would clear the parent's reader slots.
  if (environment_->is_of_this_process()) environment_->orphan();
}

Lmdb::ReadTransaction Lmdb::begin_read() { return ReadTransaction(environment_->begin_read()); }

Lmdb::WriteTransaction Lmdb::begin_write() { return WriteTransaction(environment_->begin_write(true)); }

std::optional<Lmdb::WriteTransaction> Lmdb::try_begin_write() {
  lmdb::TransactionState* const state = environment_->begin_write(false);
  if (state == nullptr) return std::nullopt;
  return WriteTransaction(state);
}

void Lmdb::grow(std::chrono::milliseconds wait) { environment_->grow(wait); }
bool Lmdb::is_full(const MapFull& error) const noexcept { return error.store() == environment_; }
bool Lmdb::is_writing() const noexcept { return environment_->writer().held_by_this_thread(); }
void Lmdb::flush() { environment_->flush(); }
void Lmdb::backup(const std::string& path) { environment_->backup(path); }
void Lmdb::compact() { environment_->compact(std::chrono::seconds(5)); }
std::vector<std::string> Lmdb::check_pages() { return environment_->check_pages(); }

std::vector<std::string> Lmdb::check_file(const std::string& path) {
  const std::string file = lmdb::resolve_path(path);
  const lmdb::Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened && errno == ENOENT) {
    throw Error(ErrorCode::not_found, "there is no store at '" + path + "' to check: correct the path");
  }
  if (!opened) lmdb::throw_system_error(errno, "cannot open the store", path);
  try {
    return lmdb::check_pages(opened.get(), lmdb::read_head(opened.get(), path), path);
  } catch (const Corrupt& error) {
    return {error.what()};
  }
}

Stats Lmdb::stats() { return environment_->stats(); }
std::vector<Reader> Lmdb::readers() { return environment_->readers(); }
const std::string& Lmdb::path() const noexcept { return environment_->settings().path; }
bool Lmdb::read_only() const noexcept { return environment_->settings().read_only; }

int Lmdb::sweep_readers() { return environment_->clear_dead_readers(); }

}  // namespace netabase::engine
