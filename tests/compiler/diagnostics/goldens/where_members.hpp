#include <cstdint>
#include <optional>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model, netabase::index(by_a, name, where = is_actve), netabase::index(by_b, name, where = name),
         netabase::index(by_c, name, where = rank), netabase::index(by_d, name, where = changes),
         netabase::index(by_e, name, where = secret), netabase::index(by_f, name, where = zebra),
         netabase::index(by_g, name, where = maybe)]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
  std::optional<bool> maybe;
  [[netabase::skip]] bool secret = false;

  bool is_active() const { return true; }
  int rank() const { return 1; }
  bool changes() { return true; }
};

}  // namespace blog
