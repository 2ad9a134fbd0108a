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

/// The value when the field is there; false when it is an absent optional.
bool present_value(capnp::DynamicStruct::Reader holder, const FieldShape& field, capnp::DynamicValue::Reader& value) {
  if (!field.optional) {
    value = holder.get(field.field);
    return true;
  }
  const auto choice = holder.get(field.field).as<capnp::DynamicStruct>();
  KJ_IF_MAYBE (active, choice.which()) {
    if (*active == field.present) {
      value = choice.get(field.present);
      return true;
    }
  }
  return false;
}

std::string hex_text(capnp::Data::Reader bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const kj::byte byte : bytes) {
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

}  // namespace

std::string cell_text(capnp::DynamicStruct::Reader holder, const FieldShape& field) {
  capnp::DynamicValue::Reader value;
  if (!present_value(holder, field, value)) return "-";
  if (field.shape.kind == Shape::Kind::text) {
    const auto text = value.as<capnp::Text>();
    return {text.begin(), text.size()};
  }
  if (field.shape.kind == Shape::Kind::bytes) return hex_text(value.as<capnp::Data>());
  std::string out;
  append_json_field(out, holder, field);
  // Enumerators and infinite numbers.
  if (out.size() >= 2 && out.front() == '"') return out.substr(1, out.size() - 2);
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
