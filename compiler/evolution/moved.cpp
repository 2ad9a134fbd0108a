#include "compiler/evolution/moved.hpp"

#include <algorithm>
#include <set>

#include "compiler/evolution/capnp_names.hpp"
#include "compiler/evolution/follow.hpp"

namespace netabase::compiler::evolution {

namespace {

const LockedStruct* find_by_id(const Lock& lock, std::uint64_t id) {
  for (const LockedStruct& structure : lock.structs) {
    if (structure.id == id) return &structure;
  }
  return nullptr;
}

const LockedField* find_ordinal(const LockedStruct& structure, std::uint16_t ordinal) {
  for (const LockedField& field : structure.fields) {
    if (field.ordinal == ordinal) return &field;
  }
  return nullptr;
}

/// The structs that are part of it, itself among them.
std::set<std::string> parts_of(const Lock& lock, const std::string& name) {
  std::set<std::string> seen;
  std::vector<std::string> open = {name};
  while (!open.empty()) {
    const LockedStruct* structure = lock.find_struct(open.back());
    open.pop_back();
    if (structure == nullptr || !seen.insert(structure->name).second) continue;
    for (const LockedField& field : structure->fields) {
      if (!field.removed) open.push_back(innermost(field.type));
    }
  }
  return seen;
}

class Search {
 public:
  Search(const Lock& old, const Lock& now) : old_(old), now_(now) {}

  /// Where the values of the removed field belong; empty: nowhere.
  std::string successor(const LockedStruct& structure, const LockedField& gone) const {
    std::string out = unpacked(structure, gone);
    for (const LockedStruct& other : now_.structs) {
      if (!out.empty()) break;
      if (other.removed || other.wrapper || other.name == structure.name || !are_related(structure, other)) continue;
      for (const LockedField& field : other.fields) {
        if (is_new(other, field) && field.cpp_name == gone.cpp_name && follows(old_, gone, now_, field)) {
          out = last_name(other.cpp_name) + '.' + field.cpp_name;
        }
      }
    }
    return out;
  }

 private:
  bool is_new(const LockedStruct& structure, const LockedField& field) const {
    if (field.removed) return false;
    const LockedStruct* before = find_by_id(old_, structure.id);
    return before == nullptr || find_ordinal(*before, field.ordinal) == nullptr;
  }

  bool are_related(const LockedStruct& one, const LockedStruct& other) const {
    return parts_of(now_, one.name).contains(other.name) || parts_of(now_, other.name).contains(one.name);
  }

  /// New fields of the struct that are called like those of the struct that `gone` held.
  std::string unpacked(const LockedStruct& structure, const LockedField& gone) const {
    const LockedStruct* held = old_.find_struct(gone.type);
    if (held == nullptr || held->wrapper) return {};
    std::string out;
    for (const LockedField& field : structure.fields) {
      const auto same = [&](const LockedField& inner) {
        return !inner.removed && inner.cpp_name == field.cpp_name && follows(old_, inner, now_, field);
      };
      if (!is_new(structure, field) || std::none_of(held->fields.begin(), held->fields.end(), same)) continue;
      out += (out.empty() ? "" : ", ") + field.cpp_name;
    }
    return out;
  }

  const Lock& old_;
  const Lock& now_;
};

}  // namespace

void find_moved(const Lock& old, Lock& now,
                const std::function<bool(const LockedStruct& structure, const std::string& field)>& is_dropped) {
  for (LockedStruct& structure : now.structs) {
    const LockedStruct* before = find_by_id(old, structure.id);
    if (structure.removed || structure.wrapper || before == nullptr) continue;
    for (LockedField& field : structure.fields) {
      const LockedField* was = find_ordinal(*before, field.ordinal);
      if (!field.removed || !field.successor.empty() || was == nullptr || was->removed ||
          is_dropped(structure, field.cpp_name)) {
        continue;
      }
      field.successor = Search(old, now).successor(structure, field);
    }
  }
}

}  // namespace netabase::compiler::evolution
