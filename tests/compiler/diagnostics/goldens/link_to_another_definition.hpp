#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(StaffDefinition, StaffKeys)]] staff {

struct [[netabase::model]] Employee {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace staff

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] Post {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::link(staff::Employee)]] std::uint64_t author_id = 0;
  [[netabase::link(Employee)]] std::uint64_t editor_id = 0;
};

}  // namespace blog
