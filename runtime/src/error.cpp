#include "netabase/error.hpp"

#include <utility>

namespace netabase {

std::string_view to_string(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::io:
      return "io";
    case ErrorCode::invalid_argument:
      return "invalid_argument";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::unique_violation:
      return "unique_violation";
    case ErrorCode::link_violation:
      return "link_violation";
    case ErrorCode::key_too_long:
      return "key_too_long";
    case ErrorCode::key_collision:
      return "key_collision";
    case ErrorCode::map_full:
      return "map_full";
    case ErrorCode::disk_full:
      return "disk_full";
    case ErrorCode::schema_mismatch:
      return "schema_mismatch";
    case ErrorCode::schema_newer:
      return "schema_newer";
    case ErrorCode::corrupt:
      return "corrupt";
    case ErrorCode::already_open:
      return "already_open";
    case ErrorCode::used_after_fork:
      return "used_after_fork";
    case ErrorCode::poisoned:
      return "poisoned";
    case ErrorCode::format_mismatch:
      return "format_mismatch";
    case ErrorCode::read_only:
      return "read_only";
    case ErrorCode::readers_full:
      return "readers_full";
    case ErrorCode::wrong_thread:
      return "wrong_thread";
    case ErrorCode::transaction_ended:
      return "transaction_ended";
    case ErrorCode::in_use:
      return "in_use";
    case ErrorCode::migration_failed:
      return "migration_failed";
    case ErrorCode::upgrade_under_way:
      return "upgrade_under_way";
    case ErrorCode::network_filesystem:
      return "network_filesystem";
    case ErrorCode::needs_scan:
      return "needs_scan";
  }
  return "unknown";
}

namespace {

/// A key for a message: its beginning is enough to know it by.
std::string shortened(const std::string& key) {
  constexpr std::size_t shown = 200;
  if (key.size() <= shown) return key;
  return key.substr(0, shown) + "... (" + std::to_string(key.size()) + " characters)";
}

/// "Post" of "Post.author_id".
std::string model_of(std::string_view link) { return std::string(link.substr(0, link.find('.'))); }

std::string others(std::uint64_t dependents) {
  if (dependents < 2) return "";
  if (dependents == 2) return ", and so does another record";
  const bool all = dependents < LinkViolation::most_counted;
  return std::string(all ? ", and so do " : ", and so do at least ") + std::to_string(dependents - 1) +
         " other records";
}

}  // namespace

UniqueViolation::UniqueViolation(std::string index, std::string key, std::string existing)
    : Error(ErrorCode::unique_violation,
            index + ' ' + shortened(key) + " is already taken by the record with primary key " + shortened(existing) +
                ": nothing was stored; choose another value, or change or remove that record first"),
      index_(std::move(index)),
      key_(std::move(key)),
      existing_(std::move(existing)) {}

UniqueViolation::UniqueViolation(std::string index, std::string key, std::string existing, std::string other)
    : Error(ErrorCode::unique_violation,
            "the unique index " + index + " cannot be built: the records with the primary keys " + shortened(existing) +
                " and " + shortened(other) + " both have " + shortened(key) +
                "; the store is as it was; change or remove one of them with the program that wrote them"),
      index_(std::move(index)),
      key_(std::move(key)),
      existing_(std::move(existing)),
      other_(std::move(other)) {}

LinkViolation::LinkViolation(std::string_view link, std::string record, std::string_view target_model,
                             std::string target)
    : Error(ErrorCode::link_violation, model_of(link) + ' ' + shortened(record) + " links to " +
                                           std::string(target_model) + ' ' + shortened(target) + " (" +
                                           std::string(link) + "), which is not there: nothing was stored; put that " +
                                           std::string(target_model) + " first, or change the link"),
      link_(link),
      record_(std::move(record)),
      target_model_(target_model),
      target_(std::move(target)) {}

LinkViolation::LinkViolation(std::string_view link, std::string record, std::string_view target_model,
                             std::string target, std::uint64_t dependents)
    : Error(ErrorCode::link_violation,
            std::string(target_model) + ' ' + shortened(target) + " cannot be removed: " + model_of(link) + ' ' +
                shortened(record) + " links to it (" + std::string(link) + ')' + others(dependents) +
                ": nothing was changed; remove or change what links to it first, or give the link on_delete = cascade "
                "or set_null"),
      link_(link),
      record_(std::move(record)),
      target_model_(target_model),
      target_(std::move(target)),
      dependents_(dependents) {}

KeyTooLong::KeyTooLong(std::string_view index, std::size_t length, std::size_t limit)
    : Error(ErrorCode::key_too_long,
            std::string(index) + " has a value of " + std::to_string(length) + " bytes, and its max_length is " +
                std::to_string(limit) + ": nothing was stored; shorten the value, or raise max_length in the schema") {}

KeyTooLong::KeyTooLong(const KeyTooLong& error, const std::string& record)
    : Error(ErrorCode::key_too_long, "of " + shortened(record) + ", " + error.what()) {}

MigrationFailed::MigrationFailed(std::string model, std::string key, std::uint64_t number, const std::string& why)
    : Error(ErrorCode::migration_failed,
            "the migration of " + model + ' ' + shortened(key) + " (record " + std::to_string(number) +
                ") failed: " + why + ". Nothing was stored; mend the function or the record and open the store again"),
      model_(std::move(model)),
      key_(std::move(key)),
      number_(number) {}

MigrationFailed::MigrationFailed(std::string model, std::string key, std::uint64_t number, std::string_view index,
                                 const std::string& why)
    : Error(ErrorCode::migration_failed, "the index " + std::string(index) + " cannot be built: " + model + ' ' +
                                             shortened(key) + " (record " + std::to_string(number) + "): " + why +
                                             ". The store is as it was; mend the function, the schema or the record "
                                             "and open the store again"),
      model_(std::move(model)),
      key_(std::move(key)),
      number_(number) {}

UpgradeUnderWay::UpgradeUnderWay(const std::string& path, std::uint16_t from_version, std::uint16_t to_version,
                                 std::uint64_t done, std::uint64_t total)
    : Error(ErrorCode::upgrade_under_way,
            "an upgrade of " + path + " from version " + std::to_string(from_version) + " of its schema to " +
                std::to_string(to_version) + " is under way: " + std::to_string(done) + " of " + std::to_string(total) +
                " records done, and nobody else may write meanwhile. Open it with the new program to go on, or take "
                "the upgrade back with Config::abandon_upgrade or `netabase migrate --abandon`; it can be read"),
      from_version_(from_version),
      to_version_(to_version),
      done_(done),
      total_(total) {}

SchemaMismatch::SchemaMismatch(const std::string& message, std::string difference)
    : Error(ErrorCode::schema_mismatch, message), difference_(std::move(difference)) {}

}  // namespace netabase
