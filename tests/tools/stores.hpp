#pragma once

/// \file
/// Stores made by generated code: small ones with known records, and random ones.

#include <string>

namespace netabase::tools::test {

/// Every model of the shop, a few records each, with awkward values.
void make_shop(const std::string& path);
void make_blog(const std::string& path);
/// Every type there is, in full, in part and empty.
void make_kitchen(const std::string& path);
/// One record, with lists of thousands of empty elements.
void make_kitchen_with_long_lists(const std::string& path);

/// Computed and partial indexes, and keys of nested fields.
void make_people(const std::string& path);
/// Links of every policy; records that name later ones.
void make_office(const std::string& path);
/// Integers of 128 bits, times, paths, arrays and sets as keys.
void make_sightings(const std::string& path);
/// Maps' keys as keys.
void make_games(const std::string& path);

/// Empty stores of the same definitions.
void make_empty_shop(const std::string& path);
void make_empty_places(const std::string& path);
void make_empty_blog(const std::string& path);
void make_empty_kitchen(const std::string& path);
void make_empty_people(const std::string& path);
void make_empty_office(const std::string& path);
void make_empty_sightings(const std::string& path);
void make_empty_games(const std::string& path);

void make_random_shop(const std::string& path, std::uint64_t seed, int operations);
/// The schema that the kitchen's header has compiled in.
std::string kitchen_schema();

/// With keys longer than are stored whole.
void make_random_places(const std::string& path, std::uint64_t seed, int operations);

/// What the generated code's own check says: nothing when the store is sound.
std::string problems_of_shop(const std::string& path);
std::string problems_of_places(const std::string& path);
std::string problems_of_kitchen(const std::string& path);
std::string problems_of_people(const std::string& path);
std::string problems_of_office(const std::string& path);
std::string problems_of_sightings(const std::string& path);
std::string problems_of_games(const std::string& path);

}  // namespace netabase::tools::test
