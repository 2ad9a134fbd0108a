#include <string>

namespace [[netabase::definition(BlogDefinition)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key(auto)]] std::string name;
};

struct [[netabase::model]] Flag {
  [[netabase::primary_key(auto)]] bool set = false;
};

}  // namespace blog
