#pragma once

/// \file
/// The kinds of changes. Each is made to a random part of the draft; one without words could not be made.

#include <functional>
#include <optional>
#include <string>

#include "tests/evolution/changes.hpp"

namespace random_evolution {

bool has(const std::vector<Id>& ids, Id id);
bool is_in_primary(const Draft& draft, Id structure, Id field);
/// Whether the struct or enum is stored: part of a model, maybe through other structs.
bool is_stored(const Draft& draft, Kind kind, Id id);

/// A field, by its struct's place and its own.
struct Place {
  std::size_t structure = 0;
  std::size_t field = 0;
};
/// A field for which `fits`, of a struct that is stored.
std::optional<Place> find_field(const Draft& draft, Random& random,
                                const std::function<bool(const Struct&, const Field&)>& fits);
/// "User.name".
std::string in(const Struct& structure, const Field& field);

// Fields: field_changes.cpp.
Change add_field(Draft& draft, Random& random);
Change remove_field(Draft& draft, Random& random);
Change rename_field(Draft& draft, Random& random, bool said);
Change spell_otherwise(Draft& draft, Random& random);
Change reorder(Draft& draft, Random& random);
Change retype(Draft& draft, Random& random);
Change make_optional(Draft& draft, Random& random);
Change make_required(Draft& draft, Random& random);
Change swap_container(Draft& draft, Random& random);
Change add_alternative(Draft& draft, Random& random);
Change change_default(Draft& draft, Random& random);

// Enums, models and structs: model_changes.cpp.
Change add_enumerator(Draft& draft, Random& random);
Change remove_enumerator(Draft& draft, Random& random);
Change rename_enumerator(Draft& draft, Random& random);
Change renumber_enumerators(Draft& draft, Random& random);
Change change_underlying(Draft& draft, Random& random);
Change add_model(Draft& draft, Random& random);
Change remove_model(Draft& draft, Random& random);
Change bring_model_back(Draft& draft, Random& random);
Change rename_model(Draft& draft, Random& random, bool keep_table);
Change move_table(Draft& draft, Random& random);
Change rename_struct(Draft& draft, Random& random, bool said);
Change move_field(Draft& draft, Random& random);
Change rename_definition(Draft& draft, Random& random);

// Keys: key_changes.cpp.
Change add_an_index(Draft& draft, Random& random);
Change remove_index(Draft& draft, Random& random);
Change change_index(Draft& draft, Random& random);
Change change_primary(Draft& draft, Random& random);
Change toggle_automatic(Draft& draft, Random& random);

}  // namespace random_evolution
