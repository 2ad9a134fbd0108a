#include "compiler/layout/type_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

namespace netabase::compiler::layout {

namespace {

template <class Float>
std::string float_text(Float value) {
  std::array<char, 64> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  std::string text(buffer.data(), result.ptr);
  // A bare integer would lose the sign of -0.
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

template <class Float>
std::string float_default(Float value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  if (value == 0 && !std::signbit(value)) return {};
  return float_text(value);
}

double as_double(const schema::DefaultValue& value) {
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return static_cast<double>(*number);
  if (const auto* number = std::get_if<std::uint64_t>(&value)) return static_cast<double>(*number);
  return 0;
}

std::string integer_default(const schema::DefaultValue& value) {
  std::string text;
  if (const auto* number = std::get_if<std::int64_t>(&value)) text = std::to_string(*number);
  if (const auto* number = std::get_if<std::uint64_t>(&value)) text = std::to_string(*number);
  if (const auto* number = std::get_if<bool>(&value)) text = *number ? "1" : "0";
  return text == "0" ? std::string() : text;
}

bool boolean_default(const schema::DefaultValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  return !integer_default(value).empty();
}

}  // namespace

std::string number_text(double value) { return float_text(value); }
std::string number_text(float value) { return float_text(value); }

std::string quote(std::string_view text) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\x";
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string_view scalar_text(schema::TypeKind kind) {
  using schema::TypeKind;
  switch (kind) {
    case TypeKind::boolean:
      return "Bool";
    case TypeKind::int8:
      return "Int8";
    case TypeKind::int16:
      return "Int16";
    case TypeKind::int32:
      return "Int32";
    case TypeKind::int64:
      return "Int64";
    case TypeKind::uint8:
      return "UInt8";
    case TypeKind::uint16:
      return "UInt16";
    case TypeKind::uint32:
      return "UInt32";
    case TypeKind::uint64:
      return "UInt64";
    case TypeKind::float32:
      return "Float32";
    case TypeKind::float64:
      return "Float64";
    default:
      return "Void";
  }
}

std::string default_text(schema::TypeKind kind, const schema::DefaultValue& value) {
  using schema::TypeKind;
  switch (kind) {
    case TypeKind::boolean:
      return boolean_default(value) ? "true" : "";
    case TypeKind::float32:
      return float_default(static_cast<float>(as_double(value)));
    case TypeKind::float64:
      return float_default(as_double(value));
    case TypeKind::string:
    case TypeKind::path: {
      const auto* text = std::get_if<std::string>(&value);
      return text == nullptr || text->empty() ? std::string() : quote(*text);
    }
    default:
      return integer_default(value);
  }
}

std::string default_text(capnp::schema::Value::Reader value) {
  using capnp::schema::Value;
  switch (value.which()) {
    case Value::BOOL:
      return value.getBool() ? "true" : "";
    case Value::INT8:
      return integer_default(std::int64_t{value.getInt8()});
    case Value::INT16:
      return integer_default(std::int64_t{value.getInt16()});
    case Value::INT32:
      return integer_default(std::int64_t{value.getInt32()});
    case Value::INT64:
      return integer_default(std::int64_t{value.getInt64()});
    case Value::UINT8:
      return integer_default(std::uint64_t{value.getUint8()});
    case Value::UINT16:
      return integer_default(std::uint64_t{value.getUint16()});
    case Value::UINT32:
      return integer_default(std::uint64_t{value.getUint32()});
    case Value::UINT64:
      return integer_default(std::uint64_t{value.getUint64()});
    case Value::FLOAT32:
      return float_default(value.getFloat32());
    case Value::FLOAT64:
      return float_default(value.getFloat64());
    case Value::TEXT: {
      const auto text = value.getText();
      return text.size() == 0 ? std::string() : quote({text.begin(), text.size()});
    }
    default:
      return {};
  }
}

std::string type_text(const capnp::Type& type) {
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
      return "List(" + type_text(type.asList().getElementType()) + ")";
    case Type::STRUCT:
      return type.asStruct().getShortDisplayName().cStr();
    // None of these is ever written by netabase-gen.
    case Type::ENUM:
      return "an enum";
    case Type::INTERFACE:
      return "an interface";
    case Type::ANY_POINTER:
      return "AnyPointer";
  }
  return "Void";
}

}  // namespace netabase::compiler::layout
