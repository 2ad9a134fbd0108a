#pragma once

/// \file
/// What Store::check() does, for any store: records against their checksums and keys, each index both ways, and the
/// sequences.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "netabase/check.hpp"
#include "tools/store/store_file.hpp"

namespace netabase::tools {

/// What was found, and what could not be looked at.
struct Findings {
  CheckReport report;
  std::vector<std::string> notes;  ///< indexes that were checked one way only
};

/// Looks at every record and index entry of the snapshot. `step` is called for each. Pages that contradict each other
/// must have been ruled out (Lmdb::check_pages()).
Findings check_records(const Lmdb::Transaction& transaction, const StoreFile& file, const std::function<void()>& step);

}  // namespace netabase::tools
