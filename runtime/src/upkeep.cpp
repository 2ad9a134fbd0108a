#include "netabase/detail/upkeep.hpp"

namespace netabase::detail {

void throw_dangling(std::string_view index, std::string_view model) {
  throw Corrupt("index " + std::string(index) + " names a record of " + std::string(model) +
                " that is not there: the file is damaged; check() lists what is, and a backup has the rest");
}

void throw_collision(std::string_view table) {
  throw Error(
      ErrorCode::key_collision,
      "two different keys of " + std::string(table) +
          " that are too long to be stored whole have the same 128-bit hash: the second was not stored; give it "
          "another key");
}

}  // namespace netabase::detail
