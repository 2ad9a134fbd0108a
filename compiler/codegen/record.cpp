#include "compiler/codegen/record.hpp"

#include <algorithm>
#include <vector>

#include "compiler/codegen/cpp_text.hpp"
#include "compiler/layout/layout.hpp"
#include "compiler/schema/names.hpp"

namespace netabase::compiler::codegen {

namespace {

using layout::FieldLayout;
using schema::Type;
using schema::TypeKind;

/// One value of a field: the field's own, or that in an optional.
class ValueCode {
 public:
  ValueCode(const Context& context, const Type& type, const FieldLayout& layout)
      : context_(context), type_(type), layout_(layout), offset_(std::to_string(layout.offset)) {
    const bool text = std::holds_alternative<std::string>(layout.default_value);
    if (!std::holds_alternative<std::monostate>(layout.default_value)) {
      read_default_ = ", " + default_literal(type, layout.default_value);
      stored_default_ = read_default_;
      if (is_boolean_enum(type)) read_default_ = stored_default_ = ", true";
    }
    if (!is_scalar(type)) wire_ = context.wire(type, text);
  }

  bool pointer() const { return layout_.pointer; }

  /// An expression that reads it from the StructView called `view`.
  std::string read(const std::string& view) const {
    Values values = {{"view", view}, {"offset", offset_}, {"default", read_default_}};
    if (layout_.pointer) {
      values.emplace_back("wire", wire_);
      return context_.templates.print("record/read_pointer", values);
    }
    if (type_.kind == TypeKind::boolean) return context_.templates.print("record/read_boolean", values);
    values.emplace_back("type", type_.cpp);
    return context_.templates.print(is_boolean_enum(type_) ? "record/read_boolean_enum" : "record/read_scalar", values);
  }

  /// `action`: "size" or "write".
  std::string store(const std::string& action, const std::string& value) const {
    if (layout_.pointer) {
      return context_.templates.print("record/" + action + "_pointer",
                                      {{"wire", wire_}, {"offset", offset_}, {"value", value}});
    }
    const std::string stored = is_boolean_enum(type_) ? "static_cast<bool>(" + value + ")" : value;
    return context_.templates.print("record/" + action + (is_boolean(type_) ? "_boolean" : "_scalar"),
                                    {{"offset", offset_}, {"value", stored}, {"default", stored_default_}});
  }

  std::string content(const std::string& value) const {
    if (!layout_.pointer) return {};
    return context_.templates.print("record/content", {{"wire", wire_}, {"value", value}});
  }

  const std::string& wire() const { return wire_; }

 private:
  const Context& context_;
  const Type& type_;
  const FieldLayout& layout_;
  std::string offset_;
  std::string read_default_;
  std::string stored_default_;
  std::string wire_;
};

/// A field, or the value of a wrapper.
class FieldCode {
 public:
  FieldCode(const Context& context, const Type& type, const FieldLayout& layout)
      : context_(context),
        optional_(type.kind == TypeKind::optional),
        type_(optional_ ? type.arguments[0] : type),
        layout_(layout),
        value_(context, type_, layout) {}

  bool optional() const { return optional_; }
  const FieldLayout& layout() const { return layout_; }
  const ValueCode& value() const { return value_; }

  std::string accessor(const std::string& name) const {
    const std::string read = value_.read("view_");
    if (optional_) {
      return context_.templates.print("record/optional_accessor",
                                      {{"type", context_.value_view(type_)},
                                       {"name", name},
                                       {"offset", std::to_string(layout_.optional->offset)},
                                       {"present", std::to_string(layout_.optional->present)},
                                       {"value", read}});
    }
    const Values values = {{"type", context_.view(type_)}, {"name", name}, {"value", read}};
    return context_.templates.print_fitting("record/accessor", "record/long_accessor", member_width, values);
  }

  /// `record` is the expression of the field. `action`: "size" or "write".
  std::string store(const std::string& action, const std::string& record) const {
    if (!optional_) return value_.store(action, record);
    std::vector<std::string> present;
    if (layout_.optional->present != 0) present.push_back(store_discriminant(action, layout_.optional->present));
    present.push_back(value_.store(action, '*' + record));
    std::vector<std::string> blocks = {if_present(record, join(present, "\n"))};
    if (layout_.optional->absent != 0) {
      blocks.push_back(context_.templates.print(
          "record/if_absent",
          {{"value", record}, {"statements", store_discriminant(action, layout_.optional->absent)}}));
    }
    return join(blocks, "\n");
  }

  std::string content(const std::string& record) const {
    if (!optional_) return value_.content(record);
    const std::string content = value_.content('*' + record);
    return content.empty() ? content : if_present(record, content);
  }

  /// Copies the view `view` (an expression) to `out`.
  std::string own(const std::string& view, const std::string& out) const {
    const bool plain = !value_.pointer() || (type_.kind == TypeKind::bytes && type_.extent != 0);
    if (plain) return context_.templates.print("record/own_scalar", {{"out", out}, {"value", view}});
    const Values values = {{"wire", value_.wire()}, {"value", view}, {"out", out}};
    return context_.templates.print(optional_ ? "record/own_optional_pointer" : "record/own_pointer", values);
  }

 private:
  std::string store_discriminant(const std::string& action, std::uint16_t value) const {
    return context_.templates.print("record/" + action + "_scalar",
                                    {{"offset", std::to_string(layout_.optional->offset)},
                                     {"value", "std::uint16_t{" + std::to_string(value) + "}"},
                                     {"default", ""}});
  }

  std::string if_present(const std::string& record, const std::string& statements) const {
    const Values values = {{"value", record}, {"statements", statements}};
    if (statements.find('\n') != std::string::npos) return context_.templates.print("record/if_present", values);
    return context_.templates.print_fitting("record/if_present_short", "record/if_present", statement_width, values);
  }

  const Context& context_;
  bool optional_;
  const Type& type_;
  const FieldLayout& layout_;
  ValueCode value_;
};

std::string count(std::size_t number, const std::string& what) {
  return std::to_string(number) + ' ' + what + (number == 1 ? "" : "s");
}

class RecordCode {
 public:
  RecordCode(const Context& context, const schema::Struct& structure)
      : context_(context),
        structure_(structure),
        locked_(context.locked(structure)),
        layout_(layout::struct_layout(context.file, locked_.name)),
        record_(context.record(structure)) {
    for (const schema::Field& field : structure.fields) {
      fields_.push_back(
          {&field, FieldCode(context, field.type, layout_.fields.at(Context::locked(locked_, field).name))});
    }
    for (const Entry& entry : fields_) in_order_.push_back(&entry);
  }

  std::string print() {
    // Pointers are written in the order of their section, which is the canonical order of what they lead to.
    std::stable_sort(in_order_.begin(), in_order_.end(), [](const Entry* left, const Entry* right) {
      const auto rank = [](const Entry* entry) {
        return entry->code.layout().pointer ? std::int64_t{entry->code.layout().offset} : std::int64_t{-1};
      };
      return rank(left) < rank(right);
    });
    return join({ref(), codec()}, "\n\n");
  }

 private:
  struct Entry {
    const schema::Field* field;
    FieldCode code;
  };

  template <class Print>
  static std::string each(const std::vector<const Entry*>& entries, Print&& print, std::string_view separator = "\n") {
    std::vector<std::string> blocks;
    for (const Entry* entry : entries) blocks.push_back(print(*entry));
    return join(blocks, separator);
  }

  std::vector<const Entry*> declared() const {
    std::vector<const Entry*> entries;
    for (const Entry& entry : fields_) entries.push_back(&entry);
    return entries;
  }

  std::string ref() const {
    const auto accessor = [](const Entry& entry) { return entry.code.accessor(accessor_name(*entry.field)); };
    return context_.templates.print("record/ref", {{"name", structure_.name},
                                                   {"ref", schema::ref_name(structure_)},
                                                   {"record", record_},
                                                   {"accessors", each(declared(), accessor)}});
  }

  std::string codec() const {
    const auto value = [](const Entry& entry) { return "record." + entry.field->name; };
    const std::string content = each(in_order_, [&](const Entry& entry) { return entry.code.content(value(entry)); });
    return context_.templates.print(
        "record/codec",
        {{"name", structure_.name},
         {"capnp", context_.capnp_name},
         {"words", count(layout_.data_words, "word")},
         {"pointers", count(layout_.pointers, "pointer")},
         {"codec", schema::codec_name(structure_)},
         {"ref", schema::ref_name(structure_)},
         {"record", record_},
         {"unused", fields_.empty() ? "[[maybe_unused]] " : ""},
         {"no_content", content.empty() ? "[[maybe_unused]] " : ""},
         {"fields", fields()},
         {"size", each(in_order_, [&](const Entry& entry) { return entry.code.store("size", value(entry)); })},
         {"content", content},
         {"write", each(in_order_, [&](const Entry& entry) { return entry.code.store("write", value(entry)); })},
         {"own", each(declared(),
                      [&](const Entry& entry) {
                        return entry.code.own("record." + accessor_name(*entry.field) + "()",
                                              "out." + entry.field->name);
                      })},
         {"binding", binding()},
         {"assertions", each(declared(), [&](const Entry& entry) { return assertion(*entry.field); })}});
  }

  /// The map from members to accessors. A struct inside has fields of its own: those of its codec.
  std::string fields() const {
    const auto field = [&](const Entry& entry) {
      const Type& declared = entry.field->type;
      const Type& type = declared.kind == TypeKind::optional ? declared.arguments[0] : declared;
      const bool nested = type.kind == TypeKind::structure;
      return context_.templates.print("record/field",
                                      {{"record", record_},
                                       {"member", entry.field->name},
                                       {"ref", schema::ref_name(structure_)},
                                       {"accessor", accessor_name(*entry.field)},
                                       {"codec", nested ? ", " + schema::codec_name(*type.structure) : ""}});
    };
    const auto name = [](const Entry& entry) { return string_literal(entry.field->name); };
    return context_.templates.print("record/fields", {{"list", each(declared(), field, ", ")},
                                                      {"count", std::to_string(fields_.size())},
                                                      {"names", each(declared(), name, ", ")}});
  }

  std::string binding() const {
    const std::size_t members = structure_.fields.size() + structure_.skipped.size();
    if (members == 0) {
      return context_.templates.print("record/empty_binding", {{"record", record_}, {"name", structure_.name}});
    }
    // Numbers, because a member's name may be that of something else here.
    std::vector<std::string> names;
    for (std::size_t i = 1; i <= members; ++i) names.push_back("m" + std::to_string(i));
    return context_.templates.print("record/binding", {{"members", join(names, ", ")}});
  }

  std::string assertion(const schema::Field& field) const {
    const Values values = {
        {"record", record_}, {"member", field.name}, {"type", field.type.cpp}, {"name", structure_.name}};
    return context_.templates.print_fitting("record/assertion", "record/long_assertion", statement_width, values);
  }

  const Context& context_;
  const schema::Struct& structure_;
  const evolution::LockedStruct& locked_;
  layout::StructLayout layout_;
  std::string record_;
  std::vector<Entry> fields_;
  std::vector<const Entry*> in_order_;
};

}  // namespace

std::string record_code(const Context& context, const schema::Struct& structure) {
  return RecordCode(context, structure).print();
}

std::string wrapper_code(const Context& context, const Type& type) {
  const evolution::LockedStruct& locked = context.wrapper(type);
  const layout::StructLayout layout = layout::struct_layout(context.file, locked.name);
  const FieldCode code(context, type, layout.fields.at("value"));
  const std::string read = code.value().read("view");
  Values values = {{"name", locked.name},
                   {"codec", Context::wrapper_codec(locked)},
                   {"owned", type.cpp},
                   {"size", code.store("size", "value")},
                   {"write", code.store("write", "value")},
                   {"read", read}};
  if (!code.optional()) return context.templates.print("record/enum_wrapper", values);
  const std::string content = code.content("value");
  values.emplace_back("view", context.view(type));
  values.emplace_back("no_content", content.empty() ? "[[maybe_unused]] " : "");
  values.emplace_back("content", content);
  values.emplace_back("offset", std::to_string(code.layout().optional->offset));
  values.emplace_back("present", std::to_string(code.layout().optional->present));
  values.emplace_back("own", code.own("view", "out"));
  return context.templates.print("record/optional_wrapper", values);
}

std::string rule(const Context& context, const std::string& title) {
  const std::size_t used = std::string_view("// ----  ").size() + title.size();
  return context.templates.print(
      "header/rule", {{"title", title}, {"dashes", std::string(line_width - std::min(used, line_width - 4), '-')}});
}

}  // namespace netabase::compiler::codegen
