#pragma once

/// \file
/// Names of std::chrono's durations.

#include <string>

#include "compiler/schema/schema.hpp"

namespace netabase::compiler::schema {

/// The name that the standard library has for durations of that period: "std::chrono::milliseconds"; empty: none.
std::string standard_duration(const Period& period);

/// The same, or "std::chrono::duration<_, std::ratio<1, 25>>".
std::string duration_name(const Period& period);

}  // namespace netabase::compiler::schema
