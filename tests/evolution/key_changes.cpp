#include "tests/evolution/change_kinds.hpp"
#include "tests/evolution/random_draft.hpp"

namespace random_evolution {

Change add_an_index(Draft& draft, Random& random) {
  Model& model = random.of(draft.models);
  if (!add_index(draft, model, random)) return {};
  const Index& index = model.indexes.back();
  return {"added the index " + draft.table(model) + "." + draft.index_name(model, index),
          index.unique ? Expected::any : Expected::safe};
}

namespace {

Model* model_with_index(Draft& draft, Random& random) {
  Model& model = random.of(draft.models);
  return model.indexes.empty() ? nullptr : &model;
}

}  // namespace

Change remove_index(Draft& draft, Random& random) {
  Model* model = model_with_index(draft, random);
  if (model == nullptr) return {};
  const std::size_t at = random.below(model->indexes.size());
  const std::string what =
      "dropped the index " + draft.table(*model) + "." + draft.index_name(*model, model->indexes[at]);
  model->indexes.erase(model->indexes.begin() + static_cast<std::ptrdiff_t>(at));
  return {what, Expected::safe};
}

Change change_index(Draft& draft, Random& random) {
  Model* model = model_with_index(draft, random);
  if (model == nullptr) return {};
  Index& index = random.of(model->indexes);
  const std::string name = draft.table(*model) + "." + draft.index_name(*model, index);
  const auto possible = possible_parts(draft, *model);
  switch (random.below(4)) {
    case 0:
      index.unique = !index.unique;
      return {std::string("made the index ") + name + (index.unique ? " unique" : " not unique"),
              index.unique ? Expected::any : Expected::safe};
    case 1: {
      if (index.name.empty()) return {};
      const Kind kind = draft.part_field(*model, index.parts[0].path)->type.kind;
      if (kind >= Kind::vector && kind <= Kind::hashed_map) return {};
      index.parts[0].descending = !index.parts[0].descending;
      return {"turned the index " + name + " round", index.unique ? Expected::any : Expected::safe};
    }
    case 2: {
      if (index.name.empty()) return {};
      const std::vector<Id>& path = possible[random.below(possible.size())];
      const Type& type = draft.part_field(*model, path)->type;
      if (!(index.parts.size() == 1 ? is_single_key(type) : is_part(type))) return {};
      if (index.parts.size() == 1 && path == model->primary) return {};
      for (const Part& part : index.parts) {
        if (part.path == path) return {};
      }
      index.parts[0] = {path, false};
      return {"put another part into the index " + name, index.unique ? Expected::any : Expected::safe};
    }
    default:
      if (index.name.empty()) return {};
      index.name = "by_" + std::to_string(draft.next_id++);
      return {"renamed the index " + name, index.unique ? Expected::any : Expected::safe};
  }
}

Change change_primary(Draft& draft, Random& random) {
  Model& model = random.of(draft.models);
  std::vector<Id> others;
  for (const Field& field : draft.structure(model.structure).fields) {
    if (is_key(field.type) && !has(model.primary, field.id)) others.push_back(field.id);
  }
  if (others.empty()) return {};
  std::vector<Id> now = random.one_in(2) ? std::vector<Id>() : model.primary;
  now.push_back(random.of(others));
  // In the order of the struct.
  model.primary.clear();
  for (const Field& field : draft.structure(model.structure).fields) {
    if (has(now, field.id)) model.primary.push_back(field.id);
  }
  model.automatic = false;
  draft.drop_broken_indexes();
  return {"changed the primary key of " + draft.table(model), Expected::unsafe};
}

Change toggle_automatic(Draft& draft, Random& random) {
  Model& model = random.of(draft.models);
  if (model.primary.size() != 1) return {};
  const Field& field = *draft.structure(model.structure).find(model.primary[0]);
  if (!is_integer(field.type.kind)) return {};
  model.automatic = !model.automatic;
  return {"made the primary key of " + draft.table(model) + (model.automatic ? " automatic" : " not automatic"),
          Expected::safe};
}

}  // namespace random_evolution
