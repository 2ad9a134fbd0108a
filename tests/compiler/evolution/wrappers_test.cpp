// What may change of a pair, a tuple, a variant or a map, and what the committed .capnp says of them.

#include <doctest/doctest.h>

#include "tests/compiler/driver/scratch.hpp"

using netabase::compiler::test::contains;
using netabase::compiler::test::Result;
using netabase::compiler::test::Scratch;

namespace {

std::string shop(const std::string& fields) {
  return "#pragma once\n#include <cstdint>\n#include <map>\n#include <string>\n#include <tuple>\n"
         "#include <unordered_map>\n#include <utility>\n#include <variant>\n"
         "namespace [[netabase::definition(ShopDefinition)]] shop {\nenum class Kind : std::uint8_t { plain };\n"
         "struct [[netabase::model]] Item {\n  [[netabase::primary_key]] std::uint64_t id = 0;\n" +
         fields + "};\n}\n";
}

std::string generate(const Scratch& scratch, const std::string& fields) {
  scratch.write("shop.hpp", shop(fields));
  const Result result = scratch.generate();
  REQUIRE_MESSAGE(result.exit_code == 0, result.err);
  return scratch.read("out/shop.capnp");
}

/// Generates, and returns what was warned of.
std::string warned(const Scratch& scratch, const std::string& fields) {
  scratch.write("shop.hpp", shop(fields));
  const Result result = scratch.generate();
  CHECK(result.exit_code == 0);
  return result.err;
}

}  // namespace

TEST_CASE("a wrapper has its members, and the C++ type that it stands for") {
  const Scratch scratch;
  const std::string capnp =
      generate(scratch,
               "  std::pair<std::string, Kind> price;\n  std::variant<std::monostate, bool> sold;\n"
               "  std::map<std::string, std::int32_t> parts;\n");
  CHECK(contains(capnp, "  price @1 :PairTextKind;\n  sold @2 :VariantVoidBool;\n  parts @3 :List(MapTextInt32Entry)"));
  CHECK(contains(capnp,
                 "$Netabase.wrapper(\"std::pair<std::string, shop::Kind>\") {\n  first @0 :Text;\n"
                 "  second @1 :UInt8 $Netabase.enumeration(\"shop::Kind\");\n}"));
  CHECK(contains(capnp, "{\n  union {\n    a0 @0 :Void;\n    a1 @1 :Bool;\n  }\n}"));
  CHECK(contains(capnp,
                 "$Netabase.wrapper(\"std::pair<const std::string, std::int32_t>\") {\n"
                 "  key @0 :Text;\n  value @1 :Int32;\n}"));
  CHECK(generate(scratch,
                 "  std::pair<std::string, Kind> price;\n  std::variant<std::monostate, bool> sold;\n"
                 "  std::map<std::string, std::int32_t> parts;\n") == capnp);
}

TEST_CASE("another pair, tuple or variant is another stored type") {
  const auto changed = [](const std::string& before, const std::string& now) {
    const Scratch scratch;
    generate(scratch, "  " + before + " it;\n");
    return warned(scratch, "  " + now + " it;\n");
  };
  const std::string from = "shop.Item.it: changed from ";
  CHECK(contains(changed("std::pair<std::string, bool>", "std::pair<std::string, double>"),
                 from + "std::pair<std::string, bool> to std::pair<std::string, double>"));
  CHECK(contains(changed("std::pair<std::string, bool>", "std::tuple<std::string, bool>"),
                 from + "std::pair<std::string, bool> to std::tuple<std::string, bool>"));
  CHECK(contains(changed("std::variant<std::string, bool>", "std::variant<bool, std::string>"),
                 from + "std::variant<std::string, bool> to std::variant<bool, std::string>"));
}

TEST_CASE("a variant with more alternatives at its end keeps the field's ordinal and every alternative's") {
  const Scratch scratch;
  generate(scratch, "  std::variant<std::string, bool> it;\n");
  const std::string capnp = generate(scratch, "  std::variant<std::string, bool, double> it;\n");
  CHECK(contains(capnp, "  it @1 :VariantTextBoolFloat64;\n"));
  CHECK(contains(capnp, "    a0 @0 :Text;\n    a1 @1 :Bool;\n    a2 @2 :Float64;\n"));
}

TEST_CASE("an enum of another size makes another wrapper of the same C++ type") {
  const Scratch scratch;
  generate(scratch, "  std::pair<std::string, Kind> it;\n");
  std::string header = shop("  std::pair<std::string, Kind> it;\n");
  const std::string size = "Kind : std::uint8_t";
  REQUIRE(contains(header, size));
  header.replace(header.find(size), size.size(), "Kind : std::uint16_t");
  scratch.write("shop.hpp", header);
  REQUIRE(scratch.generate().exit_code == 0);
  const std::string capnp = scratch.read("out/shop.capnp");
  CHECK(contains(capnp, "  removed1 @1 :PairTextKind $Netabase.removed(\"it\")"));
  CHECK(contains(capnp, "  it @2 :PairTextKind2;\n"));
  CHECK(contains(capnp, "  second @1 :UInt16 $Netabase.enumeration(\"shop::Kind\");\n"));
  CHECK(contains(scratch.read("out/shop.netabase.hpp"), "PairTextKind2"));
  REQUIRE(scratch.generate().exit_code == 0);
  CHECK(scratch.read("out/shop.capnp") == capnp);
}

TEST_CASE("a map may become unordered and back, and its schema says which it is") {
  const Scratch scratch;
  const std::string ordered = generate(scratch, "  std::map<std::string, bool> parts;\n");
  const std::string hashed = generate(scratch, "  std::unordered_map<std::string, bool> parts;\n");
  CHECK(contains(ordered, "parts @1 :List(MapTextBoolEntry) $Netabase.meaning(\"std::map\");"));
  CHECK(contains(hashed, "parts @1 :List(MapTextBoolEntry) $Netabase.meaning(\"std::unordered_map\");"));
  generate(scratch, "  std::map<std::string, bool> parts;\n");
  CHECK(contains(warned(scratch, "  std::map<std::string, std::int8_t> parts;\n"),
                 "from List(std::pair<const std::string, bool>) (std::map) to "
                 "List(std::pair<const std::string, std::int8_t>) (std::map)"));
}
