#pragma once

/// \file
/// The upgrade of a file to the program's schema, inside one write transaction, and what upgrades in batches share with
/// it (batched_upgrade.hpp).

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "netabase/config.hpp"
#include "netabase/detail/record_migration.hpp"
#include "netabase/detail/schema_check.hpp"
#include "netabase/detail/write_core.hpp"

namespace netabase::detail {

template <class Definition>
CompiledIdentity compiled_identity() {
  return {Definition::name, Definition::schema(), Definition::schema_version};
}

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
template <class Definition>
std::vector<MigrationPath> find_migrations(const std::vector<AnyMigration>& migrations, const StoredSchemas& stored,
                                           const evolution::Comparison& comparison) {
  std::vector<MigrationPath> paths(Definition::Models::size);
  for_each_type(typename Definition::Models{}, [&]<class Model>(std::type_identity<Model>, std::size_t place) {
    const evolution::ModelChanges* changes = comparison.find(Model::name);
    if (changes == nullptr || changes->is_new) return;
    if (!changes->records_differ && !changes->has_new_rules) return;
    paths[place] = MigrationPath::find(migrations, typeid(typename Model::Record), stored.of(Model::name), Model::name);
  });
  return paths;
}

/// The models that need a migration and have none; empty: the upgrade may begin.
template <class Definition>
std::string missing_migrations(const std::vector<MigrationPath>& paths, const evolution::Comparison& comparison) {
  std::string missing;
  for_each_type(typename Definition::Models{}, [&]<class Model>(std::type_identity<Model>, std::size_t place) {
    const evolution::ModelChanges* changes = comparison.find(Model::name);
    if (changes == nullptr || !changes->needs_migration || !paths[place].is_empty()) return;
    missing += (missing.empty() ? "" : ", ") + std::string(Model::name);
  });
  return missing;
}

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

/// A key that became automatic, or records that got other keys: the sequence goes on behind the greatest.
template <class Model, class Engine>
void raise_sequence(const Access<Model, Engine>& access, typename Engine::WriteTransaction& transaction,
                    engine::Table meta) {
  auto cursor = transaction.cursor(access.records());
  if (!cursor.last()) return;
  std::uint64_t greatest = 0;
  Model::PrimaryIndex::each_key(access.view(cursor.value()), [&](const auto& id) {
    if (id > 0) greatest = static_cast<std::uint64_t>(id);
  });
  std::uint64_t next = 1;
  Bytes value;
  if (transaction.get(meta, as_bytes(sequence_key<Model>()), value) && value.size() == sizeof(next)) {
    std::memcpy(&next, value.data(), sizeof(next));
  }
  if (next == 0 || next > greatest) return;
  next = greatest + 1;
  engine::put(transaction, meta, as_bytes(sequence_key<Model>()), sizeof(next), engine::PutMode::upsert,
              [&](std::byte* space) { std::memcpy(space, &next, sizeof(next)); });
}

/// Whether what records link to is to be looked for: links that are new, or whose records were migrated, on either
/// side.
template <class Link>
bool must_check_link(const std::vector<MigrationPath>& paths, const evolution::ModelChanges& changes) {
  return std::find(changes.build.begin(), changes.build.end(), Link::name) != changes.build.end() ||
         !paths[model_position<typename Link::Model>].is_empty() ||
         !paths[model_position<typename Link::Target>].is_empty();
}

/// Whether the upgrade builds the index.
template <class Index>
bool must_build_index(const std::vector<MigrationPath>& paths, const evolution::ModelChanges& changes) {
  return !paths[model_position<typename Index::Model>].is_empty() ||
         std::find(changes.build.begin(), changes.build.end(), Index::name) != changes.build.end();
}

/// Carries one upgrade out. On any throw the transaction must be rolled back.
template <class Definition, class Engine>
class Upgrade {
 public:
  using Transaction = typename Engine::WriteTransaction;

  Upgrade(Transaction& transaction, engine::Table meta, const Config& config, const StoredSchemas& stored,
          const evolution::Comparison& comparison)
      : transaction_(transaction), meta_(meta), config_(config), stored_(stored), comparison_(comparison) {}

  /// Adds what it does to `report`.
  void run(UpgradeReport& report) {
    const std::vector<MigrationPath> paths = find_migrations<Definition>(config_.migrations, stored_, comparison_);
    // What an upgrade in batches to another schema left.
    remove_upgrade(transaction_, meta_);
    UnusedTables<Transaction>(transaction_, meta_, stored_, comparison_, Definition::schema_version).remove();
    for (const evolution::Model& model : stored_.current.models) {
      if (comparison_.find(model.name) != nullptr) continue;
      ModelReport& removed = report.models.emplace_back();
      removed.model = model.name;
      if (const auto table = transaction_.find_table(model.name)) removed.records = transaction_.count(*table);
      for (const evolution::Index& index : model.indexes) removed.dropped.push_back(index.name);
    }
    for_each_type(typename Definition::Models{}, [&]<class Model>(std::type_identity<Model>, std::size_t) {
      tables_.push_back(transaction_.make_table(Model::name));
      for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t) {
        tables_.push_back(transaction_.make_table(Index::table));
      });
    });
    for_each_type(typename Definition::Models{}, [&]<class Model>(std::type_identity<Model>, std::size_t place) {
      upgrade_model<Model>(paths[place], report);
    });
    for_each_type(typename Definition::Models{},
                  [&]<class Model>(std::type_identity<Model>, std::size_t) { check_links<Model>(paths); });
    write_identity(transaction_, meta_, compiled_identity<Definition>());
  }

 private:
  template <class Model>
  void upgrade_model(const MigrationPath& path, UpgradeReport& report) {
    const Access<Model, Engine> access(transaction_, tables_.data(), lifetime_, lifetime_.current());
    const evolution::ModelChanges& changes = *comparison_.find(Model::name);
    const std::uint64_t records = transaction_.count(access.records());
    // Filled as it goes on, so that the report of a failure tells how far it came.
    ModelReport none;
    const bool is_touched = changes.is_new || !path.is_empty() || !changes.build.empty() || !changes.dropped.empty();
    ModelReport& told = is_touched ? report.models.emplace_back() : none;
    told.model = Model::name;
    told.records = records;
    told.dropped = changes.dropped;
    if (!path.is_empty()) {
      ProgressReport progress(config_.upgrade_progress, "migrating " + std::string(Model::name), records);
      RecordMigration<Model, Engine>(access, transaction_, path, stored_.of(Model::name), progress).run();
      progress.finish();
      report.migrated += records;
      told.migrated = records;
    }
    for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t) {
      if (path.is_empty() &&
          std::find(changes.build.begin(), changes.build.end(), Index::name) == changes.build.end()) {
        return;
      }
      ProgressReport progress(config_.upgrade_progress, "building the index " + std::string(Index::table), records);
      IndexBuild<Index, Engine>(access, transaction_, progress).run();
      progress.finish();
      ++report.indexes;
      told.built.emplace_back(Index::name);
    });
    if constexpr (Model::automatic) raise_sequence<Model, Engine>(access, transaction_, meta_);
    transaction_.erase(meta_, as_bytes(removed_key(Model::name)));
  }

  template <class Model>
  void check_links(const std::vector<MigrationPath>& paths) {
    const Access<Model, Engine> access(transaction_, tables_.data(), lifetime_, lifetime_.current());
    const evolution::ModelChanges& changes = *comparison_.find(Model::name);
    for_each_type(LinksOf<Model>{}, [&]<class Link>(std::type_identity<Link>, std::size_t) {
      if (!must_check_link<Link>(paths, changes)) return;
      ProgressReport progress(config_.upgrade_progress, "checking the link " + std::string(Link::table),
                              transaction_.count(access.records()));
      auto cursor = transaction_.cursor(access.records());
      for (bool found = cursor.first(); found; found = cursor.next()) {
        check_targets<Link, Engine>(access, access.view(cursor.value()));
        progress.step();
      }
      progress.finish();
    });
  }

  Transaction& transaction_;
  engine::Table meta_;
  const Config& config_;
  const StoredSchemas& stored_;
  const evolution::Comparison& comparison_;
  std::vector<engine::Table> tables_;
  LifetimeSource lifetime_;
};

}  // namespace netabase::detail
