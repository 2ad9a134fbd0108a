#include <charconv>
#include <limits>

#include "tests/evolution/value.hpp"

namespace random_evolution {

namespace {

std::string cpp_text(const std::string& text) {
  static constexpr char digits[] = "01234567";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 32 && byte < 127 && c != '"' && c != '\\' && c != '?') {
      out += c;
    } else {
      out += '\\';
      for (const unsigned shift : {6U, 3U, 0U}) out += digits[(byte >> shift) & 7U];
    }
  }
  return out + '"';
}

std::string cpp_integer(Wide value) {
  if (value == std::numeric_limits<std::int64_t>::min()) return "std::numeric_limits<std::int64_t>::min()";
  if (value < 0) return '-' + cpp_integer(-value);
  if (value <= std::numeric_limits<std::int32_t>::max()) return std::to_string(static_cast<std::int64_t>(value));
  if (value <= std::numeric_limits<std::int64_t>::max()) return std::to_string(static_cast<std::int64_t>(value)) + "LL";
  return std::to_string(static_cast<std::uint64_t>(value)) + "ULL";
}

std::string cpp_wide(Wide value) {
  if (value < 0) return "-(" + cpp_wide(-value) + ")";
  return "(netabase::Int128{" + std::to_string(static_cast<std::uint64_t>(value >> 64)) + "U} << 64 | " +
         std::to_string(static_cast<std::uint64_t>(value)) + "ULL)";
}

std::string cpp_real(double value) {
  char digits[64];
  const auto end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
  std::string out(digits, end);
  return out.find_first_of(".e") == std::string::npos ? out + ".0" : out;
}

std::string joined(const Draft& draft, const Type& element, const std::vector<Value>& items) {
  std::string out;
  for (const Value& item : items) out += (out.empty() ? "" : ", ") + cpp_of(draft, element, item);
  return out;
}

std::string cpp_struct(const Draft& draft, const Struct& structure, const Value& value) {
  std::string out;
  for (const Field& field : structure.fields) {
    out += (out.empty() ? "" : ", ") + cpp_of(draft, field.type, value.of(field));
  }
  return structure.name + "{" + out + "}";
}

}  // namespace

std::string cpp_of(const Draft& draft, const Type& type, const Value& value) {
  const std::string name = cpp_type(draft, type);
  switch (type.kind) {
    case Kind::boolean:
      return value.integer != 0 ? "true" : "false";
    case Kind::int128:
    case Kind::uint128:
      return "static_cast<" + name + ">(" + cpp_wide(value.integer) + ")";
    case Kind::float32:
    case Kind::float64:
      return name + "(" + cpp_real(value.real) + (type.kind == Kind::float32 ? "F)" : ")");
    case Kind::milliseconds:
    case Kind::seconds:
      return name + "(" + cpp_integer(value.integer) + ")";
    case Kind::days_point:
      return name + "(std::chrono::days(" + cpp_integer(value.integer) + "))";
    case Kind::text:
    case Kind::path:
      return name + "(std::string(" + cpp_text(value.text) + ", " + std::to_string(value.text.size()) + "))";
    case Kind::bytes:
    case Kind::fixed_bytes: {
      std::string out = name + "{";
      for (std::size_t i = 0; i < value.text.size(); ++i) {
        out += (i == 0 ? "" : ", ") + ("std::byte{" + std::to_string(static_cast<unsigned char>(value.text[i])) + "}");
      }
      return out + "}";
    }
    case Kind::structure:
      return cpp_struct(draft, draft.structure(type.id), value);
    case Kind::optional:
      return value.absent ? name + "()" : name + "(" + cpp_of(draft, type.arguments[0], value) + ")";
    case Kind::vector:
    case Kind::set:
    case Kind::hashed_set:
    case Kind::array:
      return name + "{" + joined(draft, type.arguments[0], value.items) + "}";
    case Kind::map:
    case Kind::hashed_map: {
      std::string out;
      for (const Value& entry : value.items) {
        out += (out.empty() ? "{" : ", {") + cpp_of(draft, type.arguments[0], entry.items[0]) + ", " +
               cpp_of(draft, type.arguments[1], entry.items[1]) + "}";
      }
      return name + "{" + out + "}";
    }
    case Kind::pair:
    case Kind::tuple: {
      std::string out;
      for (std::size_t i = 0; i < type.arguments.size(); ++i) {
        out += (i == 0 ? "" : ", ") + cpp_of(draft, type.arguments[i], value.items.at(i));
      }
      return name + "(" + out + ")";
    }
    case Kind::variant:
      return name + "(std::in_place_index<" + std::to_string(value.choice) + ">, " +
             cpp_of(draft, type.arguments.at(value.choice), value.items.at(0)) + ")";
    default:
      return "static_cast<" + name + ">(" + cpp_integer(value.integer) + ")";
  }
}

std::string cpp_initialiser(const Draft& draft, const Type& type, const Value& value) {
  switch (type.kind) {
    case Kind::text:
      return cpp_text(value.text);
    case Kind::enumeration: {
      for (const Enumerator& enumerator : draft.enumeration(type.id).enumerators) {
        if (enumerator.value == value.integer) return draft.enumeration(type.id).name + "::" + enumerator.name;
      }
      return "static_cast<" + cpp_type(draft, type) + ">(" + cpp_integer(value.integer) + ")";
    }
    default:
      return cpp_of(draft, type, value);
  }
}

}  // namespace random_evolution
