#include "tools/schema/words.hpp"

#include "tools/json/text.hpp"
#include "tools/schema/capnp_text.hpp"

namespace netabase::tools {

namespace {

std::string integer_type(const Shape& shape) {
  const std::string capnp = capnp_type_text(shape.type);  // "UInt16"
  return shape.kind == Shape::Kind::signed_integer ? "std::int" + capnp.substr(3) + "_t"
                                                   : "std::uint" + capnp.substr(4) + "_t";
}

/// As it stands in [[netabase::link]].
std::string_view name_of(stored::OnDelete policy) {
  switch (policy) {
    case stored::OnDelete::RESTRICT:
      return "restrict";
    case stored::OnDelete::CASCADE:
      return "cascade";
    case stored::OnDelete::SET_NULL:
      return "set_null";
  }
  return "unknown";
}

class JsonWriter {
 public:
  std::string out;

  void name(std::string_view text) {
    if (!out.empty() && out.back() != '{' && out.back() != '[') out += ',';
    json::append_string(out, text);
    out += ':';
  }
  void text(std::string_view key, std::string_view value) {
    name(key);
    json::append_text(out, value);
  }
  void number(std::string_view key, std::uint64_t value) {
    name(key);
    json::append_number(out, value);
  }
  /// Only said when it is so.
  void flag(std::string_view key, bool value) {
    if (!value) return;
    name(key);
    out += "true";
  }
  void open(char bracket) {
    if (!out.empty() && (out.back() == '}' || out.back() == ']')) out += ',';
    out += bracket;
  }
};

void append_key(JsonWriter& json, const Key& key) {
  json.text("name", key.name);
  json.text("table", key.table);
  json.number("number", key.number);
  json.flag("unique", key.unique);
  json.flag("sparse", key.sparse);
  json.flag("per_element", key.per_element);
  json.flag("automatic", key.automatic);
  if (key.max_length != 0) json.number("max_length", key.max_length);
  if (!key.link.empty()) {
    json.text("link", key.link);
    json.text("on_delete", name_of(key.on_delete));
  }
  if (!key.where.empty()) json.text("where", key.where);
  json.name("parts");
  json.out += '[';
  for (const Part& part : key.parts) {
    json.open('{');
    json.text("field", part.name);
    json.flag("descending", part.descending);
    json.flag("optional", part.optional);
    json.flag("computed", part.computed);
    json.out += '}';
  }
  json.out += ']';
}

void append_struct(JsonWriter& json, const StructShape& shape) {
  json.open('{');
  json.text("name", shape.cpp_name);
  json.name("fields");
  json.out += '[';
  for (const FieldShape& field : shape.fields) {
    json.open('{');
    json.text("name", field.name);
    json.text("type", cpp_type(field));
    json.flag("removed", field.removed);
    json.out += '}';
  }
  json.out += "]}";
}

}  // namespace

namespace {

/// "std::set<std::string>", "std::array<std::int32_t, 3>", "std::map<std::string, bool>".
std::string container_type(const Shape& shape) {
  const std::string name = shape.meaning.empty() ? "std::vector" : shape.meaning;
  const Shape& element = *shape.element;
  std::string arguments;
  const bool is_map = name.ends_with("map") && element.structure != nullptr && element.structure->fields.size() == 2;
  if (is_map) {
    arguments = cpp_type(element.structure->fields[0]) + ", " + cpp_type(element.structure->fields[1]);
  } else {
    arguments = cpp_type(element);
  }
  if (shape.extent != 0) arguments += ", " + std::to_string(shape.extent);
  return name + "<" + arguments + ">";
}

}  // namespace

std::string cpp_type(const Shape& shape) {
  if (shape.enumeration != nullptr && shape.kind != Shape::Kind::list) return shape.enumeration->cpp_name;
  switch (shape.kind) {
    case Shape::Kind::nothing:
      return "std::monostate";
    case Shape::Kind::boolean:
      return "bool";
    case Shape::Kind::signed_integer:
    case Shape::Kind::unsigned_integer:
      return shape.meaning.empty() ? integer_type(shape) : shape.meaning;
    case Shape::Kind::float32:
      return "float";
    case Shape::Kind::float64:
      return "double";
    case Shape::Kind::text:
      return shape.path ? "std::filesystem::path" : "std::string";
    case Shape::Kind::bytes:
      return shape.extent == 0 ? "std::vector<std::byte>"
                               : "std::array<std::byte, " + std::to_string(shape.extent) + ">";
    case Shape::Kind::list:
      return container_type(shape);
    case Shape::Kind::wide_signed:
      return "__int128";
    case Shape::Kind::wide_unsigned:
      return "unsigned __int128";
    case Shape::Kind::structure:
    case Shape::Kind::wrapper:
      break;
  }
  return shape.structure->cpp_name;
}

std::string cpp_type(const FieldShape& field) {
  return field.optional ? "std::optional<" + cpp_type(field.shape) + ">" : cpp_type(field.shape);
}

std::string parts_words(const Key& key) {
  std::string out;
  for (const Part& part : key.parts) {
    if (!out.empty()) out += ", ";
    out += part.descending ? "desc(" + part.name + ")" : part.name;
  }
  return out;
}

std::string properties_words(const Key& key) {
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : ", ") + text; };
  if (key.automatic) add("automatic");
  if (key.unique && key.number != 0) add("unique");
  if (key.sparse) add("no entry when absent");
  if (key.per_element) add("an entry for each element");
  if (key.max_length != 0) add("at most " + std::to_string(key.max_length) + " bytes");
  if (!key.link.empty()) add("a link to " + key.link + ", on_delete = " + std::string(name_of(key.on_delete)));
  if (!key.where.empty()) add("where " + key.where);
  return out;
}

std::vector<std::string> model_words(const Model& model) {
  std::vector<std::string> lines;
  lines.push_back("model " + model.cpp_name +
                  (model.cpp_name.ends_with("::" + model.name) ? "" : ", table " + model.name));
  const auto add = [&](const std::string& what, const Key& key) {
    const std::string properties = properties_words(key);
    lines.push_back("  " + what + " (" + parts_words(key) + ")" + (properties.empty() ? "" : ": " + properties));
  };
  add("primary key", model.primary);
  for (const Key& index : model.indexes) add("index " + index.name, index);
  return lines;
}

std::string schema_words(const Schema& schema) {
  std::string out = "definition " + schema.definition() + ", version " + std::to_string(schema.version()) + "\n";
  for (const Model& model : schema.models()) {
    out += '\n';
    for (const std::string& line : model_words(model)) out += line + '\n';
  }
  for (const StructShape* shape : schema.structs()) {
    if (shape->wrapper) continue;
    out += "\nstruct " + shape->cpp_name + '\n';
    for (const FieldShape& field : shape->fields) {
      if (!field.removed) out += "  " + cpp_type(field) + ' ' + field.name + '\n';
    }
  }
  for (const auto& [name, enumeration] : schema.enumerations()) {
    out += "\nenum " + name + '\n';
    for (const auto& enumerator : enumeration.enumerators) {
      out += "  " + enumerator.name + " = " + std::to_string(enumerator.value) + '\n';
    }
  }
  return out;
}

std::string schema_json(const Schema& schema) {
  JsonWriter json;
  json.out = "{";
  json.text("definition", schema.definition());
  json.number("schema_version", schema.version());
  json.name("models");
  json.out += '[';
  for (const Model& model : schema.models()) {
    json.open('{');
    json.text("name", model.name);
    json.text("struct", model.cpp_name);
    json.number("number", model.number);
    json.name("primary_key");
    json.out += '{';
    append_key(json, model.primary);
    json.out += '}';
    json.name("indexes");
    json.out += '[';
    for (const Key& index : model.indexes) {
      json.open('{');
      append_key(json, index);
      json.out += '}';
    }
    json.out += "]}";
  }
  json.out += ']';
  json.name("structs");
  json.out += '[';
  for (const StructShape* shape : schema.structs()) append_struct(json, *shape);
  json.out += ']';
  json.name("enums");
  json.out += '{';
  for (const auto& [name, enumeration] : schema.enumerations()) {
    json.name(name);
    json.out += '{';
    for (const auto& enumerator : enumeration.enumerators) {
      json.name(enumerator.name);
      json::append_number(json.out, enumerator.value);
    }
    json.out += '}';
  }
  json.out += "}}";
  return json.out;
}

}  // namespace netabase::tools
