#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition)]] blog {

class [[netabase::model]] User {
 public:
  [[netabase::primary_key]] std::uint64_t id = 0;

 private:
  struct Hidden {
    std::int32_t value = 0;
  };

  std::string name_;
  [[netabase::skip]] std::string cache_;

 public:
  Hidden hidden;
};

}  // namespace blog
