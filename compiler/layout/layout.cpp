#include "compiler/layout/layout.hpp"

#include <bit>
#include <type_traits>

namespace netabase::compiler::layout {

namespace {

schema::DefaultValue default_of(capnp::schema::Value::Reader value) {
  using capnp::schema::Value;
  const auto integer = [](auto number) -> schema::DefaultValue {
    if (number == 0) return {};
    if constexpr (std::is_signed_v<decltype(number)>) {
      return std::int64_t{number};
    } else {
      return std::uint64_t{number};
    }
  };
  switch (value.which()) {
    case Value::BOOL:
      return value.getBool() ? schema::DefaultValue(true) : schema::DefaultValue();
    case Value::INT8:
      return integer(value.getInt8());
    case Value::INT16:
      return integer(value.getInt16());
    case Value::INT32:
      return integer(value.getInt32());
    case Value::INT64:
      return integer(value.getInt64());
    case Value::UINT8:
      return integer(value.getUint8());
    case Value::UINT16:
      return integer(value.getUint16());
    case Value::UINT32:
      return integer(value.getUint32());
    case Value::UINT64:
      return integer(value.getUint64());
    // -0 is not the zero that missing bytes read as, so bits decide.
    case Value::FLOAT32: {
      const float number = value.getFloat32();
      return std::bit_cast<std::uint32_t>(number) == 0 ? schema::DefaultValue() : double{number};
    }
    case Value::FLOAT64: {
      const double number = value.getFloat64();
      return std::bit_cast<std::uint64_t>(number) == 0 ? schema::DefaultValue() : number;
    }
    case Value::TEXT: {
      const auto text = value.getText();
      return text.size() == 0 ? schema::DefaultValue() : std::string(text.begin(), text.size());
    }
    default:
      return {};
  }
}

/// Units of a slot's offset, in the units of FieldLayout::offset; 0 for pointers.
std::uint32_t slot_unit(const capnp::Type& type) {
  using capnp::schema::Type;
  switch (type.which()) {
    case Type::BOOL:
    case Type::INT8:
    case Type::UINT8:
      return 1;
    case Type::INT16:
    case Type::UINT16:
      return 2;
    case Type::INT32:
    case Type::UINT32:
    case Type::FLOAT32:
      return 4;
    case Type::INT64:
    case Type::UINT64:
    case Type::FLOAT64:
      return 8;
    default:
      return 0;
  }
}

void set_slot(FieldLayout& out, const capnp::StructSchema::Field& field) {
  const auto slot = field.getProto().getSlot();
  const std::uint32_t unit = slot_unit(field.getType());
  out.pointer = unit == 0;
  out.offset = slot.getOffset() * (out.pointer ? 1 : unit);
  out.default_value = default_of(slot.getDefaultValue());
}

}  // namespace

StructLayout struct_layout(const CapnpFile& file, const std::string& name) {
  const capnp::StructSchema schema = file.nested(name).asStruct();
  StructLayout out;
  out.data_words = schema.getProto().getStruct().getDataWordCount();
  out.pointers = schema.getProto().getStruct().getPointerCount();
  out.discriminant = schema.getProto().getStruct().getDiscriminantOffset() * 2;
  for (const auto field : schema.getFields()) {
    FieldLayout& layout = out.fields[field.getProto().getName().cStr()];
    if (!field.getProto().isGroup()) {
      layout.alternative = field.getProto().getDiscriminantValue();
      set_slot(layout, field);
      continue;
    }
    const capnp::StructSchema group = field.getType().asStruct();
    UnionLayout& optional = layout.optional.emplace();
    optional.offset = group.getProto().getStruct().getDiscriminantOffset() * 2;
    for (const auto member : group.getFields()) {
      if (member.getType().isVoid()) {
        optional.absent = member.getProto().getDiscriminantValue();
      } else {
        optional.present = member.getProto().getDiscriminantValue();
        set_slot(layout, member);
      }
    }
  }
  return out;
}

}  // namespace netabase::compiler::layout
