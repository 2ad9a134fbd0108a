#include "tools/schema/outline.hpp"

#include "tools/schema/capnp_text.hpp"
#include "tools/schema/words.hpp"

namespace netabase::tools {

namespace {

std::string key_outline(const Key& key) {
  const std::string properties = properties_words(key);
  return "(" + parts_words(key) + ")" + (properties.empty() ? "" : ", " + properties);
}

std::string ordinal(const capnp::StructSchema::Field& field) {
  return "@" + std::to_string(field.getProto().getOrdinal().getExplicit());
}

std::string outline_of_field(const FieldShape& field) {
  const std::string enumeration = field.shape.enumeration == nullptr ? "" : field.shape.enumeration->cpp_name;
  if (field.optional) {
    return field_outline(
        "optional " + capnp_type_text(field.present.getType()), ordinal(field.absent) + " " + ordinal(field.present),
        capnp_default_text(field.present.getProto().getSlot().getDefaultValue()), enumeration, field.meaning);
  }
  if (field.field.getProto().isGroup()) return "group";
  return field_outline(capnp_type_text(field.field.getType()), ordinal(field.field),
                       capnp_default_text(field.field.getProto().getSlot().getDefaultValue()), enumeration,
                       field.meaning);
}

}  // namespace

std::string field_outline(const std::string& type, const std::string& ordinals, const std::string& default_value,
                          const std::string& enumeration, const std::string& meaning) {
  return type + " " + ordinals + (default_value.empty() ? "" : " = " + default_value) +
         (enumeration.empty() ? "" : ", " + enumeration) + (meaning.empty() ? "" : ", " + meaning);
}

Outline outline_of(const Schema& schema) {
  Outline out;
  out.definition = schema.definition();
  out.parts["definition"] = schema.definition();
  out.parts["schema version"] = std::to_string(schema.version());
  for (const Model& model : schema.models()) {
    out.parts["model " + model.name] = model.cpp_name;
    out.parts["primary key of " + model.name] = key_outline(model.primary);
    for (const Key& index : model.indexes) out.parts["index " + index.table] = key_outline(index);
  }
  for (const StructShape* shape : schema.structs()) {
    if (shape->wrapper) continue;
    for (const FieldShape& field : shape->fields) {
      if (!field.removed) out.parts["field " + shape->cpp_name + "." + field.name] = outline_of_field(field);
    }
  }
  for (const auto& [name, enumeration] : schema.enumerations()) {
    for (const auto& one : enumeration.enumerators) {
      out.parts["enumerator " + name + "::" + one.name] = std::to_string(one.value);
    }
  }
  return out;
}

std::vector<std::string> differences(const Outline& left, const Outline& right) {
  std::vector<std::string> out;
  for (const auto& [name, text] : left.parts) {
    const auto found = right.parts.find(name);
    if (found == right.parts.end()) {
      out.push_back("- " + name + ": " + text);
    } else if (found->second != text) {
      out.push_back("~ " + name + ": " + text + " -> " + found->second);
    }
  }
  for (const auto& [name, text] : right.parts) {
    if (!left.parts.contains(name)) out.push_back("+ " + name + ": " + text);
  }
  return out;
}

}  // namespace netabase::tools
