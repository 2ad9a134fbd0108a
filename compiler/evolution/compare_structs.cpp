#include <optional>
#include <string_view>

#include "compiler/evolution/capnp_names.hpp"
#include "compiler/evolution/comparison.hpp"
#include "compiler/evolution/follow.hpp"

namespace netabase::compiler::evolution {

namespace {

const std::string write_migration =
    "register a netabase::Migration in Config::migrations, or put back what was there before";

/// A number's kind and size, or nothing.
struct Number {
  char kind = 'i';  ///< 'i' signed, 'u' unsigned, 'f' floating
  unsigned bits = 0;
};

std::optional<Number> number_of(std::string_view type) {
  const auto of = [&](std::string_view prefix, char kind) -> std::optional<Number> {
    if (!type.starts_with(prefix) || type.size() == prefix.size()) return std::nullopt;
    unsigned bits = 0;
    for (const char c : type.substr(prefix.size())) {
      if (c < '0' || c > '9') return std::nullopt;
      bits = bits * 10 + static_cast<unsigned>(c - '0');
    }
    return Number{kind, bits};
  };
  if (auto number = of("UInt", 'u')) return number;
  if (auto number = of("Int", 'i')) return number;
  return of("Float", 'f');
}

/// Whether every value of the one can be a value of the other, larger, one.
bool is_widened(const Number& old, const Number& now) {
  return old.bits < now.bits && (old.kind == now.kind || (old.kind == 'u' && now.kind == 'i'));
}

/// What a retype is, more precisely.
std::string kind_of_retype(const Comparison& comparison, const LockedField& old, const LockedField& now) {
  const auto depth = [](const std::string& type) { return type.size() - innermost(type).size(); };
  const std::optional<Number> from = number_of(innermost(old.type));
  const std::optional<Number> to = number_of(innermost(now.type));
  if (from && to && depth(old.type) == depth(now.type) && old.meaning == now.meaning) {
    const bool was_optional = old.absent_ordinal.has_value();
    if (!was_optional || now.absent_ordinal) {
      if (is_widened(*from, *to)) return "field-widened";
      if (is_widened(*to, *from)) return "field-narrowed";
    }
  }
  const LockedStruct* before = wrapper_of(comparison.old(), old.type);
  const LockedStruct* after = wrapper_of(comparison.now(), now.type);
  if (before != nullptr && after != nullptr && before->is_union && after->is_union &&
      depth(old.type) == depth(now.type)) {
    const auto is_in = [&](const LockedField& field, const LockedStruct& other, const Lock& lock, const Lock& theirs) {
      return std::any_of(other.fields.begin(), other.fields.end(), [&](const LockedField& candidate) {
        return candidate.enumeration == field.enumeration && follows(lock, field, theirs, candidate);
      });
    };
    const bool all_kept = std::all_of(before->fields.begin(), before->fields.end(), [&](const LockedField& field) {
      return is_in(field, *after, comparison.old(), comparison.now());
    });
    const bool none_new = std::all_of(after->fields.begin(), after->fields.end(), [&](const LockedField& field) {
      return is_in(field, *before, comparison.now(), comparison.old());
    });
    if (all_kept) return "variant-alternatives-reordered";
    if (none_new) return "variant-alternative-removed";
  }
  LockedField required = old;
  required.absent_ordinal.reset();
  if (old.absent_ordinal && !now.absent_ordinal && follows(comparison.old(), required, comparison.now(), now)) {
    return "field-made-required";
  }
  return "field-retyped";
}

/// "optional List(Text), a std::set": a stored type in words.
std::string type_in_words(const Lock& lock, const LockedField& field) {
  std::string type = field.type;
  const std::string inner = innermost(type);
  if (const LockedStruct* structure = lock.find_struct(inner)) {
    type.replace(type.find(inner), inner.size(), structure->cpp_name);
  }
  std::string out = (field.absent_ordinal ? "optional " : "") + type;
  if (!field.meaning.empty()) out += " (" + field.meaning + ")";
  return out;
}

class Fields {
 public:
  Fields(Comparison& comparison, const LockedStruct& before, const LockedStruct& now)
      : comparison_(comparison), before_(before), now_(now), is_stored_(comparison.is_stored(now)) {}

  void run() {
    for (const LockedField& field : now_.fields) {
      const LockedField* old = find(before_, field.ordinal);
      if (field.removed) {
        if (old != nullptr) removed(*old, field);
      } else if (old == nullptr) {
        if (!is_successor(field)) add(Verdict::safe, field, "field-added", "is new" + default_text(field));
      } else {
        same_ordinal(*old, field);
      }
    }
  }

 private:
  static const LockedField* find(const LockedStruct& structure, std::uint16_t ordinal) {
    return find_in(structure.fields, [&](const LockedField& field) { return field.ordinal == ordinal; });
  }

  void add(Verdict verdict, const LockedField& field, std::string kind, std::string what,
           std::vector<std::string> mend = {}) {
    if (verdict == Verdict::needs_migration && !is_stored_) {
      verdict = Verdict::safe;
      mend.clear();
    }
    comparison_.add({verdict, place_of(now_.cpp_name, field.cpp_name), std::move(kind), std::move(what),
                     std::move(mend), now_.cpp_name, field.removed ? std::string() : field.cpp_name});
  }

  static std::string default_text(const LockedField& field) {
    if (!field.default_value.empty()) return "; older records read " + field.default_value;
    return field.absent_ordinal ? "; absent in older records" : "";
  }

  /// The tombstone that was live before and names `field` as the one that goes on with it.
  const LockedField* predecessor(const LockedField& field) const {
    return find_in(now_.fields, [&](const LockedField& gone) {
      const LockedField* old = find(before_, gone.ordinal);
      return gone.removed && gone.successor == field.cpp_name && old != nullptr && !old->removed;
    });
  }
  bool is_successor(const LockedField& field) const { return predecessor(field) != nullptr; }

  void removed(const LockedField& old, const LockedField& gone) {
    if (old.removed) {
      if (!old.successor.empty() && gone.successor.empty()) {
        add(Verdict::safe, gone, "field-removed", "was removed on purpose: what older stores hold of it is left out");
      }
      return;
    }
    if (gone.successor.empty()) {
      add(Verdict::safe, gone, "field-removed", "was removed; what is stored of it stays in older records, unread");
      return;
    }
    const LockedField* now = find_in(
        now_.fields, [&](const LockedField& field) { return !field.removed && field.cpp_name == gone.successor; });
    if (now != nullptr && find(before_, now->ordinal) == nullptr && predecessor(*now) == &gone) {
      retyped(old, *now);
    } else {
      add(Verdict::needs_migration, gone, "field-moved",
          "went to " + gone.successor + ": only a migration brings its values there",
          {write_migration, "dropped on purpose: write `[[netabase::dropped(\"" + gone.cpp_name + "\")]]` on " +
                                last_name(now_.cpp_name)});
    }
  }

  void retyped(const LockedField& old, const LockedField& now) {
    const std::string kind = kind_of_retype(comparison_, old, now);
    std::string what =
        "changed from " + type_in_words(comparison_.old(), old) + " to " + type_in_words(comparison_.now(), now);
    if (old.cpp_name != now.cpp_name) what = "was " + old.cpp_name + ", and " + what;
    std::vector<std::string> mend = {write_migration};
    const LockedStruct* held = comparison_.old().find_struct(innermost(old.type));
    const LockedStruct* holds = comparison_.now().find_struct(innermost(now.type));
    if (held != nullptr && holds != nullptr && !held->wrapper && !holds->wrapper && is_gone(*held) && is_new(*holds)) {
      mend.push_back("the same struct under another name: write `[[netabase::renamed_from(\"" +
                     last_name(held->cpp_name) + "\")]]` on " + last_name(holds->cpp_name));
    }
    add(Verdict::needs_migration, now, kind, std::move(what), std::move(mend));
  }

  bool is_gone(const LockedStruct& old) const {
    const auto* now = find_in(comparison_.now().structs, [&](const LockedStruct& it) { return it.id == old.id; });
    return now == nullptr || now->removed;
  }
  bool is_new(const LockedStruct& now) const {
    return find_in(comparison_.old().structs, [&](const LockedStruct& it) { return it.id == now.id; }) == nullptr;
  }

  void same_ordinal(const LockedField& old, const LockedField& now) {
    if (old.removed) {
      add(Verdict::safe, now, "field-added", "is back");
      return;
    }
    if (old.cpp_name != now.cpp_name) add(Verdict::safe, now, "field-renamed", "was called " + old.cpp_name);
    if (!old.absent_ordinal && now.absent_ordinal) {
      add(Verdict::safe, now, "field-made-optional", "is optional now; older records have a value");
    }
    if (old.meaning != now.meaning) {
      add(Verdict::safe, now, "field-container-changed",
          "is " + type_in_words(comparison_.now(), now) + " now, which reads what is stored");
    }
    if (old.enumeration != now.enumeration) enum_changed(old, now);
    grown(old, now);
    if (old.initially.value_or(old.default_value) != now.initially.value_or(now.default_value)) {
      add(Verdict::safe, now, "field-default-changed",
          "starts as " + shown(now.initially.value_or(now.default_value)) +
              " now; records from before the field go on reading " + shown(now.default_value));
    }
  }

  static std::string shown(const std::string& value) { return value.empty() ? "zero or empty" : value; }

  void enum_changed(const LockedField& old, const LockedField& now) {
    if (!old.enumeration.empty() && !now.enumeration.empty() && is_renamed_enum(old.enumeration, now.enumeration)) {
      return;
    }
    const auto text = [](const LockedField& field) {
      return field.enumeration.empty() ? std::string("plain integers") : "values of " + field.enumeration;
    };
    add(Verdict::safe, now, "field-enum-changed", "holds " + text(now) + " now, and the same numbers as before");
  }

  bool is_renamed_enum(const std::string& from, const std::string& to) const {
    const auto named = [](const Lock& lock, const std::string& name) {
      return find_in(lock.enums, [&](const LockedEnum& it) { return it.cpp_name == name; });
    };
    return named(comparison_.now(), from) == nullptr && named(comparison_.old(), to) == nullptr;
  }

  /// Variants with more alternatives, and tuples with more elements, than before: the field's own or within it.
  void grown(const LockedField& old, const LockedField& now) { grown(old.type, now.type, now); }

  void grown(const std::string& old_type, const std::string& now_type, const LockedField& now) {
    const LockedStruct* before = wrapper_of(comparison_.old(), old_type);
    const LockedStruct* after = wrapper_of(comparison_.now(), now_type);
    if (before == nullptr || after == nullptr) return;
    std::string added;
    for (const LockedField& member : after->fields) {
      if (const LockedField* old = find(*before, member.ordinal)) {
        grown(old->type, member.type, now);
      } else {
        added += (added.empty() ? "" : ", ") + type_in_words(comparison_.now(), member);
      }
    }
    if (added.empty()) return;
    if (after->is_union) {
      add(Verdict::safe, now, "variant-alternative-added", "may hold " + added + " as well");
    } else {
      add(Verdict::safe, now, "tuple-element-added", "has more elements: " + added);
    }
  }

  Comparison& comparison_;
  const LockedStruct& before_;
  const LockedStruct& now_;
  bool is_stored_;
};

}  // namespace

void compare_structs(Comparison& comparison) {
  for (const LockedStruct& structure : comparison.now().structs) {
    if (structure.wrapper) continue;  // seen from the fields that have them
    const auto same = [&](const LockedStruct& other) { return other.id == structure.id; };
    const LockedStruct* before = find_in(comparison.old().structs, same);
    const auto add = [&](std::string kind, std::string what) {
      comparison.add(
          {Verdict::safe, place_of(structure.cpp_name), std::move(kind), std::move(what), {}, structure.cpp_name, {}});
    };
    if (before == nullptr) {
      add("struct-added", "is new");
      continue;
    }
    if (structure.removed) {
      if (!before->removed) add("struct-removed", "is stored nowhere any more");
      continue;
    }
    if (before->removed) add("struct-restored", "is back");
    if (structure.cpp_name != before->cpp_name) add("struct-renamed", "was called " + place_of(before->cpp_name));
    Fields(comparison, *before, structure).run();
  }
}

}  // namespace netabase::compiler::evolution
