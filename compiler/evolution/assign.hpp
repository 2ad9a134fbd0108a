#pragma once

/// \file
/// Ordinals, ids and numbers for the structs as they are now: those of the lock are kept, new ones come behind them.

#include <string>
#include <vector>

#include "compiler/evolution/lock.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::evolution {

/// Carries `old` (null: the first run) on to the definitions of one header.
///
/// Structs are matched by qualified name, else by the table of their model, by `renamed_from`, or by plain name; fields
/// by name, by `renamed_from`, or by the same name in another spelling (authorId, author_id). What is no longer there
/// becomes a tombstone, and so does a field whose stored values cannot be read as what it is now: it begins anew under
/// the next ordinal. Whether the user must say more is for compare() to tell. Schema versions stay as they were; see
/// count_up().
Lock assign(const std::vector<const schema::Definition*>& definitions, const Lock* old);

/// The next schema version, for every definition of the lock that `old` has too.
void count_up(Lock& lock, const Lock& old);

}  // namespace netabase::compiler::evolution
