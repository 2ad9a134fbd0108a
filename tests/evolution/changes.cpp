#include "tests/evolution/changes.hpp"

#include <algorithm>
#include <functional>

#include "tests/evolution/random_draft.hpp"
#include "tests/evolution/value.hpp"

namespace random_evolution {

namespace {

bool has(const std::vector<Id>& ids, Id id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); }

bool is_in_primary(const Draft& draft, Id structure, Id field) {
  return std::any_of(draft.models.begin(), draft.models.end(),
                     [&](const Model& it) { return it.structure == structure && has(it.primary, field); });
}

/// Whether values of the type hold the struct or enum of that id.
bool holds(const Type& type, Kind kind, Id id) {
  if (type.kind == kind && type.id == id) return true;
  return std::any_of(type.arguments.begin(), type.arguments.end(), [&](const Type& it) { return holds(it, kind, id); });
}

/// Whether it is stored: part of a model, maybe through other structs.
bool is_stored(const Draft& draft, Kind kind, Id id) {
  if (kind == Kind::structure && draft.is_model(id)) return true;
  for (const Struct& structure : draft.structs) {
    if (structure.id == id) continue;
    for (const Field& field : structure.fields) {
      if (holds(field.type, kind, id) && is_stored(draft, Kind::structure, structure.id)) return true;
    }
  }
  return false;
}

struct Place {
  std::size_t structure = 0;
  std::size_t field = 0;
};

/// A field for which `fits`, of a struct that is stored.
std::optional<Place> find_field(const Draft& draft, Random& random,
                                const std::function<bool(const Struct&, const Field&)>& fits) {
  std::vector<Place> places;
  for (std::size_t i = 0; i < draft.structs.size(); ++i) {
    if (!is_stored(draft, Kind::structure, draft.structs[i].id)) continue;
    for (std::size_t j = 0; j < draft.structs[i].fields.size(); ++j) {
      if (fits(draft.structs[i], draft.structs[i].fields[j])) places.push_back({i, j});
    }
  }
  if (places.empty()) return std::nullopt;
  return random.of(places);
}

std::string in(const Struct& structure, const Field& field) { return structure.name + "." + field.name; }

// ---- fields

Change add_field(Draft& draft, Random& random) {
  const std::size_t place = random.below(draft.structs.size());
  Field field = random_field(draft, place, random);
  auto& fields = draft.structs[place].fields;
  const std::string what = "added " + in(draft.structs[place], field) + " : " + cpp_type(draft, field.type);
  fields.insert(fields.begin() + static_cast<std::ptrdiff_t>(random.below(fields.size() + 1)), std::move(field));
  // An added field may stand between the parts of a primary key, never change their order.
  return {what, Expected::safe};
}

Change remove_field(Draft& draft, Random& random) {
  const auto place = find_field(draft, random, [&](const Struct& structure, const Field& field) {
    return structure.fields.size() > 1 && !is_in_primary(draft, structure.id, field.id);
  });
  if (!place) return {};
  Struct& structure = draft.structs[place->structure];
  const std::string what = "removed " + in(structure, structure.fields[place->field]);
  structure.freed_names.push_back(structure.fields[place->field].name);
  structure.fields.erase(structure.fields.begin() + static_cast<std::ptrdiff_t>(place->field));
  draft.drop_broken_indexes();
  return {what, Expected::safe};
}

Change rename_field(Draft& draft, Random& random, bool said) {
  const auto place = find_field(draft, random, [](const Struct&, const Field&) { return true; });
  Struct& structure = draft.structs[place->structure];
  Field& field = structure.fields[place->field];
  const std::string before = field.name;
  field.name = "renamed_" + std::to_string(draft.next_id++);
  field.renamed_from = said ? before : "";
  return {"renamed " + structure.name + "." + before + " to " + field.name + (said ? ", saying so" : ""),
          said ? Expected::safe : Expected::refused};
}

/// authorId and author_id are one name.
Change spell_otherwise(Draft& draft, Random& random) {
  const auto place = find_field(draft, random, [](const Struct&, const Field& field) {
    return field.name.find('_') != std::string::npos && field.renamed_from.empty();
  });
  if (!place) return {};
  Struct& structure = draft.structs[place->structure];
  Field& field = structure.fields[place->field];
  const std::string before = in(structure, field);
  std::string name;
  bool upper = false;
  for (const char c : field.name) {
    if (c == '_') {
      upper = true;
    } else {
      name += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      upper = false;
    }
  }
  field.name = name;
  return {"spelt " + before + " as " + name, Expected::safe};
}

Change reorder(Draft& draft, Random& random) {
  Struct& structure = random.of(draft.structs);
  std::vector<Id> keys;
  for (std::size_t i = structure.fields.size(); i > 1; --i) {
    std::swap(structure.fields[i - 1], structure.fields[random.below(i)]);
  }
  // The parts of a primary key are in the order of the struct: they stay in theirs.
  for (const Model& model : draft.models) {
    if (model.structure != structure.id) continue;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < structure.fields.size(); ++i) {
      if (has(model.primary, structure.fields[i].id)) places.push_back(i);
    }
    std::vector<Field> fields;
    for (const Id id : model.primary) fields.push_back(*structure.find(id));
    for (std::size_t i = 0; i < places.size(); ++i) structure.fields[places[i]] = fields[i];
  }
  return {"put the fields of " + structure.name + " in another order", Expected::safe};
}

/// Widening, narrowing, and everything else.
Change retype(Draft& draft, Random& random) {
  const auto place = find_field(draft, random, [](const Struct&, const Field&) { return true; });
  Struct& structure = draft.structs[place->structure];
  Field& field = structure.fields[place->field];
  Type now;
  Type old = field.type;
  const bool in_primary = is_in_primary(draft, structure.id, field.id);
  do {
    if (is_integer(old.kind) && random.one_in(2)) {
      static const std::vector<Kind> integers = {Kind::int8,  Kind::int16,  Kind::int32,  Kind::int64,
                                                 Kind::uint8, Kind::uint16, Kind::uint32, Kind::uint64};
      now.kind = random.of(integers);
    } else {
      now = in_primary ? random_plain_type(draft, random) : random_type(draft, place->structure, random);
    }
  } while (now == old || (now.kind == Kind::optional && now.arguments[0] == old) ||
           (old.kind == Kind::set && now.kind == Kind::hashed_set) ||
           (old.kind == Kind::hashed_set && now.kind == Kind::set) ||
           (old.kind == Kind::map && now.kind == Kind::hashed_map) ||
           (old.kind == Kind::hashed_map && now.kind == Kind::map));
  field.type = now;
  for (Model& model : draft.models) {
    if (model.structure == structure.id && has(model.primary, field.id) && !is_integer(now.kind))
      model.automatic = false;
  }
  set_initialiser(draft, field, random);
  draft.drop_broken_indexes();
  return {"changed " + in(structure, field) + " from " + cpp_type(draft, old) + " to " + cpp_type(draft, now),
          Expected::unsafe};
}

Change make_optional(Draft& draft, Random& random) {
  const auto place = find_field(draft, random, [&](const Struct& structure, const Field& field) {
    return field.type.kind != Kind::optional && !is_in_primary(draft, structure.id, field.id);
  });
  if (!place) return {};
  Struct& structure = draft.structs[place->structure];
  Field& field = structure.fields[place->field];
  Type optional;
  optional.kind = Kind::optional;
  optional.arguments = {field.type};
  field.type = optional;
  field.initialiser.reset();
  draft.drop_broken_indexes();
  return {"made " + in(structure, field) + " optional", Expected::safe};
}

Change make_required(Draft& draft, Random& random) {
  const auto place =
      find_field(draft, random, [](const Struct&, const Field& field) { return field.type.kind == Kind::optional; });
  if (!place) return {};
  Struct& structure = draft.structs[place->structure];
  Field& field = structure.fields[place->field];
  field.type = Type(field.type.arguments[0]);
  set_initialiser(draft, field, random);
  return {"made " + in(structure, field) + " no longer optional", Expected::unsafe};
}

Change swap_container(Draft& draft, Random& random) {
  const auto place = find_field(draft, random, [](const Struct&, const Field& field) {
    return field.type.kind >= Kind::set && field.type.kind <= Kind::hashed_map;
  });
  if (!place) return {};
  Struct& structure = draft.structs[place->structure];
  Field& field = structure.fields[place->field];
  switch (field.type.kind) {
    case Kind::set:
      field.type.kind = Kind::hashed_set;
      break;
    case Kind::hashed_set:
      field.type.kind = Kind::set;
      break;
    case Kind::map:
      field.type.kind = Kind::hashed_map;
      break;
    default:
      field.type.kind = Kind::map;
  }
  return {"made " + in(structure, field) + " a " + cpp_type(draft, field.type), Expected::safe};
}

Change add_alternative(Draft& draft, Random& random) {
  const auto place =
      find_field(draft, random, [](const Struct&, const Field& field) { return field.type.kind == Kind::variant; });
  if (!place) return {};
  Struct& structure = draft.structs[place->structure];
  Field& field = structure.fields[place->field];
  static const std::vector<Kind> kinds = {Kind::float64, Kind::bytes, Kind::boolean, Kind::milliseconds};
  Type added;
  added.kind = random.of(kinds);
  field.type.arguments.push_back(added);
  return {"added " + cpp_type(draft, added) + " to " + in(structure, field), Expected::any};
}

Change change_default(Draft& draft, Random& random) {
  const auto place =
      find_field(draft, random, [](const Struct&, const Field& field) { return has_initialiser(field.type); });
  if (!place) return {};
  Struct& structure = draft.structs[place->structure];
  Field& field = structure.fields[place->field];
  // What records from before the field read stays what it was.
  Value value = random_value(draft, field.type, random);
  field.initialiser.reset();
  if (!value.absent && !random.one_in(4)) field.initialiser = std::move(value);
  return {"changed the default of " + in(structure, field), Expected::safe};
}

// ---- enums

Enum* stored_enum(Draft& draft, Random& random) {
  Enum& enumeration = random.of(draft.enums);
  return is_stored(draft, Kind::enumeration, enumeration.id) ? &enumeration : nullptr;
}

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

// ---- models and structs

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

// ---- keys

Change add_an_index(Draft& draft, Random& random) {
  Model& model = random.of(draft.models);
  if (!add_index(draft, model, random)) return {};
  const Index& index = model.indexes.back();
  return {"added the index " + draft.table(model) + "." + draft.index_name(model, index),
          index.unique ? Expected::any : Expected::safe};
}

Model* model_with_index(Draft& draft, Random& random) {
  Model& model = random.of(draft.models);
  return model.indexes.empty() ? nullptr : &model;
}

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

}  // namespace

Change random_change(Draft& draft, Random& random) {
  for (;;) {
    Draft now = draft;
    Change change;
    switch (random.below(43)) {
      case 0:
      case 1:
      case 2:
      case 3:
        change = add_field(now, random);
        break;
      case 4:
      case 5:
      case 6:
        change = remove_field(now, random);
        break;
      case 7:
      case 8:
        change = rename_field(now, random, true);
        break;
      case 9:
        change = rename_field(now, random, false);
        break;
      case 10:
        change = spell_otherwise(now, random);
        break;
      case 11:
      case 12:
        change = reorder(now, random);
        break;
      case 13:
      case 14:
      case 15:
      case 16:
        change = retype(now, random);
        break;
      case 17:
      case 18:
        change = make_optional(now, random);
        break;
      case 19:
        change = make_required(now, random);
        break;
      case 20:
        change = swap_container(now, random);
        break;
      case 21:
        change = add_alternative(now, random);
        break;
      case 22:
      case 23:
        change = change_default(now, random);
        break;
      case 24:
        change = add_enumerator(now, random);
        break;
      case 25:
        change = remove_enumerator(now, random);
        break;
      case 26:
        change = rename_enumerator(now, random);
        break;
      case 27:
        change = renumber_enumerators(now, random);
        break;
      case 28:
        change = change_underlying(now, random);
        break;
      case 29:
        change = add_model(now, random);
        break;
      case 30:
        change = remove_model(now, random);
        break;
      case 31:
        change = bring_model_back(now, random);
        break;
      case 32:
        change = rename_model(now, random, !random.one_in(3));
        break;
      case 33:
        change = random.one_in(2) ? move_table(now, random) : rename_definition(now, random);
        break;
      case 34:
        change = add_an_index(now, random);
        break;
      case 35:
        change = remove_index(now, random);
        break;
      case 36:
      case 37:
        change = change_index(now, random);
        break;
      case 38:
        change = change_primary(now, random);
        break;
      case 39:
        change = move_field(now, random);
        break;
      case 40:
      case 41:
        change = rename_struct(now, random, !random.one_in(3));
        break;
      default:
        change = toggle_automatic(now, random);
    }
    if (change.what.empty()) continue;
    draft = std::move(now);
    return change;
  }
}

Change random_change(Draft& draft, Random& random, Expected expected) {
  for (;;) {
    Draft now = draft;
    Change change = random_change(now, random);
    if (change.expected != expected) continue;
    draft = std::move(now);
    return change;
  }
}

namespace {

/// Calls `say(struct, field, old)` with the first field that has another name than before.
template <class Say>
Change of_renamed(Draft& draft, const Draft& before, Say&& say) {
  for (Struct& structure : draft.structs) {
    for (Field& field : structure.fields) {
      for (const Struct& old : before.structs) {
        const Field* old_field = old.id == structure.id ? old.find(field.id) : nullptr;
        if (old_field == nullptr || old_field->name == field.name || field.renamed_from == old_field->name) continue;
        return say(structure, field, *old_field);
      }
    }
  }
  return {};
}

}  // namespace

Change say_renamed(Draft& draft, const Draft& before) {
  return of_renamed(draft, before, [](const Struct& structure, Field& field, const Field& old) -> Change {
    field.renamed_from = old.name;
    return {"said that " + in(structure, old) + " was renamed", Expected::safe};
  });
}

Change say_dropped(Draft& draft, const Draft& before) {
  return of_renamed(draft, before, [&](Struct& structure, Field& field, const Field& old) -> Change {
    if (is_in_primary(draft, structure.id, field.id)) return {};
    structure.dropped.push_back(old.name);
    structure.freed_names.push_back(old.name);
    field.id = draft.next_id++;
    field.born = field.initialiser ? *field.initialiser : zero_value(draft, field.type);
    draft.drop_broken_indexes();
    return {"said that " + in(structure, old) + " was dropped", Expected::safe};
  });
}

}  // namespace random_evolution
