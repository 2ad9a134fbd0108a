#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model, netabase::index(by_a, name, where = !active), netabase::index(by_b, name, where = 1),
         netabase::index(by_c, name, where(active)), netabase::index(by_d, where = active),
         netabase::index(by_e, name, where = active, where = active)]] User {
  [[netabase::primary_key(where = active)]] std::uint64_t id = 0;
  std::string name;
  bool active = true;
  [[netabase::secondary_key(where)]] std::string one;
  [[netabase::secondary_key(were = active)]] std::string other;
};

}  // namespace blog
