#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key(max_length = lots)]] std::string a;
  [[netabase::secondary_key(max_length = 0)]] std::string b;
  [[netabase::secondary_key(max_length)]] std::string c;
  [[netabase::secondary_key(max_length = 8, max_length = 9)]] std::string d;
};

}  // namespace blog
