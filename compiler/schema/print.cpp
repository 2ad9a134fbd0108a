#include "compiler/schema/print.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <type_traits>

#include "compiler/schema/key_parts.hpp"

namespace netabase::compiler::schema {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      std::array<char, 5> escape{};
      std::snprintf(escape.data(), escape.size(), "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
      out += escape.data();
    } else {
      out += c;
    }
  }
  return out + "\"";
}

/// The shortest decimal that reads back as the same value, in any locale.
std::string number(double value) {
  std::array<char, 64> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} ? std::string(text.data(), end) : std::string("?");
}

std::string value(const DefaultValue& value) {
  return std::visit(
      [](const auto& held) -> std::string {
        using Held = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<Held, std::monostate>) {
          return {};
        } else if constexpr (std::is_same_v<Held, bool>) {
          return held ? "true" : "false";
        } else if constexpr (std::is_same_v<Held, std::string>) {
          return quoted(held);
        } else if constexpr (std::is_same_v<Held, double>) {
          return number(held);
        } else {
          return std::to_string(held);
        }
      },
      value);
}

void print_struct(std::string& out, const Struct& structure) {
  out += "  struct " + structure.qualified_name;
  if (structure.qualified_name.substr(structure.qualified_name.rfind(':') + 1) != structure.name) {
    out += " as " + structure.name;
  }
  if (structure.snake_case) out += " (snake_case)";
  if (structure.renamed_from) out += ", renamed from " + *structure.renamed_from;
  out += '\n';
  for (const Field& field : structure.fields) {
    out += "    " + field.name + ": " + field.type.cpp;
    if (!std::holds_alternative<std::monostate>(field.default_value)) out += " = " + value(field.default_value);
    if (field.renamed_from) out += ", renamed from " + *field.renamed_from;
    out += '\n';
  }
  for (const std::string& name : structure.skipped) out += "    " + name + ": skipped\n";
  for (const DroppedName& dropped : structure.dropped) out += "    " + dropped.name + ": dropped\n";
}

void print_enum(std::string& out, const Enum& enumeration) {
  static constexpr std::array<const char*, 9> kinds = {"bool",          "std::int8_t",   "std::int16_t",
                                                       "std::int32_t",  "std::int64_t",  "std::uint8_t",
                                                       "std::uint16_t", "std::uint32_t", "std::uint64_t"};
  const auto kind = static_cast<std::size_t>(enumeration.underlying);
  out += enumeration.scoped ? "  enum class " : "  enum ";
  out += enumeration.qualified_name + " : " + (kind < kinds.size() ? kinds[kind] : "?") + "\n";
  for (const Enumerator& enumerator : enumeration.enumerators) {
    out += "    " + enumerator.name + " = ";
    out += enumeration.underlying == TypeKind::uint64 ? std::to_string(static_cast<std::uint64_t>(enumerator.value))
                                                      : std::to_string(enumerator.value);
    out += '\n';
  }
}

void print_key(std::string& out, const Key& key, const Definition& definition, const Struct& structure) {
  out += "    key " + key.name + ": ";
  for (std::size_t i = 0; i < key.parts.size(); ++i) {
    if (i > 0) out += ", ";
    out += part_name(structure, key.parts[i]);
    if (key.parts[i].computed) out += "() -> " + key.parts[i].computed->returns;
    if (key.parts[i].descending) out += " descending";
  }
  std::string marks;
  const auto mark = [&](bool is_set, const std::string& text) {
    if (is_set) marks += (marks.empty() ? "" : ", ") + text;
  };
  mark(key.unique, "unique");
  mark(key.automatic, "auto");
  mark(key.declared_on_field, key.parts[0].computed ? "on the function" : "on the field");
  mark(key.sparse, "sparse");
  mark(key.per_element, "per element");
  mark(key.max_length != 0, "at most " + std::to_string(key.max_length) + " bytes");
  if (key.link && key.link->model) {
    mark(true, "links to " + definition.models[*key.link->model].structure->name);
    mark(true, "on_delete = " + std::string(name_of(key.link->on_delete)));
  }
  if (key.where) mark(true, "where " + key.where->name + (key.where->is_function ? "()" : ""));
  if (!marks.empty()) out += " (" + marks + ")";
  out += '\n';
}

}  // namespace

std::string print(const Schema& schema) {
  std::string out;
  for (const Definition& definition : schema.definitions) {
    out += "definition " + definition.name + ", keys " + definition.keys_name + ", namespace " +
           (definition.cpp_namespace.empty() ? "::" : definition.cpp_namespace) + ", header " + definition.header +
           "\n";
    for (const Enum* enumeration : definition.enums) print_enum(out, *enumeration);
    for (const Struct* structure : definition.structs) print_struct(out, *structure);
    for (const Model& model : definition.models) {
      out += "  model " + model.structure->name + ", stored as " + quoted(model.stored_name) + "\n";
      print_key(out, model.primary, definition, *model.structure);
      for (const Key& key : model.secondary) print_key(out, key, definition, *model.structure);
    }
  }
  return out;
}

}  // namespace netabase::compiler::schema
