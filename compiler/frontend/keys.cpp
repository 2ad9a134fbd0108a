#include "compiler/frontend/keys.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "compiler/schema/key_parts.hpp"
#include "compiler/schema/suggest.hpp"
#include "compiler/schema/types.hpp"

namespace netabase::compiler::frontend {
namespace {

using schema::Key;
using schema::KeyPart;
using schema::Struct;
using schema::Type;
using schema::TypeKind;

/// Marks what a key of one part is besides its part.
void set_shape(Key& key, const Struct& structure) {
  if (key.parts.size() != 1) return;
  Type type = part_type(structure, key.parts.front());
  key.sparse = type.kind == TypeKind::optional;
  if (key.sparse) {
    Type inner = type.arguments[0];
    type = std::move(inner);
  }
  key.per_element = has_elements(type);
}

std::vector<std::string> split(const std::string& path) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    names.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return names;
}

}  // namespace

void KeyReader::read(const Owner& owner) {
  model_.primary.name = "primary";
  model_.primary.unique = true;
  model_.primary.location = structure_.location;
  on_fields();
  on_functions();
  for (const Attribute& attribute : owner.attributes) {
    if (attribute.kind == AttributeKind::index) composite(attribute);
  }
}

void KeyReader::on_fields() {
  const std::vector<CXCursor>& fields = structs_.fields_of(model_.structure);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (const Attribute* attribute = declarations_.find(fields[i], AttributeKind::primary_key)) {
      Key& primary = model_.primary;
      if (primary.parts.empty()) primary.location = attribute->location;
      primary.parts.push_back({{i}, std::nullopt, false, attribute->location});
      primary.automatic = primary.automatic || attribute->automatic;
      primary.declared_on_field = primary.parts.size() == 1;
      if (attribute->max_length != 0) primary.max_length = attribute->max_length;
    }
    const Attribute* secondary = declarations_.find(fields[i], AttributeKind::secondary_key);
    const Attribute* link = declarations_.find(fields[i], AttributeKind::link);
    if (const Attribute* attribute = secondary != nullptr ? secondary : link) {
      Key key;
      key.name = structure_.fields[i].name;
      key.parts = {{{i}, std::nullopt, false, attribute->location}};
      if (link != nullptr && !link->link.target.empty()) key.link = link->link;
      if (link != nullptr && attribute->where) {
        diagnostics_.error(attribute->where->location, "`" + key.name + "` is a link, and links hold for every record",
                           "leave `where` out, or put it into an index of its own: `index(name, " + key.name +
                               ", where = " + attribute->where->name + ")`");
      }
      add(std::move(key), *attribute);
    }
  }
}

void KeyReader::on_functions() {
  for (const CXCursor member : children_of(definition_)) {
    if (clang_getCursorKind(member) != CXCursor_CXXMethod) continue;
    const Attribute* attribute = declarations_.find(member, AttributeKind::secondary_key);
    if (attribute == nullptr) continue;
    Key key;
    key.name = spelling_of(member);
    std::optional<schema::Computed> computed = functions_.computed(definition_, {key.name, attribute->location});
    if (!computed) continue;
    key.parts = {{{}, std::move(computed), false, attribute->location}};
    add(std::move(key), *attribute);
  }
}

/// A key declared on its one field or function.
void KeyReader::add(Key key, const Attribute& attribute) {
  key.unique = attribute.unique;
  key.declared_on_field = true;
  key.max_length = attribute.max_length;
  key.location = attribute.location;
  if (attribute.where) {
    key.where = predicate(*attribute.where);
    if (!key.where) return;
  }
  set_shape(key, structure_);
  model_.secondary.push_back(std::move(key));
}

void KeyReader::composite(const Attribute& attribute) {
  if (attribute.index.name.empty()) return;
  Key key;
  key.name = attribute.index.name;
  key.unique = attribute.unique;
  key.location = attribute.index.location;
  for (const IndexPart& written : attribute.parts) {
    std::optional<KeyPart> found = part(written);
    if (!found) return;
    key.parts.push_back(std::move(*found));
  }
  if (attribute.where) {
    key.where = predicate(*attribute.where);
    if (!key.where) return;
  }
  if (key.parts.empty()) return;  // reported with the attribute's text
  set_shape(key, structure_);
  model_.secondary.push_back(std::move(key));
}

std::optional<KeyPart> KeyReader::part(const IndexPart& written) {
  KeyPart out;
  out.descending = written.descending;
  out.location = written.field.location;
  const std::vector<std::string> names = split(written.field.name);
  const std::string& first = names.front();
  const bool is_field = std::any_of(structure_.fields.begin(), structure_.fields.end(),
                                    [&](const schema::Field& field) { return field.name == first; });
  if (!is_field && FunctionReader::has(definition_, first)) {
    if (names.size() > 1) {
      diagnostics_.error(out.location, "`" + first + "` is a function, and a path leads through fields",
                         "write a member function that returns the part itself, and name that");
      return std::nullopt;
    }
    out.computed = functions_.computed(definition_, written.field);
    return out.computed ? std::optional<KeyPart>(std::move(out)) : std::nullopt;
  }
  const Struct* holder = &structure_;
  for (const std::string& name : names) {
    if (!step(out, holder, name, written)) return std::nullopt;
  }
  return out;
}

/// Goes on from `holder`, the struct that the path has led to, to its field `name`.
bool KeyReader::step(KeyPart& out, const Struct*& holder, const std::string& name, const IndexPart& written) {
  if (holder == nullptr) {
    const std::vector<const schema::Field*> fields = fields_of(structure_, out);
    const Type& type = fields.back()->type;
    if (type.cpp.empty()) return false;  // refused where it is declared
    const Type& inner = type.kind == TypeKind::optional ? type.arguments[0] : type;
    const bool is_container = !inner.arguments.empty();
    diagnostics_.error(
        written.field.location,
        "`" + part_name(structure_, out) + "` is a `" + type.cpp + "`, " +
            (is_container ? "and a path leads through structs, not through containers"
                          : "which has no field `" + name + "`"),
        is_container ? "write a const member function that returns the values, with `[[netabase::secondary_key]]` on it"
                     : "end the path there, or leave it out");
    return false;
  }
  const auto found = std::find_if(holder->fields.begin(), holder->fields.end(),
                                  [&](const schema::Field& field) { return field.name == name; });
  if (found == holder->fields.end()) {
    unknown(*holder, name, written.field.location,
            "an index is made of the struct's own fields and const member functions, and of fields of structs in it: "
            "`address.zip`");
    return false;
  }
  out.path.push_back(static_cast<std::size_t>(found - holder->fields.begin()));
  const Type& type = found->type.kind == TypeKind::optional ? found->type.arguments[0] : found->type;
  holder = type.kind == TypeKind::structure ? type.structure : nullptr;
  return true;
}

std::optional<schema::Predicate> KeyReader::predicate(const PlacedName& name) {
  const auto found = std::find_if(structure_.fields.begin(), structure_.fields.end(),
                                  [&](const schema::Field& field) { return field.name == name.name; });
  if (found != structure_.fields.end()) {
    if (found->type.kind == TypeKind::boolean) return schema::Predicate{name.name, false, name.location};
    if (!found->type.cpp.empty()) {
      diagnostics_.error(name.location,
                         "`" + name.name + "` is a `" + found->type.cpp + "`, which does not say yes or no",
                         "name a `bool` field, or a const member function that returns `bool`");
    }
    return std::nullopt;
  }
  if (FunctionReader::has(definition_, name.name)) {
    if (!functions_.is_predicate(definition_, name)) return std::nullopt;
    return schema::Predicate{name.name, true, name.location};
  }
  unknown(structure_, name.name, name.location, "name a `bool` field, or a const member function that returns `bool`");
  return std::nullopt;
}

void KeyReader::unknown(const Struct& structure, const std::string& name, const SourceLocation& place,
                        const std::string& choices) {
  if (std::find(structure.skipped.begin(), structure.skipped.end(), name) != structure.skipped.end()) {
    diagnostics_.error(place, "`" + name + "` is marked `skip` and cannot be part of an index",
                       "store the field, or leave it out of the index");
    return;
  }
  std::vector<std::string> names;
  for (const schema::Field& field : structure.fields) names.push_back(field.name);
  if (&structure == &structure_) {
    for (std::string& function : FunctionReader::names(definition_)) names.push_back(std::move(function));
  }
  const std::string near = schema::closest(name, names);
  diagnostics_.error(place, "`" + structure.name + "` has no field `" + name + "`",
                     near.empty() ? choices : "did you mean `" + near + "`?");
}

}  // namespace netabase::compiler::frontend
