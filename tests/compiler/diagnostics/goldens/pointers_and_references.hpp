#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string* name = nullptr;
  const char* text = "";
  std::string& other;
  int (*callback)(int) = nullptr;
  int User::*member = nullptr;
};

}  // namespace blog
