#pragma once

/// \file
/// Random values of a draft's types, and what they are in JSON and in C++.

#include <string>
#include <string_view>

#include "tests/evolution/draft.hpp"
#include "tests/evolution/random.hpp"

namespace random_evolution {

/// What a field of the type reads where nothing was ever stored.
Value zero_value(const Draft& draft, const Type& type);

/// A value that is rarely zero. `depth` bounds structs that contain their own kind.
Value random_value(const Draft& draft, const Type& type, Random& random, unsigned depth = 0);
/// Every field of the struct.
Value random_struct(const Draft& draft, const Struct& structure, Random& random, unsigned depth = 0);

/// As the command netabase exports it, but with the members of structs in the order of their names. What the value
/// lacks has what it was born with.
std::string json_of(const Draft& draft, const Type& type, const Value& value);
std::string json_of(const Draft& draft, const Struct& structure, const Value& value);
/// The members alone, by name.
std::map<std::string, std::string> json_fields(const Draft& draft, const Struct& structure, const Value& value);

/// Any JSON in that form: members in the order of their names.
std::string sorted_json(std::string_view text);

/// A C++ expression of the type.
std::string cpp_of(const Draft& draft, const Type& type, const Value& value);
/// The same for an initialiser: without a type where a literal does.
std::string cpp_initialiser(const Draft& draft, const Type& type, const Value& value);

}  // namespace random_evolution
