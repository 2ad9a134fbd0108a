#pragma once

/// \file
/// What changed between the committed layout and the structs as they are now, with a verdict on each difference.

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/evolution/lock.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::evolution {

/// What a difference means for stores that hold data already.
enum class Verdict : std::uint8_t {
  safe,     ///< old records are read as they are
  refused,  ///< nothing is generated until the user says what is meant
};

enum class Change : std::uint8_t {
  added,          ///< a field, struct, model, index or definition that was not there
  removed,        ///< one that is gone; its number stays behind
  renamed,        ///< the same under another name
  made_optional,  ///< the field's value may be missing from now on
  rekeyed,        ///< an index over other fields, or with other properties: it is built again
  enumerators,    ///< an enum's names or values
  retyped,        ///< the stored type is another one
  ambiguous,      ///< renamed, or dropped and another one added: nobody can know but the user
  primary_key,    ///< records would have to move
};

struct Difference {
  Change change = Change::added;
  Verdict verdict = Verdict::safe;
  std::string record;   ///< LockedStruct::cpp_name of the struct it is about; empty: none
  std::string field;    ///< LockedField::cpp_name as it is now; empty: the whole struct
  std::string message;  ///< "User.nick was removed"
  std::string mend;     ///< what the user can do; empty when there is nothing to do
};

/// Every difference between `old` and what assign() made of it, in the order of the new lock. Pure.
std::vector<Difference> compare(const Lock& old, const Lock& now);

/// Adds an error for each refused difference, at the field's or the struct's place in the user's header.
void report(const std::vector<Difference>& differences, const std::vector<const schema::Definition*>& definitions,
            Diagnostics& diagnostics);

}  // namespace netabase::compiler::evolution
