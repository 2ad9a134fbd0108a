#pragma once

/// \file
/// Generated code of one struct: the borrowed record, the codec, and the codecs of the wrappers its fields need.

#include <string>

#include "compiler/codegen/context.hpp"

namespace netabase::compiler::codegen {

/// UserRef and UserCodec.
std::string record_code(const Context& context, const schema::Struct& structure);

/// The same of a struct that contains its own kind, in parts: all structs that contain each other are declared before
/// any part is printed, and the parts of one kind of all of them before the next.
struct RecursiveRecord {
  std::string ref;
  std::string codec;
  std::string definitions;
};
RecursiveRecord recursive_record_code(const Context& context, const schema::Struct& structure);

/// Declarations of a struct's classes, and of a wrapper's.
std::string forward_record(const Context& context, const schema::Struct& structure);
std::string forward_wrapper(const Context& context, const schema::Type& type);

/// The codec of a type that evolution::needs_wrapper(), or of an optional inside an optional.
std::string wrapper_code(const Context& context, const schema::Type& type);

/// "// ---- User ----…", as wide as a line.
std::string rule(const Context& context, const std::string& title);

}  // namespace netabase::compiler::codegen
