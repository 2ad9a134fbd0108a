#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct Shop {
  struct [[netabase::model]] Item {
    [[netabase::primary_key]] std::uint64_t id = 0;
  };
};

struct Store {
  struct [[netabase::model]] Item {
    [[netabase::primary_key]] std::uint64_t id = 0;
  };
};

struct [[netabase::model]] Sale {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::link(Item)]] std::uint64_t item = 0;
  [[netabase::link(Store::Item)]] std::uint64_t other = 0;
};

}  // namespace blog
