#pragma once

/// \file
/// Which C++ types lie in a struct of their own in Cap'n Proto, and what that struct is made of.

#include <string>
#include <vector>

#include "compiler/schema/schema.hpp"

namespace netabase::compiler::evolution {

/// Whether values of the type must lie in a struct of their own to be the elements of a list: Cap'n Proto has no union
/// there and no pairs, and a list of bits cannot be viewed in place as a list of enums whose underlying type is bool.
bool needs_wrapper(const schema::Type& type);

/// Whether the type has a wrapper wherever it stands, not only in a list: pairs, tuples, variants, and the entries of
/// maps.
bool always_wrapped(const schema::Type& type);

/// What LockedStruct::cpp_name says of the type's wrapper: the type, or that of a map's entries, which ordered and
/// unordered maps share: "std::pair<const std::string, bool>".
std::string wrapped_name(const schema::Type& type);

/// One field of a wrapper.
struct WrapperMember {
  std::string name;  ///< in C++ and in Cap'n Proto
  const schema::Type* type = nullptr;
};

/// The fields of the type's wrapper: `value` for optionals and enums, `first` and `second` of a pair, `e0`, `e1`, ...
/// of a tuple, `key` and `value` of a map's entry, `a0`, `a1`, ... of a variant, which are one union. The types are
/// parts of `type`, and live as long.
std::vector<WrapperMember> wrapper_members(const schema::Type& type);

}  // namespace netabase::compiler::evolution
