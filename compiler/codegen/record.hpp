#pragma once

/// \file
/// Generated code of one struct: the borrowed record, the codec, and the codecs of the wrappers its fields need.

#include <string>

#include "compiler/codegen/context.hpp"

namespace netabase::compiler::codegen {

/// UserRef and UserCodec.
std::string record_code(const Context& context, const schema::Struct& structure);

/// The codec of a type that evolution::needs_wrapper(), or of an optional inside an optional.
std::string wrapper_code(const Context& context, const schema::Type& type);

/// "// ---- User ----…", as wide as a line.
std::string rule(const Context& context, const std::string& title);

}  // namespace netabase::compiler::codegen
