#include "compiler/codegen/wrapper.hpp"

#include <algorithm>
#include <vector>

#include "compiler/codegen/cpp_text.hpp"
#include "compiler/codegen/field.hpp"
#include "compiler/evolution/wrappers.hpp"
#include "compiler/layout/layout.hpp"
#include "compiler/schema/types.hpp"

namespace netabase::compiler::codegen {

namespace {

using schema::Type;
using schema::TypeKind;

/// The wire type's template: a map's wrapper is that of its entries.
const char* wire_template(const Type& type) { return type.kind == TypeKind::map ? "Map" : "Struct"; }

/// The wrapper of anything but a variant: one member, or several beside each other.
class ProductCode {
 public:
  ProductCode(const Context& context, const Type& type)
      : context_(context),
        type_(type),
        locked_(context.wrapper(type)),
        layout_(layout::struct_layout(context.file, locked_.name)),
        members_(evolution::wrapper_members(type)) {
    for (const evolution::WrapperMember& member : members_) {
      fields_.emplace_back(context, *member.type, layout_.fields.at(member.name));
    }
  }

  std::string print() const {
    std::vector<std::size_t> in_order;
    for (std::size_t i = 0; i < fields_.size(); ++i) in_order.push_back(i);
    std::stable_sort(in_order.begin(), in_order.end(), [&](std::size_t left, std::size_t right) {
      return written_before(fields_[left].layout(), fields_[right].layout());
    });
    std::vector<std::string> size;
    std::vector<std::string> contents;
    std::vector<std::string> write;
    for (const std::size_t i : in_order) {
      size.push_back(fields_[i].store("size", member(i, "value")));
      contents.push_back(fields_[i].content(member(i, "value")));
      write.push_back(fields_[i].store("write", member(i, "value")));
    }
    std::vector<std::string> own;
    for (std::size_t i = 0; i < fields_.size(); ++i) own.push_back(fields_[i].own(member(i, "view"), member(i, "out")));
    const std::string content = join(contents, "\n");
    return context_.templates.print("record/wrapper", {{"name", locked_.name},
                                                       {"codec", Context::wrapper_codec(locked_)},
                                                       {"wire", wire_template(type_)},
                                                       {"owned", is_entry() ? entry("const ") : type_.cpp},
                                                       {"copy", is_entry() ? entry("") : "Owned"},
                                                       {"view", view()},
                                                       {"no_content", content.empty() ? "[[maybe_unused]] " : ""},
                                                       {"size", join(size, "\n")},
                                                       {"content", content},
                                                       {"write", join(write, "\n")},
                                                       {"parts", is_entry() ? entry_parts() : ""},
                                                       {"read", read()},
                                                       {"own", join(own, "\n")}});
  }

 private:
  bool is_entry() const { return type_.kind == TypeKind::map; }

  /// The expression of member `i` of `whole`.
  std::string member(std::size_t i, const std::string& whole) const {
    switch (type_.kind) {
      case TypeKind::pair:
      case TypeKind::map:
        return whole + (i == 0 ? ".first" : ".second");
      case TypeKind::tuple:
        return "std::get<" + std::to_string(i) + ">(" + whole + ")";
      default:
        return whole;
    }
  }

  std::string entry(const std::string& constant) const {
    return "std::pair<" + constant + type_.arguments[0].cpp + ", " + type_.arguments[1].cpp + ">";
  }

  std::string view() const {
    if (!is_entry()) return context_.view(type_);
    return "std::pair<" + context_.value_view(type_.arguments[0]) + ", " + context_.value_view(type_.arguments[1]) +
           ">";
  }

  std::string entry_parts() const {
    return context_.templates.print("record/entry_parts",
                                    {{"searchable", is_searchable(type_.arguments[0]) ? "true" : "false"},
                                     {"key", fields_[0].read("view")},
                                     {"value", fields_[1].read("view")}});
  }

  /// Whether the order of a map's keys is that of their views. Paths are ordered by their elements in an std::map.
  static bool is_searchable(const Type& key) { return schema::is_key_part(key) && key.kind != TypeKind::path; }

  std::string read() const {
    if (is_entry()) return context_.templates.print("record/read_entry", {});
    if (type_.kind == TypeKind::pair || type_.kind == TypeKind::tuple) return read_members();
    const FieldCode& field = fields_.front();
    if (type_.kind != TypeKind::optional) {
      return context_.templates.print("record/read_value", {{"value", field.read("view")}});
    }
    return context_.templates.print("record/read_optional_value",
                                    {{"offset", std::to_string(field.layout().optional->offset)},
                                     {"present", std::to_string(field.layout().optional->present)},
                                     {"value", field.value().read("view")}});
  }

  std::string read_members() const {
    std::vector<std::string> members;
    for (const FieldCode& field : fields_) members.push_back(field.read("view"));
    std::string line = context_.templates.print("record/read_members", {{"members", join(members, ", ")}});
    if (line.size() <= statement_width) return line;
    return context_.templates.print("record/long_read_members", {{"members", join(members, ",\n") + ");"}});
  }

  const Context& context_;
  const Type& type_;
  const evolution::LockedStruct& locked_;
  layout::StructLayout layout_;
  std::vector<evolution::WrapperMember> members_;
  std::vector<FieldCode> fields_;
};

/// The wrapper of a variant: a discriminant, and the alternative that it selects.
class VariantCode {
 public:
  VariantCode(const Context& context, const Type& type)
      : context_(context),
        type_(type),
        locked_(context.wrapper(type)),
        layout_(layout::struct_layout(context.file, locked_.name)) {
    for (const evolution::WrapperMember& member : evolution::wrapper_members(type)) {
      alternatives_.push_back({member.type, &layout_.fields.at(member.name)});
    }
  }

  std::string print() const {
    const std::string contents = content();
    return context_.templates.print("record/wrapper", {{"name", locked_.name},
                                                       {"codec", Context::wrapper_codec(locked_)},
                                                       {"wire", wire_template(type_)},
                                                       {"owned", type_.cpp},
                                                       {"copy", "Owned"},
                                                       {"view", context_.view(type_)},
                                                       {"no_content", contents.empty() ? "[[maybe_unused]] " : ""},
                                                       {"size", store("size", "netabase::wire::throw_valueless();")},
                                                       {"content", contents},
                                                       {"write", store("write", "break;")},
                                                       {"parts", ""},
                                                       {"read", read()},
                                                       {"own", own()}});
  }

 private:
  struct Alternative {
    const Type* type;
    const layout::FieldLayout* layout;

    bool empty() const { return type->kind == TypeKind::monostate; }
  };

  static std::string get(std::size_t index, const std::string& variant) {
    return "std::get<" + std::to_string(index) + ">(" + variant + ")";
  }

  ValueCode value(const Alternative& alternative) const {
    return ValueCode(context_, *alternative.type, *alternative.layout);
  }

  /// A switch over the alternatives; those whose statements are empty have no case unless `all`.
  template <class Print>
  std::string each(const std::string& selector, const std::string& otherwise, bool all, Print&& print) const {
    std::vector<std::string> cases;
    for (std::size_t i = 0; i < alternatives_.size(); ++i) {
      const std::string statements = print(i, alternatives_[i]);
      if (statements.empty() && !all) continue;
      const Values values = {{"number", std::to_string(i)}, {"statements", statements}};
      cases.push_back(statements.empty()
                          ? context_.templates.print("record/empty_case", {{"number", std::to_string(i)}})
                          : context_.templates.print("record/case", values));
    }
    return print_switch(selector, otherwise, cases);
  }

  std::string print_switch(const std::string& selector, const std::string& otherwise,
                           const std::vector<std::string>& cases) const {
    if (cases.empty()) return {};
    return context_.templates.print("record/switch",
                                    {{"value", selector}, {"cases", join(cases, "\n")}, {"otherwise", otherwise}});
  }

  std::string store(const std::string& action, const std::string& otherwise) const {
    return each("value.index()", otherwise, true, [&](std::size_t i, const Alternative& alternative) {
      std::vector<std::string> statements;
      const std::uint16_t discriminant = alternative.layout->alternative;
      if (discriminant != 0) {
        statements.push_back(store_discriminant(context_, action, layout_.discriminant, discriminant));
      }
      if (!alternative.empty()) statements.push_back(value(alternative).store(action, get(i, "value")));
      return join(statements, "\n");
    });
  }

  std::string content() const {
    return each("value.index()", "break;", false, [&](std::size_t i, const Alternative& alternative) {
      return alternative.empty() ? std::string() : value(alternative).content(get(i, "value"));
    });
  }

  std::string own() const {
    return each("view.index()", "break;", false, [&](std::size_t i, const Alternative& alternative) {
      if (alternative.empty()) return context_.templates.print("record/own_monostate", {{"index", std::to_string(i)}});
      return value(alternative).own(get(i, "view"), "out.emplace<" + std::to_string(i) + ">()");
    });
  }

  std::string read() const {
    std::vector<std::string> cases;
    for (std::size_t i = 0; i < alternatives_.size(); ++i) {
      const Alternative& alternative = alternatives_[i];
      cases.push_back(context_.templates.print(
          "record/read_alternative", {{"discriminant", std::to_string(alternative.layout->alternative)},
                                      {"index", std::to_string(i)},
                                      {"value", alternative.empty() ? "" : ", " + value(alternative).read("view")}}));
    }
    return print_switch("view.scalar<std::uint16_t>(" + std::to_string(layout_.discriminant) + ")",
                        "netabase::wire::throw_damaged(netabase::wire::Damage::unknown_alternative);", cases);
  }

  const Context& context_;
  const Type& type_;
  const evolution::LockedStruct& locked_;
  layout::StructLayout layout_;
  std::vector<Alternative> alternatives_;
};

}  // namespace

std::string wrapper_code(const Context& context, const Type& type) {
  return type.kind == TypeKind::variant ? VariantCode(context, type).print() : ProductCode(context, type).print();
}

std::string forward_wrapper(const Context& context, const Type& type) {
  const evolution::LockedStruct& locked = context.wrapper(type);
  return context.templates.print(
      "record/forward_wrapper",
      {{"name", locked.name}, {"codec", Context::wrapper_codec(locked)}, {"wire", wire_template(type)}});
}

}  // namespace netabase::compiler::codegen
