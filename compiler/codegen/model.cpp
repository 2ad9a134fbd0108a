#include "compiler/codegen/model.hpp"

#include <algorithm>

#include "compiler/codegen/cpp_text.hpp"
#include "compiler/codegen/each_key.hpp"
#include "compiler/codegen/record.hpp"
#include "compiler/schema/key_parts.hpp"
#include "compiler/schema/names.hpp"
#include "compiler/schema/types.hpp"

namespace netabase::compiler::codegen {

namespace {

using schema::Key;
using schema::KeyPart;
using schema::Type;

class ModelCode {
 public:
  ModelCode(const Context& context, const schema::Model& model)
      : context_(context),
        templates_(context.templates),
        model_(model),
        structure_(*model.structure),
        record_(context.record(structure_)),
        secondary_(secondary_in_order(context, model)) {}

  std::string print() const {
    std::vector<std::string> blocks = {key_enum(), key(model_.primary)};
    for (const Key* secondary : secondary_) blocks.push_back(key(*secondary));
    blocks.push_back(variants());
    blocks.push_back(index(model_.primary));
    for (const Key* secondary : secondary_) blocks.push_back(index(*secondary));
    blocks.push_back(description());
    return join(blocks, "\n\n");
  }

 private:
  bool is_primary(const Key& key) const { return &key == &model_.primary; }
  static const char* primary_name() { return "primary"; }

  std::string key_name(const Key& key) const {
    return is_primary(key) ? schema::primary_key_name(structure_) : schema::secondary_key_name(structure_, key);
  }
  std::string index_name(const Key& key) const {
    return is_primary(key) ? schema::join_name(structure_, primary_name(), "index")
                           : schema::index_name(structure_, key);
  }
  std::string plain_name(const Key& key) const { return is_primary(key) ? primary_name() : key.name; }

  std::string part_name(const KeyPart& part) const { return schema::part_name(structure_, part); }

  /// What one index entry holds of the part.
  Type part_type(const Key& key, const KeyPart& part) const { return schema::entry_type(structure_, key, part); }

  /// The members of the strong key: "email", "address_zip".
  std::vector<std::string> key_members(const Key& key) const {
    std::vector<std::string> members;
    for (const KeyPart& part : key.parts) {
      std::string name = part_name(part);
      std::replace(name.begin(), name.end(), '.', '_');
      members.push_back(fresh_name(key_member_name(name), members));
    }
    return members;
  }

  std::vector<std::pair<std::string, std::uint16_t>> enumerators() const {
    std::vector<std::pair<std::string, std::uint16_t>> out = {{primary_name(), std::uint16_t{0}}};
    for (const Key* secondary : secondary_) out.emplace_back(secondary->name, number(*secondary));
    return out;
  }

  std::uint16_t number(const Key& key) const {
    for (const auto& model : context_.locked_definition().models) {
      if (model.table != model_.stored_name) continue;
      for (const auto& index : model.indexes) {
        if (index.name == key.name) return index.number;
      }
    }
    return 0;
  }

  std::string key_enum() const {
    const std::string name = schema::key_enum_name(structure_);
    return templates_.print(
        "model/key_enum",
        {{"name", structure_.name},
         {"key_enum", name},
         {"declaration", enum_code(context_, "enum class " + name + " : std::uint16_t", enumerators())},
         {"cases", case_lines(context_, name, enumerators())}});
  }

  std::string key(const Key& key) const {
    const std::vector<std::string> members = key_members(key);
    std::vector<std::string> taken = members;
    std::vector<std::string> parameters;
    std::vector<std::string> initialisers;
    std::vector<std::string> declarations;
    bool constant = true;
    for (std::size_t i = 0; i < members.size(); ++i) {
      const Type type = part_type(key, key.parts[i]);
      const std::string parameter = fresh_name(members[i] + "_", taken);
      taken.push_back(parameter);
      constant = constant && is_number(type);
      parameters.push_back(type.cpp + ' ' + parameter);
      initialisers.push_back(members[i] + '(' + (is_number(type) ? parameter : "std::move(" + parameter + ')') + ')');
      declarations.push_back(templates_.print("model/member", {{"type", type.cpp}, {"name", members[i]}}));
    }
    const std::string name = key_name(key);
    const std::string constexpr_word = constant ? "constexpr " : "";
    return templates_.print(
        "model/key",
        {{"about", about_key(key)},
         {"key", name},
         {"index", index_name(key)},
         {"members", join(declarations, "\n")},
         {"constexpr", constexpr_word},
         {"constructor", templates_.print_fitting("model/constructor", "model/long_constructor", member_width,
                                                  {{"constexpr", constexpr_word},
                                                   {"key", name},
                                                   {"parameters", join(parameters, ", ")},
                                                   {"initialisers", join(initialisers, ", ")}})},
         {"to_string",
          templates_.print_fitting("model/to_string", "model/long_to_string", member_width, {{"key", name}})},
         {"parts", join(members, ", ")}});
  }

  std::string about_key(const Key& key) const {
    if (is_primary(key)) return templates_.print("model/about_primary_key", {{"name", structure_.name}});
    return templates_.print(
        "model/about_key",
        {{"name", structure_.name}, {"index", key.name}, {"kind", key.unique ? "unique" : "not unique"}});
  }

  std::string variants() const {
    const std::string list =
        secondary_.empty() ? "std::monostate" : each(secondary_, ", ", [&](const Key* it) { return key_name(*it); });
    return templates_.print("model/key_variants", {{"name", structure_.name},
                                                   {"secondary_keys", schema::secondary_keys_name(structure_)},
                                                   {"keys", schema::keys_name(structure_)},
                                                   {"list", list},
                                                   {"primary_key", key_name(model_.primary)}});
  }

  std::string index(const Key& key) const {
    const std::string parts = each(key.parts, ", ", [&](const KeyPart& part) {
      const std::string type = part_type(key, part).cpp;
      return part.descending ? "netabase::key::Desc<" + type + ">" : type;
    });
    const std::string fields = each(key.parts, ", ", [&](const KeyPart& part) { return field_path(part); });
    const std::string table = is_primary(key) ? model_.stored_name : model_.stored_name + "." + key.name;
    std::string member;
    if (key.declared_on_field && key.parts.size() == 1) {
      member = templates_.print("model/member_pointer", {{"record", record_}, {"field", part_name(key.parts[0])}});
    }
    const Values about =
        is_primary(key) ? Values{{"name", structure_.name}} : Values{{"name", structure_.name}, {"index", key.name}};
    return templates_.print(
        "model/index",
        {{"about", templates_.print(is_primary(key) ? "model/about_primary_index" : "model/about_index", about)},
         {"index", index_name(key)},
         {"model", schema::model_name(structure_)},
         {"key", key_name(key)},
         {"parts", parts},
         {"fields", fields},
         {"key_enum", schema::key_enum_name(structure_)},
         {"name", plain_name(key)},
         {"member", member},
         {"table", string_literal(table)},
         {"unique", key.unique || is_primary(key) ? "true" : "false"},
         {"max_length", std::to_string(key.max_length)},
         {"link", link(key)},
         {"each_about", each_key_about(context_, key)},
         {"record", record_},
         {"ref", schema::ref_name(structure_)},
         {"partial", key.where ? templates_.print("model/partial", {}) : std::string()},
         {"functions", functions(key)},
         {"each_owned", each_key_body(context_, structure_, key, RecordForm::owned)},
         {"each_ref", each_key_body(context_, structure_, key, RecordForm::borrowed)}});
  }

  /// The part as queries name its field: the members that lead to it; `void` when it is computed.
  std::string field_path(const KeyPart& part) const {
    if (part.computed) return "void";
    std::vector<std::string> members;
    const schema::Struct* holder = &structure_;
    for (const schema::Field* field : schema::fields_of(structure_, part)) {
      members.push_back("&" + context_.record(*holder) + "::" + field->name);
      const Type& type = field->type.kind == schema::TypeKind::optional ? field->type.arguments[0] : field->type;
      holder = type.structure;
    }
    return "netabase::FieldPath<" + join(members, ", ") + ">";
  }

  std::string link(const Key& key) const {
    if (!key.link) return {};
    const schema::Struct& target = *context_.definition.models[*key.link->model].structure;
    const bool is_keyword = key.link->on_delete == schema::OnDelete::restrict_;
    return templates_.print("model/link",
                            {{"target", schema::model_name(target)},
                             {"on_delete", schema::name_of(key.link->on_delete) + std::string(is_keyword ? "_" : "")}});
  }

  /// What an index says of the functions that it calls.
  std::string functions(const Key& key) const {
    if (!schema::calls_functions(key)) return {};
    std::vector<std::string> lines = {templates_.print("model/calls_functions", {})};
    for (const KeyPart& part : key.parts) {
      if (!part.computed) continue;
      lines.push_back(templates_.print("model/function_assertion", {{"name", structure_.name},
                                                                    {"record", record_},
                                                                    {"function", part.computed->name},
                                                                    {"type", part.computed->returns}}));
    }
    return join(lines, "\n");
  }

  std::string description() const {
    std::string automatic;
    if (model_.primary.automatic) {
      automatic = templates_.print("model/automatic_member",
                                   {{"record", record_}, {"field", part_name(model_.primary.parts[0])}});
    }
    return templates_.print("model/model",
                            {{"name", structure_.name},
                             {"model", schema::model_name(structure_)},
                             {"record", record_},
                             {"ref", schema::ref_name(structure_)},
                             {"codec", schema::codec_name(structure_)},
                             {"key_enum", schema::key_enum_name(structure_)},
                             {"primary_key", key_name(model_.primary)},
                             {"primary_index", index_name(model_.primary)},
                             {"secondary_keys", schema::secondary_keys_name(structure_)},
                             {"keys", schema::keys_name(structure_)},
                             {"definition", context_.qualified(context_.definition.name)},
                             {"indexes", each(secondary_, ", ", [&](const Key* it) { return index_name(*it); })},
                             {"table", string_literal(model_.stored_name)},
                             {"schema_version", std::to_string(context_.locked_definition().schema_version)},
                             {"automatic", model_.primary.automatic ? "true" : "false"},
                             {"automatic_member", automatic}});
  }

  const Context& context_;
  const Templates& templates_;
  const schema::Model& model_;
  const schema::Struct& structure_;
  std::string record_;
  std::vector<const Key*> secondary_;
};

}  // namespace

std::vector<const Key*> secondary_in_order(const Context& context, const schema::Model& model) {
  std::vector<const Key*> out;
  for (const auto& locked : context.locked_definition().models) {
    if (locked.table != model.stored_name) continue;
    for (const auto& index : locked.indexes) {
      for (const Key& key : model.secondary) {
        if (!index.removed && key.name == index.name) out.push_back(&key);
      }
    }
  }
  return out;
}

std::string enum_code(const Context& context, const std::string& head,
                      const std::vector<std::pair<std::string, std::uint16_t>>& enumerators) {
  const auto print = [&](std::string_view separator) {
    return each(enumerators, separator, [&](const auto& it) {
      return context.templates.print("header/enumerator", {{"name", it.first}, {"number", std::to_string(it.second)}});
    });
  };
  std::string line = context.templates.print("header/enum_line", {{"head", head}, {"enumerators", print(", ")}});
  if (line.size() <= line_width) return line;
  return context.templates.print("header/enum_lines", {{"head", head}, {"enumerators", print(",\n") + ","}});
}

std::string case_lines(const Context& context, const std::string& enum_name,
                       const std::vector<std::pair<std::string, std::uint16_t>>& enumerators) {
  return each(enumerators, "\n", [&](const auto& it) {
    return context.templates.print("header/case", {{"enum", enum_name}, {"name", it.first}});
  });
}

std::string model_code(const Context& context, const schema::Model& model) { return ModelCode(context, model).print(); }

}  // namespace netabase::compiler::codegen
