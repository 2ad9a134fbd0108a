#include "tests/evolution/draft.hpp"

#include <algorithm>
#include <stdexcept>

namespace random_evolution {

namespace {

template <class List>
auto& by_id(List& list, Id id) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const auto& it) { return it.id == id; });
  if (found == list.end()) throw std::logic_error("a draft refers to what it does not have");
  return *found;
}

}  // namespace

const Value& Value::of(const Field& field) const {
  const auto found = fields.find(field.id);
  return found == fields.end() ? field.born : found->second;
}

const Field* Struct::find(Id field) const {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& it) { return it.id == field; });
  return found == fields.end() ? nullptr : &*found;
}

const Struct& Draft::structure(Id id) const { return by_id(structs, id); }
Struct& Draft::structure(Id id) { return by_id(structs, id); }
const Enum& Draft::enumeration(Id id) const { return by_id(enums, id); }
Enum& Draft::enumeration(Id id) { return by_id(enums, id); }

bool Draft::is_model(Id structure) const {
  return std::any_of(models.begin(), models.end(), [&](const Model& it) { return it.structure == structure; });
}

std::string Draft::table(const Model& model) const {
  return model.stored_name.empty() ? structure(model.structure).name : model.stored_name;
}

std::string Draft::index_name(const Model& model, const Index& index) const {
  return index.name.empty() ? part_field(model, index.parts[0].path)->name : index.name;
}

const Field* Draft::part_field(const Model& model, const std::vector<Id>& path) const {
  Id holder = model.structure;
  const Field* field = nullptr;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (i != 0) {
      if (field->type.kind != Kind::structure) return nullptr;
      holder = field->type.id;
    }
    field = structure(holder).find(path[i]);
    if (field == nullptr) return nullptr;
  }
  return field;
}

void Draft::drop_broken_indexes() {
  for (Model& model : models) {
    std::erase_if(model.indexes, [&](const Index& index) {
      for (const Part& part : index.parts) {
        const Field* field = part_field(model, part.path);
        if (field == nullptr) return true;
        if (!(index.parts.size() == 1 ? is_single_key(field->type) : is_part(field->type))) return true;
      }
      if (!index.where) return false;
      const Field* where = structure(model.structure).find(*index.where);
      return where == nullptr || where->type.kind != Kind::boolean;
    });
    // One on a field that became part of the primary key as a whole.
    std::erase_if(model.indexes, [&](const Index& index) {
      return model.primary.size() == 1 && index.parts.size() == 1 && index.parts[0].path == model.primary;
    });
  }
}

bool is_integer(Kind kind) { return kind >= Kind::int8 && kind <= Kind::uint64; }
bool is_number(Kind kind) { return kind <= Kind::enumeration; }

bool is_key(const Type& type) {
  return is_number(type.kind) || type.kind == Kind::text || type.kind == Kind::path || type.kind == Kind::bytes ||
         type.kind == Kind::fixed_bytes;
}

bool is_part(const Type& type) { return is_key(type) || (type.kind == Kind::optional && is_key(type.arguments[0])); }

bool is_single_key(const Type& type) {
  switch (type.kind) {
    case Kind::vector:
    case Kind::array:
    case Kind::set:
    case Kind::hashed_set:
    case Kind::map:
    case Kind::hashed_map:
      return is_key(type.arguments[0]);
    default:
      return is_part(type);
  }
}

bool has_initialiser(const Type& type) {
  return (is_number(type.kind) && type.kind != Kind::int128 && type.kind != Kind::uint128) || type.kind == Kind::text;
}

}  // namespace random_evolution
