// What differs from the committed layout, on the command line: --diff, --json, --check and plain generation.

#include <doctest/doctest.h>

#include "tests/compiler/driver/scratch.hpp"

using netabase::compiler::test::contains;
using netabase::compiler::test::Result;
using netabase::compiler::test::Scratch;

namespace {

std::string shop(const std::string& fields) {
  return "#pragma once\n#include <cstdint>\n#include <string>\nnamespace [[netabase::definition(ShopDefinition)]] shop "
         "{\nstruct [[netabase::model]] Item {\n  [[netabase::primary_key]] std::uint64_t id = 0;\n" +
         fields + "};\n}\n";
}

const std::string committed = shop("  std::string name;\n  std::int32_t price = 0;\n");
const std::string safe = shop("  std::string name;\n  std::int32_t price = 0;\n  bool sold = false;\n");
const std::string migrating = shop("  std::string name;\n  std::int64_t price = 0;\n  bool sold = false;\n");
const std::string refused = shop("  std::string title;\n  std::int64_t price = 0;\n");

/// A folder with a header whose files are committed, and then changed.
class Changed : public Scratch {
 public:
  explicit Changed(const std::string& header) {
    write("shop.hpp", committed);
    REQUIRE(generate().exit_code == 0);
    before_ = read("out/shop.capnp") + read("out/shop.netabase.hpp");
    write("shop.hpp", header);
  }
  bool is_untouched() const { return read("out/shop.capnp") + read("out/shop.netabase.hpp") == before_; }
  Result diff(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {path("shop.hpp"), "--diff", path("out/shop.capnp")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  }

 private:
  std::string before_;
};

}  // namespace

TEST_CASE("--diff prints each difference and counts them, and its exit code is the worst verdict") {
  const auto check = [](const std::string& header, int exit_code, const std::string& out) {
    const Changed folder(header);
    const Result result = folder.diff();
    CHECK(result.exit_code == exit_code);
    CHECK(result.out == out);
    CHECK(result.err.empty());
    CHECK(folder.is_untouched());
  };
  check(committed, 0, "no differences\n");
  check(safe, 0, "safe shop.Item.sold: is new\n1 difference: 1 safe, 0 migration, 0 refused\n");
  check(migrating, 3,
        "migration shop.Item.price: changed from Int32 to Int64\n"
        "safe shop.Item.sold: is new\n"
        "2 differences: 1 safe, 1 migration, 0 refused\n");
  check(refused, 4,
        "refused shop.Item.name: is gone, and title is new and of the same type: renamed or dropped?\n"
        "migration shop.Item.price: changed from Int32 to Int64\n"
        "safe shop.Item.title: is new\n"
        "3 differences: 1 safe, 1 migration, 1 refused\n");
}

TEST_CASE("--json prints the same for programs") {
  const Changed same(committed);
  CHECK(same.diff({"--json"}).out == "[]\n");
  const Changed folder(refused);
  const Result result = folder.diff({"--json"});
  CHECK(result.exit_code == 4);
  CHECK(
      result.out ==
      "[\n"
      "  {\"verdict\": \"refused\", \"place\": \"shop.Item.name\", \"kind\": \"field-ambiguous\", \"what\": \"is gone, "
      "and title is new and of the same type: renamed or dropped?\"},\n"
      "  {\"verdict\": \"migration\", \"place\": \"shop.Item.price\", \"kind\": \"field-widened\", \"what\": \"changed "
      "from Int32 to Int64\"},\n"
      "  {\"verdict\": \"safe\", \"place\": \"shop.Item.title\", \"kind\": \"field-added\", \"what\": \"is new\"}\n"
      "]\n");
  // What stands in a default is no JSON by itself.
  const Changed quoted(shop("  std::string name;\n  std::int32_t price = 0;\n  std::string it = \"a\\\\b\\\"c\";\n"));
  CHECK(contains(quoted.diff({"--json"}).out, R"("what": "is new; older records read \"a\\\\b\\\"c\"")"));
}

TEST_CASE("--diff fails as other runs do") {
  const Changed folder(safe);
  const auto fails = [&](const std::vector<std::string>& arguments, int exit_code, const std::string& part) {
    const Result result = Scratch::run(arguments);
    CHECK(result.exit_code == exit_code);
    CHECK_MESSAGE(contains(result.err, part), result.err);
    CHECK(result.out.empty());
  };
  const std::string header = folder.path("shop.hpp");
  const std::string capnp = folder.path("out/shop.capnp");
  fails({header, "--diff", folder.path("nowhere.capnp")}, 2, "cannot read " + folder.path("nowhere.capnp"));
  fails({header, header, "--diff", capnp}, 2, "--diff wants one header");
  fails({"--diff", capnp}, 2, "no headers");
  fails({header, "--diff", capnp, "--check"}, 2, "leave out --check");
  fails({header, "--diff", capnp, "--print-schema"}, 2, "leave out --print-schema");
  fails({header, "-o", "out", "--json"}, 2, "--json is for --diff");
  folder.write("broken.capnp", "struct {");
  fails({header, "--diff", folder.path("broken.capnp")}, 1, "Cap'n Proto does not accept this file");
  folder.write("shop.hpp", "#pragma once\nstruct {");
  fails({header, "--diff", capnp}, 1, "error");
}

TEST_CASE("--check prints the differences with its error") {
  const auto check = [](const Changed& folder) {
    const Result result = Scratch::run({folder.path("shop.hpp"), "-o", folder.path("out"), "--check"});
    CHECK(result.exit_code == 1);
    CHECK(contains(result.err, "shop.hpp differs from " + folder.path("out/shop.capnp") + ":\n"));
    CHECK(folder.is_untouched());
    return result.err;
  };
  const std::string stale = check(Changed(migrating));
  CHECK(contains(stale, "migration shop.Item.price: changed from Int32 to Int64\n"));
  CHECK(contains(stale, "safe shop.Item.sold: is new\n"));
  CHECK(contains(stale, "2 differences: 1 safe, 1 migration, 0 refused\n"));
  CHECK(contains(stale, "stale, run netabase-gen again"));
  CHECK_FALSE(contains(stale, "warning"));
  const std::string undecided = check(Changed(refused));
  CHECK(contains(undecided, "error: shop.Item.name: is gone"));
  CHECK(contains(undecided, "refused shop.Item.name: is gone"));
}

TEST_CASE("generating warns of a migration once, and of nothing that is safe") {
  const Changed harmless(safe);
  CHECK(harmless.generate().err.empty());
  const Changed folder(migrating);
  const Result first = folder.generate();
  CHECK(first.exit_code == 0);
  CHECK(contains(first.err, "shop.hpp:8:16: warning: shop.Item.price: changed from Int32 to Int64"));
  CHECK(contains(first.err, "note: register a netabase::Migration in Config::migrations"));
  CHECK(contains(first.err, "1 warning\n"));
  CHECK_FALSE(folder.is_untouched());
  const Result second = folder.generate();
  CHECK(second.exit_code == 0);
  CHECK(second.err.empty());
}

TEST_CASE("what is refused is generated with any of the lines that are shown") {
  const Changed folder(refused);
  const Result result = folder.generate();
  CHECK(result.exit_code == 1);
  CHECK(folder.is_untouched());
  CHECK(contains(result.err, "renamed: write `[[netabase::renamed_from(\"name\")]]` on title"));
  CHECK(contains(result.err, "dropped: write `[[netabase::dropped(\"name\")]]` on Item"));
  std::string header = refused;
  SUBCASE("renamed") { header.insert(header.find("std::string title"), "[[netabase::renamed_from(\"name\")]] "); }
  SUBCASE("dropped") { header.insert(header.find("Item {"), "[[netabase::dropped(\"name\")]] "); }
  folder.write("shop.hpp", header);
  CHECK(folder.diff().exit_code == 3);  // for the price
  CHECK(folder.generate().exit_code == 0);
  CHECK(folder.diff().out == "no differences\n");
}

TEST_CASE("what comes back is told from what is new") {
  const std::string more =
      "enum class Kind : std::uint8_t { a };\nstruct [[netabase::model]] Other { [[netabase::primary_key]] "
      "std::uint64_t "
      "id = 0; Kind kind = Kind::a; };\n";
  const std::string with =
      shop("  [[netabase::secondary_key]] std::string name;\n") + "namespace shop {\n" + more + "}\n";
  const std::string without = shop("  std::string name;\n");
  const Scratch scratch;
  const auto step = [&](const std::string& header) {
    scratch.write("shop.hpp", header);
    const Result result = Scratch::run({scratch.path("shop.hpp"), "--json", "--diff", scratch.path("out/shop.capnp")});
    CHECK(result.exit_code == 0);
    REQUIRE(scratch.generate().exit_code == 0);
    return result.out;
  };
  scratch.write("shop.hpp", without);
  REQUIRE(scratch.generate().exit_code == 0);
  const std::string added = step(with);
  for (const char* kind : {"model-added", "struct-added", "enum-added", "index-added"}) CHECK(contains(added, kind));
  const std::string removed = step(without);
  for (const char* kind : {"model-removed", "struct-removed", "index-dropped"}) {
    CHECK(contains(removed, kind));
  }
  const std::string back = step(with);
  for (const char* kind : {"model-restored", "struct-restored", "index-restored"}) CHECK(contains(back, kind));
  CHECK_FALSE(contains(back, "model-added"));
}

TEST_CASE("definitions come and go, and their namespace may change") {
  const std::string one = shop("  std::string name;\n");
  std::string other = one.substr(one.find("namespace"));
  other.replace(other.find("ShopDefinition"), 14, "PubDefinition, PubKeys");
  other.replace(other.find("shop"), 4, "pub");
  const Scratch scratch;
  const auto step = [&](const std::string& header) {
    scratch.write("shop.hpp", header);
    const Result result = Scratch::run({scratch.path("shop.hpp"), "--diff", scratch.path("out/shop.capnp")});
    CHECK(result.exit_code == 0);
    const Result generated = scratch.generate();
    REQUIRE_MESSAGE(generated.exit_code == 0, generated.err);
    return result.out;
  };
  scratch.write("shop.hpp", one);
  REQUIRE(scratch.generate().exit_code == 0);
  CHECK(contains(step(one + other), "safe pub.PubDefinition: is new\n"));
  const std::string removed = step(one);
  CHECK(contains(removed, "safe pub.PubDefinition: was removed"));
  CHECK(contains(removed, "safe pub.Item: the model Item was removed"));
  CHECK(contains(step(one + other), "safe pub.Item: the model Item is back"));
  std::string moved = one;
  moved.replace(moved.find("]] shop"), 7, "]] store");
  const Scratch elsewhere;
  elsewhere.write("shop.hpp", one);
  REQUIRE(elsewhere.generate().exit_code == 0);
  elsewhere.write("shop.hpp", moved);
  const Result result = Scratch::run({elsewhere.path("shop.hpp"), "--diff", elsewhere.path("out/shop.capnp")});
  CHECK(result.exit_code == 0);
  CHECK(contains(result.out, "safe store.ShopDefinition: was in the namespace shop\n"));
  CHECK(contains(result.out, "safe store.Item: was called shop.Item\n"));
}
