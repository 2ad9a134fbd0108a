#pragma once

/// \file
/// What only the user can know: whether something that is gone was renamed or dropped.

#include <vector>

#include "compiler/evolution/comparison.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::evolution {

/// Adds a refused difference for each field that vanished while another of its type appeared beside it, and for each
/// model that vanished while another one like it appeared, unless `definitions` say that it was dropped.
void find_ambiguous(Comparison& comparison, const std::vector<const schema::Definition*>& definitions);

}  // namespace netabase::compiler::evolution
