#pragma once

/// \file
/// What Clang says of a user's files, in our words where it speaks of our overlay.

#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/frontend/run.hpp"

namespace netabase::compiler::frontend {

/// Reports every error of the run. True: there was one, and the declarations are not to be relied on.
bool report_clang_errors(Run& run, Diagnostics& diagnostics);

/// "write it between `struct` and …": where the attribute that `use` is belongs.
std::string place_to_write(const AttributeUse& use);

}  // namespace netabase::compiler::frontend
