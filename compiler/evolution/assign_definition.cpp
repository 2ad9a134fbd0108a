#include "compiler/evolution/assign_definition.hpp"

#include <algorithm>
#include <string>

#include "compiler/evolution/capnp_names.hpp"
#include "compiler/schema/key_parts.hpp"

namespace netabase::compiler::evolution {

namespace {

void set_index(const schema::Model& model, const schema::Key& key, LockedIndex& index) {
  index.name = key.name;
  index.unique = key.unique;
  index.automatic = key.automatic;
  index.sparse = key.sparse;
  index.per_element = key.per_element;
  index.max_length = key.max_length;
  index.removed = false;
  index.where = key.where ? key.where->name + (key.where->is_function ? "()" : "") : std::string();
  index.parts.clear();
  for (const schema::KeyPart& part : key.parts) {
    index.parts.push_back({schema::part_name(*model.structure, part), part.descending,
                           part.computed ? plain_name(part.computed->type.cpp) : std::string()});
  }
}

void assign_indexes(const schema::Definition& definition, const schema::Model& model, LockedModel& locked) {
  set_index(model, model.primary, locked.primary);
  locked.primary.unique = true;
  unsigned next = 1;
  for (LockedIndex& index : locked.indexes) {
    index.removed = true;
    next = std::max(next, index.number + 1U);
  }
  for (const schema::Key& key : model.secondary) {
    const auto same = [&](const LockedIndex& other) { return other.name == key.name; };
    auto found = std::find_if(locked.indexes.begin(), locked.indexes.end(), same);
    if (found == locked.indexes.end()) {
      found = locked.indexes.emplace(locked.indexes.end());
      found->number = static_cast<std::uint16_t>(next++);
    }
    set_index(model, key, *found);
    found->link = key.link ? definition.models[*key.link->model].stored_name : "";
    found->on_delete = key.link ? schema::name_of(key.link->on_delete) : "";
  }
}

}  // namespace

LockedDefinition* find_definition(const schema::Definition& definition, std::size_t count,
                                  std::vector<LockedDefinition>& locked) {
  for (LockedDefinition& candidate : locked) {
    if (candidate.name == definition.name) return &candidate;
  }
  // Renamed: one there was, one there is.
  if (locked.size() == 1 && count == 1) return &locked[0];
  return nullptr;
}

void assign_definition(const schema::Definition& definition, std::size_t count, std::vector<LockedDefinition>& locked,
                       const std::function<std::string(const schema::Struct&)>& record) {
  LockedDefinition* mine = find_definition(definition, count, locked);
  if (mine == nullptr) mine = &locked.emplace_back();
  mine->name = definition.name;
  mine->cpp_namespace = definition.cpp_namespace;
  unsigned next = 0;
  for (LockedModel& model : mine->models) {
    model.removed = true;
    next = std::max(next, model.number + 1U);
  }
  for (const schema::Model& model : definition.models) {
    const auto same = [&](const LockedModel& other) { return other.table == model.stored_name; };
    auto found = std::find_if(mine->models.begin(), mine->models.end(), same);
    if (found == mine->models.end()) {
      found = mine->models.emplace(mine->models.end());
      found->number = static_cast<std::uint16_t>(next++);
    }
    found->removed = false;
    found->table = model.stored_name;
    found->record = record(*model.structure);
    assign_indexes(definition, model, *found);
  }
}

}  // namespace netabase::compiler::evolution
