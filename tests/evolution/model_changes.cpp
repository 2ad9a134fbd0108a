#include <algorithm>

#include "tests/evolution/change_kinds.hpp"
#include "tests/evolution/random_draft.hpp"

namespace random_evolution {

namespace {

Enum* stored_enum(Draft& draft, Random& random) {
  Enum& enumeration = random.of(draft.enums);
  return is_stored(draft, Kind::enumeration, enumeration.id) ? &enumeration : nullptr;
}

}  // namespace

Change add_enumerator(Draft& draft, Random& random) {
  Enum* enumeration = stored_enum(draft, random);
  if (enumeration == nullptr || enumeration->enumerators.size() > 20) return {};
  std::int64_t value = 0;
  for (const Enumerator& it : enumeration->enumerators) value = std::max(value, it.value + 1);
  if (value > 100) return {};
  enumeration->enumerators.insert(enumeration->enumerators.begin(),
                                  {"value_" + std::to_string(draft.next_id++), value});
  return {"added a value to " + enumeration->name, Expected::safe};
}

Change remove_enumerator(Draft& draft, Random& random) {
  Enum* enumeration = stored_enum(draft, random);
  if (enumeration == nullptr || enumeration->enumerators.size() < 2) return {};
  enumeration->enumerators.erase(enumeration->enumerators.begin() +
                                 static_cast<std::ptrdiff_t>(random.below(enumeration->enumerators.size())));
  return {"removed a value from " + enumeration->name, Expected::safe};
}

Change rename_enumerator(Draft& draft, Random& random) {
  Enum* enumeration = stored_enum(draft, random);
  if (enumeration == nullptr) return {};
  random.of(enumeration->enumerators).name = "value_" + std::to_string(draft.next_id++);
  return {"renamed a value of " + enumeration->name, Expected::safe};
}

Change renumber_enumerators(Draft& draft, Random& random) {
  Enum* enumeration = stored_enum(draft, random);
  if (enumeration == nullptr || enumeration->enumerators.size() < 2) return {};
  std::swap(enumeration->enumerators[0].value, enumeration->enumerators[1].value);
  return {"renumbered " + enumeration->name, Expected::unsafe};
}

Change change_underlying(Draft& draft, Random& random) {
  Enum* enumeration = stored_enum(draft, random);
  if (enumeration == nullptr) return {};
  enumeration->underlying = enumeration->underlying == Kind::int32 ? Kind::uint16 : Kind::int32;
  return {"changed the underlying type of " + enumeration->name, Expected::unsafe};
}

Change add_model(Draft& draft, Random& random) {
  if (draft.models.size() > 3) return {};
  add_struct(draft, true, random);
  return {"added the model " + draft.structs.back().name, Expected::safe};
}

Change remove_model(Draft& draft, Random& random) {
  if (draft.models.size() < 2) return {};
  const std::size_t at = random.below(draft.models.size());
  const Id id = draft.models[at].structure;
  const std::string name = draft.structure(id).name;
  draft.removed_models.push_back(draft.models[at]);
  draft.removed_structs.push_back(draft.structure(id));
  draft.models.erase(draft.models.begin() + static_cast<std::ptrdiff_t>(at));
  std::erase_if(draft.structs, [&](const Struct& it) { return it.id == id; });
  return {"removed the model " + name, Expected::safe};
}

Change bring_model_back(Draft& draft, Random&) {
  if (draft.removed_models.empty()) return {};
  draft.models.push_back(std::move(draft.removed_models.back()));
  draft.structs.push_back(std::move(draft.removed_structs.back()));
  draft.removed_models.pop_back();
  draft.removed_structs.pop_back();
  // What it holds may have changed meanwhile, so that a key of its can be none any more.
  draft.drop_broken_indexes();
  return {"brought the model " + draft.structs.back().name + " back", Expected::any};
}

Change rename_model(Draft& draft, Random& random, bool keep_table) {
  Model& model = random.of(draft.models);
  Struct& structure = draft.structure(model.structure);
  const std::string before = structure.name;
  const std::string table = draft.table(model);
  structure.name = "Record" + std::to_string(draft.next_id++);
  structure.renamed_from.clear();
  model.stored_name = keep_table ? table : "";
  if (!keep_table && table != before) model.stored_name = structure.name + "_table";
  return {"renamed the model " + before + " to " + structure.name + (keep_table ? ", in its old table" : ""),
          keep_table ? Expected::safe : Expected::refused};
}

Change move_table(Draft& draft, Random& random) {
  Model& model = random.of(draft.models);
  model.stored_name = "table_" + std::to_string(draft.next_id++);
  return {"moved the model " + draft.structure(model.structure).name + " to another table", Expected::refused};
}

Change rename_struct(Draft& draft, Random& random, bool said) {
  Struct& structure = random.of(draft.structs);
  if (draft.is_model(structure.id) || !is_stored(draft, Kind::structure, structure.id)) return {};
  const std::string before = structure.name;
  structure.name = "Detail" + std::to_string(draft.next_id++);
  structure.renamed_from = said ? before : "";
  return {"renamed the struct " + before + " to " + structure.name + (said ? ", saying so" : ""),
          said ? Expected::safe : Expected::any};
}

/// Into a struct that the field's own one holds.
Change move_field(Draft& draft, Random& random) {
  const auto place =
      find_field(draft, random, [](const Struct&, const Field& field) { return field.type.kind == Kind::structure; });
  if (!place) return {};
  Struct& from = draft.structs[place->structure];
  Struct& to = draft.structure(from.fields[place->field].type.id);
  const std::size_t at = random.below(from.fields.size());
  const Field field = from.fields[at];
  // What it is made of must be there before its new struct.
  const bool fits = is_number(field.type.kind) || field.type.kind == Kind::text || field.type.kind == Kind::bytes;
  if (!fits || is_in_primary(draft, from.id, field.id) || from.id == to.id) return {};
  from.fields.erase(from.fields.begin() + static_cast<std::ptrdiff_t>(at));
  to.fields.push_back(field);
  draft.drop_broken_indexes();
  return {"moved " + in(from, field) + " to " + to.name, Expected::unsafe};
}

Change rename_definition(Draft& draft, Random&) {
  const std::string before = draft.definition_name;
  draft.definition_name = draft.name + "Definition" + std::to_string(draft.next_id++);
  return {"renamed the definition " + before, Expected::refused};
}

}  // namespace random_evolution
