// What the query benchmarks store: two indexes that are not unique, one of which delivers few records, the other many.
#pragma once

#include <cstdint>
#include <string>

namespace [[netabase::definition(PeopleDefinition, PeopleKeys)]] people {

struct [[netabase::model]] Person {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
  std::string street;
  [[netabase::secondary_key]] std::uint32_t household = 0;  ///< of 100
  [[netabase::secondary_key]] std::uint32_t country = 0;    ///< one of 10
  std::uint32_t age = 0;
};

}  // namespace people
