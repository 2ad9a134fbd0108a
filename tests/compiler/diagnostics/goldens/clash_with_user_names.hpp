#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct UserRef;      // only declared: may be the generated one
class UserCodec {};
struct BlogDefinitionWrappers {};
enum class UserKey { primary };
using UserEmailIndex = int;
inline void BlogKeys() {}
enum Plain { UserKeys };

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::string email;
};

}  // namespace blog
