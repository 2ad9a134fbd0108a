#include "compiler/codegen/field.hpp"

#include <cstdint>
#include <vector>

#include "compiler/codegen/cpp_text.hpp"

namespace netabase::compiler::codegen {

using layout::FieldLayout;
using schema::Type;
using schema::TypeKind;

ValueCode::ValueCode(const Context& context, const Type& type, const FieldLayout& layout)
    : context_(context), type_(type), layout_(layout), offset_(std::to_string(layout.offset)) {
  const bool text = std::holds_alternative<std::string>(layout.default_value);
  if (!std::holds_alternative<std::monostate>(layout.default_value)) {
    read_default_ = ", " + default_literal(type, layout.default_value);
    stored_default_ = read_default_;
    if (is_boolean_enum(type)) read_default_ = stored_default_ = ", true";
  }
  if (!is_scalar(type)) wire_ = context.wire(type, text);
}

std::string ValueCode::read(const std::string& view) const {
  Values values = {{"view", view}, {"offset", offset_}, {"default", read_default_}};
  if (layout_.pointer) {
    values.emplace_back("wire", wire_);
    return context_.templates.print("record/read_pointer", values);
  }
  if (type_.kind == TypeKind::boolean) return context_.templates.print("record/read_boolean", values);
  values.emplace_back("type", type_.cpp);
  return context_.templates.print(is_boolean_enum(type_) ? "record/read_boolean_enum" : "record/read_scalar", values);
}

std::string ValueCode::store(const std::string& action, const std::string& value) const {
  if (layout_.pointer) {
    return context_.templates.print("record/" + action + "_pointer",
                                    {{"wire", wire_}, {"offset", offset_}, {"value", value}});
  }
  const std::string stored = is_boolean_enum(type_) ? "static_cast<bool>(" + value + ")" : value;
  return context_.templates.print("record/" + action + (is_boolean(type_) ? "_boolean" : "_scalar"),
                                  {{"offset", offset_}, {"value", stored}, {"default", stored_default_}});
}

std::string ValueCode::content(const std::string& value) const {
  if (!layout_.pointer) return {};
  return context_.templates.print("record/content", {{"wire", wire_}, {"value", value}});
}

bool ValueCode::plain() const { return !layout_.pointer || (type_.kind == TypeKind::bytes && type_.extent != 0); }

std::string ValueCode::own(const std::string& view, const std::string& out) const {
  if (plain()) return context_.templates.print("record/own_scalar", {{"out", out}, {"value", view}});
  return context_.templates.print("record/own_pointer", {{"wire", wire_}, {"value", view}, {"out", out}});
}

FieldCode::FieldCode(const Context& context, const Type& type, const FieldLayout& layout)
    : context_(context),
      optional_(type.kind == TypeKind::optional),
      type_(optional_ ? type.arguments[0] : type),
      layout_(layout),
      value_(context, type_, layout) {}

std::string FieldCode::accessor(const std::string& name) const {
  const std::string read = value_.read("view_");
  if (optional_) {
    return context_.templates.print("record/optional_accessor", {{"type", context_.value_view(type_)},
                                                                 {"name", name},
                                                                 {"offset", std::to_string(layout_.optional->offset)},
                                                                 {"present", std::to_string(layout_.optional->present)},
                                                                 {"value", read}});
  }
  const Values values = {{"type", context_.view(type_)}, {"name", name}, {"value", read}};
  return context_.templates.print_fitting("record/accessor", "record/long_accessor", member_width, values);
}

std::string FieldCode::accessor_declaration(const std::string& name) const {
  const std::string type = optional_ ? "std::optional<" + context_.value_view(type_) + ">" : context_.view(type_);
  return context_.templates.print("record/accessor_declaration", {{"type", type}, {"name", name}});
}

std::string FieldCode::accessor_definition(const std::string& ref, const std::string& name) const {
  const std::string read = value_.read("view_");
  if (optional_) {
    return context_.templates.print("record/optional_accessor_definition",
                                    {{"type", context_.value_view(type_)},
                                     {"ref", ref},
                                     {"name", name},
                                     {"offset", std::to_string(layout_.optional->offset)},
                                     {"present", std::to_string(layout_.optional->present)},
                                     {"value", read}});
  }
  return context_.templates.print_fitting(
      "record/accessor_definition", "record/long_accessor_definition", line_width,
      {{"type", context_.view(type_)}, {"ref", ref}, {"name", name}, {"value", read}});
}

std::string FieldCode::read(const std::string& view) const {
  std::string value = value_.read(view);
  if (!optional_) return value;
  return context_.templates.print("record/read_optional", {{"view", view},
                                                           {"offset", std::to_string(layout_.optional->offset)},
                                                           {"present", std::to_string(layout_.optional->present)},
                                                           {"type", context_.value_view(type_)},
                                                           {"value", value}});
}

std::string FieldCode::store(const std::string& action, const std::string& record) const {
  if (!optional_) return value_.store(action, record);
  std::vector<std::string> present;
  if (layout_.optional->present != 0) present.push_back(store_discriminant(action, layout_.optional->present));
  present.push_back(value_.store(action, '*' + record));
  std::vector<std::string> blocks = {if_present(record, join(present, "\n"))};
  if (layout_.optional->absent != 0) {
    blocks.push_back(context_.templates.print(
        "record/if_absent", {{"value", record}, {"statements", store_discriminant(action, layout_.optional->absent)}}));
  }
  return join(blocks, "\n");
}

std::string FieldCode::content(const std::string& record) const {
  if (!optional_) return value_.content(record);
  const std::string content = value_.content('*' + record);
  return content.empty() ? content : if_present(record, content);
}

std::string FieldCode::own(const std::string& view, const std::string& out) const {
  if (!optional_ || value_.plain()) return value_.own(view, out);
  return context_.templates.print("record/own_optional_pointer",
                                  {{"wire", value_.wire()}, {"value", view}, {"out", out}});
}

std::string FieldCode::store_discriminant(const std::string& action, std::uint16_t value) const {
  return codegen::store_discriminant(context_, action, layout_.optional->offset, value);
}

std::string FieldCode::if_present(const std::string& record, const std::string& statements) const {
  const Values values = {{"value", record}, {"statements", statements}};
  if (statements.find('\n') != std::string::npos) return context_.templates.print("record/if_present", values);
  return context_.templates.print_fitting("record/if_present_short", "record/if_present", statement_width, values);
}

std::string store_discriminant(const Context& context, const std::string& action, std::uint32_t offset,
                               std::uint16_t value) {
  return context.templates.print(
      "record/" + action + "_scalar",
      {{"offset", std::to_string(offset)}, {"value", "std::uint16_t{" + std::to_string(value) + "}"}, {"default", ""}});
}

bool written_before(const FieldLayout& left, const FieldLayout& right) {
  const auto rank = [](const FieldLayout& layout) {
    return layout.pointer ? std::int64_t{layout.offset} : std::int64_t{-1};
  };
  return rank(left) < rank(right);
}

}  // namespace netabase::compiler::codegen
