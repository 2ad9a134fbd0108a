#pragma once

/// \file
/// Schemas in a form that can be laid beside each other.

#include <map>
#include <string>
#include <vector>

#include "tools/schema/schema.hpp"

namespace netabase::tools {

/// What a schema consists of, each with what there is to say of it: "field shop::Product.name" -> "Text @1 =
/// \"unnamed\"". Removed things are left out.
struct Outline {
  std::string definition;
  std::map<std::string, std::string> parts;
};

Outline outline_of(const Schema& schema);

/// Of a .capnp that netabase-gen wrote. `definition` chooses among several; empty: the only one. Throws Error(io) when
/// the file cannot be read, UsageError when it is none of netabase-gen's or has no such definition.
Outline outline_of_capnp(const std::string& path, const std::string& definition);

/// What differs, a line each, sorted: "- ..." only left, "+ ..." only right, "~ ...: left -> right".
std::vector<std::string> differences(const Outline& left, const Outline& right);

/// For both kinds: a field of an outline.
std::string field_outline(const std::string& type, const std::string& ordinals, const std::string& default_value,
                          const std::string& enumeration, const std::string& meaning);

}  // namespace netabase::tools
