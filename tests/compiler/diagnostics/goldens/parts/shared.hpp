#pragma once
#include <cstdint>

namespace [[netabase::definition(SharedDefinition)]] shared {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace shared
