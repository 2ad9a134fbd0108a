#include <algorithm>
#include <string>

#include "compiler/schema/checks.hpp"
#include "compiler/schema/key_parts.hpp"
#include "compiler/schema/types.hpp"

namespace netabase::compiler::schema {
namespace {

bool is_integer(const Type& type) { return type.kind >= TypeKind::int8 && type.kind <= TypeKind::uint64; }

bool is_optional_of_key_part(const Type& type) {
  return type.kind == TypeKind::optional && is_key_part(type.arguments[0]);
}

/// A container, or an optional one other than a map: then an absent one has no entries.
bool is_container_of_key_parts(const Type& type) {
  const bool optional = type.kind == TypeKind::optional;
  const Type& container = optional ? type.arguments[0] : type;
  return has_elements(container) && is_key_part(container.arguments[0]) &&
         !(optional && container.kind == TypeKind::map);
}

/// What can be used instead of a type that has no order; null: nothing in particular.
const char* instead_of_unordered(const Type& type) {
  switch (type.kind) {
    case TypeKind::pair:
    case TypeKind::tuple:
      return "keep its parts in fields of their own, and name these as the parts of one key";
    case TypeKind::variant:
      return "its alternatives have no common order: keep what is searched for in a field of its own, "
             "`std::optional` where it may be missing";
    default:
      return nullptr;
  }
}

/// The type that a key's bytes are made of, without the optional or container around it.
Type key_type(const Type& type) {
  return type.kind == TypeKind::optional || has_elements(type) ? key_type(type.arguments[0]) : type;
}

class KeyChecker {
 public:
  KeyChecker(const Model& model, Diagnostics& diagnostics)
      : model_(model), structure_(*model.structure), diagnostics_(diagnostics) {}

  void run() {
    primary();
    for (const Key& key : model_.secondary) secondary(key);
    names();
  }

 private:
  Type type_of(const KeyPart& part) const { return part_type(structure_, part); }
  std::string name_of(const KeyPart& part) const { return part_name(structure_, part); }

  /// A type that the front end refused has no spelling; nothing more is said about it.
  bool is_known(const KeyPart& part) const { return !type_of(part).cpp.empty(); }

  std::string subject(const KeyPart& part) const {
    return "`" + name_of(part) + "` " + (part.computed ? "returns" : "is") + " a `" + type_of(part).cpp +
           "`, which cannot be ";
  }

  void primary() {
    const Key& key = model_.primary;
    if (key.parts.empty()) {
      diagnostics_.error(structure_.location, "model `" + structure_.name + "` has no primary key",
                         "mark the field that identifies a record: `[[netabase::primary_key]] std::uint64_t id = 0;`");
      return;
    }
    for (const KeyPart& part : key.parts) {
      const Type type = type_of(part);
      if (!is_known(part) || is_key_part(type)) continue;
      const char* advice = instead_of_unordered(type);
      diagnostics_.error(part.location, subject(part) + "a primary key",
                         advice != nullptr ? advice
                         : type.kind == TypeKind::optional
                             ? "a primary key is never absent: use the plain type"
                             : "use a number, an enum, a time, text or bytes, on several fields if it takes several");
    }
    if (key.automatic) automatic(key);
    max_length(key);
  }

  void automatic(const Key& key) {
    if (key.parts.size() > 1) {
      diagnostics_.error(key.location,
                         "`primary_key(auto)` numbers one field, and this key has " + std::to_string(key.parts.size()),
                         "leave `auto` out, or leave `primary_key` on one field only");
    } else if (is_known(key.parts[0]) && !is_integer(type_of(key.parts[0]))) {
      diagnostics_.error(
          key.location, "`primary_key(auto)` on `" + name_of(key.parts[0]) + "`, a `" + type_of(key.parts[0]).cpp + "`",
          "only an integer can be numbered: use `std::uint64_t`, or leave `auto` out");
    }
  }

  void secondary(const Key& key) {
    const bool composite = key.parts.size() > 1;
    for (std::size_t i = 0; i < key.parts.size(); ++i) {
      const KeyPart& part = key.parts[i];
      if (is_known(part) && !key.link) secondary_type(key, part, composite);  // a link's: in link_checks.cpp
      for (std::size_t j = 0; j < i; ++j) {
        if (!same_part(key.parts[j], part)) continue;
        diagnostics_.error(part.location, "`" + name_of(part) + "` is twice in index `" + key.name + "`",
                           "leave one of them out");
        break;
      }
    }
    const bool is_primary =
        key.declared_on_field && model_.primary.parts.size() == 1 && same_part(model_.primary.parts[0], key.parts[0]);
    if (is_primary && !key.link) {
      diagnostics_.error(key.location, "`" + name_of(key.parts[0]) + "` is the primary key already",
                         "leave `secondary_key` out: records are found by their primary key without it");
    }
    max_length(key);
  }

  void secondary_type(const Key& key, const KeyPart& part, bool composite) {
    const Type type = type_of(part);
    if (is_key_part(type) || is_optional_of_key_part(type)) return;
    const Type& container = type.kind == TypeKind::optional ? type.arguments[0] : type;
    if (composite && has_elements(container)) {
      diagnostics_.error(part.location, subject(part) + "part of a composite index",
                         "give it an index of its own" +
                             std::string(part.path.size() == 1 ? ", with `secondary_key` on the field" : "") +
                             ": it has one entry per element");
    } else if (composite || !is_container_of_key_parts(type)) {
      const std::string of_key = key.declared_on_field ? "a secondary key" : "part of an index";
      const char* advice = instead_of_unordered(type);
      diagnostics_.error(part.location, subject(part) + of_key,
                         advice != nullptr
                             ? advice
                             : "use a number, an enum, a time, text or bytes, or `std::optional` of one of these" +
                                   std::string(composite ? "" : ", or a vector, array or set of them, or a map"));
    }
  }

  void max_length(const Key& key) {
    if (key.max_length == 0 || !is_known(key.parts[0])) return;
    const Type type = key_type(type_of(key.parts[0]));
    if (key.parts.size() > 1) {
      diagnostics_.error(key.location,
                         "`max_length` is for a key of one field, and this key has " + std::to_string(key.parts.size()),
                         "leave `max_length` out");
    } else if (type.kind != TypeKind::string && type.kind != TypeKind::bytes) {
      diagnostics_.error(key.location,
                         "`max_length` on `" + name_of(key.parts[0]) + "`, a `" + type_of(key.parts[0]).cpp + "`",
                         "only strings and bytes have a length: leave `max_length` out");
    } else if (type.extent != 0) {
      diagnostics_.error(
          key.location,
          "`max_length` on `" + name_of(key.parts[0]) + "`, which always has " + std::to_string(type.extent) + " bytes",
          "leave `max_length` out");
    }
  }

  void names() {
    for (std::size_t i = 0; i < model_.secondary.size(); ++i) {
      const Key& key = model_.secondary[i];
      if (key.name == model_.primary.name) {
        diagnostics_.error(key.location, "an index cannot be named `primary`: the primary key is",
                           !key.declared_on_field  ? "choose another name"
                           : key.parts[0].computed ? "rename the function"
                                                   : "rename the field");
      }
      for (std::size_t j = 0; j < i; ++j) {
        if (model_.secondary[j].name != key.name) continue;
        Diagnostic& error =
            diagnostics_.error(key.location, "`" + structure_.name + "` has two indexes named `" + key.name + "`",
                               "name them apart; `secondary_key` makes an index of its field's or function's name");
        error.notes.insert(error.notes.begin(),
                           {Severity::note, model_.secondary[j].location, "the other one is here", {}});
        break;
      }
    }
  }

  const Model& model_;
  const Struct& structure_;
  Diagnostics& diagnostics_;
};

}  // namespace

void check_keys(const Model& model, Diagnostics& diagnostics) { KeyChecker(model, diagnostics).run(); }

}  // namespace netabase::compiler::schema
