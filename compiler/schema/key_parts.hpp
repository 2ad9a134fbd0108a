#pragma once

/// \file
/// What the parts of a key are: the one place that follows a part's path through nested structs.

#include <string>
#include <vector>

#include "compiler/schema/schema.hpp"

namespace netabase::compiler::schema {

/// The fields that a part's path leads through, the last one being the part's own. Empty when it is computed.
std::vector<const Field*> fields_of(const Struct& structure, const KeyPart& part);

/// "email", "address.zip", or the function's name.
std::string part_name(const Struct& structure, const KeyPart& part);

/// The part's type as a key sees it: optional when a struct on the way is. `cpp` is empty when a type on the way was
/// refused.
Type part_type(const Struct& structure, const KeyPart& part);

/// The type of one entry's part: without the optional of a sparse key and the container of one with an entry for each
/// element.
Type entry_type(const Struct& structure, const Key& key, const KeyPart& part);

bool same_part(const KeyPart& left, const KeyPart& right);

/// Whether generated code calls functions of the struct to make the key: it needs a decoded record then.
bool calls_functions(const Key& key);

}  // namespace netabase::compiler::schema
