#include "compiler/codegen/cpp_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "compiler/layout/type_text.hpp"
#include "compiler/schema/types.hpp"

namespace netabase::compiler::codegen {

namespace {

using schema::TypeKind;

/// The byte `c` in a string literal that goes on with `next`.
std::string escaped(char c, char next) {
  const auto byte = static_cast<unsigned char>(c);
  // '?' could begin a trigraph.
  if (byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\' && c != '?') return std::string(1, c);
  // Octal, because a hexadecimal escape has no end; in three digits where one could be taken for its next.
  const bool all_digits = next >= '0' && next <= '7';
  std::string out = "\\";
  if (all_digits || byte >= 0100) out += static_cast<char>('0' + (byte >> 6U));
  if (all_digits || byte >= 010) out += static_cast<char>('0' + ((byte >> 3U) & 7U));
  return out += static_cast<char>('0' + (byte & 7U));
}

std::string float_literal(TypeKind kind, double value) {
  const bool narrow = kind == TypeKind::float32;
  if (std::isfinite(value)) {
    return narrow ? layout::number_text(static_cast<float>(value)) + "F" : layout::number_text(value);
  }
  if (std::isinf(value)) {
    return std::string(value < 0 ? "-" : "") + "std::numeric_limits<" + (narrow ? "float" : "double") + ">::infinity()";
  }
  return narrow ? "std::numeric_limits<float>::quiet_NaN()" : "std::numeric_limits<double>::quiet_NaN()";
}

std::string integer_literal(TypeKind kind, const schema::DefaultValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    // The literal 9223372036854775808 would not fit before it is negated.
    if (*number == std::numeric_limits<std::int64_t>::min()) return "std::numeric_limits<std::int64_t>::min()";
    return std::to_string(*number);
  }
  if (const auto* number = std::get_if<std::uint64_t>(&value)) {
    return std::to_string(*number) + (kind == TypeKind::uint64 ? "U" : "");
  }
  return "0";
}

std::int64_t as_signed(const schema::DefaultValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  if (const auto* number = std::get_if<std::uint64_t>(&value)) return static_cast<std::int64_t>(*number);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? 1 : 0;
  return 0;
}

std::string enum_literal(const schema::Enum& enumeration, const std::string& cpp, const schema::DefaultValue& value) {
  const std::int64_t number = as_signed(value);
  for (const schema::Enumerator& enumerator : enumeration.enumerators) {
    if (enumerator.value == number) return enumeration.qualified_name + "::" + enumerator.name;
  }
  if (const auto* flag = std::get_if<bool>(&value))
    return "static_cast<" + cpp + ">(" + (*flag ? "true" : "false") + ")";
  return "static_cast<" + cpp + ">(" + integer_literal(enumeration.underlying, value) + ")";
}

/// A place to break a line at, and the column its rest begins in.
struct Break {
  std::size_t place = std::string_view::npos;
  std::size_t indent = 0;
};

/// Behind the comma that lies in the fewest brackets, the last of those that leave the first part short enough, the
/// rest aligned with what the bracket holds; or, when the rest would still be too long, behind the last opening
/// parenthesis, the rest indented by four more columns than the line.
Break find_break(std::string_view line, std::size_t width, std::size_t line_indent) {
  // What goes on from the line before is aligned with itself.
  std::vector<std::size_t> brackets = {line.find_first_not_of(' ')};
  std::size_t best_depth = std::numeric_limits<std::size_t>::max();
  Break comma;
  Break parenthesis;
  bool in_string = false;
  for (std::size_t i = 0; i < line.size() && i < width; ++i) {
    const char c = line[i];
    if (c == '"' && (i == 0 || line[i - 1] != '\\')) in_string = !in_string;
    if (in_string) continue;
    if (c == '(' || c == '<' || c == '{' || c == '[') brackets.push_back(i + 1);
    if (c == '(' && i + 1 < line.size() && line[i + 1] != ')') parenthesis = {i + 1, line_indent + 4};
    if ((c == ')' || c == '>' || c == '}' || c == ']') && brackets.size() > 1) brackets.pop_back();
    if (c == ',' && i + 1 < line.size() && line[i + 1] == ' ' && brackets.size() <= best_depth) {
      comma = {i + 1, brackets.back()};
      best_depth = brackets.size();
    }
  }
  const bool fits = comma.place != std::string_view::npos && comma.indent + line.size() - comma.place - 1 <= width;
  return fits || parenthesis.place == std::string_view::npos ? comma : parenthesis;
}

}  // namespace

std::string string_literal(std::string_view bytes) {
  std::string out = "\"";
  for (std::size_t i = 0; i < bytes.size(); ++i) out += escaped(bytes[i], i + 1 < bytes.size() ? bytes[i + 1] : '"');
  return out + '"';
}

std::string string_literal_lines(std::string_view bytes, std::size_t width) {
  std::string out = "\"";
  std::size_t column = 1;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::string text = escaped(bytes[i], i + 1 < bytes.size() ? bytes[i + 1] : '"');
    if (column + text.size() + 1 > width) {
      out += "\"\n\"";
      column = 1;
    }
    out += text;
    column += text.size();
  }
  return out + '"';
}

std::string default_literal(const schema::Type& type, const schema::DefaultValue& value) {
  if (type.kind == TypeKind::enumeration) return enum_literal(*type.enumeration, type.cpp, value);
  if (schema::is_chrono(type)) return type.cpp + "(" + default_literal(type.arguments[0], value) + ")";
  if (const auto* text = std::get_if<std::string>(&value)) {
    if (text->find('\0') == std::string::npos) return string_literal(*text);
    return "std::string_view(" + string_literal(*text) + ", " + std::to_string(text->size()) + ")";
  }
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<double>(&value)) return float_literal(type.kind, *number);
  return integer_literal(type.kind, value);
}

std::string fresh_name(std::string name, const std::vector<std::string>& taken) {
  while (std::find(taken.begin(), taken.end(), name) != taken.end()) name += '_';
  return name;
}

std::string wrap_lines(std::string_view text, std::size_t width) {
  std::string out;
  bool verbatim = false;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    std::string line(text.substr(start, end - start));
    start = end + 1;
    const std::size_t first = std::min(line.find_first_not_of(' '), line.size());
    const bool comment = line.compare(first, 2, "//") == 0;
    if (line.compare(first, std::string::npos, "// clang-format off") == 0) verbatim = true;
    if (line.compare(first, std::string::npos, "// clang-format on") == 0) verbatim = false;
    while (!verbatim && !comment && line.size() > width) {
      const Break at = find_break(line, width, first);
      if (at.place == std::string_view::npos) break;
      out.append(line, 0, at.place).append("\n");
      line = std::string(at.indent, ' ') + line.substr(at.place + (line[at.place] == ' ' ? 1 : 0));
    }
    out += line;
    out += '\n';
  }
  return out;
}

}  // namespace netabase::compiler::codegen
