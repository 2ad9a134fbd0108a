#include "compiler/frontend/types.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "compiler/frontend/type_advice.hpp"
#include "compiler/frontend/type_spelling.hpp"

namespace netabase::compiler::frontend {
namespace {

using schema::Type;
using schema::TypeKind;

constexpr int deepest_nesting = 32;  // of template arguments; no schema needs a tenth of it

struct FixedWidth {
  std::string_view name;
  TypeKind kind;
};

constexpr std::array<FixedWidth, 8> fixed_widths = {{{"int8_t", TypeKind::int8},
                                                     {"int16_t", TypeKind::int16},
                                                     {"int32_t", TypeKind::int32},
                                                     {"int64_t", TypeKind::int64},
                                                     {"uint8_t", TypeKind::uint8},
                                                     {"uint16_t", TypeKind::uint16},
                                                     {"uint32_t", TypeKind::uint32},
                                                     {"uint64_t", TypeKind::uint64}}};

/// A type's name without qualifiers: "const std::size_t" gives "size_t".
std::string last_word(const std::string& spelling) {
  const std::size_t begin = spelling.find_last_of(" :");
  return begin == std::string::npos ? spelling : spelling.substr(begin + 1);
}

const FixedWidth* fixed_width(const std::string& name) {
  const auto found =
      std::find_if(fixed_widths.begin(), fixed_widths.end(), [&](const FixedWidth& f) { return f.name == name; });
  return found == fixed_widths.end() ? nullptr : found;
}

std::string fixed_spelling(TypeKind kind) {
  const auto found =
      std::find_if(fixed_widths.begin(), fixed_widths.end(), [&](const FixedWidth& f) { return f.kind == kind; });
  return found == fixed_widths.end() ? std::string() : "std::" + std::string(found->name);
}

/// The fixed-width type that a platform-dependent one stands for: by its name ("uint_fast16_t"), else by its size here.
std::string fixed_instead_of(std::string name, TypeKind kind) {
  for (const std::string_view part : {"_fast", "_least"}) {
    const std::size_t at = name.find(part);
    if (at != std::string::npos) return "std::" + name.erase(at, part.size());
  }
  return fixed_spelling(kind);
}

bool is_long(CXType canonical) { return canonical.kind == CXType_Long || canonical.kind == CXType_ULong; }

/// Whether an enum has an underlying type that does not depend on its enumerators: a scoped one always has. libclang
/// has no call that says it; Clang's own printer writes the type exactly then.
bool has_fixed_underlying_type(CXCursor definition) {
  if (clang_EnumDecl_isScoped(definition) != 0) return true;
  const std::string text = to_string(clang_getCursorPrettyPrinted(definition, nullptr));
  return text.substr(0, text.find(" {\n")).find(spelling_of(definition) + " : ") != std::string::npos;
}

}  // namespace

bool is_unsigned(TypeKind kind) {
  return kind == TypeKind::boolean || (kind >= TypeKind::uint8 && kind <= TypeKind::uint64);
}

std::optional<TypeKind> integer_kind(CXType canonical) {
  const bool is_wide = clang_Type_getSizeOf(canonical) == 8;
  switch (canonical.kind) {
    case CXType_Bool:
      return TypeKind::boolean;
    case CXType_Char_S:
    case CXType_SChar:
      return TypeKind::int8;
    case CXType_Char_U:
    case CXType_UChar:
      return TypeKind::uint8;
    case CXType_Short:
      return TypeKind::int16;
    case CXType_UShort:
      return TypeKind::uint16;
    case CXType_Int:
      return TypeKind::int32;
    case CXType_UInt:
      return TypeKind::uint32;
    case CXType_Long:
    case CXType_LongLong:
      return is_wide ? TypeKind::int64 : TypeKind::int32;
    case CXType_ULong:
    case CXType_ULongLong:
      return is_wide ? TypeKind::uint64 : TypeKind::uint32;
    default:
      return std::nullopt;
  }
}

std::optional<Type> TypeReader::read(CXType type, const SourceLocation& place) {
  // A struct that a type leads to is read by the same reader, at its own fields' places.
  SourceLocation outer_place = std::exchange(place_, place);
  const int outer_nesting = std::exchange(nesting_, 0);
  const bool outer_lost = std::exchange(spelling_lost_, false);
  in_variant_ = false;
  const bool outer_returned = std::exchange(returned_, false);
  std::optional<Type> out = read(type);
  returned_ = outer_returned;
  place_ = std::move(outer_place);
  nesting_ = outer_nesting;
  spelling_lost_ = outer_lost;
  return out;
}

std::optional<Type> TypeReader::read_returned(CXType type, const SourceLocation& place) {
  place_ = place;
  returned_ = true;
  std::optional<Type> out = read(type);
  returned_ = false;
  return out;
}

std::optional<Type> TypeReader::refuse(CXType type, const std::string& mend) {
  diagnostics_.error(place_, shown(type) + (returned_ ? " cannot be computed as a key" : " cannot be stored"), mend);
  return std::nullopt;
}

std::optional<Type> TypeReader::read(CXType type) {
  if (nesting_ >= deepest_nesting) return refuse(type, "nest fewer templates in each other");
  const CXType canonical = clang_getCanonicalType(type);
  if (clang_isVolatileQualifiedType(canonical) != 0) return refuse(type, "leave `volatile` out");
  if (clang_isConstQualifiedType(canonical) != 0 && !(returned_ && nesting_ == 0)) {
    return refuse(type, "leave `const` out: a record is read into the struct's members");
  }
  switch (canonical.kind) {
    case CXType_Float:
      return Type{TypeKind::float32, "float", {}, nullptr, nullptr, 0};
    case CXType_Double:
      return Type{TypeKind::float64, "double", {}, nullptr, nullptr, 0};
    case CXType_Int128:
      return Type{TypeKind::int128, "netabase::Int128", {}, nullptr, nullptr, 0};
    case CXType_UInt128:
      return Type{TypeKind::uint128, "netabase::UInt128", {}, nullptr, nullptr, 0};
    case CXType_Enum:
      return enumeration(type);
    case CXType_Record:
      return record(type);
    default:
      break;
  }
  const std::string advice = advice_for(canonical, spelling_of(canonical));
  return advice.empty() ? integer(type) : refuse(type, advice);
}

std::optional<Type> TypeReader::integer(CXType type) {
  const CXType canonical = clang_getCanonicalType(type);
  const std::optional<TypeKind> kind = integer_kind(canonical);
  if (!kind) return refuse(type, "use one of the types that netabase stores, or mark the field `[[netabase::skip]]`");
  if (*kind == TypeKind::boolean) return Type{TypeKind::boolean, "bool", {}, nullptr, nullptr, 0};

  // The fixed-width types are aliases of what is refused here by its own name: follow the way the user wrote it.
  constexpr int longest_chain = 64;
  bool written_out = false;
  CXType step = type;
  for (int i = 0; i < longest_chain; ++i) {
    const std::string name = last_word(spelling_of(step));
    if (fixed_width(name) != nullptr) return Type{*kind, fixed_spelling(*kind), {}, nullptr, nullptr, 0};
    if (is_platform_dependent(name)) {
      return refuse(type, "its size depends on the platform; use `" + fixed_instead_of(name, *kind) + "`");
    }
    if (step.kind == CXType_Elaborated) {
      step = clang_Type_getNamedType(step);
    } else if (step.kind == CXType_Typedef) {
      step = clang_getTypedefDeclUnderlyingType(clang_getTypeDeclaration(step));
    } else {
      written_out = step.kind != CXType_Unexposed;
      break;
    }
  }
  if (written_out && !spelling_lost_ && is_long(canonical)) {
    return refuse(type, "its size depends on the platform; use `" + fixed_spelling(*kind) + "`");
  }
  const bool is_long_long = canonical.kind == CXType_LongLong || canonical.kind == CXType_ULongLong;
  return Type{*kind, is_long_long ? spelling_of(canonical) : fixed_spelling(*kind), {}, nullptr, nullptr, 0};
}

std::optional<Type> TypeReader::enumeration(CXType type) {
  const CXType canonical = clang_getCanonicalType(type);
  const CXCursor declaration = clang_getTypeDeclaration(canonical);
  if (is_byte(canonical)) return refuse(type, "use `std::uint8_t` for one byte, `std::vector<std::byte>` for many");
  const CXCursor definition = clang_getCursorDefinition(declaration);
  if (spelling_of(declaration).empty() || clang_Cursor_isAnonymous(declaration) != 0) {
    return refuse(type, "give the enum a name");
  }
  if (clang_Location_isInSystemHeader(clang_getCursorLocation(declaration)) != 0) {
    return refuse(type, "it is defined in a system header, where it may change; write an enum of your own");
  }
  if (clang_Cursor_isNull(definition) != 0) return refuse(type, "write the enum's enumerators before it is used here");
  const std::optional<TypeKind> kind = integer_kind(clang_getCanonicalType(clang_getEnumDeclIntegerType(definition)));
  if (!kind) return refuse(type, "give the enum an integer of 8 to 64 bits as its underlying type");
  if (!has_fixed_underlying_type(definition)) {
    return refuse(type, "only values that its enumerators span are defined, and a file may hold others: write `enum " +
                            spelling_of(definition) + " : " + fixed_spelling(*kind) + "`, or make it `enum class`");
  }
  Type out{TypeKind::enumeration, "::" + qualified_name(definition), {}, nullptr, records_.enumeration(definition), 0};
  return out.enumeration == nullptr ? std::nullopt : std::optional<Type>(std::move(out));
}

std::optional<Type> TypeReader::record(CXType type) {
  const CXType canonical = clang_getCanonicalType(type);
  const CXCursor declaration = clang_getTypeDeclaration(canonical);
  const std::string name = qualified_name(declaration);
  if (name.starts_with("std::")) return standard(type, name);
  if (returned_) {
    return refuse(type, "return a number, an enum, `std::string`, bytes, or `std::optional` or `std::vector` of these");
  }
  if (clang_getCursorKind(declaration) == CXCursor_UnionDecl) {
    return refuse(type, "store the alternatives as fields of their own, each `std::optional`");
  }
  if (clang_Location_isInSystemHeader(clang_getCursorLocation(declaration)) != 0) {
    return refuse(type, "it is defined in a system header, where it may change; write a struct of your own");
  }
  if (spelling_of(declaration).empty() || clang_Cursor_isAnonymous(declaration) != 0) {
    return refuse(type, "give the struct a name: generated code must be able to name it");
  }
  if (clang_Type_getNumTemplateArguments(canonical) >= 0) {
    return refuse(type, "instances of class templates are not supported; write a plain struct");
  }
  const CX_CXXAccessSpecifier access = clang_getCXXAccessSpecifier(declaration);
  if (access == CX_CXXPrivate || access == CX_CXXProtected) {
    return refuse(type, "declare this struct in a public part of the class: generated code must be able to name it");
  }
  const CXCursor definition = clang_getCursorDefinition(declaration);
  if (clang_Cursor_isNull(definition) != 0) return refuse(type, "define the struct before it is used here");
  Type out{TypeKind::structure, "::" + name, {}, records_.structure(definition), nullptr, 0};
  return out.structure == nullptr ? std::nullopt : std::optional<Type>(std::move(out));
}

}  // namespace netabase::compiler::frontend
