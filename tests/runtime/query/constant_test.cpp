/// \file
/// Where constants lie among a field's values: against comparison in a wider type.

#include "netabase/query/constant.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace query = netabase::query;
using query::Place;

namespace {

/// Every comparison of `value` with `constant` through its place, against `wide`, in which both are exact.
template <class Wide, class T, class Constant>
void check_comparisons(T value, Constant constant) {
  const auto placed = query::place_number<T>(constant);
  const auto a = static_cast<Wide>(value);
  const auto b = static_cast<Wide>(constant);
  CAPTURE(std::to_string(value));
  CAPTURE(std::to_string(constant));
  CHECK(query::equals<T>(value, placed) == (a == b));
  CHECK(query::less<T, false>(value, placed) == (a < b));
  CHECK(query::less<T, true>(value, placed) == (a <= b));
  CHECK(query::greater<T, false>(value, placed) == (a > b));
  CHECK(query::greater<T, true>(value, placed) == (a >= b));
}

template <class T>
std::vector<T> edges() {
  using Limits = std::numeric_limits<T>;
  std::vector<T> out = {T(0), T(1), T(2), T(100), Limits::max(), Limits::lowest(), T(Limits::max() / 2)};
  if constexpr (std::is_signed_v<T>) {
    out.push_back(T(-1));
    out.push_back(T(-100));
  }
  if constexpr (std::is_floating_point_v<T>) {
    for (const T more : {T(0.5), T(-0.0), T(0.1), T(-0.1), T(9007199254740993.0), T(18446744073709551616.0),
                         T(9223372036854775808.0), T(-9223372036854775808.0), Limits::infinity(), -Limits::infinity(),
                         Limits::quiet_NaN(), Limits::denorm_min(), Limits::min()}) {
      out.push_back(more);
    }
  }
  return out;
}

template <class Wide, class T, class Constant>
void check_pair() {
  for (const T value : edges<T>()) {
    for (const Constant constant : edges<Constant>()) check_comparisons<Wide>(value, constant);
  }
}

}  // namespace

TEST_CASE("integers of all widths and signs compare mathematically") {
  __extension__ using Wide = __int128;
  check_pair<Wide, std::uint8_t, int>();
  check_pair<Wide, std::int8_t, unsigned>();
  check_pair<Wide, std::uint64_t, std::int64_t>();
  check_pair<Wide, std::int64_t, std::uint64_t>();
  check_pair<Wide, std::uint64_t, std::int8_t>();
  check_pair<Wide, std::int16_t, std::int64_t>();
}

TEST_CASE("floats compare mathematically with floats and integers") {
  using Wide = long double;  // 64 bits of mantissa: holds every 64-bit integer
  static_assert(std::numeric_limits<Wide>::digits >= 64);
  check_pair<Wide, float, double>();
  check_pair<Wide, double, float>();
  check_pair<Wide, double, double>();
  check_pair<Wide, float, std::int64_t>();
  check_pair<Wide, float, std::uint64_t>();
  check_pair<Wide, double, std::int64_t>();
  check_pair<Wide, double, std::uint64_t>();
  check_pair<Wide, float, int>();
}

TEST_CASE("constants beyond a type have their place") {
  CHECK(query::place_number<std::uint8_t>(300).place == Place::above_all);
  CHECK(query::place_number<std::uint8_t>(-1).place == Place::below_all);
  CHECK(query::place_number<float>(1e300).place == Place::before);
  CHECK(query::place_number<float>(std::nan("")).place == Place::unordered);
}
