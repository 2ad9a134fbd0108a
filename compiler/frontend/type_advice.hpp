#pragma once

/// \file
/// What to use instead of each type that netabase does not store: the texts, in one place.

#include <string>

#include "compiler/frontend/clang.hpp"

namespace netabase::compiler::frontend {

/// For a type that is not of the standard library. Empty: there is nothing to say against it by its kind alone.
std::string advice_for(CXType canonical, const std::string& spelling);

/// For a class of the standard library, by its qualified name.
std::string advice_for_standard(const std::string& name);

/// Whether a type of that name ("size_t", "time_t") has another size elsewhere.
bool is_platform_dependent(const std::string& name);

}  // namespace netabase::compiler::frontend
