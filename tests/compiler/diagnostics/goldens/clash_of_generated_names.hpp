#include <cstdint>

namespace [[netabase::definition(UserDefinition)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

struct [[netabase::model]] UserPrimary {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

struct [[netabase::model]] user_secondary {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace blog
