#include <atomic>
#include <bitset>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <mutex>
#include <regex>
#include <stack>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::list<int> a;
  std::deque<int> b;
  std::stack<int> c;
  std::multimap<int, int> d;
  std::atomic<int> e;
  std::bitset<8> f;
  std::mutex g;
  std::regex h;
};

}  // namespace blog
