#include "netabase/detail/upgrade.hpp"

#include <algorithm>

namespace netabase::detail {

std::vector<MigrationPath> find_migrations(const DefinitionDescriptor& definition,
                                           const std::vector<AnyMigration>& migrations, const StoredSchemas& stored,
                                           const evolution::Comparison& comparison) {
  std::vector<MigrationPath> paths(definition.models.size());
  for (std::size_t place = 0; place < paths.size(); ++place) {
    const ModelDescriptor& model = definition.models[place];
    const evolution::ModelChanges* changes = comparison.find(model.name);
    if (changes == nullptr || changes->is_new) continue;
    if (!changes->records_differ && !changes->has_new_rules) continue;
    paths[place] = MigrationPath::find(migrations, *model.record, stored.of(model.name), model.name);
  }
  return paths;
}

std::string missing_migrations(const DefinitionDescriptor& definition, const std::vector<MigrationPath>& paths,
                               const evolution::Comparison& comparison) {
  std::string missing;
  for (std::size_t place = 0; place < paths.size(); ++place) {
    const std::string_view model = definition.models[place].name;
    const evolution::ModelChanges* changes = comparison.find(model);
    if (changes == nullptr || !changes->needs_migration || !paths[place].is_empty()) continue;
    missing += (missing.empty() ? "" : ", ") + std::string(model);
  }
  return missing;
}

std::vector<UpgradeStep> upgrade_steps(const DefinitionDescriptor& definition, const std::vector<MigrationPath>& paths,
                                       const evolution::Comparison& comparison) {
  std::vector<UpgradeStep> steps;
  std::vector<UpgradeStep> links;
  for (std::size_t place = 0; place < paths.size(); ++place) {
    const ModelDescriptor& model = definition.models[place];
    const std::vector<std::string>& build = comparison.find(model.name)->build;
    const bool migrates = !paths[place].is_empty();
    if (migrates) steps.push_back({UpgradeStep::Kind::records, place, nullptr, model.table});
    for (std::size_t i = 0; i < model.indexes.size(); ++i) {
      const IndexDescriptor& index = model.indexes[i];
      const std::size_t table = model.table + 1 + i;
      const bool is_built = migrates || std::find(build.begin(), build.end(), index.name) != build.end();
      if (is_built) steps.push_back({UpgradeStep::Kind::index, place, &index, table});
      if (index.target == IndexDescriptor::no_target) continue;
      if (is_built || !paths[index.target].is_empty()) {
        links.push_back({UpgradeStep::Kind::link, place, &index, table});
      }
    }
  }
  steps.insert(steps.end(), links.begin(), links.end());
  return steps;
}

}  // namespace netabase::detail
