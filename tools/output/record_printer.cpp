#include "tools/output/record_printer.hpp"

#include <ostream>

#include "tools/record/write_json.hpp"

namespace netabase::tools {

namespace {

bool is_number(const Shape& shape) {
  if (shape.enumeration != nullptr) return false;
  return shape.kind == Shape::Kind::signed_integer || shape.kind == Shape::Kind::unsigned_integer ||
         shape.kind == Shape::Kind::float32 || shape.kind == Shape::Kind::float64;
}

std::vector<TextTable::Column> columns_of(const StructShape& shape) {
  std::vector<TextTable::Column> columns;
  for (const FieldShape& field : shape.fields) {
    if (!field.removed) columns.push_back({field.name, is_number(field.shape)});
  }
  return columns;
}

bool is_plain_text(const FieldShape& field) {
  return field.shape.kind == Shape::Kind::text ||
         (field.shape.enumeration != nullptr && field.shape.kind != Shape::Kind::list);
}

}  // namespace

std::string cell_text(capnp::DynamicStruct::Reader holder, const FieldShape& field) {
  if (field.shape.kind == Shape::Kind::text) {
    capnp::DynamicStruct::Reader at = holder;
    capnp::StructSchema::Field last = field.field;
    if (field.optional) {
      at = holder.get(field.field).as<capnp::DynamicStruct>();
      last = field.present;
      bool present = false;
      KJ_IF_MAYBE (active, at.which()) {
        present = *active == field.present;
      }
      if (!present) return "-";
    }
    const auto text = at.get(last).as<capnp::Text>();
    return {text.begin(), text.size()};
  }
  std::string out;
  append_json_field(out, holder, field);
  if (out == "null") return "-";
  if (is_plain_text(field) && out.size() >= 2 && out.front() == '"') return out.substr(1, out.size() - 2);
  return out;
}

RecordPrinter::RecordPrinter(const Model& model, const Context& context)
    : model_(model), context_(context), table_(columns_of(*model.shape), context) {}

void RecordPrinter::add(Bytes value) {
  const Record record(value, *model_.shape);
  ++count_;
  guard_capnp([&] {
    if (context_.json) {
      std::string line;
      append_json(line, record.root(), *model_.shape);
      context_.out << line << '\n';
      return;
    }
    std::vector<std::string> cells;
    for (const FieldShape& field : model_.shape->fields) {
      if (!field.removed) cells.push_back(cell_text(record.root(), field));
    }
    table_.add(cells);
  });
}

void RecordPrinter::finish() { table_.finish(); }

}  // namespace netabase::tools
