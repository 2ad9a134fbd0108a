#include "tools/schema/capnp_text.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>

#include "tools/schema/words.hpp"

namespace netabase::tools {

namespace {

std::string hex(std::uint64_t number) {
  std::array<char, 20> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, 16);
  return "0x" + std::string(buffer.data(), result.ptr);
}

std::string quoted(capnp::Text::Reader text) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') out += '\\';
    if (byte >= 0x20 && byte != 0x7f) {
      out += c;
    } else {
      out += "\\x";
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    }
  }
  return out + '"';
}

template <class Float>
std::string float_text(Float value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  if (value == 0 && !std::signbit(value)) return {};
  std::array<char, 40> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  std::string out(buffer.data(), result.ptr);
  if (out.find_first_of(".e") == std::string::npos) out += ".0";  // a bare integer would lose the sign of -0
  return out;
}

std::string integer_text(auto value) { return value == 0 ? std::string() : std::to_string(value); }

std::string short_name(const capnp::Schema& schema) { return schema.getShortDisplayName().cStr(); }

class Printer {
 public:
  explicit Printer(const Schema& schema) : schema_(schema) {}

  std::string print() {
    out_ = "# How the records of " + schema_.definition() + ", version " + std::to_string(schema_.version()) +
           ", are stored.\n#\n";
    for (const Model& model : schema_.models()) {
      for (const std::string& line : model_words(model)) out_ += "# " + line + '\n';
    }
    // The structs' scope is the file that netabase-gen wrote.
    const auto& structs = schema_.structs();
    if (!structs.empty()) out_ += "@" + hex(structs[0]->schema.getProto().getScopeId()) + ";\n";
    for (const StructShape* shape : structs) {
      out_ += "\nstruct " + short_name(shape->schema) + " @" + hex(shape->schema.getProto().getId()) + " {  # " +
              shape->cpp_name + '\n';
      print_fields(*shape, "  ");
      out_ += "}\n";
    }
    return out_;
  }

 private:
  void print_fields(const StructShape& shape, const std::string& indent) {
    for (const FieldShape& field : shape.fields) {
      if (!field.in_union) print_field(field, indent);
    }
    if (shape.schema.getUnionFields().size() == 0) return;
    out_ += indent + "union {\n";
    for (const FieldShape& field : shape.fields) {
      if (field.in_union) print_field(field, indent + "  ");
    }
    out_ += indent + "}\n";
  }

  void print_field(const FieldShape& field, const std::string& indent) {
    if (field.optional) {
      out_ += indent + field.capnp_name + " :union {" + note(field) + '\n';
      print_slot(field.absent, indent + "  ", "");
      print_slot(field.present, indent + "  ", "");
      out_ += indent + "}\n";
    } else if (field.field.getProto().isGroup()) {
      out_ += indent + field.capnp_name + " :group {" + note(field) + '\n';
      print_fields(*field.shape.structure, indent + "  ");
      out_ += indent + "}\n";
    } else {
      print_slot(field.field, indent, note(field));
    }
  }

  void print_slot(const capnp::StructSchema::Field& field, const std::string& indent, const std::string& note) {
    const auto proto = field.getProto();
    out_ += indent + proto.getName().cStr() + " @" + std::to_string(proto.getOrdinal().getExplicit()) + " :" +
            capnp_type_text(field.getType());
    const std::string value = capnp_default_text(proto.getSlot().getDefaultValue());
    if (!value.empty()) out_ += " = " + value;
    out_ += ";" + note + '\n';
  }

  /// What the layout does not say of the C++ field.
  static std::string note(const FieldShape& field) {
    std::string out;
    const auto add = [&](const std::string& text) { out += (out.empty() ? "  # " : ", ") + text; };
    if (field.removed) add("removed");
    if (field.name != field.capnp_name && !field.removed) add(field.name);
    if (field.shape.enumeration != nullptr) add(field.shape.enumeration->cpp_name);
    return out;
  }

  const Schema& schema_;
  std::string out_;
};

}  // namespace

std::string capnp_type_text(const capnp::Type& type) {
  using capnp::schema::Type;
  switch (type.which()) {
    case Type::VOID:
      return "Void";
    case Type::BOOL:
      return "Bool";
    case Type::INT8:
      return "Int8";
    case Type::INT16:
      return "Int16";
    case Type::INT32:
      return "Int32";
    case Type::INT64:
      return "Int64";
    case Type::UINT8:
      return "UInt8";
    case Type::UINT16:
      return "UInt16";
    case Type::UINT32:
      return "UInt32";
    case Type::UINT64:
      return "UInt64";
    case Type::FLOAT32:
      return "Float32";
    case Type::FLOAT64:
      return "Float64";
    case Type::TEXT:
      return "Text";
    case Type::DATA:
      return "Data";
    case Type::LIST:
      return "List(" + capnp_type_text(type.asList().getElementType()) + ")";
    case Type::STRUCT:
      return short_name(type.asStruct());
    default:
      return "AnyPointer";
  }
}

std::string capnp_default_text(capnp::schema::Value::Reader value) {
  using capnp::schema::Value;
  switch (value.which()) {
    case Value::BOOL:
      return value.getBool() ? "true" : "";
    case Value::INT8:
      return integer_text(value.getInt8());
    case Value::INT16:
      return integer_text(value.getInt16());
    case Value::INT32:
      return integer_text(value.getInt32());
    case Value::INT64:
      return integer_text(value.getInt64());
    case Value::UINT8:
      return integer_text(value.getUint8());
    case Value::UINT16:
      return integer_text(value.getUint16());
    case Value::UINT32:
      return integer_text(value.getUint32());
    case Value::UINT64:
      return integer_text(value.getUint64());
    case Value::FLOAT32:
      return float_text(value.getFloat32());
    case Value::FLOAT64:
      return float_text(value.getFloat64());
    case Value::TEXT:
      return value.getText().size() == 0 ? std::string() : quoted(value.getText());
    default:
      return {};
  }
}

std::string capnp_text(const Schema& schema) { return Printer(schema).print(); }

}  // namespace netabase::tools
