#include "netabase/evolution/compare.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "netabase/error.hpp"

namespace netabase::evolution {

namespace {

/// "User" of "blog::User".
std::string last_name(const std::string& cpp_name) {
  const std::size_t arguments = cpp_name.find('<');
  const std::size_t place = cpp_name.rfind("::", arguments);
  return place == std::string::npos ? cpp_name : cpp_name.substr(place + 2);
}

std::string text_of(const std::vector<Part>& parts) {
  std::string text;
  for (const Part& part : parts) {
    if (!text.empty()) text += ", ";
    text += part.descending ? "desc(" + part.text + ")" : part.text;
  }
  return text;
}

/// A meaning without the difference between ordered and hashed containers: each reads what the other stored.
std::string ordered(std::string meaning) {
  constexpr std::string_view hashed = "std::unordered_";
  for (std::size_t at = meaning.find(hashed); at != std::string::npos; at = meaning.find(hashed)) {
    meaning.replace(at, hashed.size(), "std::");
  }
  return meaning;
}

class Comparer {
 public:
  Comparer(const Schema& older, const Schema& newer) : older_(older), newer_(newer) {}

  Comparison run() {
    for (const Model& model : newer_.models) compare_model(model);
    for (const Model& model : older_.models) {
      if (newer_.find_model(model.name) != nullptr) continue;
      model_ = model.name;
      add(Change::model_removed,
          "the model " + model.name + " was removed; its records stay in the file, out of reach");
    }
    return std::move(out_);
  }

 private:
  void add(Change change, std::string text) {
    const auto same = [&](const Difference& other) { return other.model == model_ && other.text == text; };
    if (std::any_of(out_.differences.begin(), out_.differences.end(), same)) return;
    out_.differences.push_back({change, model_, std::move(text)});
  }

  void compare_model(const Model& model) {
    model_ = model.name;
    ModelChanges changes;
    changes.model = model.name;
    const Model* before = older_.find_model(model.name);
    if (before == nullptr) {
      changes.is_new = true;
      add(Change::model_added, "the model " + model.name + " was added");
      for (const Index& index : model.indexes) changes.build.push_back(index.name);
      out_.models.push_back(std::move(changes));
      return;
    }
    const std::size_t first = out_.differences.size();
    seen_.clear();
    compare_structs(*older_.find_struct(before->struct_id), *newer_.find_struct(model.struct_id));
    compare_primary(*before, model);
    for (std::size_t i = first; i < out_.differences.size(); ++i) {
      const Change change = out_.differences[i].change;
      changes.records_differ = changes.records_differ || (change != Change::renamed && change != Change::enumerators &&
                                                          change != Change::automatic);
      changes.needs_migration = changes.needs_migration || verdict_of(change) == Verdict::needs_migration;
    }
    compare_indexes(*before, model, changes);
    out_.models.push_back(std::move(changes));
  }

  void compare_primary(const Model& before, const Model& model) {
    if (before.primary.part_bytes != model.primary.part_bytes) {
      add(Change::primary_key, "the primary key of " + model.name + " changed from (" + text_of(before.primary.parts) +
                                   ") to (" + text_of(model.primary.parts) + ")");
    }
    if (before.primary.automatic != model.primary.automatic) {
      add(Change::automatic, "the primary key of " + model.name + " is " +
                                 (model.primary.automatic ? "automatic now" : "not automatic any more"));
    }
  }

  void compare_indexes(const Model& before, const Model& model, ModelChanges& changes) {
    for (const Index& index : model.indexes) {
      const std::string subject = "the index " + model.name + "." + index.name;
      const Index* old = before.find(index.name);
      if (old == nullptr) {
        add(Change::index_added, subject + " was added");
      } else if (old->unique != index.unique) {
        add(Change::index_changed, subject + (index.unique ? " was made unique" : " is not unique any more"));
      } else if (old->part_bytes != index.part_bytes) {
        add(Change::index_changed,
            subject + " changed from (" + text_of(old->parts) + ") to (" + text_of(index.parts) + ")");
      } else if (old->all_bytes != index.all_bytes) {
        add(Change::index_changed, subject + " has other properties");
      } else {
        continue;
      }
      changes.has_new_rules = changes.has_new_rules || index.has_rules;
      changes.build.push_back(index.name);
    }
    for (const Index& index : before.indexes) {
      if (model.find(index.name) != nullptr) continue;
      add(Change::index_removed, "the index " + model.name + "." + index.name + " was removed");
      changes.dropped.push_back(index.name);
    }
  }

  void compare_structs(const Struct& before, const Struct& now) {
    if (!seen_.emplace(before.id, now.id).second) return;
    if (depth_ == deepest) throw Corrupt("the structs of a schema are nested more than 256 deep");
    ++depth_;
    compare_fields_of(before, now);
    --depth_;
  }

  void compare_fields_of(const Struct& before, const Struct& now) {
    const std::string name = last_name(now.cpp_name);
    if (!now.wrapper && last_name(before.cpp_name) != name) {
      add(Change::renamed, "the struct " + before.cpp_name + " is called " + now.cpp_name);
    }
    if (before.is_union != now.is_union || (now.is_union && before.tag_offset != now.tag_offset)) {
      add(Change::retyped, before.cpp_name + " lies in the record in another way");
      return;
    }
    for (const Field& field : now.fields) {
      const Field* old = find(before, field.ordinal);
      if (old != nullptr) {
        compare_fields(name, before, *old, now, field);
      } else if (now.is_union) {
        add(Change::alternative, before.cpp_name + " is " + now.cpp_name + " now");
      } else if (!field.removed) {
        add(Change::field_added, name + "." + field.cpp_name + " was added");
      }
    }
    for (const Field& field : before.fields) {
      if (!field.removed && find(now, field.ordinal) == nullptr) {
        add(Change::field_lost, name + "." + field.cpp_name + " (ordinal " + std::to_string(field.ordinal) +
                                    ") is not known, not even as removed");
      }
    }
  }

  static const Field* find(const Struct& structure, std::uint16_t ordinal) {
    for (const Field& field : structure.fields) {
      if (field.ordinal == ordinal) return &field;
    }
    return nullptr;
  }

  void compare_fields(const std::string& name, const Struct& old_struct, const Field& old, const Struct& now_struct,
                      const Field& now) {
    const std::string subject = name + "." + now.cpp_name;
    if (now.removed) {
      if (old.removed) return;
      // Another field may have taken the name: then it is the same field to the user, with another type.
      const Field* successor = now_struct.find(old.cpp_name);
      const Field* there_before = successor == nullptr ? nullptr : find(old_struct, successor->ordinal);
      if (successor != nullptr && there_before == nullptr) {
        add(Change::retyped, retyped_text(name + "." + old.cpp_name, old, *successor));
      } else if (!now.successor.empty()) {
        add(Change::moved, "the values of " + name + "." + old.cpp_name + " belong in " + now.successor);
      } else {
        add(Change::field_removed, name + "." + old.cpp_name + " was removed");
      }
      return;
    }
    if (old.removed) {
      add(Change::field_added, subject + " is back");
    } else if (old.cpp_name != now.cpp_name) {
      add(Change::renamed, name + "." + old.cpp_name + " is called " + now.cpp_name);
    }
    if (!same_type(old.type, now.type) || old.offset != now.offset || ordered(old.meaning) != ordered(now.meaning) ||
        (old.optional && (!now.optional || old.tag_offset != now.tag_offset || old.present != now.present)) ||
        (!old.optional && now.optional && now.present != 0) || old.choice != now.choice) {
      add(Change::retyped, retyped_text(subject, old, now));
      return;
    }
    if (old.meaning != now.meaning) add(Change::renamed, subject + " is " + now.meaning);
    if (!old.optional && now.optional) add(Change::made_optional, subject + " is optional now");
    if (old.default_bits != now.default_bits || old.default_bytes != now.default_bytes) {
      add(Change::default_changed, "the default of " + subject + " changed");
    }
    compare_enums(subject, old, now);
  }

  std::string retyped_text(const std::string& subject, const Field& old, const Field& now) const {
    const auto text = [](const Schema& schema, const Field& field) {
      std::string type = field.meaning.empty() ? to_string(schema, field.type)
                                               : field.meaning + " (" + to_string(schema, field.type) + ")";
      return field.optional ? "optional " + type : type;
    };
    return "the type of " + subject + " changed from " + text(older_, old) + " to " + text(newer_, now);
  }

  /// Ids and names of structs mean nothing: their fields are compared on the way.
  bool same_type(const Type& old, const Type& now) {
    if (old.kind != now.kind) return false;
    if (old.kind == TypeKind::list) return same_type(old.element[0], now.element[0]);
    if (old.kind == TypeKind::structure) compare_structs(*older_.find_struct(old.id), *newer_.find_struct(now.id));
    return true;
  }

  void compare_enums(const std::string& subject, const Field& old, const Field& now) {
    if (last_name(old.enumeration) != last_name(now.enumeration)) {
      add(Change::renamed, subject + (now.enumeration.empty() ? " holds plain integers"
                                                              : " holds values of " + last_name(now.enumeration)));
    }
    const Enum* before = older_.find_enum(old.enumeration);
    const Enum* after = newer_.find_enum(now.enumeration);
    if (before == nullptr || after == nullptr) return;
    const std::string name = last_name(now.enumeration);
    for (const Enum::Enumerator& enumerator : after->enumerators) {
      const auto found = find_enumerator(*before, enumerator.name);
      if (found == nullptr) {
        add(Change::enumerators, name + "::" + enumerator.name + " was added");
      } else if (found->value != enumerator.value) {
        add(Change::renumbered, name + "::" + enumerator.name + " changed from " + std::to_string(found->value) +
                                    " to " + std::to_string(enumerator.value));
      }
    }
    for (const Enum::Enumerator& enumerator : before->enumerators) {
      if (find_enumerator(*after, enumerator.name) == nullptr) {
        add(Change::enumerators, name + "::" + enumerator.name + " was removed");
      }
    }
  }

  static const Enum::Enumerator* find_enumerator(const Enum& enumeration, const std::string& name) {
    for (const Enum::Enumerator& enumerator : enumeration.enumerators) {
      if (enumerator.name == name) return &enumerator;
    }
    return nullptr;
  }

  const Schema& older_;
  const Schema& newer_;
  Comparison out_;
  std::string model_;
  static constexpr int deepest = 256;

  std::set<std::pair<std::uint64_t, std::uint64_t>> seen_;
  int depth_ = 0;
};

}  // namespace

Verdict verdict_of(Change change) noexcept {
  switch (change) {
    case Change::retyped:
    case Change::moved:
    case Change::default_changed:
    case Change::renumbered:
    case Change::primary_key:
    case Change::field_lost:
      return Verdict::needs_migration;
    default:
      return Verdict::safe;
  }
}

bool Comparison::needs_migration() const {
  return std::any_of(models.begin(), models.end(), [](const ModelChanges& it) { return it.needs_migration; });
}

const ModelChanges* Comparison::find(std::string_view model) const {
  const auto found =
      std::find_if(models.begin(), models.end(), [&](const ModelChanges& it) { return it.model == model; });
  return found == models.end() ? nullptr : &*found;
}

std::string Comparison::text(std::string_view model) const {
  std::string out;
  std::set<std::string> said;  // a struct may be part of several models
  for (const Difference& difference : differences) {
    if ((!model.empty() && difference.model != model) || !said.insert(difference.text).second) continue;
    out += verdict_of(difference.change) == Verdict::safe ? "safe: " : "needs a migration: ";
    out += difference.text + '\n';
  }
  return out;
}

Comparison compare(const Schema& older, const Schema& newer) { return Comparer(older, newer).run(); }

void bring_back(Comparison& comparison, std::string_view model, const Schema& left, const Schema& newer) {
  const Comparison since = compare(left, newer);
  for (ModelChanges& changes : comparison.models) {
    if (changes.model != model) continue;
    // Its indexes were emptied.
    const std::vector<std::string> all = std::move(changes.build);
    changes = *since.find(model);
    changes.build = all;
    changes.dropped.clear();
  }
  for (const Difference& difference : since.differences) {
    const bool of_index = difference.change == Change::index_added || difference.change == Change::index_removed ||
                          difference.change == Change::index_changed;
    if (difference.model == model && !of_index) comparison.differences.push_back(difference);
  }
}

bool may_go_on_reading(const Comparison& comparison) {
  return std::all_of(comparison.differences.begin(), comparison.differences.end(), [](const Difference& difference) {
    switch (difference.change) {
      case Change::renamed:
      case Change::model_added:
      case Change::field_added:
      case Change::field_removed:
      case Change::enumerators:
      case Change::automatic:
      case Change::index_added:
        return true;
      default:
        return false;
    }
  });
}

bool may_go_on_writing(const Comparison& comparison) {
  return std::all_of(comparison.differences.begin(), comparison.differences.end(), [](const Difference& difference) {
    return difference.change == Change::renamed || difference.change == Change::field_added ||
           difference.change == Change::enumerators;
  });
}

}  // namespace netabase::evolution
