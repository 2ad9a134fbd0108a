#include <any>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::unique_ptr<std::string> name;
  std::shared_ptr<std::string> shared;
  std::function<void()> callback;
  std::any anything;
  std::vector<std::unique_ptr<int>> many;
};

}  // namespace blog
