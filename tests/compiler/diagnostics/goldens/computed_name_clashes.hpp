#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model, netabase::index(domain, mail)]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string mail;
  [[netabase::secondary_key]] std::string domain() const { return mail; }
  [[netabase::secondary_key]] std::string primary() const { return mail; }
};

}  // namespace blog
