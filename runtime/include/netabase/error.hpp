#pragma once

/// \file
/// Everything netabase throws.
///
/// Absence is never an error (it is an empty std::optional); a failure is a netabase::Error or one of the subclasses
/// below, one for each case that a caller may want to handle on its own:
///
///     try {
///       users.put(user);
///     } catch (const netabase::UniqueViolation& violation) {
///       std::cerr << violation.what() << '\n';
///     }
///
/// what() says what happened, where, and what to do about it. When an operation throws, it has stored nothing; the
/// transaction it ran in is still usable unless the class below says otherwise.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace netabase {

/// The kind of a failure, for callers that switch instead of catching subclasses.
enum class ErrorCode : std::uint8_t {
  io,                  ///< the operating system or LMDB reported a failure that has no code of its own
  invalid_argument,    ///< the call cannot mean anything: a value, option or handle that the callee does not accept
  not_found,           ///< the file to open does not exist and may not be created
  unique_violation,    ///< UniqueViolation
  link_violation,      ///< LinkViolation
  key_too_long,        ///< KeyTooLong
  key_collision,       ///< two different long keys share one 128-bit hash; the second was not stored
  map_full,            ///< MapFull
  disk_full,           ///< DiskFull
  schema_mismatch,     ///< SchemaMismatch
  schema_newer,        ///< SchemaNewer
  corrupt,             ///< Corrupt
  already_open,        ///< AlreadyOpen
  used_after_fork,     ///< UsedAfterFork
  poisoned,            ///< Poisoned
  format_mismatch,     ///< FormatMismatch
  read_only,           ///< ReadOnly
  readers_full,        ///< every reader slot of the store is taken by a live process
  wrong_thread,        ///< a write transaction was used by a thread that did not begin it
  transaction_ended,   ///< TransactionEnded
  in_use,              ///< another process has the store open, and the operation needs it alone
  migration_failed,    ///< MigrationFailed
  upgrade_under_way,   ///< UpgradeUnderWay
  network_filesystem,  ///< the store lies on a network filesystem and Config::allow_network_filesystem is off
  needs_scan,          ///< a query would read every record of a model, and was not allowed to by .scan()
};

/// The code's name, as it stands in the enum. Static storage.
std::string_view to_string(ErrorCode code) noexcept;

/// The base of everything netabase throws.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ErrorCode code() const noexcept { return code_; }

 private:
  ErrorCode code_;
};

/// A put would give two records the same key of a unique index. Nothing was stored; the transaction goes on.
class UniqueViolation : public Error {
 public:
  /// All three are texts for people: "User.email", the key's value, the primary key of the record that has it.
  UniqueViolation(std::string index, std::string key, std::string existing);
  /// Of a unique index that is built over records that are there already: two of them have the key.
  UniqueViolation(std::string index, std::string key, std::string existing, std::string other);
  const std::string& index() const noexcept { return index_; }
  const std::string& key() const noexcept { return key_; }
  const std::string& existing() const noexcept { return existing_; }
  /// The primary key of the second record; empty when that one was being put.
  const std::string& other() const noexcept { return other_; }

 private:
  std::string index_;
  std::string key_;
  std::string existing_;
  std::string other_;
};

/// A link would name a record that is not there: a put whose link names none, or the removal of a record that a link
/// with on_delete = restrict names. The call changed nothing; the transaction goes on.
class LinkViolation : public Error {
 public:
  /// Dependents are counted up to here.
  static constexpr std::uint64_t most_counted = 1000;

  /// Of a put. All four are texts for people: "Post.author_id", the primary key of the record with the link, the model
  /// that it leads to, and the key that no record of it has.
  LinkViolation(std::string_view link, std::string record, std::string_view target_model, std::string target);
  /// Of a removal. `record`: one that links to `target`; `dependents`: how many do, `most_counted` for that many or
  /// more.
  LinkViolation(std::string_view link, std::string record, std::string_view target_model, std::string target,
                std::uint64_t dependents);
  const std::string& link() const noexcept { return link_; }
  const std::string& record() const noexcept { return record_; }
  const std::string& target_model() const noexcept { return target_model_; }
  const std::string& target() const noexcept { return target_; }
  /// 0 of a put.
  std::uint64_t dependents() const noexcept { return dependents_; }

 private:
  std::string link_;
  std::string record_;
  std::string target_model_;
  std::string target_;
  std::uint64_t dependents_ = 0;
};

/// A key is longer than its `max_length` in the schema allows. Keys without one may have any length.
class KeyTooLong : public Error {
 public:
  /// `length` and `limit` in bytes of the field's value.
  KeyTooLong(std::string_view index, std::size_t length, std::size_t limit);
  /// Of an index that is built over records that are there already. `record`: "User 7".
  KeyTooLong(const KeyTooLong& error, const std::string& record);
};

/// The store reached its Config::max_size, or could not grow while other transactions of this process were open. The
/// transaction that met it can only roll back; the next one finds room when growth is allowed.
class MapFull : public Error {
 public:
  /// `store`: the engine's own mark for the store that is full, so that it can tell its errors from those of another
  /// store.
  explicit MapFull(const std::string& message, const void* store = nullptr)
      : Error(ErrorCode::map_full, message), store_(store) {}
  /// To be compared only; null when no transaction of a store met it.
  const void* store() const noexcept { return store_; }

 private:
  const void* store_;
};

/// The medium has no room left. The transaction that met it is rolled back; the store stays usable.
class DiskFull : public Error {
 public:
  explicit DiskFull(const std::string& message) : Error(ErrorCode::disk_full, message) {}
};

/// The file was written with another schema than the program was compiled with.
class SchemaMismatch : public Error {
 public:
  /// `difference`: what differs, in words, a line each.
  SchemaMismatch(const std::string& message, std::string difference);
  const std::string& difference() const noexcept { return difference_; }

 private:
  std::string difference_;
};

/// The file was written by a newer version of the program's schema.
class SchemaNewer : public Error {
 public:
  explicit SchemaNewer(const std::string& message) : Error(ErrorCode::schema_newer, message) {}
};

/// A newer program is upgrading the file in batches (Config::upgrade_batch), or was stopped in the middle of it. Until
/// it is done, readers see the old store, and nobody else may write. The newer program goes on where it stopped when it
/// opens the file; Config::abandon_upgrade and `netabase migrate --abandon` give the old store back to its program.
class UpgradeUnderWay : public Error {
 public:
  /// `done` of `total`: records, each counted once for each table and index that is made of it and for each link that
  /// is checked.
  UpgradeUnderWay(const std::string& path, std::uint16_t from_version, std::uint16_t to_version, std::uint64_t done,
                  std::uint64_t total);
  std::uint16_t from_version() const noexcept { return from_version_; }
  std::uint16_t to_version() const noexcept { return to_version_; }
  std::uint64_t done() const noexcept { return done_; }
  std::uint64_t total() const noexcept { return total_; }

 private:
  std::uint16_t from_version_;
  std::uint16_t to_version_;
  std::uint64_t done_;
  std::uint64_t total_;
};

/// A migration could not make a new record of an old one: its function threw, or gave a record that cannot be stored.
/// Nothing was stored. What the function threw is nested (std::rethrow_if_nested).
class MigrationFailed : public Error {
 public:
  /// `key`: the old record's primary key, for people; `number`: its place among the model's records, from 1.
  MigrationFailed(std::string model, std::string key, std::uint64_t number, const std::string& why);
  /// Of a record whose entry in `index` cannot be made: a function of the struct threw, or the key is too long.
  MigrationFailed(std::string model, std::string key, std::uint64_t number, std::string_view index,
                  const std::string& why);
  const std::string& model() const noexcept { return model_; }
  const std::string& key() const noexcept { return key_; }
  std::uint64_t number() const noexcept { return number_; }

 private:
  std::string model_;
  std::string key_;
  std::uint64_t number_;
};

/// Bytes in the file contradict themselves or their checksum.
class Corrupt : public Error {
 public:
  explicit Corrupt(const std::string& message) : Error(ErrorCode::corrupt, message) {}
};

/// The same file is open in this process already; a second opening would destroy the first one's snapshots.
class AlreadyOpen : public Error {
 public:
  explicit AlreadyOpen(const std::string& message) : Error(ErrorCode::already_open, message) {}
};

/// A store, or something taken from it, was used in a child process made by fork(). Open the store again there.
class UsedAfterFork : public Error {
 public:
  explicit UsedAfterFork(const std::string& message) : Error(ErrorCode::used_after_fork, message) {}
};

/// Writing the file's head failed; the store refuses further use until it is closed and opened again.
class Poisoned : public Error {
 public:
  explicit Poisoned(const std::string& message) : Error(ErrorCode::poisoned, message) {}
};

/// The file is not a netabase store of a format that this version reads.
class FormatMismatch : public Error {
 public:
  explicit FormatMismatch(const std::string& message) : Error(ErrorCode::format_mismatch, message) {}
};

/// A write was asked of a store that was opened read-only, or whose file may only be read.
class ReadOnly : public Error {
 public:
  explicit ReadOnly(const std::string& message) : Error(ErrorCode::read_only, message) {}
};

/// A view, range, tree or transaction was used after its transaction ended, or, in a write transaction, a view or range
/// after a later write. Thrown in checked builds only (NETABASE_CHECKED); otherwise such use is undefined.
class TransactionEnded : public Error {
 public:
  explicit TransactionEnded(const std::string& message) : Error(ErrorCode::transaction_ended, message) {}
};

}  // namespace netabase
