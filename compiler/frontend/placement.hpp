#pragma once

/// \file
/// Whether each attribute stands on the kind of declaration that it is for.

#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/frontend/declarations.hpp"
#include "compiler/frontend/run.hpp"

namespace netabase::compiler::frontend {

/// Reports every attribute on the wrong kind of declaration, twice on one, or beside one that contradicts it.
void check_placement(Run& run, const Declarations& declarations, Diagnostics& diagnostics);

}  // namespace netabase::compiler::frontend
