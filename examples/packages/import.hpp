#pragma once

/// \file
/// Fills a store with package records.

#include <cstdint>
#include <string>

#include "generated/packages.netabase.hpp"
#include "input.hpp"

namespace packages {

/// A store of the models in schema/packages.hpp.
using PackageStore = netabase::Store<debian::DebianDefinition>;

struct ImportResult {
  std::uint64_t records = 0;    ///< read
  std::uint64_t stored = 0;     ///< packages in the store afterwards
  std::uint64_t malformed = 0;  ///< reported and left out
  std::uint64_t absent = 0;     ///< left out because only their configuration is there
  double seconds = 0;
};

/// Makes an empty store at `path`, in place of the store that is there. Refuses to replace any other file: then throws
/// netabase::FormatMismatch.
PackageStore make_store(const std::string& path);

/// Stores every record of `input`. A malformed one is reported on stderr with its line and left out.
ImportResult import_packages(const PackageStore& store, Input& input);

}  // namespace packages
