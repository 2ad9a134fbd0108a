#pragma once

/// \file
/// "Did you mean …?": the nearest of a few known names.

#include <string>
#include <string_view>
#include <vector>

namespace netabase::compiler::schema {

/// The candidate that `name` most likely meant: at most a third of its letters wrong, missing, too many or swapped,
/// case apart. Empty: none is near. The first one wins among equals. Quadratic in the names' lengths.
std::string closest(std::string_view name, const std::vector<std::string>& candidates);

/// "a", "a and b", "a, b and c".
std::string listed(const std::vector<std::string>& names);

}  // namespace netabase::compiler::schema
