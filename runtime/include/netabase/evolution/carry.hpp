#pragma once

/// \file
/// What a newer program knows of a record and this one does not, kept when this one puts the record again.

#include <cstdint>
#include <string_view>
#include <vector>

#include "netabase/bytes.hpp"
#include "netabase/evolution/schema.hpp"

namespace netabase::evolution {

/// `record`: a stored value as this program would write it. `existing`: the one that lies under its key, written by a
/// newer schema. Returns the value to store: `record`, with the data and pointers of `existing` that no field of
/// `schema` claims, in the record itself and in structs that it holds by value; with the newer schema's version, so
/// that the next rewrite keeps them as well. Elements of lists are not carried on: nothing says which of the old ones a
/// new one is. Both are 8-aligned. Throws Corrupt when `existing` is damaged.
std::vector<std::uint64_t> carry_unknown(const Schema& schema, std::string_view model, Bytes existing, Bytes record);

}  // namespace netabase::evolution
