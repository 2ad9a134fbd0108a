#include "compiler/frontend/defaults.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/frontend/type_spelling.hpp"
#include "compiler/frontend/types.hpp"
#include "compiler/schema/types.hpp"

namespace netabase::compiler::frontend {
namespace {

using schema::DefaultValue;
using schema::Period;
using schema::Type;
using schema::TypeKind;

/// The expression after `=` or in braces; nullopt: there is none. Other expressions under a field (an array's bound, a
/// template's argument) stand before its name or have another type.
std::optional<CXCursor> initialiser(CXCursor field) {
  const std::vector<CXCursor> children = children_of(field);
  if (children.empty() || clang_isExpression(clang_getCursorKind(children.back())) == 0) return std::nullopt;
  const CXType wanted = clang_getCanonicalType(clang_getCursorType(field));
  const CXType found = clang_getCanonicalType(clang_getCursorType(children.back()));
  const bool is_after = place_of(children.back()).offset >= place_of(field).offset;
  if (!is_after || clang_equalTypes(wanted, found) == 0) return std::nullopt;
  return children.back();
}

/// The expressions under one, without default arguments that Clang wrote itself (they stand nowhere).
std::vector<CXCursor> operands(CXCursor expression) {
  std::vector<CXCursor> out;
  for (const CXCursor child : children_of(expression)) {
    const bool is_expression = clang_isExpression(clang_getCursorKind(child)) != 0;
    if (is_expression && !place_of(child).file.empty()) out.push_back(child);
  }
  return out;
}

/// Whether an expression only wraps its operand: conversions, braces, parentheses and constructors' calls.
bool is_wrapper(CXCursor expression) {
  switch (clang_getCursorKind(expression)) {
    case CXCursor_UnexposedExpr:
    case CXCursor_ParenExpr:
    case CXCursor_InitListExpr:
    case CXCursor_CXXFunctionalCastExpr:
      return true;
    case CXCursor_CallExpr: {
      const CXCursor callee = clang_getCursorReferenced(expression);
      return clang_Cursor_isNull(callee) != 0 || clang_getCursorKind(callee) == CXCursor_Constructor ||
             clang_getCursorKind(callee) == CXCursor_FunctionTemplate;
    }
    default:
      return false;
  }
}

/// What is left when all wrappers are taken off: the innermost expression, or nothing for `{}` and `T()`.
struct Core {
  bool readable = false;
  std::optional<CXCursor> expression;
};

Core core_of(CXCursor expression) {
  constexpr int deepest = 64;
  for (int i = 0; i < deepest; ++i) {
    if (!is_wrapper(expression)) return {true, expression};
    const std::vector<CXCursor> inner = operands(expression);
    if (inner.empty()) return {true, std::nullopt};
    if (inner.size() != 1) return {};
    expression = inner.front();
  }
  return {};
}

template <class Number>
DefaultValue number(Number value) {
  return value == Number{} ? DefaultValue{} : DefaultValue{value};
}

std::optional<DefaultValue> scalar(CXCursor expression, TypeKind kind) {
  const EvalResultHandle result(clang_Cursor_Evaluate(expression));
  if (!result) return std::nullopt;
  const CXEvalResultKind found = clang_EvalResult_getKind(result.get());
  if (kind == TypeKind::float32 || kind == TypeKind::float64) {
    if (found != CXEval_Float) return std::nullopt;
    const double value = clang_EvalResult_getAsDouble(result.get());
    return value == 0 && !std::signbit(value) ? DefaultValue{} : DefaultValue{value};
  }
  if (found != CXEval_Int) return std::nullopt;
  const bool was_unsigned = clang_EvalResult_isUnsignedInt(result.get()) != 0;
  const std::uint64_t bits = was_unsigned ? clang_EvalResult_getAsUnsigned(result.get())
                                          : static_cast<std::uint64_t>(clang_EvalResult_getAsLongLong(result.get()));
  if (kind == TypeKind::boolean) return number(bits != 0);
  return is_unsigned(kind) ? number(bits) : number(static_cast<std::int64_t>(bits));
}

std::optional<DefaultValue> string(CXCursor expression) {
  const Core core = core_of(expression);
  if (!core.readable) return std::nullopt;
  if (!core.expression) return DefaultValue{};
  if (clang_getCursorKind(*core.expression) != CXCursor_StringLiteral) return std::nullopt;
  // Asked of the pointer that the literal decays to: the value ends at its first zero, as the std::string's does.
  std::optional<DefaultValue> value;
  for (CXCursor step = expression; !clang_equalCursors(step, *core.expression); step = operands(step).front()) {
    const EvalResultHandle result(clang_Cursor_Evaluate(step));
    if (!result || clang_EvalResult_getKind(result.get()) != CXEval_StrLiteral) continue;
    const std::string text = clang_EvalResult_getAsStr(result.get());
    value = text.empty() ? DefaultValue{} : DefaultValue{text};
  }
  return value;
}

/// The bytes of a string literal up to its first zero, from Clang's spelling of it: quoted, with escapes of its own.
std::optional<std::string> literal_bytes(const std::string& spelling) {
  if (spelling.size() < 2 || spelling.front() != '"') return std::nullopt;  // L"", u8""
  static constexpr std::string_view letters = "abfnrtv";
  static constexpr std::string_view meant = "\a\b\f\n\r\t\v";
  std::string out;
  for (std::size_t i = 1; i + 1 < spelling.size(); ++i) {
    char byte = spelling[i];
    if (byte == '\\') {
      byte = spelling[++i];
      if (const std::size_t letter = letters.find(byte); letter != std::string_view::npos) {
        byte = meant[letter];
      } else if (byte >= '0' && byte <= '7') {
        byte = static_cast<char>(std::stoi(spelling.substr(i, 3), nullptr, 8));
        i += 2;
      }
    }
    if (byte == '\0') break;
    out += byte;
  }
  return out;
}

/// A path is made of the literal itself, which libclang does not evaluate.
std::optional<DefaultValue> path(CXCursor expression) {
  const Core core = core_of(expression);
  if (!core.readable) return std::nullopt;
  if (!core.expression) return DefaultValue{};
  if (clang_getCursorKind(*core.expression) != CXCursor_StringLiteral) return std::nullopt;
  const std::optional<std::string> text = literal_bytes(spelling_of(*core.expression));
  if (!text) return std::nullopt;
  return text->empty() ? DefaultValue{} : DefaultValue{*text};
}

// ---- integers of 128 bits: only zero can be read

std::optional<DefaultValue> zero(CXCursor expression) {
  const Core core = core_of(expression);
  if (!core.readable) return std::nullopt;
  if (!core.expression) return DefaultValue{};
  // libclang gives the low 64 bits of wider values.
  if (clang_Type_getSizeOf(clang_getCursorType(*core.expression)) > 8) return std::nullopt;
  const std::optional<DefaultValue> value = scalar(*core.expression, TypeKind::int64);
  return value && std::holds_alternative<std::monostate>(*value) ? value : std::nullopt;
}

// ---- times: a number, and the unit of the duration that stands around it

struct Ticks {
  std::variant<__int128, double> count = __int128{0};
  Period unit;
};

/// "5s", "-1.5ms": what stands in the source; nullopt when it is anything else than a literal with one of std::chrono's
/// suffixes.
std::optional<Ticks> time_literal(CXCursor expression) {
  CXToken* tokens = nullptr;
  unsigned count = 0;
  const CXTranslationUnit unit = clang_Cursor_getTranslationUnit(expression);
  clang_tokenize(unit, clang_getCursorExtent(expression), &tokens, &count);
  std::string text;
  for (unsigned i = 0; i < count; ++i) text += to_string(clang_getTokenSpelling(unit, tokens[i]));
  clang_disposeTokens(unit, tokens, count);

  std::erase(text, '\'');
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.erase(0, 1);
  const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
  static const std::map<std::string, Period> units = {{"h", {3600, 1}},       {"min", {60, 1}},
                                                      {"s", {1, 1}},          {"ms", {1, 1'000}},
                                                      {"us", {1, 1'000'000}}, {"ns", {1, 1'000'000'000}}};
  const auto found = units.find(text.substr(digits));
  const bool is_octal = digits > 1 && text[0] == '0' && text.find('.') >= digits;
  if (digits == 0 || is_octal || found == units.end()) return std::nullopt;
  Ticks out;
  out.unit = found->second;
  if (text.find('.') < digits) {
    double value = 0;
    if (std::from_chars(text.data(), text.data() + digits, value).ec != std::errc()) return std::nullopt;
    out.count = is_negative ? -value : value;
  } else {
    std::int64_t value = 0;
    if (std::from_chars(text.data(), text.data() + digits, value).ec != std::errc()) return std::nullopt;
    out.count = static_cast<__int128>(is_negative ? -value : value);
  }
  return out;
}

/// The number in an initialiser of a time, and its unit; nullopt when that cannot be read. `{}` is no ticks.
std::optional<Ticks> ticks(CXCursor expression) {
  constexpr int deepest = 64;
  std::optional<Period> unit;
  for (int i = 0; i < deepest; ++i) {
    const CXType type = clang_getCanonicalType(clang_getCursorType(expression));
    const bool is_duration = is_standard(type, "std::chrono::duration");
    if (is_duration) unit = ratio(canonical_argument(type, 1));
    if (is_wrapper(expression)) {
      const std::vector<CXCursor> inner = operands(expression);
      if (inner.empty()) return Ticks{};
      if (inner.size() != 1) return std::nullopt;
      expression = inner.front();
    } else if (clang_getCursorKind(expression) == CXCursor_DeclRefExpr && is_duration) {
      // A constant's own initialiser.
      const CXCursor variable = clang_getCursorReferenced(expression);
      if (clang_isConstQualifiedType(clang_getCursorType(variable)) == 0) return std::nullopt;
      const std::vector<CXCursor> children = children_of(variable);
      if (children.empty() || clang_isExpression(clang_getCursorKind(children.back())) == 0) return std::nullopt;
      expression = children.back();
    } else if (is_duration) {
      return time_literal(expression);
    } else {
      const EvalResultHandle result(clang_Cursor_Evaluate(expression));
      if (!unit || !result) return std::nullopt;
      switch (clang_EvalResult_getKind(result.get())) {
        case CXEval_Int:
          if (clang_Type_getSizeOf(type) > 8) return std::nullopt;
          if (clang_EvalResult_isUnsignedInt(result.get()) != 0) {
            return Ticks{static_cast<__int128>(clang_EvalResult_getAsUnsigned(result.get())), *unit};
          }
          return Ticks{static_cast<__int128>(clang_EvalResult_getAsLongLong(result.get())), *unit};
        case CXEval_Float:
          return Ticks{clang_EvalResult_getAsDouble(result.get()), *unit};
        default:
          return std::nullopt;
      }
    }
  }
  return std::nullopt;
}

/// The initialiser of a time in the field's own ticks, as std::chrono converts it.
std::optional<DefaultValue> time(CXCursor expression, const Type& type) {
  const std::optional<Ticks> found = ticks(expression);
  if (!found) return std::nullopt;
  const Type& duration = type.kind == TypeKind::time_point ? type.arguments[0] : type;
  const TypeKind kind = schema::number_kind(type);
  const std::int64_t over = std::gcd(found->unit.numerator, duration.period.numerator);
  const std::int64_t under = std::gcd(found->unit.denominator, duration.period.denominator);
  const auto factor = static_cast<__int128>(found->unit.numerator / over) * (duration.period.denominator / under);
  const auto divisor = static_cast<__int128>(found->unit.denominator / under) * (duration.period.numerator / over);
  if (kind == TypeKind::float32 || kind == TypeKind::float64) {
    const double count = std::visit([](auto number) { return static_cast<double>(number); }, found->count);
    const double value = count * static_cast<double>(factor) / static_cast<double>(divisor);
    return value == 0 && !std::signbit(value) ? DefaultValue{} : DefaultValue{value};
  }
  const auto* count = std::get_if<__int128>(&found->count);
  // A count has 64 bits; the product must have a few less than 128.
  if (count == nullptr || factor > std::numeric_limits<std::int32_t>::max() * std::int64_t{1'000'000'000}) {
    return std::nullopt;
  }
  const __int128 scaled = *count * factor;
  const __int128 value = scaled / divisor;
  if (value * divisor != scaled) return std::nullopt;
  if (is_unsigned(kind)) {
    if (value < 0 || value > std::numeric_limits<std::uint64_t>::max()) return std::nullopt;
    return number(static_cast<std::uint64_t>(value));
  }
  if (value < std::numeric_limits<std::int64_t>::min() || value > std::numeric_limits<std::int64_t>::max()) {
    return std::nullopt;
  }
  return number(static_cast<std::int64_t>(value));
}

/// Containers, optionals, structs and their like: only "empty" can be read, which is `{}` or `T()` of the field's own
/// type. An empty value of another type is not it: `std::optional<std::string> name = std::string();` has a value.
std::optional<DefaultValue> empty(CXCursor expression) {
  const Core core = core_of(expression);
  if (!core.readable) return std::nullopt;
  if (core.expression) {
    return spelling_of(*core.expression) == "nullopt" ? std::optional<DefaultValue>(DefaultValue{}) : std::nullopt;
  }
  const CXType wanted = clang_getCanonicalType(clang_getCursorType(expression));
  for (std::vector<CXCursor> inner = {expression}; !inner.empty(); inner = operands(inner.front())) {
    const CXType found = clang_getCanonicalType(clang_getCursorType(inner.front()));
    if (clang_equalTypes(wanted, found) == 0) return std::nullopt;
  }
  return DefaultValue{};
}

const char* mend_for(TypeKind kind) {
  switch (kind) {
    case TypeKind::string:
    case TypeKind::path:
      return "write a string literal: `= \"text\"`";
    case TypeKind::optional:
      return "this version stores no default inside an optional: leave it empty and set it where records are made, or "
             "mark "
             "the field `[[netabase::skip]]`";
    case TypeKind::structure:
      return "give the defaults to the struct's own members and write `{}` here, or mark the field "
             "`[[netabase::skip]]`";
    case TypeKind::pair:
    case TypeKind::tuple:
      return "write `{}` here and set it where records are made, use a struct whose members have defaults, or mark the "
             "field `[[netabase::skip]]`";
    case TypeKind::variant:
      return "write `{}`, which is the first alternative's empty value, and set it where records are made, or mark the "
             "field `[[netabase::skip]]`";
    case TypeKind::vector:
    case TypeKind::set:
    case TypeKind::map:
    case TypeKind::bytes:
      return "leave it empty (`{}`) and fill it where records are made, or mark the field `[[netabase::skip]]`";
    case TypeKind::array:
      return "write `{}` and fill it where records are made, or mark the field `[[netabase::skip]]`";
    case TypeKind::duration:
    case TypeKind::time_point:
      return "write it with a number: `{1500}`, `= std::chrono::seconds(5)` or `= 5s`; or mark the field "
             "`[[netabase::skip]]`";
    case TypeKind::int128:
    case TypeKind::uint128:
      return "this version stores no default in an integer of 128 bits: leave it zero and set it where records are "
             "made, or mark the field `[[netabase::skip]]`";
    default:
      return "write a literal or a constant expression, or mark the field `[[netabase::skip]]`";
  }
}

std::optional<DefaultValue> value_of(CXCursor expression, const Type& type) {
  switch (type.kind) {
    case TypeKind::string:
      return string(expression);
    case TypeKind::path:
      return path(expression);
    case TypeKind::enumeration:
      return type.enumeration == nullptr ? std::nullopt : scalar(expression, type.enumeration->underlying);
    case TypeKind::boolean:
    case TypeKind::int8:
    case TypeKind::int16:
    case TypeKind::int32:
    case TypeKind::int64:
    case TypeKind::uint8:
    case TypeKind::uint16:
    case TypeKind::uint32:
    case TypeKind::uint64:
    case TypeKind::float32:
    case TypeKind::float64:
      return scalar(expression, type.kind);
    case TypeKind::duration:
    case TypeKind::time_point:
      return time(expression, type);
    case TypeKind::int128:
    case TypeKind::uint128:
      return zero(expression);
    case TypeKind::bytes:
    case TypeKind::vector:
    case TypeKind::array:
    case TypeKind::set:
    case TypeKind::map:
    case TypeKind::pair:
    case TypeKind::tuple:
    case TypeKind::variant:
    case TypeKind::optional:
    case TypeKind::structure:
      return empty(expression);
    default:
      return DefaultValue{};  // the checks refuse the type itself
  }
}

}  // namespace

DefaultValue read_default(CXCursor field, const Type& type, const SourceLocation& place, Diagnostics& diagnostics) {
  const std::optional<CXCursor> expression = initialiser(field);
  if (!expression) return {};
  if (std::optional<DefaultValue> value = value_of(*expression, type)) return *value;
  diagnostics.error(place, "the default of `" + spelling_of(field) + "` cannot be read from its initialiser",
                    mend_for(type.kind));
  return {};
}

}  // namespace netabase::compiler::frontend
