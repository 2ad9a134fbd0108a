#include <optional>

#include "compiler/evolution/capnp_names.hpp"
#include "compiler/evolution/comparison.hpp"
#include "compiler/evolution/follow.hpp"

namespace netabase::compiler::evolution {

namespace {

/// A part of a key by what stays when fields are renamed.
struct Part {
  std::vector<std::uint16_t> ordinals;  ///< from the model's struct downwards; empty: computed
  bool optional = false;                ///< somewhere on the way
  bool descending = false;
  std::string computed;                  ///< the function and its result
  const LockedField* field = nullptr;    ///< the last one
  const LockedStruct* holder = nullptr;  ///< the struct that has it

  bool operator==(const Part& other) const {
    return ordinals == other.ordinals && optional == other.optional && descending == other.descending &&
           computed == other.computed;
  }
};

std::vector<Part> parts_of(const Lock& lock, const LockedModel& model, const LockedIndex& index) {
  std::vector<Part> out;
  for (const LockedPart& locked : index.parts) {
    Part& part = out.emplace_back();
    part.descending = locked.descending;
    if (!locked.computed.empty()) {
      part.computed = locked.field + ' ' + locked.computed;
      continue;
    }
    part.holder = lock.find_struct(model.record);
    for (std::size_t start = 0; part.holder != nullptr && start <= locked.field.size();) {
      const std::size_t end = std::min(locked.field.find('.', start), locked.field.size());
      const std::string name = locked.field.substr(start, end - start);
      const auto same = [&](const LockedField& field) { return !field.removed && field.cpp_name == name; };
      part.field = find_in(part.holder->fields, same);
      if (part.field == nullptr) break;
      part.ordinals.push_back(part.field->ordinal);
      part.optional = part.optional || part.field->absent_ordinal.has_value();
      start = end + 1;
      if (start <= locked.field.size()) part.holder = lock.find_struct(part.field->type);
    }
  }
  return out;
}

std::string in_words(const LockedIndex& index) {
  std::string out;
  for (const LockedPart& part : index.parts) {
    out += out.empty() ? "(" : ", ";
    out += part.descending ? "desc(" + part.field + ")" : part.field;
    if (!part.computed.empty()) out += "()";
  }
  return out + ")";
}

/// One model on both sides.
class Model {
 public:
  Model(Comparison& comparison, const LockedModel& before, const LockedModel& now, std::string cpp_name)
      : comparison_(comparison), before_(before), now_(now), cpp_name_(std::move(cpp_name)) {}

  void run() {
    primary();
    for (const LockedIndex& index : now_.indexes) {
      const auto same = [&](const LockedIndex& other) { return other.number == index.number; };
      const LockedIndex* old = find_in(before_.indexes, same);
      if (index.removed) {
        if (old != nullptr && !old->removed) add(Verdict::safe, index, "index-dropped", "the index was dropped");
      } else if (old == nullptr || old->removed) {
        added(index, old != nullptr);
      } else {
        changed(*old, index);
      }
    }
  }

 private:
  void add(Verdict verdict, const LockedIndex& index, std::string kind, std::string what,
           std::vector<std::string> mend = {}) {
    const bool is_field = index.parts.size() == 1 && index.parts[0].computed.empty();
    comparison_.add({verdict, place_of(cpp_name_, index.name), std::move(kind), std::move(what), std::move(mend),
                     cpp_name_, is_field ? index.parts[0].field : std::string()});
  }

  /// A rule that records were never held to. `held`: they satisfy it anyway.
  void add_rule(bool held, const LockedIndex& index, std::string kind, std::string what, const std::string& otherwise) {
    if (held) {
      add(Verdict::safe, index, std::move(kind), std::move(what));
    } else {
      add(Verdict::needs_migration, index, std::move(kind), what + "; " + otherwise,
          {"where stored records break the rule, register a netabase::Migration in Config::migrations that mends "
           "them"});
    }
  }

  std::vector<Part> parts_before(const LockedIndex& index) const { return parts_of(comparison_.old(), before_, index); }
  std::vector<Part> parts_now(const LockedIndex& index) const { return parts_of(comparison_.now(), now_, index); }

  void primary() {
    if (parts_before(before_.primary) != parts_now(now_.primary)) {
      comparison_.add({Verdict::needs_migration,
                       place_of(cpp_name_),
                       "primary-key-changed",
                       "the primary key is " + in_words(now_.primary) + " and was " + in_words(before_.primary) +
                           ": records lie in its order",
                       {"register a netabase::Migration in Config::migrations, or put back the old primary key"},
                       cpp_name_,
                       {}});
    }
    if (before_.primary.automatic != now_.primary.automatic) {
      comparison_.add({Verdict::safe,
                       place_of(cpp_name_),
                       "primary-key-auto-changed",
                       now_.primary.automatic
                           ? "a sequence gives the primary key now, behind the greatest that is stored"
                           : "no sequence gives the primary key any more",
                       {},
                       cpp_name_,
                       {}});
    }
    if (before_.primary.max_length != now_.primary.max_length) {
      comparison_.add({Verdict::safe,
                       place_of(cpp_name_),
                       "primary-key-length-changed",
                       "the greatest length of the primary key is " + length_in_words(now_.primary) +
                           " now, for records that are put from now on",
                       {},
                       cpp_name_,
                       {}});
    }
  }

  static std::string length_in_words(const LockedIndex& index) {
    return index.max_length == 0 ? "any" : std::to_string(index.max_length) + " bytes";
  }

  /// Whether no record that exists has an entry: the key is of a new field that is absent or empty there.
  bool has_no_entries(const LockedIndex& index) const {
    if (!index.sparse && !index.per_element) return false;
    const std::vector<Part> parts = parts_now(index);
    if (parts.size() != 1 || !is_new(parts[0])) return false;
    return parts[0].field->default_value.empty() && (index.per_element || parts[0].field->absent_ordinal.has_value());
  }

  /// Whether the field is in no record that exists.
  bool is_new(const Part& part) const {
    if (part.field == nullptr) return false;
    const auto same = [&](const LockedStruct& other) { return other.id == part.holder->id; };
    const LockedStruct* before = find_in(comparison_.old().structs, same);
    return before == nullptr ||
           find_in(before->fields, [&](const LockedField& it) { return it.ordinal == part.field->ordinal; }) == nullptr;
  }

  /// Whether the records are unique in the index because they were in another key before.
  bool was_unique(const LockedIndex& index) const {
    if (has_no_entries(index)) return true;
    const std::vector<Part> parts = parts_now(index);
    const auto holds = [&](const LockedIndex& old) {
      const std::vector<Part> old_parts = parts_before(old);
      if (old.removed || !old.unique || (!old.where.empty() && !same_predicate(old, index))) return false;
      const bool same_entries = old.sparse == index.sparse && old.per_element == index.per_element;
      if (same_entries && same_values(old_parts, parts)) return true;
      if (old.sparse || old.per_element || index.per_element) return false;
      return std::all_of(old_parts.begin(), old_parts.end(), [&](const Part& part) { return has(parts, part); });
    };
    return holds(before_.primary) || std::any_of(before_.indexes.begin(), before_.indexes.end(), holds);
  }

  /// Whether the predicates are the same one: a field may have been renamed.
  bool same_predicate(const LockedIndex& old, const LockedIndex& index) const {
    const auto only = [](const LockedIndex& it) {
      LockedIndex out;
      if (!it.where.empty() && !it.where.ends_with(')')) out.parts.push_back({it.where, false, {}});
      return out;
    };
    const std::vector<Part> before = parts_before(only(old));
    return old.where == index.where || (!before.empty() && before == parts_now(only(index)));
  }

  /// Whether the old `part` is among `parts`, in any order and direction. One that became optional is: no stored record
  /// lacks it.
  static bool has(const std::vector<Part>& parts, const Part& part) {
    return std::any_of(parts.begin(), parts.end(), [&](Part other) {
      other.descending = part.descending;
      other.optional = other.optional && part.optional;
      return other == part;
    });
  }
  static bool same_values(const std::vector<Part>& left, const std::vector<Part>& right) {
    return left.size() == right.size() &&
           std::all_of(left.begin(), left.end(), [&](const Part& part) { return has(right, part); });
  }

  void added(const LockedIndex& index, bool is_back) {
    const std::string kind = is_back ? "index-restored" : "index-added";
    const std::string what = std::string(index.link.empty() ? "the index " : "the link ") + in_words(index) +
                             (is_back ? " is back" : " is new") + ", and is built from the records";
    const bool empty = has_no_entries(index);
    if (index.unique && !was_unique(index)) {
      add_rule(false, index, kind, what, "records with equal keys make open throw UniqueViolation");
    } else if (!index.link.empty() && !empty) {
      add_rule(false, index, kind, what, "records without the one they link to make open throw LinkViolation");
    } else if (index.max_length != 0 && !empty) {
      add_rule(false, index, kind, what, "longer keys make open throw KeyTooLong");
    } else {
      add(Verdict::safe, index, kind, what);
    }
  }

  void changed(const LockedIndex& old, const LockedIndex& index) {
    const bool same_parts =
        parts_before(old) == parts_now(index) && old.sparse == index.sparse && old.per_element == index.per_element;
    if (!same_parts) {
      const std::string what = in_words(index) == in_words(old)
                                   ? "the values of the index " + in_words(index) + " are others now"
                                   : "the index is over " + in_words(index) + " now and was over " + in_words(old);
      add_rule(!index.unique || was_unique(index), index, "index-parts-changed", what + "; it is built again",
               "records with equal keys make open throw UniqueViolation");
    }
    if (old.unique != index.unique) {
      if (index.unique) {
        add_rule(was_unique(index), index, "index-made-unique", "the index is unique now",
                 "records with equal keys make open throw UniqueViolation");
      } else {
        add(Verdict::safe, index, "index-made-non-unique", "the index is not unique any more");
      }
    }
    if (old.where != index.where) {
      const auto text = [](const LockedIndex& it) { return it.where.empty() ? "every record" : "where = " + it.where; };
      add_rule(!index.unique || was_unique(index), index, "index-predicate-changed",
               "the index has " + text(index) + " now and had " + text(old) + "; it is built again",
               "records with equal keys make open throw UniqueViolation");
    }
    if (old.max_length != index.max_length) {
      const bool looser = index.max_length == 0 || (old.max_length != 0 && old.max_length < index.max_length);
      add_rule(looser, index, "index-length-changed",
               "the greatest length of keys is " + length_in_words(index) + " now and was " + length_in_words(old),
               "longer keys make open throw KeyTooLong");
    }
    if (old.link != index.link) {
      const auto text = [](const LockedIndex& it) { return it.link.empty() ? "no link" : "a link to " + it.link; };
      add_rule(index.link.empty(), index, "link-changed", "is " + text(index) + " now and was " + text(old),
               "records without the one they link to make open throw LinkViolation");
    } else if (old.on_delete != index.on_delete) {
      add(Verdict::safe, index, "link-policy-changed",
          "on_delete is " + index.on_delete + " now and was " + old.on_delete);
    }
  }

  Comparison& comparison_;
  const LockedModel& before_;
  const LockedModel& now_;
  std::string cpp_name_;
};

class Models {
 public:
  explicit Models(Comparison& comparison) : comparison_(comparison) {}

  void run() {
    for (const LockedDefinition& definition : comparison_.now().definitions) compare(definition);
  }

 private:
  static bool is_gone(const LockedDefinition& definition) {
    return std::all_of(definition.models.begin(), definition.models.end(),
                       [](const LockedModel& model) { return model.removed; });
  }

  void compare(const LockedDefinition& definition) {
    const LockedDefinition* before = definition_before(comparison_.old(), comparison_.now(), definition);
    const std::string place = place_of(definition.cpp_namespace, definition.name);
    const auto add = [&](Verdict verdict, std::string kind, std::string what, std::vector<std::string> mend = {}) {
      comparison_.add({verdict, place, std::move(kind), std::move(what), std::move(mend), {}, {}});
    };
    if (before == nullptr) {
      add(Verdict::safe, "definition-added", "is new");
      return;
    }
    if (before->name != definition.name) {
      add(Verdict::refused, "definition-renamed",
          "was called " + before->name + ": stores of that name cannot be opened as " + definition.name,
          {"keep the name: `[[netabase::definition(" + before->name + ")]]`",
           "a store of another kind: move the committed .capnp away, and begin with empty stores"});
    }
    if (before->cpp_namespace != definition.cpp_namespace) {
      add(Verdict::safe, "definition-namespace-changed", "was in the namespace " + place_of(before->cpp_namespace));
    }
    if (is_gone(definition) && !is_gone(*before)) {
      add(Verdict::safe, "definition-removed", "was removed; no code is generated for its stores any more");
    }
    for (const LockedModel& model : definition.models) compare(model);
  }

  void compare(const LockedModel& model) {
    const LockedStruct* structure = comparison_.now().find_struct(model.record);
    const std::string cpp_name = structure == nullptr ? model.table : structure->cpp_name;
    const auto add = [&](Verdict verdict, std::string kind, std::string what, std::vector<std::string> mend = {}) {
      comparison_.add({verdict, place_of(cpp_name), std::move(kind), std::move(what), std::move(mend), cpp_name, {}});
    };
    const LockedModel* old = comparison_.before(model);
    if (old == nullptr) {
      add(Verdict::safe, "model-added", "the model " + model.table + " is new");
      return;
    }
    if (model.removed) {
      if (!old->removed) {
        add(Verdict::safe, "model-removed",
            "the model " + model.table + " was removed; its records stay in the file, out of reach");
      }
      return;
    }
    if (old->removed) {
      add(Verdict::safe, "model-restored", "the model " + model.table + " is back, with the records that were left");
    }
    if (const auto other = other_record(*old, model)) {
      add(Verdict::refused, "model-record-changed",
          "the table " + model.table + " holds records of " + *other + ", which are not of " + cpp_name,
          {"give the model a table of its own: `[[netabase::model(\"" + last_name(cpp_name) + "\")]]`",
           "records of the one that are to be records of the other: keep both models, and put them over in the "
           "program"});
    }
    Model(comparison_, *old, model, cpp_name).run();
  }

  /// The struct whose records the table has, when it is another one than the model's.
  std::optional<std::string> other_record(const LockedModel& before, const LockedModel& model) const {
    const LockedStruct* old = comparison_.old().find_struct(before.record);
    const LockedStruct* now = comparison_.now().find_struct(model.record);
    if (old == nullptr || now == nullptr || old->id == now->id) return std::nullopt;
    return old->cpp_name;
  }

  Comparison& comparison_;
};

}  // namespace

void compare_models(Comparison& comparison) { Models(comparison).run(); }

}  // namespace netabase::compiler::evolution
