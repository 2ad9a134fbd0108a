#include <cstdint>
#include <optional>
#include <string>

namespace [[clang::annotate("netabase::definition(BlogDefinition)")]] blog {

struct [[clang::annotate("netabase::modl")]] User {
  [[clang::annotate("netabase::primary_key")]] std::uint64_t id = 0;
};

struct [[clang::annotate("netabase::model")]] Post {
  [[clang::annotate("netabase::primary_key")]] std::optional<std::string> id;
};

}  // namespace blog
