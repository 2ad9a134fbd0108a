#pragma once

/// \file
/// Numbers for people.

#include <cstdint>
#include <string>
#include <string_view>

namespace packages {

/// 63666 as "63,666".
std::string grouped(std::uint64_t number);

/// "1 package", "2 packages". `noun`: in the singular.
std::string counted(std::uint64_t number, std::string_view noun);

/// "686 KiB", "12.7 MiB".
std::string size_text(std::uint64_t kib);

}  // namespace packages
