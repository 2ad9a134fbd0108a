/// Times, integers of 128 bits and paths as keys: the promises of every encoding, their documented bytes, their text
/// and their hashes.

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <ratio>
#include <string>

#include "netabase/detail/key_arguments.hpp"
#include "netabase/key/chrono.hpp"
#include "netabase/key/path.hpp"
#include "netabase/key/text.hpp"
#include "property.hpp"

namespace netabase::test {

using std::filesystem::path;

template <class Rep, class Period>
struct Generate<std::chrono::duration<Rep, Period>> {
  static std::chrono::duration<Rep, Period> value(Random& random) {
    return std::chrono::duration<Rep, Period>(Generate<Rep>::value(random));
  }
};
template <class Duration>
struct Generate<std::chrono::sys_time<Duration>> {
  static std::chrono::sys_time<Duration> value(Random& random) {
    return std::chrono::sys_time<Duration>(Generate<Duration>::value(random));
  }
};
template <>
struct Generate<UInt128> {
  static UInt128 value(Random& random) {
    if (random.one_in(4)) {
      static constexpr UInt128 top = UInt128{1} << 127;
      static constexpr UInt128 edges[] = {0, 1, top, top - 1, UInt128{0} - 1, UInt128{1} << 64, (UInt128{1} << 64) - 1};
      return edges[random.below(std::size(edges))];
    }
    return (UInt128{random.bits()} << 64 | random.bits()) >> random.below(128);
  }
};
template <>
struct Generate<Int128> {
  static Int128 value(Random& random) { return static_cast<Int128>(Generate<UInt128>::value(random)); }
};
template <>
struct Generate<path> {
  static path value(Random& random) {
    std::string text = random.text(random.one_in(50) ? 700 : 8);
    for (char& character : text) {
      if (random.one_in(4)) character = '/';
    }
    return text;
  }
};

namespace {

template <class T>
std::string encoded(const typename key::Encoding<T>::Owned& value) {
  key::Buffer buffer;
  key::Encoding<T>::append(buffer, value);
  return std::string(as_text(buffer.bytes()));
}

template <class Rep>
using Thirds = std::chrono::duration<Rep, std::ratio<1, 3>>;

}  // namespace

TEST_CASE_TEMPLATE("durations keep their order as keys, whatever counts their ticks", Rep, std::int8_t, std::int16_t,
                   std::int32_t, std::int64_t, std::uint8_t, std::uint16_t, std::uint32_t, std::uint64_t, float,
                   double) {
  holds<Thirds<Rep>>();
  holds<key::Desc<Thirds<Rep>>>();
}

TEST_CASE_TEMPLATE("times, integers of 128 bits and paths keep their order as keys", T, std::chrono::milliseconds,
                   std::chrono::sys_days, std::chrono::sys_seconds, std::chrono::system_clock::time_point,
                   std::chrono::sys_time<Thirds<float>>, Int128, UInt128, path, std::optional<Int128>,
                   std::optional<std::chrono::sys_days>, std::optional<Thirds<double>>, std::optional<path>) {
  holds<T>();
  holds<key::Desc<T>>();
}

TEST_CASE("they keep it as parts of composite keys") {
  holds<std::chrono::sys_days, key::Desc<Int128>, path>();
  holds<path, std::chrono::milliseconds>();
  holds<key::Desc<path>, UInt128>();
  holds<std::optional<Int128>, key::Desc<std::optional<path>>, std::string>();
}

TEST_CASE("they have the documented bytes") {
  using namespace std::string_literals;
  CHECK(encoded<std::chrono::milliseconds>(std::chrono::milliseconds(-1)) == encoded<std::int64_t>(-1));
  CHECK(encoded<Thirds<std::uint16_t>>(Thirds<std::uint16_t>(7)) == "\0\x07"s);
  CHECK(encoded<std::chrono::sys_days>(std::chrono::sys_days(std::chrono::days(1))) == "\x80\0\0\0\0\0\0\x01"s);
  CHECK(encoded<Int128>(1) == "\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01"s);
  CHECK(encoded<Int128>(-1) == "\x7f"s + std::string(15, '\xff'));
  CHECK(encoded<UInt128>(UInt128{1} << 64) == "\0\0\0\0\0\0\0\x01"s + std::string(8, '\0'));
  CHECK(encoded<path>("a/b") == "a/b\0\x01"s);
}

TEST_CASE_TEMPLATE("decoding arbitrary bytes gives one of them or Corrupt", T, Thirds<std::int8_t>, Thirds<float>,
                   std::chrono::sys_seconds, Int128, UInt128, path) {
  using Encoding = key::Encoding<T>;
  Random random(78);
  std::size_t accepted = 0;
  for (int i = 0; i < 100'000; ++i) {
    const std::string text = random.text(24);
    Bytes rest = as_bytes(text);
    try {
      const auto value = Encoding::decode(rest);
      ++accepted;
      key::Buffer again;
      Encoding::append(again, value);
      REQUIRE(compare(again.bytes(), as_bytes(text).first(text.size() - rest.size())) == 0);
    } catch (const Corrupt&) {
      REQUIRE(rest.size() == text.size());  // left as it was
    }
  }
  CHECK(accepted > 0);
}

TEST_CASE("they print with their unit, and equal ones hash equal") {
  using namespace std::chrono_literals;
  using key::to_string;
  CHECK(to_string(std::tuple(1500ms)) == "1500ms");
  CHECK(to_string(std::tuple(std::chrono::days(3), -2h)) == "(3d, -2h)");
  CHECK(to_string(std::tuple(Thirds<double>(0.5))) == "0.5[1/3]s");
  CHECK(to_string(std::tuple(std::chrono::weeks(2))) == "2[604800]s");
  CHECK(to_string(std::tuple(std::chrono::sys_seconds(5s))) == "5s since 1970");
  CHECK(to_string(std::tuple(Int128{-7})) == "-7");
  CHECK(to_string(std::tuple(UInt128{0} - 1)) == "340282366920938463463374607431768211455");
  CHECK(to_string(std::tuple(static_cast<Int128>(UInt128{1} << 127))) == "-170141183460469231731687303715884105728");
  CHECK(to_string(std::tuple(UInt128{10'000'000'000'000'000'000U})) == "10000000000000000000");
  CHECK(to_string(std::tuple(path("a \"b\""))) == "\"a \\\"b\\\"\"");

  CHECK(key::detail::hash_part(1500ms) == key::detail::hash_part(1500ms));
  CHECK(key::detail::hash_part(Thirds<double>(-0.0)) == key::detail::hash_part(Thirds<double>(0.0)));
  CHECK(key::detail::hash_part(Int128{1} << 64) != key::detail::hash_part(Int128{0}));
  CHECK(key::detail::hash_part(path("a//b")) == key::detail::hash_part(path("a/b")));
}

TEST_CASE("numbers that a key of 128 bits cannot be are refused, and so are those that are too wide for a narrow key") {
  using netabase::detail::to_part;
  CHECK(to_part<Int128>(-1) == -1);
  CHECK(to_part<UInt128>(5U) == 5);
  CHECK(to_part<std::int32_t>(Int128{-3}) == -3);
  CHECK_THROWS_WITH_AS(to_part<UInt128>(-1), doctest::Contains("the key -1 is outside the range"), Error);
  CHECK_THROWS_AS(to_part<Int128>(UInt128{0} - 1), Error);
  CHECK_THROWS_AS(to_part<std::uint64_t>(Int128{1} << 64), Error);
  CHECK_THROWS_AS(to_part<std::int64_t>(UInt128{1} << 63), Error);
  static_assert(!netabase::detail::StandsFor<Int128, double>);
}

}  // namespace netabase::test
