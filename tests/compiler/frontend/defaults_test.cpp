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

TEST_CASE("times in all their spellings, in the field's own unit") {
  CHECK(fields_of("std::chrono::milliseconds a{1500}; std::chrono::milliseconds b = std::chrono::seconds(2);\n"
                  "std::chrono::nanoseconds c = -5us; std::chrono::seconds d = 1h; std::chrono::hours e{1 << 3};\n"
                  "std::chrono::duration<double> f = 1500ms; std::chrono::duration<double, std::milli> g = 1.5s;\n"
                  "std::chrono::sys_seconds h{std::chrono::minutes{1}}; std::chrono::seconds i = limit;\n"
                  "std::chrono::duration<std::uint8_t> j{200}; std::chrono::milliseconds k = 1'000s;\n"
                  "std::chrono::duration<std::uint64_t> l{18446744073709551615u};",
                  "using namespace std::chrono_literals; constexpr std::chrono::minutes limit{3};",
                  "#include <chrono>\n") ==
        "    a: std::chrono::milliseconds = 1500\n    b: std::chrono::milliseconds = 2000\n"
        "    c: std::chrono::nanoseconds = -5000\n    d: std::chrono::seconds = 3600\n    e: std::chrono::hours = 8\n"
        "    f: std::chrono::duration<double, std::ratio<1, 1>> = 1.5\n"
        "    g: std::chrono::duration<double, std::ratio<1, 1000>> = 1500\n"
        "    h: std::chrono::sys_time<std::chrono::seconds> = 60\n    i: std::chrono::seconds = 180\n"
        "    j: std::chrono::duration<std::uint8_t, std::ratio<1, 1>> = 200\n"
        "    k: std::chrono::milliseconds = 1000000\n"
        "    l: std::chrono::duration<std::uint64_t, std::ratio<1, 1>> = 18446744073709551615\n");
}

TEST_CASE("paths of literals") {
  CHECK(fields_of("std::filesystem::path a = \"/tmp\"; std::filesystem::path b{\"x \\\"y\\\\\\t\\xff\"};\n"
                  "std::filesystem::path c = \"\"; std::filesystem::path d{}; std::filesystem::path e = \"cut\\0off\";",
                  "", "#include <filesystem>\n") ==
        "    a: std::filesystem::path = \"/tmp\"\n    b: std::filesystem::path = \"x \\\"y\\\\\\x09\xff\"\n"
        "    c: std::filesystem::path\n    d: std::filesystem::path\n    e: std::filesystem::path = \"cut\"\n");
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
