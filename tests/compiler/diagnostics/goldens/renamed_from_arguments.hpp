#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::renamed_from]] std::string a;
  [[netabase::renamed_from(mail)]] std::string b;
  [[netabase::renamed_from("c1", "c2")]] std::string c;
};

}  // namespace blog
