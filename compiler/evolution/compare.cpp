#include "compiler/evolution/compare.hpp"

#include <tuple>

#include "compiler/evolution/ambiguous.hpp"
#include "compiler/evolution/capnp_names.hpp"
#include "compiler/evolution/comparison.hpp"
#include "compiler/evolution/follow.hpp"

namespace netabase::compiler::evolution {

namespace {

SourceLocation location_of(const Difference& difference, const std::vector<const schema::Definition*>& definitions) {
  for (const schema::Definition* definition : definitions) {
    for (const schema::Enum* enumeration : definition->enums) {
      if (plain_name(enumeration->qualified_name) != difference.record) continue;
      for (const schema::Enumerator& enumerator : enumeration->enumerators) {
        if (enumerator.name == difference.field) return enumerator.location;
      }
      return enumeration->location;
    }
    for (const schema::Struct* structure : definition->structs) {
      if (plain_name(structure->qualified_name) != difference.record) continue;
      for (const schema::Field& field : structure->fields) {
        if (field.name == difference.field) return field.location;
      }
      return structure->location;
    }
  }
  return definitions.empty() ? SourceLocation{} : definitions[0]->location;
}

}  // namespace

std::string place_of(const std::string& cpp_name, const std::string& member) {
  std::string out = cpp_name;
  for (std::size_t at = out.find("::"); at != std::string::npos; at = out.find("::")) out.replace(at, 2, ".");
  return member.empty() ? out : out + '.' + member;
}

const LockedDefinition* definition_before(const Lock& old, const Lock& now, const LockedDefinition& definition) {
  const auto same = [&](const LockedDefinition& other) { return other.name == definition.name; };
  const LockedDefinition* before = find_in(old.definitions, same);
  const bool is_renamed = before == nullptr && old.definitions.size() == 1 && now.definitions.size() == 1;
  return is_renamed ? &old.definitions[0] : before;
}

Comparison::Comparison(const Lock& old, const Lock& now) : old_(old), now_(now) {
  for (const LockedDefinition& definition : now_.definitions) {
    const LockedDefinition* before = definition_before(old_, now_, definition);
    if (before == nullptr) continue;
    for (const LockedModel& model : definition.models) {
      const auto same = [&](const LockedModel& other) { return other.number == model.number; };
      const LockedModel* old_model = find_in(before->models, same);
      if (old_model == nullptr) continue;
      models_[&model] = old_model;
      // The records of a model that was removed are still there when it comes back.
      if (!model.removed) visit(old_.find_struct(old_model->record), now_.find_struct(model.record));
    }
  }
}

void Comparison::visit(const LockedStruct* before, const LockedStruct* structure) {
  if (before == nullptr || structure == nullptr || !stored_.emplace(before, structure).second) return;
  for (const LockedField& field : structure->fields) {
    if (field.removed) continue;
    const auto same = [&](const LockedField& other) { return other.ordinal == field.ordinal; };
    const LockedField* old_field = find_in(before->fields, same);
    if (old_field == nullptr || old_field->removed) continue;
    visit(old_.find_struct(innermost(old_field->type)), now_.find_struct(innermost(field.type)));
  }
}

bool Comparison::is_stored(const LockedStruct& now) const {
  return std::any_of(stored_.begin(), stored_.end(), [&](const Pair& pair) { return pair.second == &now; });
}

const LockedModel* Comparison::before(const LockedModel& model) const {
  const auto found = models_.find(&model);
  return found == models_.end() ? nullptr : found->second;
}

std::vector<Difference> compare(const Lock& old, const Lock& now,
                                const std::vector<const schema::Definition*>& definitions) {
  Comparison comparison(old, now);
  compare_structs(comparison);
  compare_enums(comparison);
  compare_models(comparison);
  find_ambiguous(comparison, definitions);
  std::vector<Difference> differences = comparison.take();
  // What is refused says more than that something is gone.
  const auto is_refused = [&](const std::string& place) {
    return std::any_of(differences.begin(), differences.end(),
                       [&](const Difference& it) { return it.kind == "field-ambiguous" && it.place == place; });
  };
  const auto is_said = [&](const Difference& it) { return it.kind == "field-removed" && is_refused(it.place); };
  differences.erase(std::remove_if(differences.begin(), differences.end(), is_said), differences.end());
  const auto key = [](const Difference& it) { return std::tie(it.place, it.kind, it.what); };
  std::sort(differences.begin(), differences.end(),
            [&](const Difference& left, const Difference& right) { return key(left) < key(right); });
  differences.erase(std::unique(differences.begin(), differences.end()), differences.end());
  return differences;
}

bool change_layout(const std::vector<Difference>& differences) {
  return std::any_of(differences.begin(), differences.end(),
                     [](const Difference& it) { return it.kind != "field-default-changed"; });
}

void report(const std::vector<Difference>& differences, const std::vector<const schema::Definition*>& definitions,
            bool warn, Diagnostics& diagnostics) {
  for (const Difference& difference : differences) {
    const bool refused = difference.verdict == Verdict::refused;
    if (!refused && (!warn || difference.verdict != Verdict::needs_migration)) continue;
    const SourceLocation location = location_of(difference, definitions);
    const std::string text = difference.place + ": " + difference.what;
    Diagnostic& said = refused ? diagnostics.error(location, text) : diagnostics.warning(location, text);
    for (const std::string& line : difference.mend) said.notes.push_back({Severity::note, {}, line, {}});
  }
}

}  // namespace netabase::compiler::evolution
