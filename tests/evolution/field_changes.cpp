#include <algorithm>

#include "tests/evolution/change_kinds.hpp"
#include "tests/evolution/random_draft.hpp"
#include "tests/evolution/value.hpp"

namespace random_evolution {

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

}  // namespace random_evolution
