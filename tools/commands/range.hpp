#pragma once

#include "netabase/detail/interval.hpp"
#include "tools/commands/commands.hpp"
#include "tools/schema/schema.hpp"

namespace netabase::tools {

/// The interval of a key's encoded values that the options name. Throws UsageError.
detail::Interval interval_of(const Key& key, const RangeOptions& options);

}  // namespace netabase::tools
