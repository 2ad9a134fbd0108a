#include <cstddef>
#include <cstdint>
#include <ctime>
#include <cwchar>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

using Count = unsigned long;

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  char letter = 'a';
  long count = 0;
  unsigned long total = 0;
  std::size_t size = 0;
  wchar_t wide = 0;
  char16_t unit = 0;
  char8_t byte = 0;
  std::time_t when = 0;
  std::uint_fast16_t fast = 0;
  long double exact = 0;
  std::vector<long> counts;
  Count aliased = 0;
};

}  // namespace blog
