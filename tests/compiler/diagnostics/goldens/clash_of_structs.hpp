#include <cstdint>
#include <string>

namespace common {

struct Address {
  std::string city;
};

}  // namespace common

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct Address {
  std::string street;
};

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  Address home;
  common::Address work;
};

}  // namespace blog
