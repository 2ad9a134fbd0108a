#include "compiler/evolution/wrappers.hpp"

#include "compiler/evolution/capnp_names.hpp"

namespace netabase::compiler::evolution {

using schema::Type;
using schema::TypeKind;

bool needs_wrapper(const Type& type) {
  if (type.kind == TypeKind::map) return false;  // a list by itself
  if (type.kind == TypeKind::optional || always_wrapped(type)) return true;
  return type.kind == TypeKind::enumeration && type.enumeration->underlying == TypeKind::boolean;
}

bool always_wrapped(const Type& type) {
  switch (type.kind) {
    case TypeKind::pair:
    case TypeKind::tuple:
    case TypeKind::variant:
    case TypeKind::map:
      return true;
    default:
      return false;
  }
}

std::string wrapped_name(const Type& type) {
  if (type.kind != TypeKind::map) return plain_name(type.cpp);
  return plain_name("std::pair<const " + type.arguments[0].cpp + ", " + type.arguments[1].cpp + ">");
}

std::vector<WrapperMember> wrapper_members(const Type& type) {
  switch (type.kind) {
    case TypeKind::pair:
      return {{"first", &type.arguments[0]}, {"second", &type.arguments[1]}};
    case TypeKind::map:
      return {{"key", &type.arguments[0]}, {"value", &type.arguments[1]}};
    case TypeKind::tuple:
    case TypeKind::variant: {
      const std::string letter = type.kind == TypeKind::tuple ? "e" : "a";
      std::vector<WrapperMember> members;
      for (const Type& argument : type.arguments) {
        members.push_back({letter + std::to_string(members.size()), &argument});
      }
      return members;
    }
    default:
      return {{"value", &type}};
  }
}

}  // namespace netabase::compiler::evolution
