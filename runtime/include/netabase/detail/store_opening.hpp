#pragma once

/// \file
/// Opening a file whose schema may not be the program's: what is done about it before a Store is made of it. The
/// library has it compiled for Lmdb and Memory (src/open_store.cpp). To open a store with another engine, include this
/// header.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "netabase/detail/batched_upgrade.hpp"
#include "netabase/detail/open_store.hpp"

namespace netabase::detail {

/// Opens, and upgrades what is older. One object for one call of run() or dry_run().
template <class Engine>
class StoreOpening {
 public:
  using Transaction = typename Engine::WriteTransaction;
  static_assert(
      !requires(Transaction & transaction) { transaction.number(); } ||
          requires(Transaction & transaction) { transaction.unique_number(); },
      "an engine whose files other processes may have open has number() and unique_number(): by the latter "
      "transactions notice their upgrades");

  StoreOpening(const DefinitionDescriptor& definition, Config config)
      : definition_(definition), config_(std::move(config)) {
    if (config_.read_only && config_.recreate != Recreate::Never) {
      throw Error(ErrorCode::invalid_argument, "Config::read_only and Config::recreate contradict each other");
    }
    if (config_.recreate == Recreate::Always) config_.truncate = true;
    if (config_.recreate == Recreate::IfMissing) config_.create_if_missing = true;
  }

  Opened<Engine> run() {
    for (;;) {
      open();
      const SchemaAge age = look();
      if (!config_.read_only && !may_go_on(age)) continue;
      if (age == SchemaAge::newer) accept_newer();
      if (age == SchemaAge::older && !follow_older()) continue;
      if (std::optional<Opened<Engine>> found = opened()) return *std::move(found);
    }
  }

  /// Does everything and rolls it back. Errors of the upgrade are put into the report.
  UpgradeReport dry_run() {
    config_.truncate = false;
    config_.create_if_missing = false;
    config_.read_only = false;
    config_.recreate = Recreate::Never;
    config_.backup_before_upgrade.clear();
    config_.abandon_upgrade = false;
    open();
    UpgradeReport report;
    report.from_version = report.to_version = definition_.identity.schema_version;
    try {
      const SchemaAge age = look();
      report.from_version = *to_version(as_bytes(*identity_.schema_version));
      report.needed = age != SchemaAge::same;
      if (age == SchemaAge::same) return report;
      if (age == SchemaAge::newer) {
        accept_newer();
        return report;
      }
      compare_older();
      report.difference = comparison_.text();
      check_migrations();
      make_room_for_tables();
      for (;;) {
        UpgradeReport attempt = report;
        try {
          Transaction transaction = engine_->begin_write();
          run_in(transaction, attempt);
          return attempt;
        } catch (const MapFull& error) {
          if (!engine_->is_full(error)) throw;
        }
        engine_->grow();
      }
    } catch (const Error& error) {
      report.error = error.what();
      if (stored_) report.difference = comparison_.text();
    }
    return report;
  }

 private:
  void open() {
    engine_.reset();
    engine_ = open_engine(definition_.tables);
    // Whatever happens next, it is to the file that is there now.
    config_.truncate = false;
    if (config_.recreate == Recreate::Always) config_.recreate = Recreate::Never;
  }

  std::shared_ptr<Engine> open_engine(std::uint32_t tables) const {
    return Engine::open(config_, tables, [&](Transaction& transaction) { initialise_store(definition_, transaction); });
  }

  /// Another open() makes the store anew.
  void start_empty() {
    config_.truncate = true;
    config_.recreate = Recreate::Never;
  }

  SchemaAge look() {
    absent_.clear();
    stored_.reset();
    const auto transaction = engine_->begin_read();
    const std::optional<engine::Table> meta = transaction.find_table(meta_table);
    identity_ = meta ? read_identity(transaction, *meta) : StoredIdentity{};
    return check_identity(engine_->path(), identity_, definition_.identity);
  }

  /// What is to be done about an upgrade in batches that was stopped, or is under way in another process. False: all is
  /// to be looked at again. Throws UpgradeUnderWay.
  bool may_go_on(SchemaAge age) {
    if (!identity_.upgrade) return true;
    if (config_.abandon_upgrade || UpgradeState::parse(as_bytes(*identity_.upgrade)).exchanged) {
      Transaction transaction = engine_->begin_write();
      if (const auto meta = transaction.find_table(meta_table)) remove_upgrade(transaction, *meta);
      transaction.commit();
      config_.abandon_upgrade = false;
      return false;
    }
    if (age != SchemaAge::older) check_no_upgrade(engine_->path(), identity_);
    return true;
  }

  const evolution::Schema& compiled() const { return definition_.schema(); }

  void compare_older() {
    stored_ = StoredSchemas{parse_stored(engine_->path(), identity_), {}};
    comparison_ = evolution::compare(stored_->current, compiled());
    std::vector<std::string> added;
    for (const evolution::ModelChanges& changes : comparison_.models) {
      if (changes.is_new) added.push_back(changes.model);
    }
    const auto transaction = engine_->begin_read();
    for (const std::string& model : added) {
      Bytes entry;
      if (!transaction.get(*transaction.find_table(meta_table), as_bytes(removed_key(model)), entry)) continue;
      StoredIdentity left = identity_;
      left.schema = std::string(as_text(entry));
      evolution::Schema schema = parse_stored(engine_->path(), left);
      if (schema.find_model(model) == nullptr) continue;
      evolution::bring_back(comparison_, model, schema, compiled());
      stored_->left.emplace(model, std::move(schema));
    }
  }

  void check_migrations() const {
    const auto paths = find_migrations(definition_, config_.migrations, *stored_, comparison_);
    const std::string missing = missing_migrations(definition_, paths, comparison_);
    if (!missing.empty()) {
      throw_needs_migration(engine_->path(), definition_.identity, stored_->current, comparison_, missing, false);
    }
  }

  /// Makes an older file the program's, or finds out how it can be read. False: all is to be looked at again.
  bool follow_older() {
    if (config_.recreate == Recreate::OnVersionBump &&
        to_version(as_bytes(*identity_.schema_version)) < definition_.identity.schema_version) {
      start_empty();
      return false;
    }
    try {
      compare_older();
      if (!config_.read_only) return upgrade();
      accept_older();
      return true;
    } catch (const SchemaMismatch&) {
      if (config_.recreate != Recreate::OnValidationFail) throw;
    } catch (const Corrupt&) {
      if (config_.recreate != Recreate::OnValidationFail || stored_) throw;
    }
    start_empty();
    return false;
  }

  /// An older file that is only read: what it lacks is absent.
  void accept_older() {
    std::string missing;
    for (const evolution::ModelChanges& changes : comparison_.models) {
      if (changes.needs_migration) missing += (missing.empty() ? "" : ", ") + changes.model;
      if (changes.is_new) absent_.push_back(changes.model);  // its indexes are among those to build
      for (const std::string& index : changes.build) absent_.push_back(changes.model + '.' + index);
    }
    if (!missing.empty()) {
      throw_needs_migration(engine_->path(), definition_.identity, stored_->current, comparison_, missing, true);
    }
  }

  void accept_newer() {
    stored_ = StoredSchemas{parse_stored(engine_->path(), identity_), {}};
    comparison_ = evolution::compare(compiled(), stored_->current);
    if (!config_.read_only) {
      if (!evolution::may_go_on_writing(comparison_)) {
        throw_newer(engine_->path(), definition_.identity, stored_->current, comparison_, true);
      }
      return;
    }
    if (comparison_.needs_migration()) {
      throw_newer(engine_->path(), definition_.identity, stored_->current, comparison_, false);
    }
    const auto transaction = engine_->begin_read();
    for (const evolution::Model& model : compiled().models) {
      const evolution::ModelChanges* changes = comparison_.find(model.name);
      // A model that was removed later keeps its table as long as there are records in it.
      if (changes == nullptr && !transaction.find_table(model.name)) absent_.push_back(model.name);
      for (const evolution::Index& index : model.indexes) {
        const auto named = [&](const std::vector<std::string>& names) {
          return std::find(names.begin(), names.end(), index.name) != names.end();
        };
        if (changes == nullptr || named(changes->build) || named(changes->dropped)) {
          absent_.push_back(model.name + '.' + index.name);
        }
      }
    }
  }

  /// False: somebody else changed the file meanwhile, and all is to be looked at again.
  bool upgrade() {
    check_migrations();
    make_room_for_tables();
    if constexpr (requires(Transaction & transaction) { transaction.number(); }) {
      BatchedUpgrade<Engine> batched(definition_, *engine_, config_, *identity_.schema, *stored_, comparison_);
      const bool goes_on = batched.is_of(read_plan());
      if (!goes_on) backup();  // otherwise it was made before the first batch
      if (goes_on || config_.upgrade_batch != 0) return upgrade_in_batches(batched);
    } else {
      backup();
    }
    for (;;) {
      try {
        Transaction transaction = engine_->begin_write();
        const std::optional<engine::Table> meta = transaction.find_table(meta_table);
        if (!meta || read_identity(transaction, *meta).schema != identity_.schema) return false;
        UpgradeReport report;
        run_in(transaction, report);
        transaction.commit();
        identity_.schema_version.reset();
        return true;
      } catch (const MapFull& error) {
        if (!engine_->is_full(error)) throw;
      }
      engine_->grow();
    }
  }

  void backup() {
    if (config_.backup_before_upgrade.empty()) return;
    engine_->backup(config_.backup_before_upgrade);
    config_.backup_before_upgrade.clear();  // there is one, should this be tried again
  }

  std::string read_plan() const {
    const auto transaction = engine_->begin_read();
    Bytes plan;
    const std::optional<engine::Table> meta = transaction.find_table(meta_table);
    if (!meta || !transaction.get(*meta, as_bytes(upgrade_plan_key), plan)) return {};
    return std::string(as_text(plan));
  }

  /// Like upgrade().
  bool upgrade_in_batches(BatchedUpgrade<Engine>& batched) {
    using Outcome = typename BatchedUpgrade<Engine>::Outcome;
    for (;;) {
      try {
        const Outcome outcome = batched.run();
        if (outcome == Outcome::more) continue;
        identity_.schema_version.reset();
        return outcome == Outcome::done;
      } catch (const MapFull& error) {
        if (!engine_->is_full(error)) throw;
      } catch (const Error& error) {
        if (is_of_records(error.code())) take_back();
        throw;
      }
      engine_->grow();
    }
  }

  /// Whether an upgrade that failed so fails each time, until somebody mends something.
  static bool is_of_records(ErrorCode code) {
    switch (code) {
      case ErrorCode::migration_failed:
      case ErrorCode::unique_violation:
      case ErrorCode::link_violation:
      case ErrorCode::key_too_long:
      case ErrorCode::key_collision:
      case ErrorCode::corrupt:
        return true;
      default:
        return false;
    }
  }

  /// While an error is on its way. Should it not succeed, the upgrade waits in the file.
  void take_back() noexcept {
    try {
      Transaction transaction = engine_->begin_write();
      if (const auto meta = transaction.find_table(meta_table)) remove_upgrade(transaction, *meta);
      transaction.commit();
    } catch (...) {  // the error that is on its way says more
    }
  }

  void run_in(Transaction& transaction, UpgradeReport& report) {
    report.to_version = definition_.identity.schema_version;
    Upgrade<Engine>(definition_, transaction, *transaction.find_table(meta_table), config_, *stored_, comparison_)
        .run(report);
  }

  /// An engine is opened for the definition's tables, and the file may have as many that are no more.
  void make_room_for_tables() {
    std::size_t stored_tables = 0;
    for (const evolution::Model& model : stored_->current.models) stored_tables += 1 + model.indexes.size();
    engine_.reset();
    // In batches, each table may have another beside it.
    engine_ = open_engine(2 * definition_.tables + static_cast<std::uint32_t>(stored_tables) + spare_tables);
  }

  /// Nothing when another process may have upgraded the file meanwhile: all is to be looked at again.
  ///
  /// An engine does not know tables that another process made since it was opened. Which is no damage, however far this
  /// process came before the other one: only an engine that was opened when the schema was in the file already must
  /// know every table of it.
  std::optional<Opened<Engine>> opened() {
    Opened<Engine> out;
    {
      const auto transaction = engine_->begin_read();
      if (const std::string_view missing = find_tables(definition_, transaction, absent_, out); !missing.empty()) {
        std::optional<std::string> schema = read_identity(transaction, out.meta).schema;
        if (schema == schema_without_table_) throw_missing(missing);
        schema_without_table_ = std::move(schema);
        return std::nullopt;
      }
    }
    out.version = identity_.schema_version ? *to_version(as_bytes(*identity_.schema_version))
                                           : definition_.identity.schema_version;
    out.engine = std::move(engine_);
    return out;
  }

  [[noreturn]] void throw_missing(std::string_view table) const {
    throw Corrupt("the table " + std::string(table) + " is missing in " + engine_->path() +
                  ", though its schema names it: the file is damaged; restore a backup");
  }

  /// For tables left by older upgrades.
  static constexpr std::uint32_t spare_tables = 64;

  const DefinitionDescriptor& definition_;
  Config config_;
  std::shared_ptr<Engine> engine_;
  StoredIdentity identity_;
  std::optional<StoredSchemas> stored_;  ///< the file's, once they were taken apart
  evolution::Comparison comparison_;
  std::vector<std::string> absent_;  ///< tables of the program's that must not be used, by name
  /// That of the file when opened() last missed a table; the engine was opened since.
  std::optional<std::string> schema_without_table_;
};

template <class Engine>
Opened<Engine> open_store(const DefinitionDescriptor& definition, const Config& config) {
  return StoreOpening<Engine>(definition, config).run();
}

template <class Engine>
UpgradeReport dry_run_upgrade(const DefinitionDescriptor& definition, const Config& config) {
  return StoreOpening<Engine>(definition, config).dry_run();
}

}  // namespace netabase::detail
