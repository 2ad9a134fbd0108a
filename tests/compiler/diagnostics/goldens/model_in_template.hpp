#include <cstdint>

namespace [[netabase::definition(BlogDefinition)]] blog {

template <class T>
struct Outer {
  struct [[netabase::model]] Inner {
    [[netabase::primary_key]] T id;
  };
};

template <class T>
struct Box {
  T value;
};

template <>
struct [[netabase::model]] Box<int> {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

}  // namespace blog
