// Values as JSON text, there and back.

#include "tools/json/text.hpp"

#include <cmath>
#include <cstring>
#include <limits>

#include "tests/tools/support.hpp"

namespace json = netabase::tools::json;
using netabase::tools::test::seed;

namespace {

std::string text(std::string_view value) {
  std::string out;
  json::append_text(out, value);
  return out;
}

template <class Number>
std::string number(Number value) {
  std::string out;
  json::append_number(out, value);
  return out;
}

template <class Float, class Bits>
void check_random_floats() {
  std::mt19937_64 random(seed());
  for (int i = 0; i < 20000; ++i) {
    const auto bits = static_cast<Bits>(random());
    const auto value = std::bit_cast<Float>(bits);
    std::string written = number(value);
    if (written.front() == '"') written = written.substr(1, written.size() - 2);
    const auto back = json::to_float<Float>(written);
    REQUIRE_MESSAGE(back.has_value(), written);
    CHECK(std::memcmp(&*back, &value, sizeof(value)) == 0);
  }
}

}  // namespace

TEST_CASE("text is a string, escaped, or base64 when it is not UTF-8") {
  CHECK(text("") == R"("")");
  CHECK(text("a\"b\\c\n\t\r\x01\x7f") == R"("a\"b\\c\n\t\r\u0001\u007f")");
  CHECK(text("h\xc3\xa9 \xf0\x9f\x98\x80") == "\"h\xc3\xa9 \xf0\x9f\x98\x80\"");
  CHECK(text(std::string_view("a\0b", 3)) == R"("a\u0000b")");
  CHECK(text("\xff") == R"({"$base64":"/w=="})");
}

TEST_CASE("UTF-8 is told from what only looks like it") {
  for (const char* good : {"", "a", "\xc2\x80", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xf4\x8f\xbf\xbf"}) {
    CHECK(json::is_utf8(good));
  }
  for (const char* bad : {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
                          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xc2", "\xe2\x82", "a\xff"}) {
    CHECK_FALSE(json::is_utf8(bad));
  }
}

TEST_CASE("numbers survive") {
  CHECK(number(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
  CHECK(number(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
  CHECK(number(0.1) == "0.1");
  CHECK(number(0.1F) == "0.1");
  CHECK(number(-0.0) == "-0");
  CHECK(number(-std::numeric_limits<double>::infinity()) == "\"-Infinity\"");
  CHECK(number(std::numeric_limits<float>::quiet_NaN()) == "\"NaN\"");
  INFO("NETABASE_TEST_SEED=", seed());
  check_random_floats<double, std::uint64_t>();
  check_random_floats<float, std::uint32_t>();
  for (const char* bad : {"", "1x", "NaN:12", "NaN:0000000000000000", "nan", "inf", "1e999"}) {
    CHECK_FALSE(json::to_float<double>(bad).has_value());
  }
}

TEST_CASE("base64 there and back") {
  CHECK(json::to_base64(netabase::as_bytes("")) == "");
  CHECK(json::to_base64(netabase::as_bytes("f")) == "Zg==");
  CHECK(json::to_base64(netabase::as_bytes("fo")) == "Zm8=");
  CHECK(json::to_base64(netabase::as_bytes("foobar")) == "Zm9vYmFy");
  std::mt19937_64 random(seed());
  INFO("NETABASE_TEST_SEED=", seed());
  for (std::size_t size = 0; size < 50; ++size) {
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    CHECK(json::from_base64(json::to_base64(netabase::as_bytes(bytes))) == bytes);
  }
  for (const char* bad : {"Z", "Zg=", "Zg", "Zh==", "Zg==Zg==", "====", "Z===", "Zm9=", "Zm 9", "=m9v"}) {
    CHECK_FALSE(json::from_base64(bad).has_value());
  }
}
