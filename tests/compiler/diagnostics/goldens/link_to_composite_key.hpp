#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] Edition {
  [[netabase::primary_key]] std::string title;
  [[netabase::primary_key]] std::uint32_t number = 0;
};

struct [[netabase::model]] Copy {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::link(Edition)]] std::string edition;
};

}  // namespace blog
