#pragma once

/// \file
/// Found through INCLUDE_DIRECTORIES, in a folder with a space in its name.

#include <cstdint>

using Weight = std::uint32_t;  // grams
