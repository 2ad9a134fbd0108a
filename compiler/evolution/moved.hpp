#pragma once

/// \file
/// Fields that went from one struct into another: their values are where no reader of the new struct looks.

#include <functional>
#include <string>

#include "compiler/evolution/lock.hpp"

namespace netabase::compiler::evolution {

/// Notes LockedField::successor of every field that `now` has no longer and `old` still had, where a new field takes
/// its values over: one of the same name and type in a struct that this one holds or that holds this one; or, when the
/// field was a struct, new fields beside it that are called like that struct's. `is_dropped` says which are gone on
/// purpose.
void find_moved(const Lock& old, Lock& now,
                const std::function<bool(const LockedStruct& structure, const std::string& field)>& is_dropped);

}  // namespace netabase::compiler::evolution
