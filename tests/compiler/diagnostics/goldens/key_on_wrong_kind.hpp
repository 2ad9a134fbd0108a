#include <cstdint>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

[[netabase::primary_key]] int next_id();

enum class Status { draft [[netabase::secondary_key]] };

struct [[netabase::secondary_key]] Plain {
  int value = 0;
};

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::primary_key]] static inline int count = 0;
  [[netabase::primary_key]] int next() const { return 1; }
};

}  // namespace blog
