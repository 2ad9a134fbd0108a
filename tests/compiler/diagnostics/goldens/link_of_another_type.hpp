#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

struct Address {
  std::string street;
};

struct [[netabase::model]] Post {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::link(User)]] std::uint32_t a = 0;
  [[netabase::link(User, on_delete = set_null)]] std::optional<std::string> b;
  [[netabase::link(User)]] std::vector<std::int64_t> c;
  [[netabase::link(User)]] Address d;
  [[netabase::link(User)]] std::optional<std::vector<std::uint64_t>> e;
};

}  // namespace blog
