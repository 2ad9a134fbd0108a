#include "tests/evolution/random_draft.hpp"

#include <algorithm>

#include "tests/evolution/value.hpp"

namespace random_evolution {

namespace {

Type plain(Kind kind) {
  Type out;
  out.kind = kind;
  return out;
}

Type with(Kind kind, std::vector<Type> arguments) {
  Type out;
  out.kind = kind;
  out.arguments = std::move(arguments);
  return out;
}

Type enum_type(const Draft& draft, Random& random) {
  Type out = plain(Kind::enumeration);
  out.id = draft.enums[random.below(draft.enums.size())].id;
  return out;
}

/// What sets and the keys of maps hold.
Type key_type(const Draft& draft, Random& random) {
  static const std::vector<Kind> kinds = {Kind::int16, Kind::int32, Kind::uint64, Kind::uint32, Kind::text};
  return random.one_in(5) ? enum_type(draft, random) : plain(random.of(kinds));
}

Type struct_type(const Draft& draft, std::size_t place, Random& random) {
  std::vector<Id> held;
  for (std::size_t i = 0; i < place; ++i) {
    if (!draft.is_model(draft.structs[i].id)) held.push_back(draft.structs[i].id);
  }
  if (held.empty()) return random_plain_type(draft, random);
  Type out = plain(Kind::structure);
  out.id = random.of(held);
  return out;
}

/// std::vector and std::array of std::uint8_t are bytes.
Type list_element(const Draft& draft, std::size_t place, Random& random, unsigned depth);

/// What may stand in a container.
Type element_type(const Draft& draft, std::size_t place, Random& random, unsigned depth) {
  switch (random.below(depth > 1 ? 3 : 6)) {
    case 0:
      return struct_type(draft, place, random);
    case 3:
      return with(Kind::optional, {random_plain_type(draft, random)});
    case 4:
      return with(Kind::pair, {random_plain_type(draft, random), element_type(draft, place, random, depth + 1)});
    case 5:
      return with(Kind::vector, {list_element(draft, place, random, depth + 1)});
    default:
      return random_plain_type(draft, random);
  }
}

Type list_element(const Draft& draft, std::size_t place, Random& random, unsigned depth) {
  for (;;) {
    Type out = element_type(draft, place, random, depth);
    if (out.kind != Kind::uint8) return out;
  }
}

}  // namespace

Type random_plain_type(const Draft& draft, Random& random) {
  static const std::vector<Kind> kinds = {
      Kind::boolean, Kind::int8,       Kind::int16,  Kind::int32,   Kind::int64,   Kind::uint8,   Kind::uint16,
      Kind::uint32,  Kind::uint64,     Kind::int128, Kind::uint128, Kind::float32, Kind::float64, Kind::milliseconds,
      Kind::seconds, Kind::days_point, Kind::text,   Kind::text,    Kind::path,    Kind::bytes,   Kind::fixed_bytes};
  if (random.one_in(8)) return enum_type(draft, random);
  Type out = plain(random.of(kinds));
  if (out.kind == Kind::fixed_bytes) out.extent = 2 + random.below(7);
  return out;
}

Type random_type(const Draft& draft, std::size_t place, Random& random) {
  switch (random.below(20)) {
    case 0:
    case 1:
      return with(Kind::optional,
                  {random.one_in(4) ? struct_type(draft, place, random) : random_plain_type(draft, random)});
    case 2:
    case 3:
      return struct_type(draft, place, random);
    case 4:
    case 5:
      return with(Kind::vector, {list_element(draft, place, random, 0)});
    case 6: {
      Type out = with(Kind::array, {list_element(draft, place, random, 0)});
      out.extent = 1 + random.below(3);
      return out;
    }
    case 7:
      return with(random.one_in(2) ? Kind::set : Kind::hashed_set, {key_type(draft, random)});
    case 8:
      return with(random.one_in(2) ? Kind::map : Kind::hashed_map,
                  {key_type(draft, random), element_type(draft, place, random, 1)});
    case 9:
      return with(Kind::pair, {random_plain_type(draft, random), element_type(draft, place, random, 1)});
    case 10:
      return with(Kind::tuple,
                  {random_plain_type(draft, random), plain(Kind::text), element_type(draft, place, random, 1)});
    case 11: {
      Type out = with(Kind::variant, {plain(Kind::int32), plain(Kind::text), struct_type(draft, place, random)});
      if (random.one_in(2) || out.arguments[2].kind != Kind::structure) out.arguments.pop_back();
      return out;
    }
    default:
      return random_plain_type(draft, random);
  }
}

void set_initialiser(const Draft& draft, Field& field, Random& random) {
  field.initialiser.reset();
  field.born = zero_value(draft, field.type);
  if (!has_initialiser(field.type) || random.one_in(2)) return;
  Value value = random_value(draft, field.type, random);
  if (value.absent) return;
  field.born = value;
  field.initialiser = std::move(value);
}

Field random_field(Draft& draft, std::size_t place, Random& random) {
  static const std::vector<std::string> words = {"size", "title", "owner", "last_seen", "colour", "weight", "notes"};
  Struct& structure = draft.structs[place];
  Field out;
  out.id = draft.next_id++;
  if (!structure.free_names.empty() && random.one_in(3)) {
    const std::size_t at = random.below(structure.free_names.size());
    out.name = structure.free_names[at];
    structure.free_names.erase(structure.free_names.begin() + static_cast<std::ptrdiff_t>(at));
  } else {
    out.name = random.of(words) + "_" + std::to_string(out.id);
  }
  if (!draft.is_model(structure.id) && random.one_in(20)) {
    Type self = plain(Kind::structure);
    self.id = structure.id;
    out.type = with(Kind::vector, {self});
  } else {
    out.type = random_type(draft, place, random);
  }
  set_initialiser(draft, out, random);
  return out;
}

Enum random_enum(Draft& draft, Random& random) {
  static const std::vector<Kind> underlying = {Kind::uint8, Kind::uint16, Kind::int32, Kind::int8};
  Enum out;
  out.id = draft.next_id++;
  out.name = "Choice" + std::to_string(out.id);
  out.underlying = random.of(underlying);
  const std::size_t count = 2 + random.below(4);
  for (std::size_t i = 0; i < count; ++i) {
    out.enumerators.push_back({"value_" + std::to_string(draft.next_id++), static_cast<std::int64_t>(i)});
  }
  return out;
}

std::vector<std::vector<Id>> possible_parts(const Draft& draft, const Model& model) {
  std::vector<std::vector<Id>> out;
  for (const Field& field : draft.structure(model.structure).fields) {
    out.push_back({field.id});
    if (field.type.kind != Kind::structure) continue;
    for (const Field& inner : draft.structure(field.type.id).fields) out.push_back({field.id, inner.id});
  }
  return out;
}

bool add_index(Draft& draft, Model& model, Random& random) {
  const std::size_t count = random.one_in(2) ? 1 : 1 + random.below(3);
  const auto possible = possible_parts(draft, model);
  Index index;
  std::vector<std::vector<Id>> used;
  for (unsigned attempt = 0; attempt < 20 && index.parts.size() < count; ++attempt) {
    const std::vector<Id>& path = possible[random.below(possible.size())];
    const Type& type = draft.part_field(model, path)->type;
    if (!(count == 1 ? is_single_key(type) : is_part(type))) continue;
    if (count == 1 && path == model.primary) continue;
    if (std::find(used.begin(), used.end(), path) != used.end()) continue;
    used.push_back(path);
    index.parts.push_back({path, false});
  }
  if (index.parts.size() != count) return false;
  const bool on_field = count == 1 && index.parts[0].path.size() == 1 && random.one_in(2);
  for (const Index& other : model.indexes) {
    if (on_field && other.name.empty() && other.parts[0].path == index.parts[0].path) return false;
  }
  if (!on_field) {
    index.name = "by_" + std::to_string(draft.next_id++);
    const Kind kind = draft.part_field(model, index.parts[0].path)->type.kind;
    const bool of_elements = count == 1 && kind >= Kind::vector && kind <= Kind::hashed_map;
    for (Part& part : index.parts) part.descending = !of_elements && random.one_in(3);
  }
  index.unique = random.one_in(6);
  for (const Field& field : draft.structure(model.structure).fields) {
    if (field.type.kind == Kind::boolean && random.one_in(4)) index.where = field.id;
  }
  model.indexes.push_back(std::move(index));
  return true;
}

void add_struct(Draft& draft, bool is_model, Random& random) {
  Struct added;
  added.id = draft.next_id++;
  added.name = (is_model ? "Record" : "Detail") + std::to_string(added.id);
  const Id id = added.id;
  draft.structs.push_back(std::move(added));
  const std::size_t place = draft.structs.size() - 1;
  if (is_model) {
    // Known to random_field() as a model's.
    draft.models.push_back({id, {}, {}, false, {}});
  }
  const std::size_t count = (is_model ? 3 : 1) + random.below(4);
  for (std::size_t i = 0; i < count; ++i) {
    Field field = random_field(draft, place, random);
    draft.structs[place].fields.push_back(std::move(field));
  }
  if (!is_model) return;
  Model& model = draft.models.back();
  Field key = random_field(draft, place, random);
  do {
    key.type = random.one_in(2) ? plain(Kind::uint64) : random_plain_type(draft, random);
  } while (key.type.kind == Kind::boolean || key.type.kind == Kind::enumeration);
  set_initialiser(draft, key, random);
  model.primary = {key.id};
  model.automatic = is_integer(key.type.kind) && random.one_in(3);
  auto& fields = draft.structs[place].fields;
  if (!model.automatic && is_key(fields[0].type) && random.one_in(3)) model.primary.push_back(fields[0].id);
  // The parts of the key are in the order of the struct.
  fields.insert(fields.begin(), std::move(key));
  for (std::size_t i = random.below(4); i > 0; --i) add_index(draft, model, random);
}

Draft random_draft(const std::string& name, Random& random) {
  Draft draft;
  draft.name = name;
  draft.definition_name = name + "Definition";
  for (std::size_t i = 1 + random.below(2); i > 0; --i) draft.enums.push_back(random_enum(draft, random));
  for (std::size_t i = 1 + random.below(3); i > 0; --i) add_struct(draft, false, random);
  for (std::size_t i = 1 + random.below(3); i > 0; --i) add_struct(draft, true, random);
  return draft;
}

}  // namespace random_evolution
