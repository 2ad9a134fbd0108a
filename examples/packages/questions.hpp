#pragma once

/// \file
/// What can be asked of a store of packages. Each question is one look into an index, or a query; nothing is loaded
/// before.

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "import.hpp"

namespace packages {

struct Questions {
  std::uint64_t largest = 0;             ///< how many of the largest packages; 0: not asked
  std::vector<std::string> sections;     ///< all of each section
  std::vector<std::string> depends_on;   ///< all that depend on each of these
  std::vector<std::string> prefixes;     ///< all whose name begins so
  std::vector<std::string> maintainers;  ///< all whose maintainer begins so
  std::vector<std::string> smallest;     ///< all that depend on each of these and tell their size, the smallest first
  std::uint64_t show = 10;               ///< at most so many packages of each answer are listed

  bool is_empty() const {
    return largest == 0 && sections.empty() && depends_on.empty() && prefixes.empty() && maintainers.empty() &&
           smallest.empty();
  }
};

/// Writes the answer to each, all of the same snapshot of the store.
void answer(const PackageStore& store, const Questions& questions, std::ostream& out);

}  // namespace packages
