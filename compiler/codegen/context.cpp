#include "compiler/codegen/context.hpp"

#include <algorithm>
#include <array>

#include "compiler/evolution/capnp_names.hpp"
#include "compiler/evolution/wrappers.hpp"
#include "compiler/schema/names.hpp"
#include "compiler/schema/types.hpp"

namespace netabase::compiler::codegen {

namespace {

using evolution::plain_name;
using schema::Type;
using schema::TypeKind;

/// Names that generated classes give to their own members.
constexpr std::array<std::string_view, 19> member_types = {
    "Owned",      "View",    "Index",   "Model",      "Key",          "Parts",         "Record",
    "Ref",        "Codec",   "KeyEnum", "PrimaryKey", "PrimaryIndex", "SecondaryKeys", "Keys",
    "Definition", "Indexes", "Models",  "Emit",       "Fields"};

template <class List, class Predicate>
const auto& find(const List& list, Predicate&& same) {
  return *std::find_if(list.begin(), list.end(), same);
}

/// The element of byte containers: "std::byte" or "std::uint8_t".
std::string byte_type(const Type& type) {
  return type.cpp.find("std::byte") != std::string::npos ? "std::byte" : "std::uint8_t";
}

}  // namespace

const evolution::LockedDefinition& Context::locked_definition() const {
  return find(lock.definitions, [&](const auto& it) { return it.name == definition.name; });
}

const evolution::LockedStruct& Context::locked(const schema::Struct& structure) const {
  const std::string name = plain_name(structure.qualified_name);
  return find(lock.structs, [&](const auto& it) { return !it.wrapper && it.cpp_name == name; });
}

const evolution::LockedStruct& Context::wrapper(const Type& type) const {
  const std::string name = evolution::wrapped_name(type);
  return find(lock.structs, [&](const auto& it) { return it.wrapper && !it.removed && it.cpp_name == name; });
}

const evolution::LockedField& Context::locked(const evolution::LockedStruct& structure, const schema::Field& field) {
  return find(structure.fields, [&](const auto& it) { return !it.removed && it.cpp_name == field.name; });
}

std::string Context::qualified(const std::string& name) const {
  return definition.cpp_namespace.empty() ? "::" + name : definition.cpp_namespace + "::" + name;
}

std::string Context::visible(const std::string& name) const {
  const bool hidden = std::any_of(lock.structs.begin(), lock.structs.end(), [&](const auto& it) {
    return it.wrapper && !it.removed && (it.name == name || wrapper_codec(it) == name);
  });
  return hidden ? "::" + (definition.cpp_namespace.empty() ? "" : definition.cpp_namespace + "::") + name : name;
}

std::string Context::record(const schema::Struct& structure) const {
  const std::string& name = structure.qualified_name;
  const std::string prefix = definition.cpp_namespace.empty() ? "::" : "::" + definition.cpp_namespace + "::";
  const std::string rest = name.starts_with(prefix) ? name.substr(prefix.size()) : std::string();
  const bool taken = std::find(member_types.begin(), member_types.end(), rest) != member_types.end();
  return rest.empty() || taken || rest.find("::") != std::string::npos ? name : rest;
}

std::string Context::wire(const Type& type, bool required) const {
  switch (type.kind) {
    case TypeKind::bytes: {
      const std::string byte = byte_type(type);
      const std::string argument = byte == "std::byte" ? "" : byte;
      if (type.extent == 0) return "netabase::wire::Data<" + argument + ">";
      return "netabase::wire::FixedData<" + std::to_string(type.extent) + (argument.empty() ? "" : ", " + argument) +
             ">";
    }
    case TypeKind::vector:
    case TypeKind::set:
      return "netabase::wire::List<" + element_wire(type.arguments[0]) + ">";
    case TypeKind::array:
      return "netabase::wire::Array<" + element_wire(type.arguments[0]) + ", " + std::to_string(type.extent) + ">";
    case TypeKind::int128:
    case TypeKind::uint128:
      return "netabase::wire::WideInteger<" + type.cpp + ">";
    case TypeKind::path:
      return required ? "netabase::wire::RequiredPath" : "netabase::wire::Path";
    case TypeKind::structure:
      return "netabase::wire::Struct<" + visible(schema::codec_name(*type.structure)) + ">";
    case TypeKind::optional:
    case TypeKind::pair:
    case TypeKind::tuple:
    case TypeKind::variant:
    case TypeKind::map:
      return wrapper_namespace() + "::" + wrapper(type).name;
    default:
      return required ? "netabase::wire::RequiredText" : "netabase::wire::Text";
  }
}

std::string Context::element_wire(const Type& type) const {
  if (evolution::needs_wrapper(type)) return wrapper_namespace() + "::" + wrapper(type).name;
  if (type.kind == TypeKind::boolean) return "netabase::wire::Bit";
  return is_scalar(type) ? "netabase::wire::Scalar<" + type.cpp + ">" : wire(type);
}

std::string Context::view(const Type& type) const {
  if (is_scalar(type)) return type.cpp;
  switch (type.kind) {
    case TypeKind::bytes:
      return type.extent != 0 ? "const " + type.cpp + "&" : "std::span<const " + byte_type(type) + ">";
    case TypeKind::vector:
    case TypeKind::set:
    case TypeKind::array: {
      const Type& element = type.arguments[0];
      const bool in_place = is_scalar(element) && !is_boolean(element) && !schema::is_chrono(element);
      const std::string extent = type.kind == TypeKind::array ? ", " + std::to_string(type.extent) : std::string();
      return in_place ? "std::span<const " + element.cpp + extent + ">" : wire(type) + "::View";
    }
    case TypeKind::int128:
    case TypeKind::uint128:
      return type.cpp;
    case TypeKind::structure:
      return visible(schema::ref_name(*type.structure));
    case TypeKind::optional:
      return "std::optional<" + value_view(type.arguments[0]) + ">";
    case TypeKind::map:
      return wire(type) + "::View";
    case TypeKind::monostate:
      return type.cpp;
    case TypeKind::pair:
    case TypeKind::tuple:
    case TypeKind::variant: {
      std::string out = type.cpp.substr(0, type.cpp.find('<') + 1);
      for (const Type& argument : type.arguments) out += value_view(argument) + ", ";
      return out.replace(out.size() - 2, 2, ">");
    }
    default:
      return "std::string_view";
  }
}

std::string Context::value_view(const Type& type) const {
  return type.kind == TypeKind::bytes && type.extent != 0 ? type.cpp : view(type);
}

bool is_scalar(const Type& type) { return type.kind <= TypeKind::enumeration || schema::is_chrono(type); }

bool is_number(const Type& type) {
  return is_scalar(type) || type.kind == TypeKind::int128 || type.kind == TypeKind::uint128;
}

bool is_boolean_enum(const Type& type) {
  return type.kind == TypeKind::enumeration && type.enumeration->underlying == TypeKind::boolean;
}

bool is_boolean(const Type& type) { return type.kind == TypeKind::boolean || is_boolean_enum(type); }

std::string accessor_name(const schema::Field& field) {
  const bool taken = field.name == "to_owned" || field.name == "view_" || field.name == "Owned";
  return taken ? field.name + "_" : field.name;
}

std::string key_member_name(const std::string& part) {
  const bool taken = part == "parts" || part == "Index";
  return taken ? part + "_" : part;
}

}  // namespace netabase::compiler::codegen
