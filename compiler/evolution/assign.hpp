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
/// Structs are matched by qualified name, else by the table of their model, else by plain name; fields by name, by
/// `renamed_from`, or by the same name in another spelling (authorId, author_id). What is no longer there becomes a
/// tombstone. Whether the result may follow `old` is for compare() to say: a field whose type changed keeps its ordinal
/// here. Schema versions stay as they were; see count_up().
Lock assign(const std::vector<const schema::Definition*>& definitions, const Lock* old);

/// The next schema version, for every definition of the lock that `old` has too.
void count_up(Lock& lock, const Lock& old);

}  // namespace netabase::compiler::evolution
