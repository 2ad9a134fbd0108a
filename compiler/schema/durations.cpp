#include "compiler/schema/durations.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace netabase::compiler::schema {

namespace {

struct Named {
  std::int64_t numerator;
  std::int64_t denominator;
  std::string_view name;
};

constexpr std::array<Named, 10> named = {{{1, 1'000'000'000, "nanoseconds"},
                                          {1, 1'000'000, "microseconds"},
                                          {1, 1'000, "milliseconds"},
                                          {1, 1, "seconds"},
                                          {60, 1, "minutes"},
                                          {3'600, 1, "hours"},
                                          {86'400, 1, "days"},
                                          {604'800, 1, "weeks"},
                                          {2'629'746, 1, "months"},
                                          {31'556'952, 1, "years"}}};

}  // namespace

std::string standard_duration(const Period& period) {
  const auto found = std::find_if(named.begin(), named.end(), [&](const Named& it) {
    return it.numerator == period.numerator && it.denominator == period.denominator;
  });
  return found == named.end() ? std::string() : "std::chrono::" + std::string(found->name);
}

std::string duration_name(const Period& period) {
  std::string name = standard_duration(period);
  if (!name.empty()) return name;
  return "std::chrono::duration<_, std::ratio<" + std::to_string(period.numerator) + ", " +
         std::to_string(period.denominator) + ">>";
}

}  // namespace netabase::compiler::schema
