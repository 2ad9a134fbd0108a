#pragma once

/// \file
/// Generated code of one struct: the borrowed record and the codec.

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

/// Declarations of a struct's classes.
std::string forward_record(const Context& context, const schema::Struct& structure);

/// "// ---- User ----…", as wide as a line.
std::string rule(const Context& context, const std::string& title);

}  // namespace netabase::compiler::codegen
