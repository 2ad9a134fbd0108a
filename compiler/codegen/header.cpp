#include "compiler/codegen/header.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "compiler/codegen/context.hpp"
#include "compiler/codegen/cpp_text.hpp"
#include "compiler/codegen/model.hpp"
#include "compiler/codegen/record.hpp"
#include "compiler/codegen/wrapper.hpp"
#include "compiler/evolution/capnp_names.hpp"
#include "compiler/evolution/wrappers.hpp"
#include "compiler/layout/fingerprint.hpp"
#include "compiler/layout/stored_schema.hpp"
#include "compiler/schema/cycles.hpp"
#include "compiler/schema/names.hpp"
#include "compiler/schema/types.hpp"

namespace netabase::compiler::codegen {

namespace {

using schema::Type;
using schema::TypeKind;

std::string stem(const std::string& header) { return header.substr(0, header.rfind('.')); }

/// The runtime's headers that not every generated header needs.
class Includes {
 public:
  void add(const schema::Definition& definition) {
    for (const schema::Struct* structure : definition.structs) {
      for (const schema::Field& field : structure->fields) add(field.type);
    }
  }

  std::string print(const Templates& templates) const {
    return each(files_, "\n", [&](const std::string& file) {
      return templates.print("header/include", {{"file", file}});
    });
  }

 private:
  void add(const Type& type) {
    const char* name = schema::is_chrono(type) ? "chrono" : type.kind == TypeKind::path ? "path" : nullptr;
    if (name != nullptr) {
      for (const char* folder : {"codec/", "key/"}) files_.insert(std::string("netabase/") + folder + name + ".hpp");
    }
    for (const Type& argument : type.arguments) add(argument);
  }

  std::set<std::string> files_;
};

/// Records and wrappers, each behind those that it is made of; those that contain each other together.
class StructsCode {
 public:
  explicit StructsCode(const Context& context) : context_(context) {}

  std::string print() {
    for (const schema::StructGroup& group : schema::struct_groups(context_.definition)) {
      for (const schema::Struct* structure : group.structs) {
        for (const schema::Field& field : structure->fields) add(field.type, false);
      }
      if (group.is_recursive) {
        print_recursive(group);
      } else {
        flush_wrappers();
        blocks_.push_back(rule(context_, group.structs.front()->name));
        blocks_.push_back(record_code(context_, *group.structs.front()));
      }
    }
    return join(blocks_, "\n\n");
  }

 private:
  /// Collects the wrappers that a type needs. `nested`: it is that of a list's elements or of an optional's value.
  void add(const Type& type, bool nested) {
    for (const Type& argument : type.arguments) add(argument, true);
    if (!evolution::always_wrapped(type) && (!nested || !evolution::needs_wrapper(type))) return;
    // An optional's value needs one only when it is an optional itself; the lock knows.
    const std::string name = evolution::wrapped_name(type);
    const auto& structs = context_.lock.structs;
    const bool locked = std::any_of(structs.begin(), structs.end(),
                                    [&](const auto& it) { return it.wrapper && !it.removed && it.cpp_name == name; });
    if (locked && wrapped_.insert(name).second) wrappers_.push_back(&type);
  }

  /// Structs that contain each other: everything is declared, then the borrowed records, the codecs, the wrappers'
  /// codecs, and at last what all of these are needed for.
  void print_recursive(const schema::StructGroup& group) {
    std::vector<std::string> forward;
    std::vector<RecursiveRecord> records;
    for (const schema::Struct* structure : group.structs) {
      forward.push_back(forward_record(context_, *structure));
      records.push_back(recursive_record_code(context_, *structure));
    }
    std::string names;
    for (const schema::Struct* structure : group.structs) names += (names.empty() ? "" : ", ") + structure->name;
    blocks_.push_back(rule(context_, names));
    blocks_.push_back(context_.templates.print("header/forward_structs", {{"structs", join(forward, "\n")}}));
    if (!wrappers_.empty()) {
      blocks_.push_back(context_.templates.print(
          "header/forward_wrappers",
          {{"namespace", context_.wrapper_namespace()},
           {"wrappers", each(wrappers_, "\n", [&](const Type* type) { return forward_wrapper(context_, *type); })}}));
    }
    for (const RecursiveRecord& record : records) blocks_.push_back(record.ref);
    for (const RecursiveRecord& record : records) blocks_.push_back(record.codec);
    flush_wrappers();
    for (const RecursiveRecord& record : records) blocks_.push_back(record.definitions);
  }

  void flush_wrappers() {
    if (wrappers_.empty()) return;
    blocks_.push_back(context_.templates.print(
        "header/wrappers",
        {{"namespace", context_.wrapper_namespace()},
         {"codecs", each(wrappers_, "\n\n", [&](const Type* type) { return wrapper_code(context_, *type); })}}));
    wrappers_.clear();
  }

  const Context& context_;
  std::set<std::string> wrapped_;
  std::vector<const Type*> wrappers_;
  std::vector<std::string> blocks_;
};

class DefinitionCode {
 public:
  explicit DefinitionCode(const Context& context)
      : context_(context), templates_(context.templates), definition_(context.definition) {
    for (const auto& locked : context.locked_definition().models) {
      for (const schema::Model& model : definition_.models) {
        if (!locked.removed && locked.table == model.stored_name) models_.emplace_back(&model, locked.number);
      }
    }
  }

  std::string print() const {
    Values values = {{"content", content()}, {"specialisations", specialisations()}};
    if (definition_.cpp_namespace.empty()) return templates_.print("header/global", values);
    values.emplace_back("namespace", definition_.cpp_namespace);
    return templates_.print("header/in_namespace", values);
  }

 private:
  using NumberedModel = std::pair<const schema::Model*, std::uint16_t>;

  std::string each_model(std::string_view separator,
                         const std::function<std::string(const schema::Struct&)>& name) const {
    return each(models_, separator, [&](const NumberedModel& it) { return name(*it.first->structure); });
  }

  std::string declaration(const std::string& name) const {
    return templates_.print("header/declaration", {{"name", name}});
  }

  std::string declarations() const {
    std::vector<std::string> out = {declaration(definition_.name)};
    for (const auto& [model, number] : models_) {
      const schema::Struct& structure = *model->structure;
      out.push_back(declaration(schema::model_name(structure)));
      out.push_back(declaration(schema::join_name(structure, "primary", "index")));
      for (const schema::Key* key : secondary_in_order(context_, *model)) {
        out.push_back(declaration(schema::index_name(structure, *key)));
      }
    }
    return join(out, "\n");
  }

  std::string content() const {
    std::vector<std::pair<std::string, std::uint16_t>> enumerators;
    for (const auto& [model, number] : models_) enumerators.emplace_back(model->structure->name, number);
    const std::string model_enum = schema::model_enum_name(definition_);
    const std::string bytes = layout::stored_schema(definition_, context_.lock, context_.file);
    const std::string models = each(models_, "\n\n", [&](const NumberedModel& it) {
      return join({rule(context_, "the model " + it.first->structure->name), model_code(context_, *it.first)}, "\n\n");
    });
    return templates_.print(
        "header/definition",
        {{"declarations", declarations()},
         {"structs", StructsCode(context_).print()},
         {"models", models},
         {"rule", rule(context_, "the definition")},
         {"model_enum", model_enum},
         {"declaration", enum_code(context_, "enum class " + model_enum + " : std::uint16_t", enumerators)},
         {"cases", case_lines(context_, model_enum, enumerators)},
         {"keys", definition_.keys_name},
         {"qualified_keys", context_.qualified(definition_.keys_name)},
         {"model_keys", each_model(", ", schema::keys_name)},
         {"model_list", each_model(", ", schema::model_name)},
         {"name", definition_.name},
         {"qualified", context_.qualified(definition_.name)},
         {"capnp", context_.capnp_name},
         {"schema_version", std::to_string(context_.locked_definition().schema_version)},
         {"fingerprint", layout::hex(layout::fingerprint(bytes))},
         {"bytes", string_literal_lines(bytes, 100) + ";"}});
  }

  std::string specialisations() const {
    std::vector<std::string> out;
    for (const auto& [model, number] : models_) {
      const schema::Struct& structure = *model->structure;
      // The struct's own namespace may be another one than the definition's.
      const std::string record = evolution::plain_name(structure.qualified_name);
      out.push_back(
          templates_.print("header/model_of", {{"record", definition_.cpp_namespace.empty() ? "::" + record : record},
                                               {"model", context_.qualified(schema::model_name(structure))}}));
      out.push_back(hash(schema::primary_key_name(structure)));
      for (const schema::Key* key : secondary_in_order(context_, *model)) {
        out.push_back(hash(schema::secondary_key_name(structure, *key)));
      }
    }
    return join(out, "\n");
  }

  std::string hash(const std::string& key) const {
    // "template <>" has a line of its own.
    const std::size_t width = line_width + std::string_view("template <>\n").size();
    return templates_.print_fitting("header/hash", "header/long_hash", width, {{"key", context_.qualified(key)}});
  }

  const Context& context_;
  const Templates& templates_;
  const schema::Definition& definition_;
  std::vector<NumberedModel> models_;
};

/// One blank line is enough, none behind the opening of a block or before its end; those of namespaces keep theirs.
std::string tidy_blank_lines(std::string_view text) {
  std::string out;
  std::string_view last;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string_view line = text.substr(start, end - start);
    start = end + 1;
    const bool after_blank = out.ends_with("\n\n");
    const bool opening = (last.ends_with('{') && !last.starts_with("namespace ")) || last.ends_with(':');
    if (line.empty() && (after_blank || opening)) continue;
    last = line;
    if (after_blank && line.find_first_not_of(" };") == std::string_view::npos) out.pop_back();
    out.append(line).append("\n");
  }
  return out;
}

}  // namespace

std::string generate_header(const std::string& header, const std::vector<const schema::Definition*>& definitions,
                            const evolution::Lock& lock, const layout::CapnpFile& file, const Templates& templates) {
  std::vector<std::string> blocks;
  std::vector<std::string> about;
  std::string guard = "NETABASE_GENERATED";
  Includes includes;
  for (const schema::Definition* definition : definitions) {
    includes.add(*definition);
    const Context context{*definition, lock, file, templates, stem(header) + ".capnp"};
    blocks.push_back(DefinitionCode(context).print());
    about.push_back(context.qualified(definition->name));
    guard += "_" + about.back();
  }
  for (std::size_t at = guard.find("::"); at != std::string::npos; at = guard.find("::", at)) guard.replace(at, 2, "_");
  const std::string text = templates.print("header/file", {{"version", NETABASE_VERSION},
                                                           {"guard", guard},
                                                           {"source", header},
                                                           {"header", stem(header) + ".netabase.hpp"},
                                                           {"about", join(about, ", ")},
                                                           {"includes", includes.print(templates)},
                                                           {"code_version", std::to_string(generated_code_version)},
                                                           {"definitions", join(blocks, "\n\n")}});
  return wrap_lines(tidy_blank_lines(text));
}

}  // namespace netabase::compiler::codegen
