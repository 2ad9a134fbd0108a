#pragma once

/// \file
/// What changed between the committed layout and the structs as they are now, with a verdict on each difference.

#include <vector>

#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/evolution/difference.hpp"
#include "compiler/evolution/lock.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::evolution {

/// Every difference between `old` and `now`, which is what assign() made of it for `definitions`; sorted by place, then
/// kind, then words. The verdicts are those that the runtime comes to when it opens a store of `old`: it compares the
/// same things (runtime/src/evolution/compare.cpp). Pure.
std::vector<Difference> compare(const Lock& old, const Lock& now,
                                const std::vector<const schema::Definition*>& definitions);

/// Whether stores get another schema by them: not by new initialisers, which no stored record knows.
bool change_layout(const std::vector<Difference>& differences);

/// Adds an error for each refused difference, and when `warn` a warning for each that needs a migration, at the field's
/// or the struct's place in the user's header.
void report(const std::vector<Difference>& differences, const std::vector<const schema::Definition*>& definitions,
            bool warn, Diagnostics& diagnostics);

}  // namespace netabase::compiler::evolution
