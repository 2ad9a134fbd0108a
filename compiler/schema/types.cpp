#include "compiler/schema/types.hpp"

#include <algorithm>
#include <string_view>

#include "compiler/schema/durations.hpp"

namespace netabase::compiler::schema {

namespace {

/// "std::set" of "std::set<std::string>".
std::string template_name(const Type& type) { return type.cpp.substr(0, type.cpp.find('<')); }

}  // namespace

TypeKind number_kind(const Type& type) {
  if (type.kind == TypeKind::enumeration) return type.enumeration->underlying;
  return is_chrono(type) ? number_kind(type.arguments[0]) : type.kind;
}

bool is_chrono(const Type& type) { return type.kind == TypeKind::duration || type.kind == TypeKind::time_point; }

bool is_key_part(const Type& type) {
  switch (type.kind) {
    case TypeKind::int128:
    case TypeKind::uint128:
    case TypeKind::path:
      return true;
    default:
      return type.kind <= TypeKind::bytes || is_chrono(type);
  }
}

bool has_elements(const Type& type) {
  return type.kind == TypeKind::vector || type.kind == TypeKind::array || type.kind == TypeKind::set ||
         type.kind == TypeKind::map;
}

const Type& entry_type(const Type& type) {
  const Type* entry = &type;
  while (entry->kind == TypeKind::optional || has_elements(*entry)) entry = &entry->arguments[0];
  return *entry;
}

std::string meaning(const Type& type) {
  switch (type.kind) {
    case TypeKind::duration:
      return duration_name(type.period);
    case TypeKind::time_point:
      return "std::chrono::sys_time<" + meaning(type.arguments[0]) + ">";
    case TypeKind::path:
      return type.cpp;
    case TypeKind::bytes:
      return type.extent == 0 ? std::string() : "std::array<_, " + std::to_string(type.extent) + ">";
    case TypeKind::pair:
    case TypeKind::tuple:
    case TypeKind::variant:
      return {};  // their wrapper says all
    case TypeKind::map:
      return template_name(type);  // its entries' wrapper says the rest
    default:
      break;
  }
  if (type.arguments.empty()) return {};
  std::string arguments;
  bool is_plain = true;
  for (const Type& argument : type.arguments) {
    const std::string inner = meaning(argument);
    is_plain = is_plain && inner.empty();
    arguments += (arguments.empty() ? "" : ", ") + (inner.empty() ? "_" : inner);
  }
  if (type.kind == TypeKind::array) return "std::array<" + arguments + ", " + std::to_string(type.extent) + ">";
  const bool is_said = type.kind == TypeKind::vector || type.kind == TypeKind::optional;
  if (is_plain) return is_said ? std::string() : template_name(type);
  return template_name(type) + "<" + arguments + ">";
}

}  // namespace netabase::compiler::schema
