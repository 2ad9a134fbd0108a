#include <cstdint>
#include <string>
#include <vector>

#define PK [[netabase::primary_key]]
#define INDEXED(how) [[netabase::secondary_key(how)]]
#define MODEL [[netabase::modell]]

namespace [[netabase::definition(BlogDefinition)]] blog {

struct MODEL User {
  PK std::uint64_t id = 0;
};

struct [[netabase::model]] Post {
  PK std::vector<std::string> id;
  INDEXED(uniqe) std::string name;
};

}  // namespace blog
