#include <cstdint>
#include <memory_resource>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::wstring wide;
  std::u16string utf16;
  std::pmr::string text;
  std::pmr::vector<std::int32_t> numbers;
};

}  // namespace blog
