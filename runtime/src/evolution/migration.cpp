#include "netabase/migration.hpp"

#include <algorithm>
#include <deque>

#include "netabase/error.hpp"

namespace netabase {

namespace {

/// How well a migration can begin with the stored layout: the lower the better.
enum Fit : int { exact, reads_it, dynamic, none };

Fit fit_of(const evolution::Schema* from, const evolution::Schema& stored, std::string_view model) {
  if (from == nullptr) return dynamic;
  const evolution::Comparison comparison = evolution::compare(stored, *from);
  const evolution::ModelChanges* changes = comparison.find(model);
  if (changes == nullptr || changes->is_new || changes->needs_migration) return none;
  return changes->records_differ ? reads_it : exact;
}

}  // namespace

MigrationPath MigrationPath::find(const std::vector<AnyMigration>& migrations, std::type_index target,
                                  const evolution::Schema& stored, std::string_view model) {
  std::vector<Fit> fits;
  for (const AnyMigration& migration : migrations) {
    const evolution::Schema* from = migration.schema_ == nullptr ? nullptr : &migration.schema_();
    fits.push_back(migration.model_ == model ? fit_of(from, stored, model) : none);
  }
  MigrationPath path;
  path.stored_ = &stored;
  path.structure_ = stored.find_struct(stored.find_model(model)->struct_id);
  for (const Fit wanted : {exact, reads_it, dynamic}) {
    // Breadth first: the shortest chain, the earlier registered one of two.
    std::deque<std::vector<const AnyMigration*>> chains;
    for (std::size_t i = 0; i < migrations.size(); ++i) {
      if (fits[i] == wanted) chains.push_back({&migrations[i]});
    }
    while (!chains.empty()) {
      const std::vector<const AnyMigration*> chain = std::move(chains.front());
      chains.pop_front();
      if (chain.back()->to() == target) {
        path.steps_ = chain;
        return path;
      }
      for (const AnyMigration& next : migrations) {
        const bool again = std::find(chain.begin(), chain.end(), &next) != chain.end();
        if (again || next.schema_ == nullptr || next.from() != chain.back()->to()) continue;
        chains.push_back(chain);
        chains.back().push_back(&next);
      }
    }
  }
  return path;
}

MigratedRecord MigrationPath::convert(Bytes value) const {
  const AnyMigration& first = *steps_.front();
  std::any record;
  if (first.schema_ == nullptr) {
    record = first.read_dynamic_(DynamicRecord(*stored_, *structure_, record::root(value, Lifetime())));
  } else {
    record = first.convert_(first.read_(value));
  }
  for (std::size_t i = 1; i < steps_.size(); ++i) record = steps_[i]->convert_(record);
  return steps_.back()->encode_(record);
}

namespace detail {

namespace {

std::string describe(const DynamicRecord& record, const evolution::Field& field) {
  using evolution::TypeKind;
  const std::string& name = field.cpp_name;
  switch (field.type.kind) {
    case TypeKind::text:
      return '"' + record.get<std::string>(name) + '"';
    case TypeKind::boolean:
      return record.get<bool>(name) ? "true" : "false";
    case TypeKind::int8:
    case TypeKind::int16:
    case TypeKind::int32:
    case TypeKind::int64:
      return std::to_string(record.get<std::int64_t>(name));
    case TypeKind::uint8:
    case TypeKind::uint16:
    case TypeKind::uint32:
    case TypeKind::uint64:
      return std::to_string(record.get<std::uint64_t>(name));
    case TypeKind::float32:
    case TypeKind::float64:
      return std::to_string(record.get<double>(name));
    default:
      return "(" + name + ")";
  }
}

}  // namespace

std::string describe_primary_key(const evolution::Schema& schema, const evolution::Model& model, Bytes value) {
  const evolution::Struct& structure = *schema.find_struct(model.struct_id);
  std::string text;
  try {
    const DynamicRecord record(schema, structure, record::root(value, Lifetime()));
    for (const evolution::Part& part : model.primary.parts) {
      const auto field = std::find_if(structure.fields.begin(), structure.fields.end(), [&](const auto& candidate) {
        return part.ordinals.size() == 1 && candidate.ordinal == part.ordinals[0];
      });
      if (!text.empty()) text += ", ";
      text += field == structure.fields.end() ? part.text : describe(record, *field);
    }
  } catch (const Error&) {
    return "(unreadable)";
  }
  return model.primary.parts.size() == 1 ? text : "(" + text + ")";
}

}  // namespace detail
}  // namespace netabase
