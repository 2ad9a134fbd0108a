#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::pair<std::int32_t, bool> set = {1, true};
  std::tuple<std::string> one = std::string("x");
  std::variant<std::int32_t, std::string> first = 7;
  std::variant<std::int32_t, std::string> second = std::string();
  std::map<std::string, bool> filled = {{"a", true}};
  std::optional<std::string> empty_but_there = std::string();
  std::pair<std::int32_t, bool> fine = {};
  std::variant<std::int32_t, std::string> fine_too{};
  std::map<std::string, bool> fine_as_well = std::map<std::string, bool>();
};

}  // namespace blog
