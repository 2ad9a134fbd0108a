#include "compiler/layout/capnp_text.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/layout/fingerprint.hpp"
#include "compiler/layout/type_text.hpp"

namespace netabase::compiler::layout {

namespace {

using namespace evolution;

class Writer {
 public:
  Writer(const Lock& lock, const codegen::Templates& templates) : lock_(lock), templates_(templates) {}

  std::string file(const std::string& header) const {
    codegen::Values values = {
        {"header", header},
        {"id", hex(lock_.file_id)},
        {"structs", codegen::each(lock_.structs, "\n\n", [&](const LockedStruct& it) { return structure(it); })},
        {"definitions",
         codegen::each(lock_.definitions, ",\n", [&](const LockedDefinition& it) { return definition(it); })},
        {"enumerations", codegen::each(lock_.enums, ",\n", [&](const LockedEnum& it) { return enumeration(it); })},
    };
    // Ids of the notes' own types depend on the file alone, so that two schemas can be loaded together.
    static constexpr std::array<std::string_view, 14> own = {
        "notes",   "cpp",        "enumeration", "meaning", "successor", "initially", "wrapper",
        "removed", "definition", "model",       "key",     "part",      "enum",      "enumerator"};
    std::vector<std::string> names;
    names.reserve(own.size());
    for (const std::string_view name : own) names.push_back(std::string(name) + "_id");
    for (std::size_t i = 0; i < own.size(); ++i) {
      values.emplace_back(names[i], hex(type_id(hex(lock_.file_id) + " Netabase " + std::string(own[i]))));
    }
    return templates_.print("schema/file", values) + '\n';
  }

 private:
  std::string note(const std::string& name, const std::string& text) const {
    return templates_.print("schema/note", {{"note", name}, {"text", quote(text)}});
  }

  std::string structure(const LockedStruct& structure) const {
    std::string notes;
    if (structure.wrapper) {
      notes = note("wrapper", structure.cpp_name);
    } else if (structure.cpp_name != structure.name) {
      notes = note("cpp", structure.cpp_name);
    }
    if (structure.removed) notes += note("removed", structure.cpp_name);
    return templates_.print(
        structure.is_union ? "schema/union_struct" : "schema/struct",
        {{"name", structure.name},
         {"id", hex(structure.id)},
         {"notes", notes},
         {"fields", codegen::each(structure.fields, "\n", [&](const LockedField& it) { return field(it); })}});
  }

  std::string field(const LockedField& field) const {
    std::string notes;
    if (field.removed) {
      notes = note("removed", field.cpp_name);
    } else if (field.cpp_name != field.name) {
      notes = note("cpp", field.cpp_name);
    }
    if (!field.enumeration.empty()) notes += note("enumeration", field.enumeration);
    if (!field.meaning.empty()) notes += note("meaning", field.meaning);
    if (!field.successor.empty()) notes += note("successor", field.successor);
    if (field.initially) notes += note("initially", *field.initially);
    codegen::Values values = {{"name", field.name},
                              {"ordinal", std::to_string(field.ordinal)},
                              {"type", field.type},
                              {"default", field.default_value.empty() ? "" : " = " + field.default_value},
                              {"notes", notes}};
    if (!field.absent_ordinal) return templates_.print("schema/field", values);
    values.emplace_back("absent", std::to_string(*field.absent_ordinal));
    return templates_.print(
        *field.absent_ordinal < field.ordinal ? "schema/union_absent_first" : "schema/union_value_first", values);
  }

  std::string definition(const LockedDefinition& definition) const {
    return templates_.print(
        "schema/definition",
        {{"name", quote(definition.name)},
         {"cpp_namespace", quote(definition.cpp_namespace)},
         {"schema_version", std::to_string(definition.schema_version)},
         {"models", codegen::each(definition.models, ",\n", [&](const LockedModel& it) { return model(it); })}});
  }

  std::string model(const LockedModel& model) const {
    codegen::Values values = {{"number", std::to_string(model.number)},
                              {"table", quote(model.table)},
                              {"record", quote(model.record)},
                              {"flags", model.removed ? ", removed = true" : ""},
                              {"primary", index(model.primary, false)}};
    if (model.indexes.empty()) return templates_.print("schema/model_without_indexes", values);
    values.emplace_back("indexes",
                        codegen::each(model.indexes, ",\n", [&](const LockedIndex& it) { return index(it, true); }));
    return templates_.print("schema/model", values);
  }

  static std::string part_flags(const LockedPart& part) {
    std::string flags = part.descending ? ", descending = true" : "";
    if (!part.computed.empty()) flags += ", computed = " + quote(part.computed);
    return flags;
  }

  std::string index(const LockedIndex& index, bool secondary) const {
    std::string flags;
    if (index.unique && secondary) flags += ", unique = true";
    if (index.automatic) flags += ", automatic = true";
    if (index.sparse) flags += ", sparse = true";
    if (index.per_element) flags += ", perElement = true";
    if (index.max_length != 0) flags += ", maxLength = " + std::to_string(index.max_length);
    if (!index.link.empty()) flags += ", link = " + quote(index.link) + ", onDelete = " + quote(index.on_delete);
    if (index.removed) flags += ", removed = true";
    if (!index.where.empty()) flags += ", where = " + quote(index.where);
    return templates_.print(
        "schema/index",
        {{"number", std::to_string(index.number)},
         {"name", quote(index.name)},
         {"flags", flags},
         {"parts", codegen::each(index.parts, ", ", [&](const LockedPart& part) {
            return templates_.print("schema/part", {{"field", quote(part.field)}, {"flags", part_flags(part)}});
          })}});
  }

  std::string enumeration(const LockedEnum& enumeration) const {
    return templates_.print("schema/enumeration",
                            {{"cpp", quote(enumeration.cpp_name)},
                             {"underlying", quote(enumeration.underlying)},
                             {"enumerators", codegen::each(enumeration.enumerators, ",\n", [&](const auto& it) {
                                return templates_.print("schema/enumerator", {{"name", quote(it.name)},
                                                                              {"value", std::to_string(it.value)}});
                              })}});
  }

  const Lock& lock_;
  const codegen::Templates& templates_;
};

}  // namespace

std::string capnp_text(const Lock& lock, const std::string& header, const codegen::Templates& templates) {
  return Writer(lock, templates).file(header);
}

}  // namespace netabase::compiler::layout
