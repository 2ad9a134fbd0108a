#include <cstdint>

namespace [[netabase::definition(Blog, Blog)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace blog
