#pragma once

/// \file
/// What the stored schema says of a C++ type beside its Cap'n Proto type: "std::set", "std::vector<std::array<_, 3>>".

#include <string_view>

#include "tools/schema/schema.hpp"

namespace netabase::tools {

/// Sets what the meaning says of the value and the elements in it. One that is not known says nothing.
void apply_meaning(Shape& shape, std::string_view meaning);

}  // namespace netabase::tools
