#include "compiler/codegen/each_key.hpp"

#include <vector>

#include "compiler/schema/key_parts.hpp"

namespace netabase::compiler::codegen {

namespace {

using schema::Key;
using schema::KeyPart;
using schema::Type;
using schema::TypeKind;

class Body {
 public:
  Body(const Context& context, const schema::Struct& structure, const Key& key, RecordForm form)
      : context_(context), templates_(context.templates), structure_(structure), key_(key), form_(form) {}

  std::string print() const {
    if (form_ == RecordForm::borrowed && schema::calls_functions(key_))
      return templates_.print("model/emit_decoded", {});
    return join({predicate(), entries()}, "\n");
  }

 private:
  /// A part as an expression, which holds only where the conditions do.
  struct Value {
    std::string expression;
    std::vector<std::string> conditions;
  };

  std::string member(const schema::Field& field) const {
    return form_ == RecordForm::owned ? field.name : accessor_name(field) + "()";
  }

  std::string predicate() const {
    if (!key_.where) return {};
    std::string name = key_.where->name + "()";
    for (const schema::Field& field : structure_.fields) {
      if (field.name == key_.where->name) name = member(field);
    }
    return templates_.print("model/emit_where", {{"predicate", "record." + name}});
  }

  /// `whole`: an optional part is to be taken as it is, when nothing on the way to it is optional.
  Value value(const KeyPart& part, bool whole) const {
    if (part.computed) return {"record." + part.computed->name + "()", {}};
    Value out{"record", {}};
    std::string access = ".";
    const std::vector<const schema::Field*> fields = schema::fields_of(structure_, part);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      out.expression += access + member(*fields[i]);
      access = ".";
      if (fields[i]->type.kind != TypeKind::optional) continue;
      const bool is_last = i + 1 == fields.size();
      if (is_last && whole && out.conditions.empty()) continue;
      out.conditions.push_back(out.expression);
      if (is_last) out.expression = "*" + out.expression;
      access = "->";
    }
    return out;
  }

  /// A part as an argument of `emit`. What lies in an optional struct is put into a local first.
  std::string composite_part(std::size_t place, std::vector<std::string>& lines) const {
    const KeyPart& part = key_.parts[place];
    const Value code = value(part, true);
    if (code.conditions.empty()) return code.expression;
    std::string name = "part_" + std::to_string(place);
    lines.push_back(templates_.print("model/emit_optional_part",
                                     {{"name", name},
                                      {"conditions", join(code.conditions, " && ")},
                                      {"type", context_.value_view(schema::part_type(structure_, part).arguments[0])},
                                      {"value", code.expression}}));
    return name;
  }

  std::string entries() const {
    if (!key_.sparse && !key_.per_element) {
      std::vector<std::string> lines;
      std::vector<std::string> parts;
      for (std::size_t i = 0; i < key_.parts.size(); ++i) parts.push_back(composite_part(i, lines));
      lines.push_back(templates_.print("model/emit", {{"parts", join(parts, ", ")}}));
      return join(lines, "\n");
    }
    const KeyPart& part = key_.parts[0];
    const bool owned = form_ == RecordForm::owned;
    if (key_.sparse && (part.computed || part.path.size() == 1)) {
      // One optional, read once.
      const bool in_place = owned && !part.computed;
      const std::string name = key_.per_element ? "model/emit_sparse_elements" : "model/emit_sparse";
      const std::string side = in_place ? "_owned" : part.computed && key_.per_element ? "_computed" : "_ref";
      return templates_.print(name + side, {{"value", value(part, true).expression}});
    }
    const Value code = value(part, false);
    std::string statement =
        key_.per_element ? each_element(code.expression) : templates_.print("model/emit", {{"parts", code.expression}});
    if (code.conditions.empty()) return statement;
    return templates_.print("record/if_present", {{"value", join(code.conditions, " && ")}, {"statements", statement}});
  }

  std::string each_element(const std::string& container) const {
    const KeyPart& part = key_.parts[0];
    if (schema::part_type(structure_, part).kind == TypeKind::map) {
      const bool owned = form_ == RecordForm::owned;
      return templates_.print(owned ? "model/emit_map_keys_owned" : "model/emit_map_keys_ref", {{"value", container}});
    }
    const Type element = schema::entry_type(structure_, key_, part);
    if (is_number(element)) {
      return templates_.print("model/emit_scalar_element", {{"type", element.cpp}, {"value", container}});
    }
    return templates_.print(form_ == RecordForm::owned ? "model/emit_element" : "model/emit_view_element",
                            {{"value", container}});
  }

  const Context& context_;
  const Templates& templates_;
  const schema::Struct& structure_;
  const Key& key_;
  RecordForm form_;
};

}  // namespace

std::string each_key_body(const Context& context, const schema::Struct& structure, const Key& key, RecordForm form) {
  return Body(context, structure, key, form).print();
}

std::string each_key_about(const Context& context, const Key& key) {
  const Templates& templates = context.templates;
  std::string where;
  if (key.where) where = templates.print("model/each_where", {{"predicate", key.where->name}});
  return join({templates.print(key.per_element ? "model/each_element"
                               : key.sparse    ? "model/each_sparse"
                                               : "model/each_one",
                               {}),
               where, schema::calls_functions(key) ? templates.print("model/each_calls", {}) : std::string()},
              "\n");
}

}  // namespace netabase::compiler::codegen
