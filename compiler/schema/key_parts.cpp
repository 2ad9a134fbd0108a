#include "compiler/schema/key_parts.hpp"

#include <algorithm>

#include "compiler/schema/types.hpp"

namespace netabase::compiler::schema {

std::vector<const Field*> fields_of(const Struct& structure, const KeyPart& part) {
  std::vector<const Field*> fields;
  const Struct* holder = &structure;
  for (const std::size_t place : part.path) {
    const Field& field = holder->fields[place];
    fields.push_back(&field);
    const Type& type = field.type.kind == TypeKind::optional ? field.type.arguments[0] : field.type;
    holder = type.structure;
  }
  return fields;
}

std::string part_name(const Struct& structure, const KeyPart& part) {
  if (part.computed) return part.computed->name;
  std::string name;
  for (const Field* field : fields_of(structure, part)) name += (name.empty() ? "" : ".") + field->name;
  return name;
}

Type part_type(const Struct& structure, const KeyPart& part) {
  if (part.computed) return part.computed->type;
  const std::vector<const Field*> fields = fields_of(structure, part);
  const Type& own = fields.back()->type;
  const bool through_optional = std::any_of(fields.begin(), fields.end() - 1,
                                            [](const Field* field) { return field->type.kind == TypeKind::optional; });
  if (!through_optional || own.kind == TypeKind::optional || own.cpp.empty()) return own;
  return {TypeKind::optional, "std::optional<" + own.cpp + ">", {own}, nullptr, nullptr, 0};
}

Type entry_type(const Struct& structure, const Key& key, const KeyPart& part) {
  const Type type = part_type(structure, part);
  return key.sparse || key.per_element ? entry_type(type) : type;
}

bool same_part(const KeyPart& left, const KeyPart& right) {
  if (left.computed && right.computed) return left.computed->name == right.computed->name;
  return !left.computed && !right.computed && left.path == right.path;
}

bool calls_functions(const Key& key) {
  return (key.where && key.where->is_function) ||
         std::any_of(key.parts.begin(), key.parts.end(), [](const KeyPart& part) { return part.computed.has_value(); });
}

}  // namespace netabase::compiler::schema
