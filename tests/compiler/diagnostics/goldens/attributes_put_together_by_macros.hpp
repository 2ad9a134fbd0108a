#include <cstdint>
#include <string>

#define OURS netabase
#define MODEL(...) struct [[netabase::model, __VA_ARGS__]]
#define ATTRIBUTE(...) [[__VA_ARGS__]]
#define SCOPED(name) [[OURS::name]]

namespace [[netabase::definition(BlogDefinition)]] blog {

MODEL(netabase::index(by_name, name)) User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  ATTRIBUTE(netabase::secondary_key) std::string name;
  SCOPED(secondary_key) std::string city;
  [[OURS::secondary_key]] std::string street;
};

}  // namespace blog
