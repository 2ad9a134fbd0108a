#include "compiler/evolution/compare.hpp"

#include <algorithm>
#include <set>

#include "compiler/evolution/capnp_names.hpp"

namespace netabase::compiler::evolution {

namespace {

template <class List, class Predicate>
auto* find(List& list, Predicate&& same) {
  const auto found = std::find_if(list.begin(), list.end(), same);
  return found == list.end() ? nullptr : &*found;
}

/// "User" of "blog::User".
std::string last_name(const std::string& cpp_name) {
  const std::size_t place = cpp_name.rfind("::");
  return place == std::string::npos ? cpp_name : cpp_name.substr(place + 2);
}

/// "optional Text": the stored type for messages.
std::string type_of(const LockedField& field) { return (field.absent_ordinal ? "optional " : "") + field.type; }

/// "a link to User (on_delete = cascade)".
std::string link_text(const LockedIndex& index) {
  return index.link.empty() ? "no link" : "a link to " + index.link + " (on_delete = " + index.on_delete + ")";
}

/// What stored values mean, for messages.
std::string meaning_of(const LockedField& field) {
  return field.meaning.empty() ? "a plain " + field.type : field.meaning;
}

/// A meaning without the difference between ordered and hashed containers: each reads what the other stored.
std::string ordered(std::string meaning) {
  static constexpr std::string_view hashed = "std::unordered_";
  for (std::size_t at = meaning.find(hashed); at != std::string::npos; at = meaning.find(hashed)) {
    meaning.replace(at, hashed.size(), "std::");
  }
  return meaning;
}

class Comparison {
 public:
  Comparison(const Lock& old, const Lock& now) : old_(old), now_(now) {}

  std::vector<Difference> run() {
    for (const LockedStruct& structure : now_.structs) {
      const auto* before = find(old_.structs, [&](const LockedStruct& other) { return other.id == structure.id; });
      compare_structs(before, structure);
    }
    for (const LockedEnum& enumeration : now_.enums) compare_enums(enumeration);
    for (const LockedDefinition& definition : now_.definitions) compare_definitions(definition);
    return std::move(differences_);
  }

 private:
  void add(Change change, Verdict verdict, std::string message, std::string mend = {}, std::string field = {}) {
    differences_.push_back({change, verdict, record_, std::move(field), std::move(message), std::move(mend)});
  }

  void compare_structs(const LockedStruct* before, const LockedStruct& structure) {
    record_ = structure.cpp_name;
    const std::string name = last_name(structure.cpp_name);
    if (before == nullptr) {
      add(Change::added, Verdict::safe, structure.cpp_name + " is new");
      return;
    }
    if (structure.removed != before->removed) {
      const Change change = structure.removed ? Change::removed : Change::added;
      add(change, Verdict::safe, structure.cpp_name + (structure.removed ? " was removed" : " is back"));
    } else if (structure.cpp_name != before->cpp_name) {
      add(Change::renamed, Verdict::safe, before->cpp_name + " is called " + structure.cpp_name + " now");
    }
    std::vector<const LockedField*> vanished;
    std::vector<const LockedField*> appeared;
    for (const LockedField& field : structure.fields) {
      const auto same = [&](const LockedField& other) { return other.ordinal == field.ordinal; };
      const LockedField* old_field = find(before->fields, same);
      if (old_field == nullptr) {
        appeared.push_back(&field);
        add(Change::added, Verdict::safe, name + "." + field.cpp_name + " is new", {}, field.cpp_name);
      } else {
        if (field.removed && !old_field->removed) vanished.push_back(old_field);
        compare_fields(name, *old_field, field);
      }
    }
    // A struct that is gone as a whole lost its fields on purpose.
    if (!structure.removed) match_vanished(name, vanished, appeared);
  }

  void compare_fields(const std::string& name, const LockedField& before, const LockedField& field) {
    const std::string subject = name + "." + field.cpp_name;
    if (field.removed && !before.removed) {
      add(Change::removed, Verdict::safe, name + "." + before.cpp_name + " was removed");
      return;
    }
    if (field.cpp_name != before.cpp_name) {
      add(Change::renamed, Verdict::safe, name + "." + before.cpp_name + " is called " + field.cpp_name + " now", {},
          field.cpp_name);
    }
    if (field.type != before.type || (before.absent_ordinal && !field.absent_ordinal)) {
      add(Change::retyped, Verdict::refused,
          "the stored type of " + subject + " would change from " + type_of(before) + " to " + type_of(field) +
              ", which stored records cannot follow",
          "give the field its old type back, or add a field of the new type under another name and leave this one",
          field.cpp_name);
    } else if (ordered(field.meaning) != ordered(before.meaning)) {
      add(Change::retyped, Verdict::refused,
          subject + " would be " + meaning_of(field) + " instead of " + meaning_of(before) +
              ", and stored records would be read as what they are not",
          "give the field its old type back, or add a field of the new type under another name and leave this one",
          field.cpp_name);
    } else if (field.absent_ordinal && !before.absent_ordinal) {
      add(Change::made_optional, Verdict::safe, subject + " is optional now", {}, field.cpp_name);
    } else if (field.meaning != before.meaning) {
      add(Change::renamed, Verdict::safe, subject + " is " + meaning_of(field) + " now, which reads what is stored", {},
          field.cpp_name);
    } else if (field.enumeration != before.enumeration) {
      add(Change::renamed, Verdict::safe, subject + " holds another enum with the same stored type", {},
          field.cpp_name);
    }
  }

  /// A removed field and a new one of its type in the same run: the data of the one may be meant to live on in the
  /// other.
  void match_vanished(const std::string& name, const std::vector<const LockedField*>& vanished,
                      std::vector<const LockedField*> appeared) {
    for (const LockedField* gone : vanished) {
      const auto found = std::find_if(appeared.begin(), appeared.end(), [&](const LockedField* field) {
        return field->type == gone->type && field->absent_ordinal.has_value() == gone->absent_ordinal.has_value();
      });
      if (found == appeared.end()) continue;
      const std::string tombstone = " $Netabase.removed(\"" + gone->cpp_name + "\")";
      const std::string line = gone->absent_ordinal ? gone->name + " :union" + tombstone + " {"
                                                    : gone->name + " @" + std::to_string(gone->ordinal) + " :" +
                                                          gone->type + tombstone + ";";
      add(Change::ambiguous, Verdict::refused,
          name + "." + gone->cpp_name + " is gone and " + name + "." + (*found)->cpp_name +
              " of the same type is new: renamed, or dropped and another one added?",
          "renamed: write `[[netabase::renamed_from(\"" + gone->cpp_name + "\")]]` before " + (*found)->cpp_name +
              "; dropped: in the committed .capnp, make the field's line `" + line + "`",
          (*found)->cpp_name);
      appeared.erase(found);
    }
  }

  void compare_enums(const LockedEnum& enumeration) {
    record_.clear();
    const auto same = [&](const LockedEnum& other) { return other.cpp_name == enumeration.cpp_name; };
    const LockedEnum* before = find(old_.enums, same);
    if (before == nullptr) {
      add(Change::added, Verdict::safe, enumeration.cpp_name + " is new");
    } else if (before->enumerators != enumeration.enumerators || before->underlying != enumeration.underlying) {
      add(Change::enumerators, Verdict::safe, enumeration.cpp_name + " has other enumerators");
    }
  }

  void compare_definitions(const LockedDefinition& definition) {
    record_.clear();
    const auto same = [&](const LockedDefinition& other) { return other.name == definition.name; };
    const LockedDefinition* before = find(old_.definitions, same);
    if (before == nullptr && old_.definitions.size() == 1 && now_.definitions.size() == 1) {
      before = &old_.definitions[0];
    }
    if (before == nullptr) {
      add(Change::added, Verdict::safe, definition.name + " is new");
      return;
    }
    if (before->name != definition.name || before->cpp_namespace != definition.cpp_namespace) {
      add(Change::renamed, Verdict::safe, before->name + " is called " + definition.name + " now");
    }
    for (const LockedModel& model : definition.models) {
      const auto* old_model =
          find(before->models, [&](const LockedModel& other) { return other.number == model.number; });
      compare_models(old_model, model);
      if (old_model == nullptr) find_left_table(*before, definition, model);
    }
  }

  /// A struct whose model goes to another table leaves its records behind in the old one.
  void find_left_table(const LockedDefinition& before, const LockedDefinition& definition, const LockedModel& model) {
    for (const LockedModel& gone : definition.models) {
      const auto same = [&](const LockedModel& other) { return other.number == gone.number && !other.removed; };
      if (!gone.removed || gone.record != model.record || find(before.models, same) == nullptr) continue;
      add(Change::ambiguous, Verdict::refused,
          "the records of " + last_name(record_) + " are stored as " + gone.table + ", and would not be found as " +
              model.table,
          "keep the stored name: [[netabase::model(\"" + gone.table + "\")]]");
    }
  }

  void compare_models(const LockedModel* before, const LockedModel& model) {
    const LockedStruct* structure = now_.find_struct(model.record);
    record_ = structure == nullptr ? std::string() : structure->cpp_name;
    if (before == nullptr) {
      add(Change::added, Verdict::safe, "the model " + model.table + " is new");
      return;
    }
    if (model.removed != before->removed) {
      add(model.removed ? Change::removed : Change::added, Verdict::safe,
          "the model " + model.table + (model.removed ? " was removed" : " is back"));
    }
    if (model.removed) return;
    if (parts_by_ordinal(now_, model, model.primary) != parts_by_ordinal(old_, *before, before->primary)) {
      add(Change::primary_key, Verdict::refused,
          "the primary key of " + model.table + " would change, and stored records lie in its order",
          "give the model its old primary key back, or make a new model and copy the records over");
    }
    for (const LockedIndex& index : model.indexes) {
      const auto same = [&](const LockedIndex& other) { return other.number == index.number; };
      const LockedIndex* old_index = find(before->indexes, same);
      const std::string subject = "the index " + model.table + "." + index.name;
      if (old_index == nullptr) {
        add(Change::added, Verdict::safe, subject + " is new");
      } else if (index.removed != old_index->removed) {
        add(index.removed ? Change::removed : Change::added, Verdict::safe,
            subject + (index.removed ? " was removed" : " is back"));
      } else if (index.link != old_index->link || index.on_delete != old_index->on_delete) {
        add(Change::rekeyed, Verdict::safe,
            subject + " is " + link_text(index) + " now, and was " + link_text(*old_index));
      } else if (index != *old_index) {
        add(Change::rekeyed, Verdict::safe, subject + " is another one now and will be built again");
      }
    }
  }

  /// The parts of a key by what does not change when fields are renamed.
  static std::vector<std::pair<unsigned, bool>> parts_by_ordinal(const Lock& lock, const LockedModel& model,
                                                                 const LockedIndex& index) {
    std::vector<std::pair<unsigned, bool>> parts;
    const LockedStruct* structure = lock.find_struct(model.record);
    for (const LockedPart& part : index.parts) {
      unsigned ordinal = 0xffffffffU;
      if (structure != nullptr) {
        for (const LockedField& field : structure->fields) {
          if (!field.removed && field.cpp_name == part.field) ordinal = field.ordinal;
        }
      }
      parts.emplace_back(ordinal, part.descending);
    }
    return parts;
  }

  const Lock& old_;
  const Lock& now_;
  std::string record_;
  std::vector<Difference> differences_;
};

SourceLocation location_of(const Difference& difference, const std::vector<const schema::Definition*>& definitions) {
  for (const schema::Definition* definition : definitions) {
    for (const schema::Struct* structure : definition->structs) {
      if (plain_name(structure->qualified_name) != difference.record) continue;
      for (const schema::Field& field : structure->fields) {
        if (field.name == difference.field) return field.location;
      }
      return structure->location;
    }
  }
  return definitions.empty() ? SourceLocation{} : definitions[0]->location;
}

}  // namespace

std::vector<Difference> compare(const Lock& old, const Lock& now) { return Comparison(old, now).run(); }

void report(const std::vector<Difference>& differences, const std::vector<const schema::Definition*>& definitions,
            Diagnostics& diagnostics) {
  for (const Difference& difference : differences) {
    if (difference.verdict != Verdict::refused) continue;
    diagnostics.error(location_of(difference, definitions), difference.message, difference.mend);
  }
}

}  // namespace netabase::compiler::evolution
