#pragma once

/// \file
/// Records as JSON: an object with the C++ names of the fields, in the order of their ordinals, without spaces.
///
///     scalars, text, bytes    see json/text.hpp
///     enums                   the enumerator's name, or the number when it has none
///     optionals               null or the value; an optional in an optional: {"value": ...}
///     lists                   arrays
///     structs                 objects; a struct that is a union has only the member that it holds
///
/// Removed fields are left out.

#include <capnp/dynamic.h>

#include <string>

#include "tools/schema/schema.hpp"

namespace netabase::tools {

/// Appends the struct's members without the braces, comma-separated. Throws kj::Exception for damaged bytes.
void append_json_members(std::string& out, capnp::DynamicStruct::Reader value, const StructShape& shape);
/// Appends the struct with the braces.
void append_json(std::string& out, capnp::DynamicStruct::Reader value, const StructShape& shape);
/// Appends one field's value.
void append_json_field(std::string& out, capnp::DynamicStruct::Reader holder, const FieldShape& field);

}  // namespace netabase::tools
