// The records of people.hpp before they had indexes.
#pragma once

#include <cstdint>
#include <string>

namespace [[netabase::definition(PeopleDefinition, PeopleKeys)]] people_old {

struct [[netabase::model]] Person {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
  std::string street;
  std::uint32_t household = 0;
  std::uint32_t country = 0;
  std::uint32_t age = 0;
};

}  // namespace people_old
