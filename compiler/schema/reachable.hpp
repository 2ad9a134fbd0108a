#pragma once

/// \file
/// What a definition's models lead to.

#include "compiler/schema/schema.hpp"

namespace netabase::compiler::schema {

/// Fills Definition::structs (each after all that it contains, the models' own included) and Definition::enums, in the
/// order that the models and their fields lead to them. Structs that contain themselves are visited once.
void collect_reachable(Definition& definition);

}  // namespace netabase::compiler::schema
