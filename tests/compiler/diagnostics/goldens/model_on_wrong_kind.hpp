#include <cstdint>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

enum class [[netabase::model]] Status { draft };

union [[netabase::model]] Number {
  int i;
};

template <class T>
struct [[netabase::model]] Box {
  T value;
};

[[netabase::model]] inline int counter = 0;

using Alias [[netabase::model]] = int;

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;

};

}  // namespace blog
