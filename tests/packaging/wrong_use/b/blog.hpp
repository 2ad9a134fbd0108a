#pragma once

#include <cstdint>

namespace [[netabase::definition]] blog {

struct [[netabase::model]] Post {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace blog
