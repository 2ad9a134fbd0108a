#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "compiler/schema/checks.hpp"
#include "compiler/schema/names.hpp"
#include "compiler/schema/types.hpp"

namespace netabase::compiler::schema {
namespace {

bool is_ascii_name(const std::string& name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

/// A hashed container somewhere in the type whose elements have no order of their own to be stored in.
const Type* hashed_without_order(const Type& type) {
  if (type.hashed) {
    const Type* key = &type.arguments[0];
    while (key->kind == TypeKind::optional) key = &key->arguments[0];
    if (!is_key_part(*key)) return &type;
  }
  for (const Type& argument : type.arguments) {
    if (const Type* found = hashed_without_order(argument)) return found;
  }
  return nullptr;
}

/// A variant somewhere in the type with a single alternative: Cap'n Proto has no such union.
const Type* variant_of_one(const Type& type) {
  if (type.kind == TypeKind::variant && type.arguments.size() == 1) return &type;
  for (const Type& argument : type.arguments) {
    if (const Type* found = variant_of_one(argument)) return found;
  }
  return nullptr;
}

void check_field_types(const Struct& structure, Diagnostics& diagnostics) {
  for (const Field& field : structure.fields) {
    if (const Type* hashed = hashed_without_order(field.type)) {
      diagnostics.error(field.location,
                        "`" + hashed->cpp +
                            "` cannot be stored: its elements are stored in the order of keys, and a `" +
                            hashed->arguments[0].cpp + "` cannot be one",
                        "use `" + std::string(hashed->kind == TypeKind::map ? "std::map" : "std::set") +
                            "`, whose elements are in their own order, or elements that can be keys: numbers, enums, "
                            "text, bytes");
    }
    if (const Type* single = variant_of_one(field.type)) {
      diagnostics.error(field.location, "`" + single->cpp + "` has a single alternative",
                        "use `" + single->arguments[0].cpp + "` itself");
    }
  }
}

void check_field_names(const Struct& structure, Diagnostics& diagnostics) {
  // What the generated view declares besides its accessors.
  static const std::set<std::string, std::less<>> reserved = {"to_owned", "Owned", "view_"};
  std::map<std::string, const Field*> by_wire_name;
  for (const Field& field : structure.fields) {
    const std::string wire_name = camel_case(field.name);
    if (!is_ascii_name(field.name) || wire_name.empty() || (wire_name[0] >= '0' && wire_name[0] <= '9')) {
      diagnostics.error(field.location, "field `" + field.name + "` has no name in Cap'n Proto",
                        "use a name of ASCII letters, digits and `_` whose first letter or digit is a letter");
      continue;
    }
    if (reserved.count(field.name) != 0 || field.name == ref_name(structure)) {
      diagnostics.error(
          field.location,
          "field `" + field.name + "` has the name of a member of the generated `" + ref_name(structure) + "`",
          "rename the field");
    }
    const auto [other, is_new] = by_wire_name.try_emplace(wire_name, &field);
    if (is_new) continue;
    Diagnostic& error = diagnostics.error(
        field.location,
        "fields `" + other->second->name + "` and `" + field.name + "` are both `" + wire_name + "` in Cap'n Proto",
        "rename one of them");
    error.notes.insert(error.notes.begin(), {Severity::note, other->second->location, "the other one is here", {}});
  }
}

void check_dropped(const Struct& structure, Diagnostics& diagnostics) {
  for (const DroppedName& dropped : structure.dropped) {
    for (const Field& field : structure.fields) {
      const bool is_there = field.name == dropped.name;
      if (!is_there && field.renamed_from != dropped.name) continue;
      Diagnostic& error = diagnostics.error(
          dropped.location,
          is_there ? "field `" + dropped.name + "` is dropped and is there"
                   : "field `" + dropped.name + "` is dropped, and `" + field.name + "` goes on with it",
          is_there ? "leave the name out of `dropped`: a field that is there goes on with what is stored under its name"
                   : "leave out `dropped` or `renamed_from`");
      error.notes.insert(error.notes.begin(), {Severity::note, field.location, "`" + field.name + "` is here", {}});
    }
  }
}

}  // namespace

void check_structs(const Definition& definition, Diagnostics& diagnostics) {
  for (const Struct* structure : definition.structs) {
    check_field_types(*structure, diagnostics);
    check_field_names(*structure, diagnostics);
    check_dropped(*structure, diagnostics);
    const auto is_model = [&](const Model& model) { return model.structure == structure; };
    const bool of_model = std::any_of(definition.models.begin(), definition.models.end(), is_model);
    if (structure->fields.empty() && !of_model) {
      diagnostics.error(structure->location, "struct `" + structure->name + "` has no fields to store",
                        "give it one, or leave it out of the structs that contain it");
    }
  }
  for (const Enum* enumeration : definition.enums) {
    if (enumeration->enumerators.empty()) {
      diagnostics.error(enumeration->location, "enum `" + enumeration->name + "` has no enumerators",
                        "give it one for each value, or use an integer");
    }
  }
}

}  // namespace netabase::compiler::schema
