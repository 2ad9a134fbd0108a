#include "compiler/frontend/defaults.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "compiler/frontend/types.hpp"

namespace netabase::compiler::frontend {
namespace {

using schema::DefaultValue;
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

/// Containers, optionals and structs: only "empty" can be read.
std::optional<DefaultValue> empty(CXCursor expression) {
  const Core core = core_of(expression);
  if (!core.readable) return std::nullopt;
  if (!core.expression || spelling_of(*core.expression) == "nullopt") return DefaultValue{};
  return std::nullopt;
}

const char* mend_for(TypeKind kind) {
  switch (kind) {
    case TypeKind::string:
      return "write a string literal: `= \"text\"`";
    case TypeKind::optional:
      return "this version stores no default inside an optional: leave it empty and set it where records are made, or "
             "mark "
             "the field `[[netabase::skip]]`";
    case TypeKind::structure:
      return "give the defaults to the struct's own members and write `{}` here, or mark the field "
             "`[[netabase::skip]]`";
    case TypeKind::vector:
    case TypeKind::bytes:
      return "leave it empty (`{}`) and fill it where records are made, or mark the field `[[netabase::skip]]`";
    default:
      return "write a literal or a constant expression, or mark the field `[[netabase::skip]]`";
  }
}

std::optional<DefaultValue> value_of(CXCursor expression, const Type& type) {
  switch (type.kind) {
    case TypeKind::string:
      return string(expression);
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
    case TypeKind::bytes:
    case TypeKind::vector:
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
