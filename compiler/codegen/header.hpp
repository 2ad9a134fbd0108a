#pragma once

/// \file
/// Code generation's one entry: NAME.netabase.hpp as text.

#include <string>
#include <vector>

#include "compiler/codegen/printer.hpp"
#include "compiler/evolution/lock.hpp"
#include "compiler/layout/capnp_file.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::codegen {

/// What a generated header must be compiled with: netabase::generated_code_version of the runtime.
inline constexpr int generated_code_version = 2;

/// The generated header of `header` ("blog.hpp"), which has those definitions. `file` is the parsed .capnp of `lock`.
/// Throws TemplateError when a template is wrong.
std::string generate_header(const std::string& header, const std::vector<const schema::Definition*>& definitions,
                            const evolution::Lock& lock, const layout::CapnpFile& file, const Templates& templates);

}  // namespace netabase::compiler::codegen
