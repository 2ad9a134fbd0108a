/// \file
/// How the types of fields arrive in the schema.

#include <doctest/doctest.h>

#include "schema_files.hpp"

using netabase::compiler::test::fields_of;
using netabase::compiler::test::result_of_text;

TEST_CASE("scalars are spelled the same however they are written") {
  CHECK(fields_of("bool a; std::int8_t b; int16_t c; std::int32_t d; int e; unsigned f; short g; unsigned char h;") ==
        "    a: bool\n    b: std::int8_t\n    c: std::int16_t\n    d: std::int32_t\n    e: std::int32_t\n"
        "    f: std::uint32_t\n    g: std::int16_t\n    h: std::uint8_t\n");
  CHECK(fields_of("std::int64_t a; uint64_t b; long long c; unsigned long long d; float e; double f;") ==
        "    a: std::int64_t\n    b: std::uint64_t\n    c: long long\n    d: unsigned long long\n    e: float\n"
        "    f: double\n");
}

TEST_CASE("aliases are resolved, of types, of templates and through using declarations") {
  CHECK(
      fields_of("Id a; other::Name b; List<std::uint64_t> c; Second<int, std::uint64_t> d; Maybe e; Twice f;",
                "using Id = std::uint64_t; namespace other { typedef std::string Name; }\n"
                "template <class T> using List = std::vector<T>;\n"
                "template <class K, class V> using Second = std::vector<V>;\n"
                "using Maybe = std::optional<Id>; using std::uint16_t; using Twice = uint16_t;") ==
      "    a: std::uint64_t\n    b: std::string\n    c: std::vector<std::uint64_t>\n    d: std::vector<std::uint64_t>\n"
      "    e: std::optional<std::uint64_t>\n    f: std::uint16_t\n");
}

TEST_CASE("bytes are bytes by any of their names") {
  CHECK(fields_of("std::vector<std::byte> a; std::vector<std::uint8_t> b; std::vector<unsigned char> c;\n"
                  "std::array<std::byte, 4> d{}; std::array<std::uint8_t, 16> e{}; std::vector<std::int8_t> f;") ==
        "    a: std::vector<std::byte>\n    b: std::vector<std::uint8_t>\n    c: std::vector<std::uint8_t>\n"
        "    d: std::array<std::byte, 4>\n    e: std::array<std::uint8_t, 16>\n    f: std::vector<std::int8_t>\n");
}

TEST_CASE("vectors and optionals nest freely") {
  CHECK(fields_of("std::vector<std::vector<std::optional<std::string>>> a; std::optional<std::vector<bool>> b;") ==
        "    a: std::vector<std::vector<std::optional<std::string>>>\n    b: std::optional<std::vector<bool>>\n");
}

TEST_CASE("pairs, tuples, variants and maps are read with their arguments") {
  const std::string headers =
      "} \n#include <functional>\n#include <map>\n#include <tuple>\n#include <unordered_map>\n#include <variant>\n"
      "namespace ns {";
  CHECK(fields_of(
            "std::pair<std::int8_t, std::tuple<bool>> a; std::variant<std::monostate, std::string> b;\n"
            "std::map<std::string, std::vector<double>, std::less<>> c; using M3 = std::unordered_map<int, M2>; M3 d;",
            headers + "using M2 = std::map<bool, std::int64_t>;") ==
        "    a: std::pair<std::int8_t, std::tuple<bool>>\n    b: std::variant<std::monostate, std::string>\n"
        "    c: std::map<std::string, std::vector<double>, std::less<>>\n"
        "    d: std::unordered_map<std::int32_t, std::map<bool, std::int64_t>>\n");
}

TEST_CASE("structs and enums are named from the global namespace, inline namespaces and extern \"C\" left out") {
  CHECK(result_of_text("#include <cstdint>\n#include <vector>\n"
                       "struct Global { int x; };\n"
                       "namespace common { inline namespace v1 { struct Shared { std::uint8_t x; }; } }\n"
                       "namespace a::b { namespace [[netabase::definition]] c {\n"
                       "struct [[netabase::model]] M {\n"
                       "  struct Inner { enum Level : std::uint16_t { low, high = 500 }; Level level = high; };\n"
                       "  [[netabase::primary_key]] std::uint64_t id;\n"
                       "  std::vector<Inner> inner; Global global; common::Shared shared;\n"
                       "};\n"
                       "struct point { double x; };\n"
                       "struct [[netabase::model]] big_line { [[netabase::primary_key]] int id; point from; };\n"
                       "} }\n") ==
        "definition Definition, keys Keys, namespace a::b::c, header schema.hpp\n"
        "  enum ::a::b::c::M::Inner::Level : std::uint16_t\n"
        "    low = 0\n"
        "    high = 500\n"
        "  struct ::a::b::c::M::Inner as MInner\n"
        "    level: ::a::b::c::M::Inner::Level = 500\n"
        "  struct ::Global\n"
        "    x: std::int32_t\n"
        "  struct ::common::Shared\n"
        "    x: std::uint8_t\n"
        "  struct ::a::b::c::M\n"
        "    id: std::uint64_t\n"
        "    inner: std::vector<::a::b::c::M::Inner>\n"
        "    global: ::Global\n"
        "    shared: ::common::Shared\n"
        "  struct ::a::b::c::point (snake_case)\n"
        "    x: double\n"
        "  struct ::a::b::c::big_line (snake_case)\n"
        "    id: std::int32_t\n"
        "    from: ::a::b::c::point\n"
        "  model M, stored as \"M\"\n"
        "    key primary: id (unique, on the field)\n"
        "  model big_line, stored as \"big_line\"\n"
        "    key primary: id (unique, on the field)\n");
}

TEST_CASE("an enum keeps its underlying type and its values, duplicates and extremes included") {
  CHECK(result_of_text("#include <cstdint>\nnamespace [[netabase::definition(D, K)]] n {\n"
                       "enum class Wide : std::uint64_t { none, all = 0xffffffffffffffff, every = all };\n"
                       "enum Sign : std::int32_t { minus = -1, plus = 1 };\n"
                       "enum class Byte : std::uint8_t { largest = 255 };\n"
                       "enum class Small : std::int8_t { smallest = -128 };\n"
                       "enum class Flag : bool { off, on };\n"
                       "struct [[netabase::model]] M {\n"
                       "  [[netabase::primary_key]] Wide id = Wide::all; Sign sign = minus; Flag flag = Flag::on;\n"
                       "  Byte byte = Byte::largest; Small small = Small::smallest; };\n}\n") ==
        "definition D, keys K, namespace n, header schema.hpp\n"
        "  enum class ::n::Wide : std::uint64_t\n    none = 0\n    all = 18446744073709551615\n"
        "    every = 18446744073709551615\n"
        "  enum ::n::Sign : std::int32_t\n    minus = -1\n    plus = 1\n"
        "  enum class ::n::Flag : bool\n    off = 0\n    on = 1\n"
        "  enum class ::n::Byte : std::uint8_t\n    largest = 255\n"
        "  enum class ::n::Small : std::int8_t\n    smallest = -128\n"
        "  struct ::n::M\n    id: ::n::Wide = 18446744073709551615\n    sign: ::n::Sign = -1\n    flag: ::n::Flag = "
        "true\n    byte: ::n::Byte = 255\n    small: ::n::Small = -128\n"
        "  model M, stored as \"M\"\n    key primary: id (unique, on the field)\n");
}

TEST_CASE("static members, functions, nested types and skipped fields are not stored") {
  CHECK(fields_of("static inline int count = 0; static constexpr int limit = 3; int size() const { return 1; }\n"
                  "using T = int; [[netabase::skip]] void* cache = nullptr; mutable int hits = 2;") ==
        "    hits: std::int32_t = 2\n    cache: skipped\n");
}

TEST_CASE("times are spelled by their unit where it has a name, and keep the type that counts them") {
  CHECK(fields_of("std::chrono::milliseconds a; Ms b; std::chrono::duration<std::int64_t, std::milli> c;\n"
                  "std::chrono::duration<std::uint16_t, std::ratio<1, 25>> d; std::chrono::duration<double> e;\n"
                  "std::chrono::sys_days f; std::chrono::system_clock::time_point g;\n"
                  "std::chrono::duration<long long, std::milli> h; std::chrono::duration<long> i;\n"
                  "std::vector<std::optional<std::chrono::hours>> j;",
                  "using Ms = std::chrono::milliseconds;", "#include <chrono>\n") ==
        "    a: std::chrono::milliseconds\n    b: std::chrono::milliseconds\n    c: std::chrono::milliseconds\n"
        "    d: std::chrono::duration<std::uint16_t, std::ratio<1, 25>>\n"
        "    e: std::chrono::duration<double, std::ratio<1, 1>>\n"
        "    f: std::chrono::sys_time<std::chrono::days>\n"
        "    g: std::chrono::sys_time<std::chrono::nanoseconds>\n"
        "    h: std::chrono::duration<long long, std::ratio<1, 1000>>\n    i: std::chrono::seconds\n"
        "    j: std::vector<std::optional<std::chrono::hours>>\n");
}

TEST_CASE("integers of 128 bits, paths, arrays and sets") {
  CHECK(fields_of("__int128 a; unsigned __int128 b; std::filesystem::path c; std::array<int, 3> d{};\n"
                  "std::set<std::string> e; std::set<int, std::less<>> f; std::unordered_set<std::uint64_t> g;\n"
                  "std::array<std::array<bool, 2>, 3> h{}; std::vector<std::set<std::vector<int>>> i;\n"
                  "std::unordered_set<int, std::hash<int>, std::equal_to<>> j;",
                  "", "#include <filesystem>\n#include <set>\n#include <unordered_set>\n") ==
        "    a: netabase::Int128\n    b: netabase::UInt128\n    c: std::filesystem::path\n"
        "    d: std::array<std::int32_t, 3>\n    e: std::set<std::string>\n"
        "    f: std::set<std::int32_t, std::less<>>\n    g: std::unordered_set<std::uint64_t>\n"
        "    h: std::array<std::array<bool, 2>, 3>\n    i: std::vector<std::set<std::vector<std::int32_t>>>\n"
        "    j: std::unordered_set<std::int32_t, std::hash<std::int32_t>, std::equal_to<>>\n");
}

TEST_CASE("a struct may contain its own kind in containers") {
  CHECK(result_of_text("#include <cstdint>\n#include <vector>\nnamespace [[netabase::definition(D, K)]] n {\n"
                       "struct B;\nstruct A { std::vector<B> bs; };\nstruct B { A a; std::vector<B> more; };\n"
                       "struct [[netabase::model]] M { [[netabase::primary_key]] std::uint64_t id; A a; };\n}\n") ==
        "definition D, keys K, namespace n, header schema.hpp\n"
        "  struct ::n::B\n    a: ::n::A\n    more: std::vector<::n::B>\n"
        "  struct ::n::A\n    bs: std::vector<::n::B>\n"
        "  struct ::n::M\n    id: std::uint64_t\n    a: ::n::A\n"
        "  model M, stored as \"M\"\n    key primary: id (unique, on the field)\n");
}
