#include "engine/lmdb_environment.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "engine/lmdb_head.hpp"
#include "engine/lmdb_page.hpp"

namespace netabase::engine::lmdb {

namespace {

constexpr std::uint64_t gibibyte = std::uint64_t{1} << 30;
/// More named databases than any definition has; LMDB's handles end at 32767.
constexpr std::uint64_t most_tables = 32000;
/// Whether pages look as lmdb_leaf.hpp says; otherwise every step and look-up is LMDB's.
constexpr bool page_layout_is_known = MDB_VERSION_MAJOR == 0 && MDB_VERSION_MINOR == 9;

void close_environment(MDB_env* handle) noexcept { mdb_env_close(handle); }

/// memcmp's order of two keys whose first eight bytes are the same, or that are shorter.
[[gnu::noinline]] int compare_behind_heads(const MDB_val* left, const MDB_val* right) noexcept {
  constexpr std::size_t word = sizeof(std::uint64_t);
  constexpr std::size_t few_words = 4 * word;  // of longer ones, memcmp compares more at once
  const auto* const one = static_cast<const std::byte*>(left->mv_data);
  const auto* const other = static_cast<const std::byte*>(right->mv_data);
  const std::size_t common = std::min(left->mv_size, right->mv_size);
  std::size_t at = common < word ? 0 : word;
  for (; at + word <= common && at < few_words; at += word) {
    const std::uint64_t first = load_head(one + at);
    const std::uint64_t second = load_head(other + at);
    if (first != second) return first < second ? -1 : 1;
  }
  if (at < common) {
    const int order = std::memcmp(one + at, other + at, common - at);
    if (order != 0) return order;
  }
  return left->mv_size < right->mv_size ? -1 : left->mv_size > right->mv_size ? 1 : 0;
}

/// The order that LMDB gives a table by itself, memcmp's, found faster: eight bytes at once in registers, where LMDB
/// calls memcmp. Comparing keys is a quarter of what a put costs. Nothing in the file tells of it.
int compare_keys(const MDB_val* left, const MDB_val* right) noexcept {
  if (left->mv_size >= sizeof(std::uint64_t) && right->mv_size >= sizeof(std::uint64_t)) [[likely]] {
    const std::uint64_t first = load_head(static_cast<const std::byte*>(left->mv_data));
    const std::uint64_t second = load_head(static_cast<const std::byte*>(right->mv_data));
    if (first != second) [[likely]]
      return first < second ? -1 : 1;
  }
  return compare_behind_heads(left, right);
}

}  // namespace

bool address_space_has(std::uint64_t bytes) noexcept {
  void* const probe = ::mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (probe == MAP_FAILED) return false;
  ::munmap(probe, bytes);
  return true;
}

std::uint64_t reserve_map_size(std::uint64_t file_bytes) {
  const std::uint64_t least = std::max(gibibyte, std::bit_ceil(2 * file_bytes));
  std::uint64_t size = std::max(64 * gibibyte, least);
  while (size > least && !address_space_has(size)) size /= 2;
  return size;
}

Environment::Environment(Settings settings, std::optional<FileClaim> claim, std::optional<LockFile> lock)
    : settings_(std::move(settings)), claim_(std::move(claim)), lock_(std::move(lock)), process_(process_generation()) {
  open();
}

Environment::~Environment() { close(); }

void Environment::open() {
  std::uint64_t file_bytes = 0;
  std::uint64_t tables = 0;
  {
    const Descriptor file(::open(settings_.file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) throw_system_error(errno, "cannot open", settings_.path);
    file_bytes = file_status(file.get(), settings_.path).size;
    // A file in the making is empty.
    if (file_bytes != 0) tables = read_head(file.get(), settings_.path).meta.main.entries;
  }
  if (tables > most_tables) {
    throw FormatMismatch("'" + settings_.path + "' is an LMDB file of another program: it holds " +
                         std::to_string(tables) +
                         " entries where a netabase store has its tables; choose another path");
  }

  const auto table_count = static_cast<std::uint32_t>(tables);
  if (capacity_ == 0) {
    table_limit_ = std::max(settings_.max_tables + 1, table_count);
    capacity_ = settings_.max_tables + 2 + table_count;  // id 0 is no table
    dbis_ = std::make_unique<std::atomic<MDB_dbi>[]>(capacity_);
    for (std::uint32_t id = 0; id < capacity_; ++id) dbis_[id].store(no_dbi, std::memory_order_relaxed);
    names_.assign(1, {});
    write_state_ = std::make_unique<TransactionState>(*this, true);
    pool_.set_limit(settings_.max_readers);
  }

  const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  const std::optional<std::uint64_t>& wanted = settings_.max_size ? settings_.max_size : settings_.first_map;
  // LMDB makes it larger by itself where the file needs more.
  const std::uint64_t map = wanted ? (*wanted + page - 1) / page * page : reserve_map_size(file_bytes);
  // Not MDB_WRITEMAP: a stray write of the program would reach the file. Not MDB_NOMEMINIT: it saves some ten
  // nanoseconds a page and would put whatever the heap held into the file.
  unsigned flags = MDB_NOSUBDIR | MDB_NOTLS;
  if (settings_.read_only) flags |= MDB_RDONLY;
  if (!settings_.locks) flags |= MDB_NOLOCK;
  if (!settings_.read_ahead) flags |= MDB_NORDAHEAD;
  if (!settings_.sync) flags |= MDB_NOSYNC | MDB_NOMETASYNC;

  int code = 0;
  for (int attempt = 0; attempt < 1000; ++attempt) {  // ten seconds: a large store is rewritten meanwhile
    code = mdb_env_create(&handle_);
    if (code != 0) fail(code, "make room for");
    code = mdb_env_set_mapsize(handle_, map);
    if (code == 0) code = mdb_env_set_maxreaders(handle_, settings_.max_readers);
    if (code == 0) code = mdb_env_set_maxdbs(handle_, capacity_);
    if (code == 0) code = mdb_env_open(handle_, settings_.file.c_str(), flags, 0644);
    if (code == 0) break;
    close_environment(std::exchange(handle_, nullptr));
    // The file's head is good, so it is the lock file that is void, or empty and cannot be mapped: another process is
    // replacing the store, or failed to.
    const bool empty = code == EINVAL && lock_ && file_status(lock_->descriptor.get(), settings_.path).size == 0;
    if (code != MDB_INVALID && !empty) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  if (code == MDB_VERSION_MISMATCH) {
    throw Error(ErrorCode::in_use, "the lock file of" + in_store() +
                                       " belongs to a process with another build of LMDB: "
                                       "end that process, or use the same build");
  }
  if (code != 0) fail(code, "open");

  try {
    int fd = -1;
    mdb_env_get_fd(handle_, &fd);
    if (claim_ && file_status(fd, settings_.path).id != claim_->file()) throw FileReplaced{};
    // Whoever replaces or removes a file has locked all others out, and LMDB may have waited for that with the file, or
    // the lock file, in hand that is gone now. Since it has its lock, both stay.
    if (lock_ &&
        !(has_name(claim_->file(), settings_.file) && has_name(lock_->claim.file(), lock_name(settings_.file))))
      throw FileReplaced{};
    if (settings_.locks) sweep_readers();
    open_tables();
    MDB_stat pages{};
    mdb_env_stat(handle_, &pages);
    // The map begins at a multiple of the system's page size, which is what a leaf's address is found by.
    if (page_layout_is_known && pages.ms_psize <= page) leaf_size_ = pages.ms_psize;
    look_for_map();
    if (settings_.unnamed) {
      ::unlink(settings_.file.c_str());
      ::unlink(lock_name(settings_.file).c_str());
      // Without a name nobody can open them, and their inodes may serve new files as soon as they are closed.
      claim_->release();
      lock_->claim.release();
    }
  } catch (...) {
    close_environment(std::exchange(handle_, nullptr));
    throw;
  }
}

void Environment::look_for_map() noexcept {
  map_ = leaf_size_ != 0 ? find_map(handle_, main_, settings_.path) : nullptr;
  map_bytes_ = map_size();
}

void Environment::close() noexcept {
  pool_.close();
  if (handle_ != nullptr) close_environment(std::exchange(handle_, nullptr));
}

void Environment::check_usable() const {
  if (!is_of_this_process()) throw_used_after_fork();
  if (poisoned_.load(std::memory_order_relaxed)) {
    throw Poisoned("the head of" + in_store() + " could not be written: close the store and open it again");
  }
}

void Environment::throw_used_after_fork() const {
  throw UsedAfterFork("the store" + in_store() +
                      " was opened before fork(), in the parent process: open it again in the child");
}

void Environment::leave_gate() noexcept {
  if (gate_.leave()) delete this;  // the Lmdb object went before its last transaction
}

std::uint64_t Environment::map_size() const noexcept {
  MDB_envinfo info{};
  mdb_env_info(handle_, &info);
  return info.me_mapsize;
}

bool Environment::look_for_poison() noexcept {
  MDB_txn* probe = nullptr;
  const int code = mdb_txn_begin(handle_, nullptr, MDB_RDONLY, &probe);
  if (code == 0) mdb_txn_abort(probe);
  if (code == MDB_PANIC) poisoned_.store(true, std::memory_order_relaxed);
  return code == MDB_PANIC;
}

void Environment::fail(int code, const char* doing) {
  const std::string what = std::string("cannot ") + doing + in_store() + ": ";
  switch (code) {
    case MDB_MAP_FULL:
      sweep_readers();  // what a dead reader held back is free for the next transaction
      if (!settings_.max_size) short_of_room_.store(true, std::memory_order_relaxed);
      throw MapFull(
          "the store" + in_store() + " is full: it takes all of the " +
              std::to_string(handle_ != nullptr ? map_size() : 0) +
              " bytes it may have; roll back, then open it with a larger Config::max_size, let it grow, or remove "
              "records in small transactions (removing takes some room as well)",
          this);
    case MDB_PANIC:
      poisoned_.store(true, std::memory_order_relaxed);
      throw Poisoned(what + "its head could not be written; close the store and open it again");
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_INVALID:
    case MDB_CURSOR_FULL:
      throw Corrupt(what + mdb_strerror(code) + "; restore it from a backup");
    case MDB_READERS_FULL:
      throw Error(ErrorCode::readers_full,
                  what + "all " + std::to_string(settings_.max_readers) +
                      " slots for read transactions are taken by running processes; end some, "
                      "or open the store with a larger Config::max_readers while nobody has it open");
    case MDB_TXN_FULL:
      throw Error(ErrorCode::io, what + "the transaction has changed too much; commit in smaller parts");
    case ENOMEM:
      throw Error(ErrorCode::io, what + "there is not enough memory or address space");
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      throw DiskFull(what + mdb_strerror(code) + "; make room and run the transaction again, nothing of it was stored");
    case EIO:
      if (disk_is_full(settings_.file)) {
        throw DiskFull(
            what + "the medium has no room left; make room and run the transaction again, nothing of it was stored");
      }
      break;
    case EACCES:
    case EROFS:
    case EPERM:
      throw ReadOnly(what + mdb_strerror(code) + "; get the right to write it, or open it with Config::read_only");
    default:
      break;
  }
  throw Error(ErrorCode::io, what + mdb_strerror(code));
}

void Environment::throw_open_transactions(const char* doing) const {
  const std::string count = std::to_string(gate_.shares());
  throw MapFull(std::string("cannot ") + doing + in_store() + " while " + count + " transaction" +
                (count == "1" ? "" : "s") + " of this process " + (count == "1" ? "is" : "are") +
                " open: end them and try again");
}

int Environment::sweep_readers() noexcept {
  int dead = 0;
  mdb_reader_check(handle_, &dead);
  return dead;
}

// Tables

void Environment::throw_unknown_table() const {
  throw Error(ErrorCode::invalid_argument, "a table handle was used that does not belong to the store" + in_store() +
                                               ", or whose table was made in a transaction that was rolled back");
}

std::uint32_t Environment::known_table(std::string_view name) const noexcept {
  for (std::uint32_t id = 1; id < names_.size(); ++id) {
    if (names_[id] == name) return id;
  }
  return 0;
}

std::uint32_t Environment::add_table(std::string_view name, MDB_dbi dbi) {
  std::uint32_t id = known_table(name);
  if (id == 0 && names_.size() == capacity_) {
    for (id = 1; dbis_[id].load(std::memory_order_relaxed) != no_dbi;) ++id;  // there is one: LMDB had room
    names_[id] = name;
  } else if (id == 0) {
    id = static_cast<std::uint32_t>(names_.size());
    names_.emplace_back(name);
  }
  dbis_[id].store(dbi, std::memory_order_relaxed);
  return id;
}

void Environment::forget_tables(const std::vector<std::uint32_t>& ids) noexcept {
  if (ids.empty()) return;
  const std::lock_guard lock(names_mutex_);
  for (const std::uint32_t id : ids) dbis_[id].store(no_dbi, std::memory_order_relaxed);
}

void Environment::open_tables() {
  MDB_txn* transaction = nullptr;
  MDB_cursor* cursor = nullptr;
  int code = mdb_txn_begin(handle_, nullptr, MDB_RDONLY, &transaction);
  if (code != 0) fail(code, "read");
  const auto give_up = [&](int failed) {
    if (cursor != nullptr) mdb_cursor_close(cursor);
    mdb_txn_abort(transaction);
    if (failed != 0) fail(failed, "read the tables of");
  };

  code = mdb_dbi_open(transaction, nullptr, 0, &main_);
  if (code == 0) code = mdb_cursor_open(transaction, main_, &cursor);
  if (code != 0) give_up(code);
  std::vector<std::string> found;
  MDB_val key{};
  MDB_val value{};
  while ((code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == 0) found.emplace_back(as_text(to_bytes(key)));
  if (code != MDB_NOTFOUND) give_up(code);
  mdb_cursor_close(std::exchange(cursor, nullptr));

  for (const std::string& name : found) {
    MDB_dbi dbi = 0;
    unsigned flags = 0;
    code = mdb_dbi_open(transaction, name.c_str(), 0, &dbi);
    if (code == 0) code = mdb_set_compare(transaction, dbi, compare_keys);
    if (code == 0) code = mdb_dbi_flags(transaction, dbi, &flags);
    if (code == MDB_INCOMPATIBLE || code == MDB_NOTFOUND || (code == 0 && flags != 0)) {
      give_up(0);
      throw FormatMismatch("'" + settings_.path + "' is an LMDB file of another program: '" + name +
                           "' in it is not a table as netabase makes them; choose another path");
    }
    if (code != 0) give_up(code);
    add_table(name, dbi);
  }
  code = mdb_txn_commit(transaction);  // which is what keeps the handles
  if (code != 0) fail(code, "read the tables of");
}

bool Environment::read_tree(TransactionState& transaction, Table table, Tree& tree) {
  MDB_val key{};
  MDB_val record{};
  int code = 0;
  {
    const std::lock_guard lock(names_mutex_);
    key = to_value(as_bytes(names_[table.id]));
    code = mdb_get(transaction.handle, main_, &key, &record);
  }
  if (code != 0) return false;
  // Of the newest version: the snapshot's pages are among them. The map may be shorter when another process grew it.
  MDB_envinfo info{};
  mdb_env_info(handle_, &info);
  const std::uint64_t pages =
      std::min<std::uint64_t>(std::uint64_t{info.me_last_pgno} + 1, info.me_mapsize / leaf_size_);
  return lmdb::read_tree(to_bytes(record), map_, pages, leaf_size_, tree);
}

std::optional<Table> Environment::table(TransactionState& transaction, std::string_view name, bool make) {
  if (name.empty() || name.size() > max_key_size || name.find('\0') != name.npos) {
    throw Error(ErrorCode::invalid_argument, "a table's name has 1 to 511 bytes, none of them zero");
  }
  const std::lock_guard lock(names_mutex_);
  const std::uint32_t known = known_table(name);
  const bool open = known != 0 && dbis_[known].load(std::memory_order_relaxed) != no_dbi;
  if (!transaction.writing) {
    if (!open) return std::nullopt;
    MDB_val key = to_value(as_bytes(name));
    MDB_val value{};
    const int code = mdb_get(transaction.handle, main_, &key, &value);
    if (code == MDB_NOTFOUND) return std::nullopt;
    if (code != 0) transaction.fail(code, "look for a table in");
    // LMDB shows a handle to transactions that begin after the commit of the one that opened it; to this one the table
    // would be empty.
    unsigned flags = 0;
    if (mdb_dbi_flags(transaction.handle, dbis_[known].load(std::memory_order_relaxed), &flags) != 0)
      return std::nullopt;
    return Table{known};
  }
  if (open) return Table{known};

  const auto live = std::count_if(dbis_.get(), dbis_.get() + capacity_, [](const std::atomic<MDB_dbi>& dbi) {
    return dbi.load(std::memory_order_relaxed) != no_dbi;
  });
  const std::string text(name);
  MDB_dbi dbi = 0;
  unsigned flags = 0;
  int code = mdb_dbi_open(transaction.handle, text.c_str(), 0, &dbi);
  if (code == MDB_NOTFOUND) {
    if (!make) return std::nullopt;
    if (static_cast<std::uint64_t>(live) >= table_limit_) {
      throw Error(ErrorCode::invalid_argument, "the store" + in_store() + " may have " + std::to_string(table_limit_) +
                                                   " tables and has them: open it with room for more");
    }
    transaction.before_write(Table{0}, true);
    code = mdb_dbi_open(transaction.handle, text.c_str(), MDB_CREATE, &dbi);
  }
  if (code == MDB_DBS_FULL) {
    throw Error(ErrorCode::invalid_argument, "the store" + in_store() +
                                                 " has got more tables from other processes than "
                                                 "this one has room for: open it again");
  }
  if (code == 0) code = mdb_set_compare(transaction.handle, dbi, compare_keys);
  if (code == 0) code = mdb_dbi_flags(transaction.handle, dbi, &flags);
  if (code != 0) transaction.fail(code, "make a table in");
  transaction.made_tables.reserve(transaction.made_tables.size() + 1);
  const std::uint32_t id = add_table(name, dbi);
  transaction.made_tables.push_back(id);
  transaction.touch(Table{id});
  return Table{id};
}

void Environment::drop_table(TransactionState& transaction, Table table) {
  const MDB_dbi handle = dbi(table);
  transaction.before_write(table, false);
  // LMDB gives the handle back at once, whatever becomes of the transaction.
  const int code = mdb_drop(transaction.handle, handle, 1);
  const std::lock_guard lock(names_mutex_);
  if (code == 0) dbis_[table.id].store(no_dbi, std::memory_order_relaxed);
  if (code != 0) transaction.fail(code, "drop a table of");
}

void Environment::exchange_tables(TransactionState& transaction, const TablePairs& pairs) {
  // The flag of a node that holds a table's record, F_SUBDATA in LMDB 0.9's mdb.c, where mdb_cursor_put() takes it from
  // LMDB's own code ("LMDB passes F_SUBDATA in 'flags' to write a DB record"). It is part of the file's format. A
  // version of LMDB that refuses it fails here, and nothing is stored.
  constexpr unsigned table_record = 0x02;
  const auto name_of = [this](Table table) {
    const std::lock_guard lock(names_mutex_);
    return names_[table.id];
  };
  const auto record_of = [&](const std::string& name) {
    MDB_val key = to_value(as_bytes(name));
    MDB_val value{};
    if (const int code = mdb_get(transaction.handle, main_, &key, &value); code != 0) {
      transaction.fail(code, "exchange tables of");
    }
    return std::string(as_text(to_bytes(value)));
  };
  transaction.close_handles();
  struct Cursor {
    MDB_cursor* handle = nullptr;
    ~Cursor() {
      if (handle != nullptr) mdb_cursor_close(handle);
    }
  } cursor;
  if (const int code = mdb_cursor_open(transaction.handle, main_, &cursor.handle); code != 0) {
    transaction.fail(code, "exchange tables of");
  }
  const auto write = [&](const std::string& name, const std::string& record) {
    MDB_val key = to_value(as_bytes(name));
    MDB_val value = to_value(as_bytes(record));
    if (const int code = mdb_cursor_put(cursor.handle, &key, &value, table_record); code != 0) {
      transaction.fail(code, "exchange tables of");
    }
  };
  for (const auto& [one, other] : pairs) {
    const std::string first = name_of(one);
    const std::string second = name_of(other);
    const std::string kept = record_of(first);
    write(first, record_of(second));
    write(second, kept);
  }
}

}  // namespace netabase::engine::lmdb
