#pragma once

/// \file
/// The codecs of what lies in a struct of its own.

#include <string>

#include "compiler/codegen/context.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::codegen {

/// The codec of a type that the lock has a wrapper for (evolution/wrappers.hpp), and the wire type of its name.
std::string wrapper_code(const Context& context, const schema::Type& type);

/// Declares it, for structs that contain their own kind.
std::string forward_wrapper(const Context& context, const schema::Type& type);

}  // namespace netabase::compiler::codegen
