#include "compiler/codegen/record.hpp"

#include <algorithm>
#include <vector>

#include "compiler/codegen/cpp_text.hpp"
#include "compiler/codegen/field.hpp"
#include "compiler/layout/layout.hpp"
#include "compiler/schema/names.hpp"

namespace netabase::compiler::codegen {

namespace {

using schema::Type;
using schema::TypeKind;

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
    std::stable_sort(in_order_.begin(), in_order_.end(), [](const Entry* left, const Entry* right) {
      return written_before(left->code.layout(), right->code.layout());
    });
  }

  std::string print() { return join({ref(), codec("record/codec")}, "\n\n"); }

  RecursiveRecord print_recursive() { return {recursive_ref(), codec("record/recursive_codec"), definitions()}; }

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
    return ref(each(declared(), [](const Entry& entry) { return entry.code.accessor(accessor_name(*entry.field)); }));
  }

  std::string recursive_ref() const {
    return ref(each(declared(),
                    [](const Entry& entry) { return entry.code.accessor_declaration(accessor_name(*entry.field)); }));
  }

  std::string ref(const std::string& accessors) const {
    return context_.templates.print("record/ref", {{"name", structure_.name},
                                                   {"ref", schema::ref_name(structure_)},
                                                   {"record", record_},
                                                   {"accessors", accessors}});
  }

  static std::string value(const Entry& entry) { return "record." + entry.field->name; }

  /// The statements of a codec's functions.
  Values statements() const {
    return {{"size", each(in_order_, [](const Entry& entry) { return entry.code.store("size", value(entry)); })},
            {"content", each(in_order_, [](const Entry& entry) { return entry.code.content(value(entry)); })},
            {"write", each(in_order_, [](const Entry& entry) { return entry.code.store("write", value(entry)); })},
            {"own", each(declared(), [](const Entry& entry) {
               return entry.code.own("record." + accessor_name(*entry.field) + "()", "out." + entry.field->name);
             })}};
  }

  std::string codec(std::string_view name) const {
    Values values = {{"name", structure_.name},
                     {"capnp", context_.capnp_name},
                     {"words", count(layout_.data_words, "word")},
                     {"pointers", count(layout_.pointers, "pointer")},
                     {"codec", schema::codec_name(structure_)},
                     {"ref", schema::ref_name(structure_)},
                     {"record", record_},
                     {"fields", fields()},
                     {"binding", binding()},
                     {"assertions", each(declared(), [&](const Entry& entry) { return assertion(*entry.field); })}};
    if (name == "record/codec") {
      Values bodies = statements();
      const bool has_content = !bodies[1].second.empty();
      values.insert(values.end(), bodies.begin(), bodies.end());
      values.emplace_back("unused", fields_.empty() ? "[[maybe_unused]] " : "");
      values.emplace_back("no_content", has_content ? "" : "[[maybe_unused]] ");
    }
    return context_.templates.print(name, values);
  }

  std::string definitions() const {
    const std::string name = schema::ref_name(structure_);
    Values values = statements();
    values.emplace_back("accessors", each(
                                         declared(),
                                         [&](const Entry& entry) {
                                           return entry.code.accessor_definition(name, accessor_name(*entry.field));
                                         },
                                         "\n\n"));
    values.emplace_back("codec", schema::codec_name(structure_));
    values.emplace_back("ref", name);
    values.emplace_back("record", record_);
    return context_.templates.print("record/recursive_definitions", values);
  }

  /// The map from members to accessors. A struct inside has fields of its own: those of its codec.
  std::string fields() const {
    const auto field = [&](const Entry& entry) {
      const Type& declared = entry.field->type;
      const Type& type = declared.kind == TypeKind::optional ? declared.arguments[0] : declared;
      const bool nested = type.kind == TypeKind::structure;
      return context_.templates.print(
          "record/field", {{"record", record_},
                           {"member", entry.field->name},
                           {"ref", schema::ref_name(structure_)},
                           {"accessor", accessor_name(*entry.field)},
                           {"codec", nested ? ", " + context_.visible(schema::codec_name(*type.structure)) : ""}});
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

RecursiveRecord recursive_record_code(const Context& context, const schema::Struct& structure) {
  return RecordCode(context, structure).print_recursive();
}

std::string forward_record(const Context& context, const schema::Struct& structure) {
  return context.templates.print("record/forward_struct",
                                 {{"ref", schema::ref_name(structure)}, {"codec", schema::codec_name(structure)}});
}

std::string rule(const Context& context, const std::string& title) {
  const std::size_t used = std::string_view("// ----  ").size() + title.size();
  return context.templates.print(
      "header/rule", {{"title", title}, {"dashes", std::string(line_width - std::min(used, line_width - 4), '-')}});
}

}  // namespace netabase::compiler::codegen
