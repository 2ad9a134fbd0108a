#include "compiler/evolution/comparison.hpp"
#include "compiler/evolution/follow.hpp"

namespace netabase::compiler::evolution {

namespace {

class Enums {
 public:
  explicit Enums(Comparison& comparison) : comparison_(comparison) {
    for (const Comparison::Pair& pair : comparison_.stored()) collect(*pair.first, *pair.second);
  }

  void run() {
    for (const LockedEnum& now : comparison_.now().enums) {
      const LockedEnum* before = before_of(now);
      if (before == nullptr) {
        add(Verdict::safe, now, {}, "enum-added", "is new");
      } else {
        compare(*before, now);
      }
    }
    for (const LockedEnum& before : comparison_.old().enums) {
      if (find(comparison_.now(), before.cpp_name) != nullptr || is_renamed(before)) continue;
      add(Verdict::safe, before, {}, "enum-removed", "is stored nowhere any more");
    }
  }

 private:
  using Names = std::pair<std::string, std::string>;

  static const LockedEnum* find(const Lock& lock, const std::string& name) {
    return find_in(lock.enums, [&](const LockedEnum& it) { return it.cpp_name == name; });
  }

  /// Notes the enums of the fields that go on with what is stored, and of those that had to begin anew.
  void collect(const LockedStruct& before, const LockedStruct& now) {
    for (const LockedField& field : now.fields) {
      const auto same = [&](const LockedField& other) { return other.ordinal == field.ordinal; };
      const LockedField* old = find_in(before.fields, same);
      if (old == nullptr || old->removed) continue;
      if (field.removed && !field.successor.empty()) begin_anew(*old);
      if (field.removed || old->enumeration.empty()) continue;
      if (!field.enumeration.empty()) {
        followed_.emplace(old->enumeration, field.enumeration);
      }
    }
  }

  /// Notes the enums of a field that was retyped, also those within its pairs and the like.
  void begin_anew(const LockedField& field) {
    if (!field.enumeration.empty()) retyped_.insert(field.enumeration);
    if (const LockedStruct* wrapper = wrapper_of(comparison_.old(), field.type)) {
      for (const LockedField& member : wrapper->fields) begin_anew(member);
    }
  }

  /// The enum as it was, maybe under another name.
  const LockedEnum* before_of(const LockedEnum& now) const {
    if (const LockedEnum* before = find(comparison_.old(), now.cpp_name)) return before;
    for (const auto& [from, to] : followed_) {
      if (to == now.cpp_name && find(comparison_.now(), from) == nullptr) return find(comparison_.old(), from);
    }
    return nullptr;
  }
  bool is_renamed(const LockedEnum& before) const {
    return std::any_of(followed_.begin(), followed_.end(), [&](const Names& names) {
      return names.first == before.cpp_name && find(comparison_.old(), names.second) == nullptr;
    });
  }

  void add(Verdict verdict, const LockedEnum& enumeration, const std::string& value, std::string kind,
           std::string what) {
    std::vector<std::string> mend;
    if (verdict == Verdict::needs_migration) {
      mend.push_back("give the values their old numbers, or register a netabase::Migration in Config::migrations");
    }
    comparison_.add({verdict, place_of(enumeration.cpp_name, value), std::move(kind), std::move(what), std::move(mend),
                     enumeration.cpp_name, value});
  }

  void compare(const LockedEnum& before, const LockedEnum& now) {
    if (before.cpp_name != now.cpp_name) {
      add(Verdict::safe, now, {}, "enum-renamed", "was called " + place_of(before.cpp_name));
    }
    if (before.underlying != now.underlying) {
      add(retyped_.contains(before.cpp_name) ? Verdict::needs_migration : Verdict::safe, now, {},
          "enum-underlying-changed", "is stored as " + now.underlying + " and was as " + before.underlying);
    }
    const Verdict renumbered =
        followed_.contains({before.cpp_name, now.cpp_name}) ? Verdict::needs_migration : Verdict::safe;
    for (const LockedEnumerator& value : now.enumerators) {
      const LockedEnumerator* old = by_name(before, value.name);
      if (old != nullptr && old->value != value.value) {
        add(renumbered, now, value.name, "enum-value-renumbered",
            "is " + std::to_string(value.value) + " and was " + std::to_string(old->value));
      } else if (old == nullptr) {
        const LockedEnumerator* same = successor_of(now, before, value);
        add(Verdict::safe, now, value.name, same != nullptr ? "enum-value-renamed" : "enum-value-added",
            same != nullptr ? "was called " + same->name : "is new");
      }
    }
    for (const LockedEnumerator& value : before.enumerators) {
      if (by_name(now, value.name) != nullptr || successor_of(before, now, value) != nullptr) continue;
      add(Verdict::safe, now, value.name, "enum-value-removed",
          "was removed; where " + std::to_string(value.value) + " is stored it stays, without a name");
    }
  }

  static const LockedEnumerator* by_name(const LockedEnum& enumeration, const std::string& name) {
    return find_in(enumeration.enumerators, [&](const LockedEnumerator& it) { return it.name == name; });
  }
  /// The value of `other` with the same number that `mine` does not have by that name.
  static const LockedEnumerator* successor_of(const LockedEnum& mine, const LockedEnum& other,
                                              const LockedEnumerator& value) {
    return find_in(other.enumerators, [&](const LockedEnumerator& it) {
      return it.value == value.value && by_name(mine, it.name) == nullptr;
    });
  }

  Comparison& comparison_;
  std::set<Names> followed_;
  std::set<std::string> retyped_;
};

}  // namespace

void compare_enums(Comparison& comparison) { Enums(comparison).run(); }

}  // namespace netabase::compiler::evolution
