#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

struct [[netabase::model]] Post {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::link]] std::uint64_t a = 0;
  [[netabase::link()]] std::uint64_t b = 0;
  [[netabase::link("User")]] std::uint64_t c = 0;
  [[netabase::link(3)]] std::uint64_t d = 0;
  [[netabase::link(on_delete = cascade)]] std::uint64_t e = 0;
  [[netabase::link(User, on_remove = cascade)]] std::uint64_t f = 0;
  [[netabase::link(User, cascade)]] std::uint64_t g = 0;
  [[netabase::link(User, on_delete = cascadee)]] std::uint64_t h = 0;
  [[netabase::link(User, on_delete = no_action)]] std::uint64_t i = 0;
  [[netabase::link(User, on_delete = cascade, on_delete = restrict)]] std::uint64_t j = 0;
  [[netabase::link(User, Post)]] std::uint64_t k = 0;
  [[netabase::link(blog::)]] std::uint64_t l = 0;
  [[netabase::link(::blog::User, on_delet = restrict)]] std::uint64_t m = 0;
};

}  // namespace blog
