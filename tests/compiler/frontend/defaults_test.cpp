/// \file
/// What default member initialisers give.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "schema_files.hpp"

using netabase::compiler::test::fields_of;

TEST_CASE("numbers, with their signs, widths and conversions") {
  CHECK(fields_of("int a = -5; std::uint8_t b = 255; std::uint64_t c = -1; std::int64_t d = -9223372036854775807 - 1;\n"
                  "int e = 'a'; int f{7}; int g = {8}; std::uint16_t h = 1 << 4; bool i = true; bool j = 1;") ==
        "    a: std::int32_t = -5\n    b: std::uint8_t = 255\n    c: std::uint64_t = 18446744073709551615\n"
        "    d: std::int64_t = -9223372036854775808\n    e: std::int32_t = 97\n    f: std::int32_t = 7\n"
        "    g: std::int32_t = 8\n    h: std::uint16_t = 16\n    i: bool = true\n    j: bool = true\n");
  CHECK(fields_of("double a = -1.5; float b = 0.25f; double c = 3; double d = 1e300; double e = -0.0;") ==
        "    a: double = -1.5\n    b: float = 0.25\n    c: double = 3\n    d: double = 1e+300\n    e: double = -0\n");
}

TEST_CASE("constants, also of the user's own constexpr functions") {
  CHECK(fields_of("int a = limit; int b = twice(limit) + 1; std::uint64_t c = sizeof(int);",
                  "inline constexpr int limit = 12; constexpr int twice(int x) { return x * 2; }") ==
        "    a: std::int32_t = 12\n    b: std::int32_t = 25\n    c: std::uint64_t = 4\n");
}

TEST_CASE("strings in all their spellings") {
  CHECK(
      fields_of(R"(std::string a = "x"; std::string b{"y"}; std::string c = std::string{"z"};
                     std::string d = std::string("w"); std::string e = {"v"}; std::string g = "u" "v";
                     std::string h = R"q(r"\)q"; std::string i = "tab\t\"quoted\" gr\u00fcn"; std::string j = "cut\0off";)") ==
      "    a: std::string = \"x\"\n    b: std::string = \"y\"\n    c: std::string = \"z\"\n    d: std::string = \"w\"\n"
      "    e: std::string = \"v\"\n    g: std::string = \"uv\"\n    h: std::string = \"r\\\"\\\\\"\n"
      "    i: std::string = \"tab\\x09\\\"quoted\\\" gr\xC3\xBCn\"\n    j: std::string = \"cut\"\n");
}

TEST_CASE("zero and empty are no default of their own") {
  const std::string fields = fields_of(
      "int a = 0; int b{}; bool c = false; double d = 0.0; std::string e = \"\"; std::string f{};\n"
      "std::string g = std::string(); std::vector<int> h = {}; std::vector<std::byte> i{};\n"
      "std::optional<int> j = std::nullopt; std::optional<int> k{}; In l{}; In m = {}; In n = In{}; In o = In();\n"
      "std::array<std::uint8_t, 4> p{}; E q{}; E r = E::zero;",
      "struct In { int x = 3; }; enum class E { zero, one };");
  CHECK(std::count(fields.begin(), fields.end(), '\n') == 18);
  CHECK(fields.find('=') == std::string::npos);
}
