#include "compiler/evolution/assign.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "compiler/evolution/assign_definition.hpp"
#include "compiler/evolution/capnp_names.hpp"
#include "compiler/evolution/follow.hpp"
#include "compiler/evolution/moved.hpp"
#include "compiler/evolution/wrappers.hpp"
#include "compiler/layout/fingerprint.hpp"
#include "compiler/layout/type_text.hpp"
#include "compiler/schema/names.hpp"
#include "compiler/schema/types.hpp"

namespace netabase::compiler::evolution {

namespace {

using schema::Struct;
using schema::Type;
using schema::TypeKind;

/// The enum that the field's integers stand for; those in a pair and its like are noted in its wrapper.
const schema::Enum* innermost_enum(const Type& type) {
  const Type* inner = &type;
  while (!inner->arguments.empty() && !always_wrapped(*inner)) inner = &inner->arguments[0];
  return inner->enumeration;
}

std::string enum_name(const Type& type) {
  const schema::Enum* enumeration = innermost_enum(type);
  return enumeration == nullptr ? std::string() : plain_name(enumeration->qualified_name);
}

/// Whether `name`, as written in C++, may mean the struct: with or without its namespaces.
bool is_name_of(const LockedStruct& structure, const std::string& name) {
  const std::string plain = plain_name(name);
  return structure.cpp_name == plain || structure.cpp_name.ends_with("::" + plain);
}

class Assigner {
 public:
  Assigner(const std::vector<const schema::Definition*>& definitions, const Lock* old)
      : definitions_(definitions), old_(old) {
    if (old != nullptr) lock_ = *old;
  }

  Lock run() {
    if (lock_.file_id == 0) {
      lock_.file_id =
          layout::type_id("netabase file " + plain_name(definitions_[0]->cpp_namespace + "::" + definitions_[0]->name));
    }
    type_names_ = reserved_type_names();
    for (const LockedStruct& structure : lock_.structs) take(structure);
    match_structs();
    for (LockedStruct& structure : lock_.structs) structure.removed = true;
    for (const auto& [structure, place] : places_) {
      lock_.structs[place].removed = false;
      lock_.structs[place].cpp_name = plain_name(structure->qualified_name);
    }
    // By index: wrappers are added to lock_.structs on the way.
    for (const Struct* structure : in_order_) assign_fields(*structure, places_.at(structure));
    if (old_ != nullptr) {
      std::map<std::uint64_t, const Struct*> by_id;
      for (const auto& [structure, place] : places_) by_id[lock_.structs[place].id] = structure;
      find_moved(*old_, lock_, [&](const LockedStruct& structure, const std::string& field) {
        const auto found = by_id.find(structure.id);
        return found != by_id.end() && is_dropped(*found->second, field);
      });
    }
    assign_enums();
    const auto record = [&](const Struct& structure) { return lock_.structs[places_.at(&structure)].name; };
    for (const schema::Definition* definition : definitions_) {
      assign_definition(*definition, definitions_.size(), lock_.definitions, record);
    }
    for (LockedDefinition& locked : lock_.definitions) {
      const auto is_it = [&](const schema::Definition* definition) { return definition->name == locked.name; };
      if (std::any_of(definitions_.begin(), definitions_.end(), is_it)) continue;
      for (LockedModel& model : locked.models) model.removed = true;
    }
    return std::move(lock_);
  }

 private:
  // ---- structs

  void take(const LockedStruct& structure) {
    type_names_.insert(structure.name);
    ids_.insert(structure.id);
  }

  std::uint64_t new_id(const std::string& name) {
    std::string text = name;
    while (ids_.contains(layout::type_id(text))) text += '\'';
    return layout::type_id(text);
  }

  std::size_t add_struct(LockedStruct structure) {
    take(structure);
    lock_.structs.push_back(std::move(structure));
    return lock_.structs.size() - 1;
  }

  template <class Predicate>
  bool match(const Struct& structure, Predicate&& same) {
    for (std::size_t i = 0; i < lock_.structs.size(); ++i) {
      if (matched_.contains(i) || lock_.structs[i].wrapper || !same(lock_.structs[i])) continue;
      places_[&structure] = i;
      matched_.insert(i);
      return true;
    }
    return false;
  }

  void match_structs() {
    std::map<const Struct*, std::string> table_records;
    for (const schema::Definition* definition : definitions_) {
      for (const Struct* structure : definition->structs) {
        if (std::find(in_order_.begin(), in_order_.end(), structure) == in_order_.end()) in_order_.push_back(structure);
      }
      for (const schema::Model& model : definition->models) {
        const LockedDefinition* locked = find_definition(*definition, definitions_.size(), lock_.definitions);
        if (locked == nullptr) continue;
        for (const LockedModel& candidate : locked->models) {
          if (candidate.table == model.stored_name) table_records[model.structure] = candidate.record;
        }
      }
    }
    for (const Struct* structure : in_order_) {
      match(*structure,
            [&](const LockedStruct& locked) { return locked.cpp_name == plain_name(structure->qualified_name); });
    }
    for (const Struct* structure : in_order_) {
      if (places_.contains(structure) || !table_records.contains(structure)) continue;
      match(*structure, [&](const LockedStruct& locked) { return locked.name == table_records[structure]; });
    }
    for (const Struct* structure : in_order_) {
      if (places_.contains(structure) || !structure->renamed_from) continue;
      match(*structure, [&](const LockedStruct& locked) { return is_name_of(locked, *structure->renamed_from); });
    }
    for (const Struct* structure : in_order_) {
      if (places_.contains(structure)) continue;
      const std::string name = capnp_identifier(schema::pascal_case(structure->name), "Struct");
      if (match(*structure, [&](const LockedStruct& locked) { return !locked.removed && locked.name == name; }))
        continue;
      LockedStruct added;
      added.cpp_name = plain_name(structure->qualified_name);
      added.name = unique_name(name, type_names_);
      added.id = new_id(added.cpp_name);
      places_[structure] = add_struct(std::move(added));
      matched_.insert(places_[structure]);
    }
  }

  // ---- types

  /// The type as Cap'n Proto writes it. Adds the wrappers it needs.
  std::string type_text(const Type& type) {
    switch (type.kind) {
      case TypeKind::string:
      case TypeKind::path:
        return "Text";
      case TypeKind::bytes:
        return "Data";
      case TypeKind::vector:
      case TypeKind::array:
      case TypeKind::set:
        return "List(" + inner_text(type.arguments[0]) + ")";
      case TypeKind::map:
        return "List(" + wrapper(type) + ")";
      case TypeKind::pair:
      case TypeKind::tuple:
      case TypeKind::variant:
      case TypeKind::int128:
      case TypeKind::uint128:
        return wrapper(type);
      case TypeKind::structure:
        return lock_.structs[places_.at(type.structure)].name;
      default:
        return std::string(layout::scalar_text(schema::number_kind(type)));
    }
  }

  /// As the element of a list.
  std::string inner_text(const Type& type) { return needs_wrapper(type) ? wrapper(type) : type_text(type); }

  /// As the value in a union.
  std::string value_text(const Type& type) { return type.kind == TypeKind::optional ? wrapper(type) : type_text(type); }

  /// "OptionalListText": what the wrapper of a type is called.
  std::string wrapper_name(const Type& type) {
    if (type.kind == TypeKind::optional) return "Optional" + wrapper_name(type.arguments[0]);
    if (schema::has_elements(type) && !always_wrapped(type)) return "List" + wrapper_name(type.arguments[0]);
    if (type.kind == TypeKind::int128) return "Int128";
    if (type.kind == TypeKind::uint128) return "UInt128";
    if (type.kind == TypeKind::enumeration)
      return capnp_identifier(schema::pascal_case(type.enumeration->name), "Enum");
    if (!always_wrapped(type)) return type_text(type);
    std::string out = type.kind == TypeKind::map     ? "Map"
                      : type.kind == TypeKind::pair  ? "Pair"
                      : type.kind == TypeKind::tuple ? "Tuple"
                                                     : "Variant";
    for (const Type& argument : type.arguments) out += wrapper_name(argument);
    return out;
  }

  /// The wrapper's name. Adds it, and what it needs itself, unless they are there.
  std::string wrapper(const Type& type) {
    LockedStruct added;
    added.wrapper = true;
    added.is_union = type.kind == TypeKind::variant;
    added.cpp_name = wrapped_name(type);
    added.fields = wrapper_fields(type);
    // An enum of the same name may have got another underlying type: what is of it then is another wrapper.
    for (LockedStruct& structure : lock_.structs) {
      if (!structure.wrapper || structure.cpp_name != added.cpp_name || structure.fields != added.fields) continue;
      structure.removed = false;
      return structure.name;
    }
    const std::string name = wrapper_name(type);
    added.name = unique_name(type.kind == TypeKind::map ? name + "Entry" : name, type_names_);
    added.id = new_id("netabase wrapper " + added.cpp_name);
    return lock_.structs[add_struct(std::move(added))].name;
  }

  /// What a wrapper holds. Adds the wrappers that its fields need.
  std::vector<LockedField> wrapper_fields(const Type& type) {
    const auto number = [](const char* name, std::string field_type, std::uint16_t ordinal) {
      LockedField out;
      out.name = out.cpp_name = name;
      out.type = std::move(field_type);
      out.ordinal = ordinal;
      return out;
    };
    if (type.kind == TypeKind::int128) return {number("low", "UInt64", 0), number("high", "Int64", 1)};
    if (type.kind == TypeKind::uint128) return {number("low", "UInt64", 0), number("high", "UInt64", 1)};
    std::vector<LockedField> fields;
    unsigned next = 0;
    for (const WrapperMember& member : wrapper_members(type)) {
      LockedField field;
      field.name = field.cpp_name = member.name;
      if (type.kind == TypeKind::variant) {
        set_alternative(field, *member.type, next);
      } else {
        set_type(field, *member.type, {}, true, next);
      }
      fields.push_back(std::move(field));
    }
    return fields;
  }

  // ---- fields

  static const LockedField* find_live(const LockedStruct& structure, std::string_view cpp_name) {
    for (const LockedField& field : structure.fields) {
      if (!field.removed && field.cpp_name == cpp_name) return &field;
    }
    return nullptr;
  }

  void assign_fields(const Struct& structure, std::size_t place) {
    const LockedStruct before = lock_.structs[place];
    std::map<const schema::Field*, std::size_t> sources;  // field -> place in before.fields
    std::set<std::size_t> used;
    const auto claim = [&](const schema::Field& field, auto&& same) {
      for (std::size_t i = 0; i < before.fields.size() && !sources.contains(&field); ++i) {
        if (before.fields[i].removed || used.contains(i) || !same(before.fields[i])) continue;
        sources[&field] = i;
        used.insert(i);
      }
    };
    for (const schema::Field& field : structure.fields) {
      claim(field, [&](const LockedField& locked) { return locked.cpp_name == field.name; });
    }
    for (const schema::Field& field : structure.fields) {
      if (field.renamed_from) {
        claim(field, [&](const LockedField& locked) { return locked.cpp_name == *field.renamed_from; });
      }
    }
    for (const schema::Field& field : structure.fields) {
      claim(field, [&](const LockedField& locked) {
        return schema::camel_case(locked.cpp_name) == schema::camel_case(field.name);
      });
    }

    unsigned next = 0;
    std::set<std::string> names;
    for (const LockedField& field : before.fields) {
      next = std::max({next, field.ordinal + 1U, field.absent_ordinal ? *field.absent_ordinal + 1U : 0U});
    }
    for (const auto& [field, source] : sources) {
      if (before.fields[source].cpp_name == field->name) names.insert(before.fields[source].name);
    }
    std::vector<LockedField> fields;
    for (std::size_t i = 0; i < before.fields.size(); ++i) {
      if (used.contains(i)) continue;
      LockedField tombstone = before.fields[i];
      if (is_dropped(structure, tombstone.cpp_name)) tombstone.successor.clear();
      bury(std::move(tombstone), names, fields);
    }
    for (const schema::Field& field : structure.fields) {
      const auto source = sources.find(&field);
      LockedField out = source == sources.end() ? LockedField{} : before.fields[source->second];
      if (out.cpp_name != field.name) {
        out.cpp_name = field.name;
        out.name = field_name(field.name, names);
        names.insert(out.name);
      }
      const bool is_new = source == sources.end();
      unsigned kept = next;
      set_type(out, field.type, field.default_value, is_new, is_new ? next : kept);
      if (is_new || follows(lock_, before.fields[source->second], lock_, out)) {
        next = std::max(next, kept);
      } else {
        // What is stored under the ordinal cannot be read as this.
        LockedField tombstone = before.fields[source->second];
        tombstone.successor = field.name;
        bury(std::move(tombstone), names, fields);
        LockedField successor;
        successor.cpp_name = out.cpp_name;
        successor.name = out.name;
        set_type(successor, field.type, field.default_value, true, next);
        out = std::move(successor);
      }
      fields.push_back(std::move(out));
    }
    std::sort(fields.begin(), fields.end(), [](const LockedField& left, const LockedField& right) {
      return left.first_ordinal() < right.first_ordinal();
    });
    lock_.structs[place].fields = std::move(fields);
  }

  static bool is_dropped(const Struct& structure, const std::string& field) {
    return std::any_of(structure.dropped.begin(), structure.dropped.end(),
                       [&](const schema::DroppedName& dropped) { return dropped.name == field; });
  }

  /// Adds what is left of a field, under a name that no other has.
  static void bury(LockedField field, std::set<std::string>& names, std::vector<LockedField>& fields) {
    field.removed = true;
    field.initially.reset();
    field.name = unique_name("removed" + std::to_string(field.ordinal), names);
    names.insert(field.name);
    fields.push_back(std::move(field));
  }

  /// Type, enum, default and ordinals of a field; `next` is the lowest ordinal never given.
  void set_type(LockedField& out, const Type& type, const schema::DefaultValue& default_value, bool is_new,
                unsigned& next) {
    const bool optional = type.kind == TypeKind::optional;
    const Type& value = optional ? type.arguments[0] : type;
    out.type = optional ? value_text(value) : type_text(value);
    out.meaning = schema::meaning(value);
    out.enumeration = enum_name(type);
    const auto give = [&next] { return static_cast<std::uint16_t>(next++); };
    std::string initially = layout::default_text(schema::number_kind(value), default_value);
    out.initially.reset();
    if (!is_new && initially != out.default_value) out.initially = initially;
    if (is_new) {
      out.default_value = std::move(initially);
      // The lower ordinal is what older records read: nothing, or the default when there is one.
      if (optional && out.default_value.empty()) out.absent_ordinal = give();
      out.ordinal = give();
      if (optional && !out.default_value.empty()) out.absent_ordinal = give();
    } else if (optional && !out.absent_ordinal) {
      out.absent_ordinal = give();
    } else if (!optional) {
      out.absent_ordinal.reset();
    }
  }

  /// The same of a variant's alternative.
  void set_alternative(LockedField& out, const Type& type, unsigned& next) {
    out.type = value_text(type);
    out.meaning = schema::meaning(type);
    out.enumeration = enum_name(type);
    out.ordinal = static_cast<std::uint16_t>(next++);
  }

  // ---- enums

  void assign_enums() {
    std::vector<const schema::Enum*> current;
    for (const schema::Definition* definition : definitions_) {
      for (const schema::Enum* enumeration : definition->enums) {
        if (std::find(current.begin(), current.end(), enumeration) == current.end()) current.push_back(enumeration);
      }
    }
    std::set<std::string> referenced;
    for (const LockedStruct& structure : lock_.structs) {
      for (const LockedField& field : structure.fields) referenced.insert(field.enumeration);
    }
    std::vector<LockedEnum> enums;
    for (const LockedEnum& locked : lock_.enums) {
      if (referenced.contains(locked.cpp_name)) enums.push_back(locked);
    }
    for (const schema::Enum* enumeration : current) {
      LockedEnum locked{
          plain_name(enumeration->qualified_name), std::string(layout::scalar_text(enumeration->underlying)), {}};
      for (const schema::Enumerator& enumerator : enumeration->enumerators) {
        locked.enumerators.push_back({enumerator.name, enumerator.value});
      }
      // Their order in the source means nothing.
      std::sort(locked.enumerators.begin(), locked.enumerators.end(), [](const auto& left, const auto& right) {
        return left.value != right.value ? left.value < right.value : left.name < right.name;
      });
      const auto same = [&](const LockedEnum& other) { return other.cpp_name == locked.cpp_name; };
      const auto found = std::find_if(enums.begin(), enums.end(), same);
      if (found != enums.end()) {
        *found = std::move(locked);
      } else {
        enums.push_back(std::move(locked));
      }
    }
    lock_.enums = std::move(enums);
  }

  const std::vector<const schema::Definition*>& definitions_;
  const Lock* old_;
  Lock lock_;
  std::vector<const Struct*> in_order_;
  std::map<const Struct*, std::size_t> places_;  ///< where each struct lies in lock_.structs
  std::set<std::size_t> matched_;
  std::set<std::string> type_names_;
  std::set<std::uint64_t> ids_;
};

}  // namespace

Lock assign(const std::vector<const schema::Definition*>& definitions, const Lock* old) {
  return Assigner(definitions, old).run();
}

void count_up(Lock& lock, const Lock& old) {
  for (LockedDefinition& definition : lock.definitions) {
    for (const LockedDefinition& before : old.definitions) {
      if (before.name == definition.name || old.definitions.size() == 1) {
        definition.schema_version = static_cast<std::uint16_t>(before.schema_version + 1);
        break;
      }
    }
  }
}

}  // namespace netabase::compiler::evolution
