#pragma once

/// \file
/// What the parts of the compiler ask of a field's type.

#include "compiler/schema/schema.hpp"

namespace netabase::compiler::schema {

/// The kind of number that values are stored as: an enum's underlying one, that of a duration's ticks; else the type's
/// own kind.
TypeKind number_kind(const Type& type);

/// A duration or a point of time.
bool is_chrono(const Type& type);

/// Whether values have an order that keys keep: numbers, enums, times, text, paths and bytes.
bool is_key_part(const Type& type);

/// A vector, array, set or map (not bytes): a key on such a field has an entry for each element, of a map each key.
bool has_elements(const Type& type);

/// What one entry of a key on a single field holds: what is under the optional or container; the key of a map.
const Type& entry_type(const Type& type);

/// What the stored type of a field does not say of its C++ type, in C++'s words and without the arguments that it does
/// say: "std::set", "std::chrono::milliseconds", "std::vector<std::array<_, 3>>". Empty: it says all. The same on every
/// platform.
std::string meaning(const Type& type);

}  // namespace netabase::compiler::schema
