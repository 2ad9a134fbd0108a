#pragma once

/// \file
/// What stands in the parentheses of `link(Model, on_delete = restrict)`.

#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/frontend/attribute_arguments.hpp"

namespace netabase::compiler::frontend {

/// Fills Attribute::link; its target stays empty after an error about it. `forms`: every way to write a link.
void read_link(const std::vector<Argument>& arguments, Attribute& attribute, const std::string& forms,
               Diagnostics& diagnostics);

}  // namespace netabase::compiler::frontend
