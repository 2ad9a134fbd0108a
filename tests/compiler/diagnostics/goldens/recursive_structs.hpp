#include <cstdint>
#include <optional>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct Node {
  std::int32_t value = 0;
  std::vector<Node> children;
};

struct Right;

struct Left {
  std::vector<Right> rights;
};

struct Right {
  std::optional<Left> left;
};

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  Node root;
  Left left;
};

}  // namespace blog
