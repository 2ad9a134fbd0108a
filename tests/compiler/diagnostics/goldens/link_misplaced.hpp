#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

struct Address {
  [[netabase::link(User)]] std::uint64_t owner = 0;
};

struct [[netabase::model, netabase::link(User)]] Post {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::link(User)]] std::uint64_t author() const { return 0; }
  [[netabase::link(User), netabase::skip]] std::uint64_t cached = 0;
  [[netabase::link(User)]] [[netabase::link(Post)]] std::uint64_t twice = 0;
  [[netabase::link(User), netabase::secondary_key(unique)]] const char* unstorable = nullptr;
  Address address;
};

}  // namespace blog
