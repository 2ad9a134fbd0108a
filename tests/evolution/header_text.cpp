#include <algorithm>
#include <stdexcept>

#include "tests/evolution/draft.hpp"
#include "tests/evolution/value.hpp"

namespace random_evolution {

namespace {

std::string arguments_of(const Draft& draft, const Type& type) {
  std::string out;
  for (const Type& argument : type.arguments) out += (out.empty() ? "" : ", ") + cpp_type(draft, argument);
  return out;
}

std::string part_text(const Draft& draft, const Model& model, const Part& part) {
  std::string out;
  for (std::size_t i = 0; i < part.path.size(); ++i) {
    const std::vector<Id> path(part.path.begin(), part.path.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    out += (i == 0 ? "" : ".") + draft.part_field(model, path)->name;
  }
  return part.descending ? "desc(" + out + ")" : out;
}

std::string where_text(const Draft& draft, const Model& model, const Index& index) {
  return "where = " + draft.structure(model.structure).find(*index.where)->name;
}

/// The attributes of a struct; `model` is null for one that is none.
std::string struct_attributes(const Draft& draft, const Struct& structure, const Model* model) {
  std::vector<std::string> all;
  if (model != nullptr) {
    all.push_back("model" + (model->stored_name.empty() ? "" : "(\"" + model->stored_name + "\")"));
    for (const Index& index : model->indexes) {
      if (index.name.empty()) continue;
      std::string text = "index(" + index.name;
      for (const Part& part : index.parts) text += ", " + part_text(draft, *model, part);
      if (index.unique) text += ", unique";
      if (index.where) text += ", " + where_text(draft, *model, index);
      all.push_back(text + ")");
    }
  }
  if (!structure.renamed_from.empty()) all.push_back("renamed_from(\"" + structure.renamed_from + "\")");
  std::string names;
  for (const std::string& name : structure.dropped) {
    const auto is_there = [&](const Field& it) { return it.name == name || it.renamed_from == name; };
    if (std::any_of(structure.fields.begin(), structure.fields.end(), is_there)) continue;
    names += (names.empty() ? "\"" : ", \"") + name + "\"";
  }
  if (!names.empty()) all.push_back("dropped(" + names + ")");
  std::string out;
  for (const std::string& one : all) out += (out.empty() ? "[[netabase::" : ", netabase::") + one;
  return out.empty() ? "" : out + "]] ";
}

std::string field_attributes(const Draft& draft, const Model* model, const Field& field) {
  std::string out;
  const auto add = [&](const std::string& attribute) {
    out += (out.empty() ? "[[" : ", ") + ("netabase::" + attribute);
  };
  if (model != nullptr) {
    if (std::find(model->primary.begin(), model->primary.end(), field.id) != model->primary.end()) {
      add(model->automatic ? "primary_key(auto)" : "primary_key");
    }
    for (const Index& index : model->indexes) {
      if (!index.name.empty() || index.parts[0].path[0] != field.id) continue;
      std::string arguments = index.unique ? "unique" : "";
      if (index.where) arguments += (arguments.empty() ? "" : ", ") + where_text(draft, *model, index);
      add("secondary_key" + (arguments.empty() ? "" : "(" + arguments + ")"));
    }
  }
  if (!field.renamed_from.empty()) add("renamed_from(\"" + field.renamed_from + "\")");
  return out.empty() ? "" : out + "]] ";
}

std::string struct_text(const Draft& draft, const Struct& structure) {
  const Model* model = nullptr;
  for (const Model& candidate : draft.models) {
    if (candidate.structure == structure.id) model = &candidate;
  }
  std::string out = "struct " + struct_attributes(draft, structure, model) + structure.name + " {\n";
  for (const Field& field : structure.fields) {
    out += "  " + field_attributes(draft, model, field) + cpp_type(draft, field.type) + " " + field.name;
    if (field.initialiser) {
      out += "{" + cpp_initialiser(draft, field.type, *field.initialiser) + "}";
    } else {
      out += "{}";
    }
    out += ";\n";
  }
  return out + "\n  bool operator==(const " + structure.name + "&) const = default;\n};\n\n";
}

}  // namespace

std::string cpp_type(const Draft& draft, const Type& type) {
  const auto of = [&](const char* name) { return std::string(name) + "<" + arguments_of(draft, type) + ">"; };
  switch (type.kind) {
    case Kind::boolean:
      return "bool";
    case Kind::int8:
      return "std::int8_t";
    case Kind::int16:
      return "std::int16_t";
    case Kind::int32:
      return "std::int32_t";
    case Kind::int64:
      return "std::int64_t";
    case Kind::uint8:
      return "std::uint8_t";
    case Kind::uint16:
      return "std::uint16_t";
    case Kind::uint32:
      return "std::uint32_t";
    case Kind::uint64:
      return "std::uint64_t";
    case Kind::int128:
      return "Int128";
    case Kind::uint128:
      return "UInt128";
    case Kind::float32:
      return "float";
    case Kind::float64:
      return "double";
    case Kind::milliseconds:
      return "std::chrono::milliseconds";
    case Kind::seconds:
      return "std::chrono::seconds";
    case Kind::days_point:
      return "std::chrono::sys_days";
    case Kind::enumeration:
      return draft.enumeration(type.id).name;
    case Kind::text:
      return "std::string";
    case Kind::path:
      return "std::filesystem::path";
    case Kind::bytes:
      return "std::vector<std::byte>";
    case Kind::fixed_bytes:
      return "std::array<std::byte, " + std::to_string(type.extent) + ">";
    case Kind::structure:
      return draft.structure(type.id).name;
    case Kind::optional:
      return of("std::optional");
    case Kind::vector:
      return of("std::vector");
    case Kind::array:
      return "std::array<" + arguments_of(draft, type) + ", " + std::to_string(type.extent) + ">";
    case Kind::set:
      return of("std::set");
    case Kind::hashed_set:
      return of("std::unordered_set");
    case Kind::map:
      return of("std::map");
    case Kind::hashed_map:
      return of("std::unordered_map");
    case Kind::pair:
      return of("std::pair");
    case Kind::tuple:
      return of("std::tuple");
    case Kind::variant:
      return of("std::variant");
  }
  throw std::logic_error("a kind without a type");
}

std::string header_text(const Draft& draft) {
  std::string out = "#pragma once\n\n";
  for (const char* const include :
       {"array", "chrono", "cstddef", "cstdint", "filesystem", "limits", "map", "optional", "set", "string", "tuple",
        "unordered_map", "unordered_set", "utility", "variant", "vector"}) {
    out += std::string("#include <") + include + ">\n";
  }
  out += "\nnamespace [[netabase::definition(" + draft.definition_name + ", " + draft.name + "Keys)]] " + draft.name +
         " {\n\n__extension__ using Int128 = __int128;\n__extension__ using UInt128 = unsigned __int128;\n\n";
  for (const Enum& enumeration : draft.enums) {
    Type underlying;
    underlying.kind = enumeration.underlying;
    out += "enum class " + enumeration.name + " : " + cpp_type(draft, underlying) + " {";
    for (const Enumerator& enumerator : enumeration.enumerators) {
      out += " " + enumerator.name + " = " + std::to_string(enumerator.value) + ",";
    }
    out += " };\n\n";
  }
  for (const Struct& structure : draft.structs) out += struct_text(draft, structure);
  return out + "}  // namespace " + draft.name + "\n";
}

}  // namespace random_evolution
