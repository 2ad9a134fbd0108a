#pragma once

/// \file
/// A second schema header of the same target.

#include <cstdint>
#include <string>

namespace [[netabase::definition(StaffDefinition)]] staff {

struct [[netabase::model]] Person {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
};

}  // namespace staff
