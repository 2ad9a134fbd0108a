#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct Point {
  double x = 0;
};

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;

  [[netabase::secondary_key]] std::string changing() { return name; }
  [[netabase::secondary_key]] std::string shortened(std::size_t length = 3) const { return name.substr(0, length); }
  [[netabase::secondary_key]] void nothing() const {}
  [[netabase::secondary_key]] static std::string everybody() { return "all"; }
  [[netabase::secondary_key]] std::string twice() const { return name; }
  std::string twice(int) const { return name; }
  [[netabase::secondary_key]] auto deduced() const;
  [[netabase::secondary_key]] std::string moved() const&& { return name; }
  [[netabase::secondary_key]] std::string gone() const = delete;
  [[netabase::secondary_key]] std::string operator*() const { return name; }
  [[netabase::secondary_key]] Point point() const { return {}; }
  [[netabase::secondary_key]] const char* pointer() const { return name.c_str(); }
  [[netabase::secondary_key]] std::vector<Point> points() const { return {}; }
  [[netabase::secondary_key]] std::vector<std::vector<int>> lists() const { return {}; }
  [[netabase::secondary_key]] long platform() const { return 0; }
  template <class T>
  [[netabase::secondary_key]] T generic() const { return T(); }
  [[netabase::secondary_key]] operator bool() const { return true; }

 private:
  [[netabase::secondary_key]] std::string hidden() const { return name; }
};

}  // namespace blog
