#include "tools/record/write_json.hpp"

#include "tools/json/text.hpp"
#include "tools/record/record.hpp"

namespace netabase::tools {

namespace {

using capnp::DynamicList;
using capnp::DynamicStruct;
using capnp::DynamicValue;

void append_value(std::string& out, const DynamicValue::Reader& value, const Shape& shape, bool in_optional);

template <class Integer>
void append_integer(std::string& out, Integer value, const Enumeration* enumeration) {
  if (enumeration != nullptr) {
    if (const auto* found = enumeration->find(static_cast<std::int64_t>(value))) {
      json::append_string(out, found->name);
      return;
    }
  }
  json::append_number(out, value);
}

void append_boolean(std::string& out, bool value, const Enumeration* enumeration) {
  const auto* found = enumeration == nullptr ? nullptr : enumeration->find(std::int64_t{value});
  if (found != nullptr) {
    json::append_string(out, found->name);
  } else {
    out += value ? "true" : "false";
  }
}

void append_wrapped(std::string& out, const DynamicValue::Reader& value, const Shape& shape, bool in_optional) {
  const FieldShape& only = shape.structure->fields[0];
  const bool ambiguous = in_optional && only.optional;  // null would be either's
  if (ambiguous) out += "{\"value\":";
  append_json_field(out, value.as<DynamicStruct>(), only);
  if (ambiguous) out += '}';
}

void append_value(std::string& out, const DynamicValue::Reader& value, const Shape& shape, bool in_optional) {
  switch (shape.kind) {
    case Shape::Kind::nothing:
      out += "null";
      break;
    case Shape::Kind::boolean:
      append_boolean(out, value.as<bool>(), shape.enumeration);
      break;
    case Shape::Kind::signed_integer:
      append_integer(out, value.as<std::int64_t>(), shape.enumeration);
      break;
    case Shape::Kind::unsigned_integer:
      append_integer(out, value.as<std::uint64_t>(), shape.enumeration);
      break;
    case Shape::Kind::float32:
      json::append_number(out, value.as<float>());
      break;
    case Shape::Kind::float64:
      json::append_number(out, value.as<double>());
      break;
    case Shape::Kind::text: {
      const auto text = value.as<capnp::Text>();
      json::append_text(out, {text.begin(), text.size()});
      break;
    }
    case Shape::Kind::bytes: {
      const auto bytes = value.as<capnp::Data>();
      json::append_bytes(out, {reinterpret_cast<const std::byte*>(bytes.begin()), bytes.size()});
      break;
    }
    case Shape::Kind::wide_signed:
      json::append_number(out, wide_integer<Int128>(value.as<DynamicStruct>()));
      break;
    case Shape::Kind::wide_unsigned:
      json::append_number(out, wide_integer<UInt128>(value.as<DynamicStruct>()));
      break;
    case Shape::Kind::list: {
      out += '[';
      bool first = true;
      for (const DynamicValue::Reader& element : value.as<DynamicList>()) {
        if (!first) out += ',';
        first = false;
        append_value(out, element, *shape.element, false);
      }
      out += ']';
      break;
    }
    case Shape::Kind::structure:
      append_json(out, value.as<DynamicStruct>(), *shape.structure);
      break;
    case Shape::Kind::wrapper:
      append_wrapped(out, value, shape, in_optional);
      break;
  }
}

bool is_active(DynamicStruct::Reader holder, const FieldShape& field) {
  KJ_IF_MAYBE (active, holder.which()) {
    return *active == field.field;
  }
  return false;
}

}  // namespace

void append_json_field(std::string& out, DynamicStruct::Reader holder, const FieldShape& field) {
  if (!field.optional) {
    append_value(out, holder.get(field.field), field.shape, false);
    return;
  }
  const auto choice = holder.get(field.field).as<DynamicStruct>();
  bool present = false;
  KJ_IF_MAYBE (active, choice.which()) {
    present = *active == field.present;
  }
  if (present) {
    append_value(out, choice.get(field.present), field.shape, true);
  } else {
    out += "null";
  }
}

void append_json_members(std::string& out, DynamicStruct::Reader value, const StructShape& shape) {
  bool first = true;
  for (const FieldShape& field : shape.fields) {
    if (field.removed || (field.in_union && !is_active(value, field))) continue;
    if (!first) out += ',';
    first = false;
    json::append_string(out, field.name);
    out += ':';
    append_json_field(out, value, field);
  }
}

void append_json(std::string& out, DynamicStruct::Reader value, const StructShape& shape) {
  out += '{';
  append_json_members(out, value, shape);
  out += '}';
}

}  // namespace netabase::tools
