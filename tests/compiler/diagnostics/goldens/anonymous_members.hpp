#include <cstdint>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  union {
    int i;
    float f;
  };
  struct {
    int a;
    int b;
  };
  union Number {
    int i;
  } number;
  struct {
    int c;
  } unnamed;
  enum { red, green } colour = red;
};

}  // namespace blog
