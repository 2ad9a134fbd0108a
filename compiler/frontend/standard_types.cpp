#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/frontend/type_advice.hpp"
#include "compiler/frontend/type_spelling.hpp"
#include "compiler/frontend/types.hpp"
#include "compiler/schema/durations.hpp"

/// The templates of the standard library that fields can be instances of.

namespace netabase::compiler::frontend {
namespace {

using schema::Type;
using schema::TypeKind;

/// Whether argument `index` is the standard's function object `name` for the container's elements, or the one of void.
bool is_own_function(CXType type, int index, std::string_view name) {
  const CXType function = canonical_argument(type, index);
  if (!is_standard(function, name)) return false;
  const CXType operand = canonical_argument(function, 0);
  return operand.kind == CXType_Void || clang_equalTypes(operand, canonical_argument(type, 0)) != 0;
}

/// ", std::less<>" where the function object is that of void, as the type's spelling needs it.
std::string function_spelling(CXType type, int index, const std::string& name) {
  const bool of_void = canonical_argument(canonical_argument(type, index), 0).kind == CXType_Void;
  return of_void ? ", " + name + "<>" : std::string();
}

bool compares(CXCursor function, CXCursor definition) {
  const std::string name = spelling_of(function);
  if (name != "operator<" && name != "operator<=>") return false;
  if (clang_getCursorKind(function) == CXCursor_CXXMethod) return true;
  if (clang_Cursor_getNumArguments(function) != 2) return false;
  CXType first = clang_getCanonicalType(clang_getCursorType(clang_Cursor_getArgument(function, 0)));
  const CXType referred = clang_getPointeeType(first);
  if (referred.kind != CXType_Invalid) first = clang_getCanonicalType(referred);
  // By declarations: a parameter is const.
  return clang_equalCursors(clang_getTypeDeclaration(first),
                            clang_getTypeDeclaration(clang_getCursorType(definition))) != 0;
}

/// Whether the struct has an operator< or <=>: as a member, as a friend, or beside it in its namespace.
bool has_order(CXCursor definition) {
  for (const CXCursor member : children_of(definition)) {
    if (compares(member, definition)) return true;
    if (clang_getCursorKind(member) != CXCursor_FriendDecl) continue;
    for (const CXCursor function : children_of(member)) {
      if (compares(function, definition)) return true;
    }
  }
  for (const CXCursor sibling : children_of(clang_getCursorSemanticParent(definition))) {
    if (clang_getCursorKind(sibling) == CXCursor_FunctionDecl && compares(sibling, definition)) return true;
  }
  return false;
}

/// The first struct in a set's elements that has no order; the null cursor: none.
CXCursor struct_without_order(CXType type) {
  const CXType canonical = clang_getCanonicalType(type);
  if (canonical.kind != CXType_Record) return clang_getNullCursor();
  const CXCursor declaration = clang_getTypeDeclaration(canonical);
  if (!qualified_name(declaration).starts_with("std::")) {
    const CXCursor definition = clang_getCursorDefinition(declaration);
    if (clang_Cursor_isNull(definition) != 0 || has_order(definition)) return clang_getNullCursor();
    return definition;
  }
  for (int i = 0; i < clang_Type_getNumTemplateArguments(canonical); ++i) {
    const CXCursor found = struct_without_order(canonical_argument(canonical, i));
    if (clang_Cursor_isNull(found) == 0) return found;
  }
  return clang_getNullCursor();
}

}  // namespace

std::optional<Type> TypeReader::standard(CXType type, const std::string& name) {
  const bool is_alternative = std::exchange(in_variant_, false);
  const CXType canonical = clang_getCanonicalType(type);
  if (name == "std::basic_string") {
    const bool of_char = argument(canonical, 0).kind == CXType_Char_S || argument(canonical, 0).kind == CXType_Char_U;
    if (!of_char) return refuse(type, "use `std::string` and UTF-8");
    if (!is_standard(argument(canonical, 1), "std::char_traits") ||
        !is_standard(argument(canonical, 2), "std::allocator")) {
      return refuse(type, "use `std::string`, with its own traits and allocator");
    }
    return Type{TypeKind::string, "std::string", {}, nullptr, nullptr, 0};
  }
  if (name == "std::vector") {
    if (!is_standard(argument(canonical, 1), "std::allocator")) {
      return refuse(type, "use `std::vector` with its own allocator");
    }
    if (is_byte(argument(canonical, 0))) {
      const bool of_byte = is_standard(argument(canonical, 0), "std::byte");
      return Type{
          TypeKind::bytes, of_byte ? "std::vector<std::byte>" : "std::vector<std::uint8_t>", {}, nullptr, nullptr, 0};
    }
    return container(type, TypeKind::vector, name, 1);
  }
  if (name == "std::optional") return container(type, TypeKind::optional, name, 1);
  if (name == "std::array") return array(type);
  if (name == "std::set") return ordered_set(type);
  if (name == "std::unordered_set") return unordered_set(type);
  if (name == "std::map") return ordered_map(type);
  if (name == "std::unordered_map") return unordered_map(type);
  if (name == "std::pair") return container(type, TypeKind::pair, name, 2);
  if (name == "std::tuple") return alternatives(type, TypeKind::tuple, name);
  if (name == "std::variant") return alternatives(type, TypeKind::variant, name);
  if (name == "std::monostate" && is_alternative) return Type{TypeKind::monostate, name, {}, nullptr, nullptr, 0};
  if (name == "std::chrono::duration") return duration(type);
  if (name == "std::chrono::time_point") return time_point(type);
  if (name == "std::filesystem::path") return Type{TypeKind::path, name, {}, nullptr, nullptr, 0};
  return refuse(type, advice_for_standard(name));
}

std::optional<Type> TypeReader::container(CXType type, TypeKind kind, const std::string& name, int arguments) {
  Type out{kind, name + "<", {}, nullptr, nullptr, 0};
  ++nesting_;
  for (int i = 0; i < arguments; ++i) {
    const CXType element_type = argument(type, i);
    const bool outer_lost = spelling_lost_;
    spelling_lost_ = outer_lost || !is_written(type, i);
    in_variant_ = kind == TypeKind::variant;
    std::optional<Type> element = read(element_type);
    in_variant_ = false;
    spelling_lost_ = outer_lost;
    if (!element) {
      --nesting_;
      return std::nullopt;
    }
    if (i > 0) out.cpp += ", ";
    out.cpp += element->cpp;
    out.arguments.push_back(std::move(*element));
  }
  --nesting_;
  out.cpp += ">";
  return out;
}

std::optional<Type> TypeReader::array(CXType type) {
  const CXType canonical = clang_getCanonicalType(type);
  const std::uint64_t extent = last_number(spelling_of(canonical));
  if (is_byte(argument(canonical, 0))) {
    if (extent == 0) return refuse(type, "give the array at least one byte");
    const bool of_byte = is_standard(argument(canonical, 0), "std::byte");
    const std::string element = of_byte ? "std::byte" : "std::uint8_t";
    return Type{TypeKind::bytes, "std::array<" + element + ", " + std::to_string(extent) + ">", {}, nullptr, nullptr,
                extent};
  }
  if (extent == 0) return refuse(type, "give the array at least one element");
  std::optional<Type> out = container(type, TypeKind::array, "std::array", 1);
  if (!out) return std::nullopt;
  out->extent = extent;
  out->cpp.insert(out->cpp.size() - 1, ", " + std::to_string(extent));
  return out;
}

std::optional<Type> TypeReader::ordered_set(CXType type) {
  const CXType canonical = clang_getCanonicalType(type);
  if (!is_own_function(canonical, 1, "std::less")) {
    return refuse(type,
                  "its elements are stored in the order of `std::less`, which every process knows: leave the "
                  "comparator out, and give the element an `operator<` of its own if it needs one");
  }
  if (!is_standard(canonical_argument(canonical, 2), "std::allocator")) {
    return refuse(type, "use `std::set` with its own allocator");
  }
  const CXCursor unordered = struct_without_order(canonical_argument(canonical, 0));
  if (clang_Cursor_isNull(unordered) == 0) {
    return refuse(type, "`" + spelling_of(unordered) + "` has no order: declare `auto operator<=>(const " +
                            spelling_of(unordered) + "&) const = default;` in it, or use `std::vector`");
  }
  std::optional<Type> out = container(type, TypeKind::set, "std::set", 1);
  if (out) out->cpp.insert(out->cpp.size() - 1, function_spelling(canonical, 1, "std::less"));
  return out;
}

std::optional<Type> TypeReader::unordered_set(CXType type) {
  const CXType canonical = clang_getCanonicalType(type);
  if (!is_own_function(canonical, 1, "std::hash")) {
    return refuse(type,
                  "a set with a hash of its own is not stored: use `std::set`, or `std::unordered_set` of a type "
                  "that `std::hash` knows");
  }
  if (!is_own_function(canonical, 2, "std::equal_to")) {
    return refuse(type, "use `std::unordered_set` with `std::equal_to`, or `std::set`");
  }
  if (!is_standard(canonical_argument(canonical, 3), "std::allocator")) {
    return refuse(type, "use `std::unordered_set` with its own allocator");
  }
  std::optional<Type> out = container(type, TypeKind::set, "std::unordered_set", 1);
  if (!out) return std::nullopt;
  out->hashed = true;
  const std::string equal = function_spelling(canonical, 2, "std::equal_to");
  if (!equal.empty()) {
    out->cpp.insert(out->cpp.size() - 1, ", std::hash<" + out->arguments[0].cpp + ">" + equal);
  }
  return out;
}

std::optional<Type> TypeReader::ordered_map(CXType type) {
  const CXType canonical = clang_getCanonicalType(type);
  if (!is_own_function(canonical, 2, "std::less")) {
    return refuse(type,
                  "its entries are stored in the order of `std::less`, which every process knows: leave the comparator "
                  "out, and give the key an `operator<` of its own if it needs one");
  }
  if (!is_standard(canonical_argument(canonical, 3), "std::allocator")) {
    return refuse(type, "use `std::map` with its own allocator");
  }
  const CXCursor unordered = struct_without_order(canonical_argument(canonical, 0));
  if (clang_Cursor_isNull(unordered) == 0) {
    return refuse(type, "`" + spelling_of(unordered) + "` has no order: declare `auto operator<=>(const " +
                            spelling_of(unordered) + "&) const = default;` in it, or use `std::vector` of pairs");
  }
  std::optional<Type> out = container(type, TypeKind::map, "std::map", 2);
  if (out) out->cpp.insert(out->cpp.size() - 1, function_spelling(canonical, 2, "std::less"));
  return out;
}

std::optional<Type> TypeReader::unordered_map(CXType type) {
  const CXType canonical = clang_getCanonicalType(type);
  if (!is_own_function(canonical, 2, "std::hash")) {
    return refuse(type,
                  "a map with a hash of its own is not stored: use `std::map`, or `std::unordered_map` with keys that "
                  "`std::hash` knows");
  }
  if (!is_own_function(canonical, 3, "std::equal_to")) {
    return refuse(type, "use `std::unordered_map` with `std::equal_to`, or `std::map`");
  }
  if (!is_standard(canonical_argument(canonical, 4), "std::allocator")) {
    return refuse(type, "use `std::unordered_map` with its own allocator");
  }
  std::optional<Type> out = container(type, TypeKind::map, "std::unordered_map", 2);
  if (!out) return std::nullopt;
  out->hashed = true;
  const std::string equal = function_spelling(canonical, 3, "std::equal_to");
  if (!equal.empty()) {
    out->cpp.insert(out->cpp.size() - 1, ", std::hash<" + out->arguments[0].cpp + ">" + equal);
  }
  return out;
}

std::optional<Type> TypeReader::alternatives(CXType type, TypeKind kind, const std::string& name) {
  const int arguments = clang_Type_getNumTemplateArguments(clang_getCanonicalType(type));
  if (arguments < 1) return refuse(type, "it holds nothing: leave the field out");
  return container(type, kind, name, arguments);
}

std::optional<Type> TypeReader::duration(CXType type) {
  const CXType canonical = clang_getCanonicalType(type);
  const CXType count = canonical_argument(canonical, 0);
  const std::string mend =
      "count its ticks in an integer of 8 to 64 bits, `float` or `double`, as `std::chrono::milliseconds` does";
  const std::optional<TypeKind> kind = integer_kind(count);
  const bool is_char = count.kind == CXType_Char_S || count.kind == CXType_Char_U;
  const bool is_number =
      (kind && *kind != TypeKind::boolean && !is_char) || count.kind == CXType_Float || count.kind == CXType_Double;
  const std::optional<schema::Period> written = ratio(canonical_argument(canonical, 1));
  if (!is_number || !written) return refuse(type, mend);
  const bool outer_lost = std::exchange(spelling_lost_, true);  // how its count was written is lost
  std::optional<Type> number = read(count);
  spelling_lost_ = outer_lost;
  if (!number) return std::nullopt;

  Type out{TypeKind::duration, schema::standard_duration(*written), {}, nullptr, nullptr, 0};
  if (out.cpp.empty() || number->cpp != "std::int64_t") {
    out.cpp = "std::chrono::duration<" + number->cpp + ", std::ratio<" + std::to_string(written->numerator) + ", " +
              std::to_string(written->denominator) + ">>";
  }
  const std::int64_t divisor = std::gcd(written->numerator, written->denominator);
  out.period = {written->numerator / divisor, written->denominator / divisor};
  out.arguments.push_back(std::move(*number));
  return out;
}

std::optional<Type> TypeReader::time_point(CXType type) {
  const CXType canonical = clang_getCanonicalType(type);
  const std::string clock = qualified_name(clang_getTypeDeclaration(canonical_argument(canonical, 0)));
  if (clock != "std::chrono::system_clock") {
    const bool is_local = clock == "std::chrono::local_t";
    return refuse(type, is_local
                            ? "a local time is a moment only with its time zone: store `std::chrono::sys_seconds`, "
                              "and the zone's name as `std::string`"
                            : "the times of `" + clock +
                                  "` mean nothing in another process: use a time of `std::chrono::system_clock`, "
                                  "such as `std::chrono::sys_seconds`");
  }
  std::optional<Type> duration = read(canonical_argument(canonical, 1));
  if (!duration) return std::nullopt;
  Type out{TypeKind::time_point, "std::chrono::sys_time<" + duration->cpp + ">", {}, nullptr, nullptr, 0};
  out.arguments.push_back(std::move(*duration));
  return out;
}

}  // namespace netabase::compiler::frontend
