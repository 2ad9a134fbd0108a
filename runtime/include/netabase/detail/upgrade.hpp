#pragma once

/// \file
/// The upgrade of a file to the program's schema, inside one write transaction, and what upgrades in batches share with
/// it (batched_upgrade.hpp).

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "netabase/config.hpp"
#include "netabase/detail/record_migration.hpp"
#include "netabase/detail/schema_check.hpp"

namespace netabase::detail {

/// What a file says of the layouts of its records.
struct StoredSchemas {
  evolution::Schema current;
  /// By table: models that are back after they were removed, with the schema that their records were left in.
  std::map<std::string, evolution::Schema, std::less<>> left;

  const evolution::Schema& of(std::string_view model) const {
    const auto found = left.find(model);
    return found == left.end() ? current : found->second;
  }
};

/// The entry of table `netabase` that keeps the schema of a removed model whose records are still there.
inline std::string removed_key(std::string_view model) { return "removed/" + std::string(model); }

/// The chains of migrations for a definition's models; an empty one where none is registered or none is needed.
std::vector<MigrationPath> find_migrations(const DefinitionDescriptor& definition,
                                           const std::vector<AnyMigration>& migrations, const StoredSchemas& stored,
                                           const evolution::Comparison& comparison);

/// The models that need a migration and have none; empty: the upgrade may begin.
std::string missing_migrations(const DefinitionDescriptor& definition, const std::vector<MigrationPath>& paths,
                               const evolution::Comparison& comparison);

/// One thing that an upgrade does to all records of a model.
struct UpgradeStep {
  enum class Kind : std::uint8_t {
    records,  ///< makes them anew, by the model's migration
    index,    ///< builds an index
    link,     ///< looks for what they link to
  };
  Kind kind;
  std::size_t model;                       ///< its place in the definition
  const IndexDescriptor* index = nullptr;  ///< or link
  std::size_t table = 0;                   ///< the place of what is made among the definition's tables
};

/// What is to be done, in order: of each model its records, and then its indexes; the links of all models at last.
/// `paths`: those of find_migrations().
std::vector<UpgradeStep> upgrade_steps(const DefinitionDescriptor& definition, const std::vector<MigrationPath>& paths,
                                       const evolution::Comparison& comparison);

/// What becomes of tables that the program's schema does not name: indexes are removed, and models without records; the
/// records of other removed models stay, with a note of their layout, should the model come back.
///
/// A table is removed with its name only when the version rises: a process of the old schema that has the table open
/// finds out by the version, before it touches anything (notice_upgrade), and LMDB 0.9 does not bear a write to a table
/// that is gone. Otherwise it is emptied.
template <class Transaction>
class UnusedTables {
 public:
  UnusedTables(Transaction& transaction, engine::Table meta, const StoredSchemas& stored,
               const evolution::Comparison& comparison, std::uint16_t to_version)
      : transaction_(transaction),
        meta_(meta),
        stored_(stored),
        comparison_(comparison),
        drops_(to_version > stored.current.version) {}

  void remove() {
    for (const evolution::ModelChanges& changes : comparison_.models) {
      for (const std::string& index : changes.dropped) remove(changes.model + '.' + index);
    }
    for (const evolution::Model& model : stored_.current.models) {
      if (comparison_.find(model.name) != nullptr) continue;
      for (const evolution::Index& index : model.indexes) remove(model.name + '.' + index.name);
      const std::optional<engine::Table> table = transaction_.find_table(model.name);
      if (!table) continue;
      if (transaction_.count(*table) == 0) {
        remove(model.name);
      } else {
        remember_layout(model.name);
      }
    }
  }

 private:
  void remove(const std::string& name) {
    const std::optional<engine::Table> table = transaction_.find_table(name);
    if (!table) return;
    if (drops_) {
      transaction_.drop_table(*table);
    } else {
      transaction_.clear(*table);
    }
  }

  void remember_layout(const std::string& model) {
    Bytes schema;
    if (!transaction_.get(meta_, as_bytes("schema"), schema)) return;
    const std::vector<std::byte> copy(schema.begin(), schema.end());
    engine::put(transaction_, meta_, as_bytes(removed_key(model)), copy.size(), engine::PutMode::upsert,
                [&](std::byte* space) { std::memcpy(space, copy.data(), copy.size()); });
  }

  Transaction& transaction_;
  engine::Table meta_;
  const StoredSchemas& stored_;
  const evolution::Comparison& comparison_;
  const bool drops_;
};

/// A key that became automatic, or records that got other keys: the sequence goes on behind the greatest. `records`:
/// the model's table. Nothing for models whose keys are the user's.
template <class Transaction>
void raise_sequence(Transaction& transaction, const ModelDescriptor& model, engine::Table records, engine::Table meta) {
  if (model.number == nullptr) return;
  auto cursor = transaction.cursor(records);
  if (!cursor.last()) return;
  ByteStrings keys;
  model.primary.add_keys(cursor.value(), keys);
  const std::uint64_t greatest = model.number(keys[0]);
  std::uint64_t next = 1;
  Bytes value;
  const std::string key = sequence_key(model.name);
  if (transaction.get(meta, as_bytes(key), value) && value.size() == sizeof(next)) {
    std::memcpy(&next, value.data(), sizeof(next));
  }
  if (next == 0 || next > greatest) return;
  next = greatest + 1;
  engine::put(transaction, meta, as_bytes(key), sizeof(next), engine::PutMode::upsert,
              [&](std::byte* space) { std::memcpy(space, &next, sizeof(next)); });
}

/// Throws LinkViolation unless each key of a stored record's link names a record. `tables`: the definition's.
template <class Transaction>
void check_stored_targets(const Transaction& transaction, const DefinitionDescriptor& definition,
                          const std::vector<engine::Table>& tables, const ModelDescriptor& model,
                          const IndexDescriptor& link, Bytes record) {
  const ModelDescriptor& target = definition.models[link.target];
  ByteStrings keys;
  link.add_keys(record, keys);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (has_record(transaction, target, tables[target.table], keys[i])) continue;
    throw LinkViolation(link.table, stored_key_text(model, record), target.name, target.primary.text(keys[i]));
  }
}

/// Carries one upgrade out. On any throw the transaction must be rolled back.
template <class Engine>
class Upgrade {
 public:
  using Transaction = typename Engine::WriteTransaction;

  Upgrade(const DefinitionDescriptor& definition, Transaction& transaction, engine::Table meta, const Config& config,
          const StoredSchemas& stored, const evolution::Comparison& comparison)
      : definition_(definition),
        transaction_(transaction),
        meta_(meta),
        config_(config),
        stored_(stored),
        comparison_(comparison) {}

  /// Adds what it does to `report`.
  void run(UpgradeReport& report) {
    const std::vector<MigrationPath> paths = find_migrations(definition_, config_.migrations, stored_, comparison_);
    // What an upgrade in batches to another schema left.
    remove_upgrade(transaction_, meta_);
    UnusedTables<Transaction>(transaction_, meta_, stored_, comparison_, definition_.identity.schema_version).remove();
    for (const evolution::Model& model : stored_.current.models) {
      if (comparison_.find(model.name) != nullptr) continue;
      ModelReport& removed = report.models.emplace_back();
      removed.model = model.name;
      if (const auto table = transaction_.find_table(model.name)) removed.records = transaction_.count(*table);
      for (const evolution::Index& index : model.indexes) removed.dropped.push_back(index.name);
    }
    definition_.each_table([&](std::string_view name) { tables_.push_back(transaction_.make_table(name)); });
    const std::vector<UpgradeStep> steps = upgrade_steps(definition_, paths, comparison_);
    auto step = steps.begin();
    for (std::size_t place = 0; place < definition_.models.size(); ++place) {
      // Filled as it goes on, so that the report of a failure tells how far it came.
      ModelReport none;
      ModelReport& told = begin_model(place, paths[place], report, none);
      for (; step != steps.end() && step->kind != UpgradeStep::Kind::link && step->model == place; ++step) {
        if (step->kind == UpgradeStep::Kind::records) {
          migrate(place, paths[place]);
          report.migrated += told.records;
          told.migrated = told.records;
        } else {
          build(*step);
          ++report.indexes;
          told.built.emplace_back(step->index->name);
        }
      }
      const ModelDescriptor& model = definition_.models[place];
      raise_sequence(transaction_, model, tables_[model.table], meta_);
      transaction_.erase(meta_, as_bytes(removed_key(model.name)));
    }
    for (; step != steps.end(); ++step) check_link(*step);
    write_identity(transaction_, meta_, definition_.identity);
  }

 private:
  /// The model's part of the report; `none` when nothing is done to it.
  ModelReport& begin_model(std::size_t place, const MigrationPath& path, UpgradeReport& report, ModelReport& none) {
    const ModelDescriptor& model = definition_.models[place];
    const evolution::ModelChanges& changes = *comparison_.find(model.name);
    const bool is_touched = changes.is_new || !path.is_empty() || !changes.build.empty() || !changes.dropped.empty();
    ModelReport& told = is_touched ? report.models.emplace_back() : none;
    told.model = model.name;
    told.records = transaction_.count(tables_[model.table]);
    told.dropped = changes.dropped;
    return told;
  }

  void migrate(std::size_t place, const MigrationPath& path) {
    const ModelDescriptor& model = definition_.models[place];
    const engine::Table records = tables_[model.table];
    ProgressReport progress(config_.upgrade_progress, "migrating " + std::string(model.name),
                            transaction_.count(records));
    const RecordConversion conversion(model, path, stored_.of(model.name));
    RecordMigration<Engine>(transaction_, records, conversion, progress).run();
    progress.finish();
  }

  void build(const UpgradeStep& step) {
    const ModelDescriptor& model = definition_.models[step.model];
    const engine::Table records = tables_[model.table];
    ProgressReport progress(config_.upgrade_progress, "building the index " + std::string(step.index->table),
                            transaction_.count(records));
    IndexBuild<Engine>(transaction_, model, *step.index, records, tables_[step.table], progress).run();
    progress.finish();
  }

  void check_link(const UpgradeStep& step) {
    const ModelDescriptor& model = definition_.models[step.model];
    const engine::Table records = tables_[model.table];
    ProgressReport progress(config_.upgrade_progress, "checking the link " + std::string(step.index->table),
                            transaction_.count(records));
    auto cursor = transaction_.cursor(records);
    for (bool found = cursor.first(); found; found = cursor.next()) {
      check_stored_targets(transaction_, definition_, tables_, model, *step.index, cursor.value());
      progress.step();
    }
    progress.finish();
  }

  const DefinitionDescriptor& definition_;
  Transaction& transaction_;
  engine::Table meta_;
  const Config& config_;
  const StoredSchemas& stored_;
  const evolution::Comparison& comparison_;
  std::vector<engine::Table> tables_;
};

}  // namespace netabase::detail
