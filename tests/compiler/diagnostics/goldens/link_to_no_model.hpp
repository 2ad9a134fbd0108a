#include <cstdint>
#include <optional>
#include <string>
#include <vector>

enum class Status { draft, published };

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct Address {
  std::string street;
};

struct [[netabase::model]] Post {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::link(Address)]] std::uint64_t place = 0;
  [[netabase::link(Status)]] std::uint64_t status = 0;
};

}  // namespace blog
