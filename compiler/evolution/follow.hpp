#pragma once

/// \file
/// Whether what is stored in a field can be read as the field that the struct has now.

#include <string>

#include "compiler/evolution/lock.hpp"

namespace netabase::compiler::evolution {

/// Two types as Cap'n Proto writes them ("List(Text)"), each with the lock it is of: whether every value of `old` has
/// the same bytes in `now`. Structs must be the same ones; what a struct is made of is compared elsewhere. Variants
/// with more alternatives behind the old ones, and tuples with more elements, follow.
bool same_type(const Lock& old_lock, const std::string& old_type, const Lock& now_lock, const std::string& now_type);

/// Two fields: whether the ordinal of `old` may go on as `now`. Type and meaning must be the same; a value may become
/// optional, and a hashed container an ordered one or the other way round.
bool follows(const Lock& old_lock, const LockedField& old_field, const Lock& now_lock, const LockedField& now_field);

/// A meaning without the difference between ordered and hashed containers: each reads what the other stored.
std::string ordered(std::string meaning);

/// "Text" of "List(List(Text))".
std::string innermost(const std::string& type);

/// The wrapper that the type has, maybe within lists; null: none.
const LockedStruct* wrapper_of(const Lock& lock, const std::string& type);

}  // namespace netabase::compiler::evolution
