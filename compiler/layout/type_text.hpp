#pragma once

/// \file
/// Cap'n Proto's types and default values as text, from both sides: from the schema model and from a parsed .capnp.

#include <capnp/schema.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "compiler/schema/schema.hpp"

namespace netabase::compiler::layout {

/// "List(List(Text))", "Address": structs by their name in the file.
std::string type_text(const capnp::Type& type);

/// "UInt8" for a boolean, integer or float kind.
std::string_view scalar_text(schema::TypeKind kind);

/// A default as Cap'n Proto writes it, for a field whose values have that kind (an enum: its underlying kind). Empty
/// when it is the kind's zero or empty value.
std::string default_text(schema::TypeKind kind, const schema::DefaultValue& value);
std::string default_text(capnp::schema::Value::Reader value);

/// `text` in double quotes, with Cap'n Proto's escapes.
std::string quote(std::string_view text);

/// A number the way both C++ and Cap'n Proto read it back exactly; not for infinities and NaN. No locale.
std::string number_text(double value);
std::string number_text(float value);

}  // namespace netabase::compiler::layout
