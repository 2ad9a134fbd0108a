#include "compiler/evolution/ambiguous.hpp"

#include "compiler/evolution/capnp_names.hpp"
#include "compiler/evolution/follow.hpp"

namespace netabase::compiler::evolution {

namespace {

bool has(const std::vector<schema::DroppedName>& names, const std::string& name) {
  return std::any_of(names.begin(), names.end(), [&](const schema::DroppedName& it) { return it.name == name; });
}

class Search {
 public:
  Search(Comparison& comparison, const std::vector<const schema::Definition*>& definitions)
      : comparison_(comparison), definitions_(definitions) {}

  void run() {
    for (const Comparison::Pair& pair : comparison_.stored()) {
      if (!pair.second->wrapper && pair.first->id == pair.second->id) fields(*pair.first, *pair.second);
    }
    for (const LockedDefinition& definition : comparison_.now().definitions) models(definition);
  }

 private:
  static const LockedField* find(const LockedStruct& structure, std::uint16_t ordinal) {
    return find_in(structure.fields, [&](const LockedField& field) { return field.ordinal == ordinal; });
  }

  bool is_dropped(const LockedStruct& structure, const std::string& field) const {
    for (const schema::Definition* definition : definitions_) {
      for (const schema::Struct* it : definition->structs) {
        if (plain_name(it->qualified_name) == structure.cpp_name && has(it->dropped, field)) return true;
      }
    }
    return false;
  }

  bool is_dropped(const LockedModel& model) const {
    return std::any_of(definitions_.begin(), definitions_.end(),
                       [&](const schema::Definition* it) { return has(it->dropped, model.table); });
  }

  void fields(const LockedStruct& before, const LockedStruct& now) {
    for (const LockedField& gone : now.fields) {
      const LockedField* old = find(before, gone.ordinal);
      if (!gone.removed || old == nullptr || old->removed || !gone.successor.empty() ||
          is_dropped(now, gone.cpp_name)) {
        continue;
      }
      std::string names;
      std::vector<std::string> mend;
      std::string first;
      for (const LockedField& field : now.fields) {
        if (field.removed || find(before, field.ordinal) != nullptr || !is_like(*old, field) || succeeds(now, field)) {
          continue;
        }
        if (first.empty()) first = field.cpp_name;
        names += (names.empty() ? "" : " and ") + field.cpp_name;
        mend.push_back("renamed: write `[[netabase::renamed_from(\"" + gone.cpp_name + "\")]]` on " + field.cpp_name);
      }
      if (mend.empty()) continue;
      mend.push_back("dropped: write `[[netabase::dropped(\"" + gone.cpp_name + "\")]]` on " + last_name(now.cpp_name));
      comparison_.add({Verdict::refused, place_of(now.cpp_name, gone.cpp_name), "field-ambiguous",
                       "is gone, and " + names + (mend.size() > 2 ? " are" : " is") +
                           " new and of the same type: renamed or dropped?",
                       std::move(mend), now.cpp_name, first});
    }
  }

  bool is_like(const LockedField& old, const LockedField& now) const {
    return follows(comparison_.old(), old, comparison_.now(), now) &&
           old.absent_ordinal.has_value() == now.absent_ordinal.has_value();
  }

  /// Whether the field goes on with another one already, of another type.
  static bool succeeds(const LockedStruct& structure, const LockedField& field) {
    return find_in(structure.fields, [&](const LockedField& gone) {
             return gone.removed && gone.successor == field.cpp_name;
           }) != nullptr;
  }

  void models(const LockedDefinition& definition) {
    for (const LockedModel& gone : definition.models) {
      const LockedModel* before = comparison_.before(gone);
      if (!gone.removed || before == nullptr || before->removed || is_dropped(gone)) continue;
      for (const LockedModel& model : definition.models) {
        if (model.removed || comparison_.before(model) != nullptr || !is_like(*before, model)) continue;
        const LockedStruct* structure = comparison_.now().find_struct(model.record);
        comparison_.add({Verdict::refused,
                         place_of(structure->cpp_name),
                         "model-ambiguous",
                         "the model " + gone.table + " is gone, and " + model.table +
                             " is new and like it: renamed or dropped? Records of " + gone.table +
                             " would not be found as " + model.table,
                         {"renamed: keep the stored name, `[[netabase::model(\"" + gone.table + "\")]]` on " +
                              last_name(structure->cpp_name),
                          "dropped: write `[[netabase::dropped(\"" + gone.table + "\")]]` on the namespace"},
                         structure->cpp_name,
                         {}});
      }
    }
  }

  /// Whether it is the same struct, or more than half of the fields that the records had are there by name and type:
  /// many models have an `id`.
  bool is_like(const LockedModel& before, const LockedModel& model) const {
    const LockedStruct* old = comparison_.old().find_struct(before.record);
    const LockedStruct* now = comparison_.now().find_struct(model.record);
    if (old == nullptr || now == nullptr) return false;
    if (old->id == now->id) return true;
    std::size_t live = 0;
    std::size_t kept = 0;
    for (const LockedField& field : old->fields) {
      if (field.removed) continue;
      ++live;
      const auto same = [&](const LockedField& other) {
        return !other.removed && other.cpp_name == field.cpp_name &&
               follows(comparison_.old(), field, comparison_.now(), other);
      };
      if (find_in(now->fields, same) != nullptr) ++kept;
    }
    return 2 * kept > live;
  }

  Comparison& comparison_;
  const std::vector<const schema::Definition*>& definitions_;
};

}  // namespace

void find_ambiguous(Comparison& comparison, const std::vector<const schema::Definition*>& definitions) {
  Search(comparison, definitions).run();
}

}  // namespace netabase::compiler::evolution
