#pragma once

/// \file
/// What differs between two texts, for `--check`.

#include <string>

namespace netabase::compiler::driver {

/// A unified diff with three lines of context, headed by the two names; empty when the texts are the same. Quadratic in
/// the number of differing lines between the first and the last difference.
std::string unified_diff(const std::string& old_name, const std::string& old_text, const std::string& new_name,
                         const std::string& new_text);

}  // namespace netabase::compiler::driver
