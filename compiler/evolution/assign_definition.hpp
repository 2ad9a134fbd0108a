#pragma once

/// \file
/// The numbers of a definition's models and keys: those of the lock are kept, new ones come behind them.

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "compiler/evolution/lock.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::evolution {

/// The one of the lock's definitions that `definition`, one of `count`, goes on with; null: it is new.
LockedDefinition* find_definition(const schema::Definition& definition, std::size_t count,
                                  std::vector<LockedDefinition>& locked);

/// Carries the lock's definition on to `definition`, or adds one. Models are matched by their table, keys by their
/// name; what is no longer there becomes a tombstone. `record` gives a struct's name in Cap'n Proto.
void assign_definition(const schema::Definition& definition, std::size_t count, std::vector<LockedDefinition>& locked,
                       const std::function<std::string(const schema::Struct&)>& record);

}  // namespace netabase::compiler::evolution
