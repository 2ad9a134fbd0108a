#pragma once

/// \file
/// Random schemas, and the random parts that changes are made of.

#include <string>

#include "tests/evolution/draft.hpp"
#include "tests/evolution/random.hpp"

namespace random_evolution {

/// A definition of one to three models in the namespace `name`.
Draft random_draft(const std::string& name, Random& random);

/// A type for a field of the struct at that place in draft.structs.
Type random_type(const Draft& draft, std::size_t place, Random& random);
/// One that is a number, text or bytes.
Type random_plain_type(const Draft& draft, Random& random);

/// A field of the struct at that place, with a name that the struct never had, or one of a field that was removed.
Field random_field(Draft& draft, std::size_t place, Random& random);
/// The field of the type, with or without an initialiser.
void set_initialiser(const Draft& draft, Field& field, Random& random);

Enum random_enum(Draft& draft, Random& random);
/// A struct behind those that there are; `model`: with a model for it.
void add_struct(Draft& draft, bool model, Random& random);
/// An index over what the model has; false when it has nothing for one.
bool add_index(Draft& draft, Model& model, Random& random);
/// The parts of a key: fields of the struct, or of one that it holds.
std::vector<std::vector<Id>> possible_parts(const Draft& draft, const Model& model);

}  // namespace random_evolution
