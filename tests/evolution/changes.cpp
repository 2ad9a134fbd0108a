#include "tests/evolution/changes.hpp"

#include <algorithm>

#include "tests/evolution/change_kinds.hpp"
#include "tests/evolution/value.hpp"

namespace random_evolution {

namespace {

/// Whether values of the type hold the struct or enum of that id.
bool holds(const Type& type, Kind kind, Id id) {
  if (type.kind == kind && type.id == id) return true;
  return std::any_of(type.arguments.begin(), type.arguments.end(), [&](const Type& it) { return holds(it, kind, id); });
}

}  // namespace

bool has(const std::vector<Id>& ids, Id id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); }

bool is_in_primary(const Draft& draft, Id structure, Id field) {
  return std::any_of(draft.models.begin(), draft.models.end(),
                     [&](const Model& it) { return it.structure == structure && has(it.primary, field); });
}

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

Change random_change(Draft& draft, Random& random) {
  for (;;) {
    Draft now = draft;
    Change change;
    switch (random.below(46)) {
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
      case 43:
      case 44:
      case 45:
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
