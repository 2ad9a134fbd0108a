// What the committed .capnp promises: an ordinal or number, once given, stays with what it was given to.

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/compiler/driver/scratch.hpp"

using netabase::compiler::test::contains;
using netabase::compiler::test::Result;
using netabase::compiler::test::Scratch;

namespace {

/// A header of one model with those fields, which stand behind the primary key.
std::string shop(const std::string& fields, const std::string& before = "", const std::string& attributes = "") {
  return "#pragma once\n#include <cstdint>\n#include <optional>\n#include <string>\n"
         "namespace [[netabase::definition(ShopDefinition)]] shop {\n" +
         before + "struct [[netabase::model" + attributes +
         "]] Item {\n  [[netabase::primary_key]] std::uint64_t id = 0;\n" + fields + "};\n}\n";
}

/// The struct's lines in the generated .capnp.
std::string item_of(const Scratch& scratch) {
  const std::string text = scratch.read("out/shop.capnp");
  const std::size_t begin = text.find("struct Item");
  const std::size_t body = text.find('\n', begin) + 1;
  return text.substr(body, text.find("\n}", begin) + 1 - body);
}

void generate(const Scratch& scratch, const std::string& header) {
  scratch.write("shop.hpp", header);
  const Result result = scratch.generate();
  REQUIRE_MESSAGE(result.exit_code == 0, result.err);
}

/// Runs over a changed header, which must be refused and leave the files as they were. Returns what was said.
std::string refused(const Scratch& scratch, const std::string& header) {
  const std::string capnp = scratch.read("out/shop.capnp");
  const std::string code = scratch.read("out/shop.netabase.hpp");
  scratch.write("shop.hpp", header);
  const Result result = scratch.generate();
  CHECK(result.exit_code == 1);
  CHECK(scratch.read("out/shop.capnp") == capnp);
  CHECK(scratch.read("out/shop.netabase.hpp") == code);
  return result.err;
}

}  // namespace

TEST_CASE("a new field takes the next ordinal, wherever it stands") {
  const Scratch scratch;
  generate(scratch, shop("  std::string name;\n  std::int32_t price = 0;\n"));
  CHECK(item_of(scratch) == "  id @0 :UInt64;\n  name @1 :Text;\n  price @2 :Int32;\n");
  CHECK(contains(scratch.read("out/shop.netabase.hpp"), "schema_version = 1"));
  generate(scratch, shop("  bool sold = false;\n  std::string name;\n  std::int32_t price = 0;\n"));
  CHECK(item_of(scratch) == "  id @0 :UInt64;\n  name @1 :Text;\n  price @2 :Int32;\n  sold @3 :Bool;\n");
  CHECK(contains(scratch.read("out/shop.netabase.hpp"), "schema_version = 2"));
}

TEST_CASE("order in the struct means nothing") {
  const Scratch scratch;
  generate(scratch, shop("  std::string name;\n  std::int32_t price = 0;\n"));
  const std::string before = scratch.read("out/shop.capnp");
  generate(scratch, shop("  std::int32_t price = 0;\n  std::string name;\n"));
  CHECK(scratch.read("out/shop.capnp") == before);
}

TEST_CASE("a second run changes nothing") {
  const Scratch scratch;
  const std::string header = shop("  std::optional<std::string> name;\n  float f = 1.5F;\n");
  generate(scratch, header);
  const std::string capnp = scratch.read("out/shop.capnp");
  const std::string code = scratch.read("out/shop.netabase.hpp");
  generate(scratch, header);
  CHECK(scratch.read("out/shop.capnp") == capnp);
  CHECK(scratch.read("out/shop.netabase.hpp") == code);
}

TEST_CASE("a removed field leaves its ordinals and its type behind, and its name is free again") {
  const Scratch scratch;
  generate(scratch, shop("  std::optional<std::string> name;\n  std::int32_t price = 0;\n"));
  generate(scratch, shop("  std::int32_t price = 0;\n"));
  const std::string removed =
      "  id @0 :UInt64;\n"
      "  removed2 :union $Netabase.removed(\"name\") {\n"
      "    removed2Absent @1 :Void;\n"
      "    removed2 @2 :Text;\n"
      "  }\n"
      "  price @3 :Int32;\n";
  CHECK(item_of(scratch) == removed);
  generate(scratch, shop("  std::int32_t price = 0;\n  bool name = false;\n"));
  CHECK(item_of(scratch) == removed + "  name @4 :Bool;\n");
  CHECK(contains(scratch.read("out/shop.netabase.hpp"), "schema_version = 3"));
}

TEST_CASE("renamed_from keeps the ordinal, and may stay afterwards") {
  const Scratch scratch;
  generate(scratch, shop("  std::string name;\n"));
  const std::string renamed = shop("  [[netabase::renamed_from(\"name\")]] std::string full_title;\n");
  generate(scratch, renamed);
  CHECK(item_of(scratch) == "  id @0 :UInt64;\n  fullTitle @1 :Text $Netabase.cpp(\"full_title\");\n");
  const std::string capnp = scratch.read("out/shop.capnp");
  generate(scratch, renamed);
  CHECK(scratch.read("out/shop.capnp") == capnp);
}

TEST_CASE("a name in another spelling is the same field") {
  const Scratch scratch;
  generate(scratch, shop("  std::string fullTitle;\n"));
  generate(scratch, shop("  std::string full_title;\n"));
  CHECK(item_of(scratch) == "  id @0 :UInt64;\n  fullTitle @1 :Text $Netabase.cpp(\"full_title\");\n");
}

TEST_CASE("two names that Cap'n Proto would spell alike are kept apart") {
  const Scratch scratch;
  const std::string header = shop("  std::string a_b;\n  std::string aB;\n");
  scratch.write("shop.hpp", header);
  const Result result = scratch.generate();
  // Either the checks refuse them, or each has a name of its own.
  if (result.exit_code == 0) {
    CHECK(contains(item_of(scratch), "aB @1 :Text $Netabase.cpp(\"a_b\")"));
    CHECK(contains(item_of(scratch), "aB2 @2 :Text $Netabase.cpp(\"aB\")"));
  } else {
    CHECK(contains(result.err, "aB"));
  }
}

TEST_CASE("a field gone and another of its type new is refused until the user says which") {
  const Scratch scratch;
  generate(scratch, shop("  std::string name;\n"));
  const std::string changed = shop("  std::string title;\n");
  const std::string message = refused(scratch, changed);
  CHECK(contains(message, "shop.Item.name: is gone, and title is new and of the same type: renamed or dropped?"));
  CHECK(contains(message, "renamed: write `[[netabase::renamed_from(\"name\")]]` on title"));
  CHECK(contains(message, "dropped: write `[[netabase::dropped(\"name\")]]` on Item"));

  SUBCASE("renamed") {
    generate(scratch, shop("  [[netabase::renamed_from(\"name\")]] std::string title;\n"));
    CHECK(item_of(scratch) == "  id @0 :UInt64;\n  title @1 :Text;\n");
  }
  SUBCASE("dropped") {
    const std::string dropped = shop("  std::string title;\n", "", ", netabase::dropped(\"name\")");
    generate(scratch, dropped);
    CHECK(item_of(scratch) ==
          "  id @0 :UInt64;\n  removed1 @1 :Text $Netabase.removed(\"name\");\n  title @2 :Text;\n");
    // It may stay, and may go.
    const std::string capnp = scratch.read("out/shop.capnp");
    generate(scratch, dropped);
    CHECK(scratch.read("out/shop.capnp") == capnp);
    generate(scratch, changed);
    CHECK(scratch.read("out/shop.capnp") == capnp);
  }
  SUBCASE("dropped: in the committed file") {
    std::string capnp = scratch.read("out/shop.capnp");
    const std::string line = "name @1 :Text;";
    capnp.replace(capnp.find(line), line.size(), "name @1 :Text $Netabase.removed(\"name\");");
    scratch.write("out/shop.capnp", capnp);
    generate(scratch, changed);
    CHECK(item_of(scratch) ==
          "  id @0 :UInt64;\n  removed1 @1 :Text $Netabase.removed(\"name\");\n  title @2 :Text;\n");
  }
}

TEST_CASE("a changed type leaves its ordinal behind and takes a new one") {
  const Scratch scratch;
  generate(scratch, shop("  std::int32_t price = 3;\n  std::string name;\n"));
  generate(scratch, shop("  std::int64_t price = 4;\n  std::string name;\n"));
  const std::string once =
      "  id @0 :UInt64;\n"
      "  removed1 @1 :Int32 = 3 $Netabase.removed(\"price\") $Netabase.successor(\"price\");\n"
      "  name @2 :Text;\n"
      "  price @3 :Int64 = 4;\n";
  CHECK(item_of(scratch) == once);
  generate(scratch, shop("  std::int64_t price = 4;\n  std::string name;\n"));
  CHECK(item_of(scratch) == once);
  CHECK(contains(scratch.read("out/shop.netabase.hpp"), "schema_version = 2"));
  // Back is another change, not the old field: what it held since then is under the other ordinal.
  generate(scratch, shop("  std::int32_t price = 3;\n  std::string name;\n"));
  CHECK(contains(item_of(scratch), "  removed3 @3 :Int64 = 4 $Netabase.removed(\"price\")"));
  CHECK(contains(item_of(scratch), "  price @4 :Int32 = 3;\n"));
}

TEST_CASE("a type of the same layout that means something else is another type") {
  const auto changed = [](const std::string& before, const std::string& now) {
    const std::string includes =
        "using Ms = std::chrono::milliseconds;\ntemplate <class T, class R> using In = std::chrono::duration<T, R>;\n";
    const Scratch scratch;
    const auto header = [&](const std::string& type) {
      return "#include <array>\n#include <chrono>\n#include <filesystem>\n#include <set>\n#include <unordered_set>\n"
             "#include <vector>\n" +
             shop("  " + type + " it;\n", includes);
    };
    generate(scratch, header(before));
    scratch.write("shop.hpp", header(now));
    const Result result = scratch.generate();
    CHECK(result.exit_code == 0);
    CHECK(contains(item_of(scratch), "$Netabase.successor(\"it\")"));
    return result.err;
  };
  CHECK(contains(changed("Ms", "std::chrono::seconds"),
                 "shop.Item.it: changed from Int64 (std::chrono::milliseconds) to Int64 (std::chrono::seconds)"));
  CHECK(contains(changed("Ms", "std::int64_t"), "from Int64 (std::chrono::milliseconds) to Int64"));
  CHECK(contains(changed("std::int64_t", "Ms"), "from Int64 to Int64 (std::chrono::milliseconds)"));
  CHECK(contains(changed("Ms", "std::chrono::sys_time<Ms>"), "(std::chrono::sys_time<std::chrono::milliseconds>)"));
  CHECK(contains(changed("In<int, std::ratio<1, 25>>", "In<int, std::ratio<1, 30>>"),
                 "to Int32 (std::chrono::duration<_, std::ratio<1, 30>>)"));
  CHECK(contains(changed("std::optional<Ms>", "std::optional<std::chrono::hours>"), "(std::chrono::hours)"));
  CHECK(contains(changed("std::vector<Ms>", "std::vector<std::chrono::hours>"),
                 "to List(Int64) (std::vector<std::chrono::hours>)"));
  CHECK(contains(changed("std::vector<int>", "std::set<int>"), "from List(Int32) to List(Int32) (std::set)"));
  CHECK(contains(changed("std::vector<std::vector<int>>", "std::vector<std::set<int>>"), "(std::vector<std::set>)"));
  CHECK(contains(changed("std::array<int, 3>", "std::array<int, 4>"),
                 "(std::array<_, 3>) to List(Int32) (std::array<_, 4>)"));
  CHECK(contains(changed("std::array<std::uint8_t, 16>", "std::vector<std::uint8_t>"),
                 "from Data (std::array<_, 16>) to Data"));
  CHECK(contains(changed("std::string", "std::filesystem::path"), "from Text to Text (std::filesystem::path)"));
  CHECK(contains(changed("std::int64_t", "__int128"), "from Int64 to "));
}

TEST_CASE("an ordered and a hashed set read each other's records, and a unit may be written in another way") {
  const auto header = [](const std::string& type) {
    return "#include <chrono>\n#include <set>\n#include <unordered_set>\n" + shop("  " + type + " it;\n");
  };
  const Scratch set;
  generate(set, header("std::set<int>"));
  CHECK(contains(item_of(set), "$Netabase.meaning(\"std::set\")"));
  generate(set, header("std::unordered_set<int>"));
  CHECK(contains(item_of(set), "$Netabase.meaning(\"std::unordered_set\")"));
  CHECK(contains(set.read("out/shop.netabase.hpp"), "schema_version = 2"));
  const Scratch unit;
  generate(unit, header("std::chrono::milliseconds"));
  generate(unit, header("std::chrono::duration<std::int64_t, std::ratio<2, 2000>>"));
  CHECK(contains(unit.read("out/shop.netabase.hpp"), "schema_version = 1"));
}

TEST_CASE("a field becomes optional under its ordinal, and plain again under another one") {
  const Scratch scratch;
  generate(scratch, shop("  std::int32_t price = 0;\n  std::string name;\n"));
  generate(scratch, shop("  std::optional<std::int32_t> price;\n  std::string name;\n"));
  // The value keeps its ordinal, which is the lower one: what is stored already has it.
  CHECK(item_of(scratch) ==
        "  id @0 :UInt64;\n"
        "  price :union {\n"
        "    price @1 :Int32;\n"
        "    priceAbsent @3 :Void;\n"
        "  }\n"
        "  name @2 :Text;\n");
  CHECK(contains(scratch.read("out/shop.netabase.hpp"), "!= 0) return std::nullopt;"));
  generate(scratch, shop("  std::int32_t price = 0;\n  std::string name;\n"));
  CHECK(item_of(scratch) ==
        "  id @0 :UInt64;\n"
        "  removed1 :union $Netabase.removed(\"price\") $Netabase.successor(\"price\") {\n"
        "    removed1 @1 :Int32;\n"
        "    removed1Absent @3 :Void;\n"
        "  }\n"
        "  name @2 :Text;\n"
        "  price @4 :Int32;\n");
}

TEST_CASE("a default stays what it was when the field was first seen") {
  const Scratch scratch;
  generate(scratch, shop("  std::int32_t price = 5;\n"));
  generate(scratch, shop("  std::int32_t price = 7;\n"));
  CHECK(item_of(scratch) == "  id @0 :UInt64;\n  price @1 :Int32 = 5 $Netabase.initially(\"7\");\n");
  CHECK(contains(scratch.read("out/shop.netabase.hpp"), "view_.scalar<std::int32_t>(8, 5)"));
  // What is stored does not change by it.
  CHECK(contains(scratch.read("out/shop.netabase.hpp"), "schema_version = 1;"));
  const std::string capnp = scratch.read("out/shop.capnp");
  generate(scratch, shop("  std::int32_t price = 7;\n"));
  CHECK(scratch.read("out/shop.capnp") == capnp);
  generate(scratch, shop("  std::int32_t price = 5;\n"));
  CHECK(item_of(scratch) == "  id @0 :UInt64;\n  price @1 :Int32 = 5;\n");
}

TEST_CASE("keys keep their numbers") {
  const Scratch scratch;
  const std::string name = "  [[netabase::secondary_key]] std::string name;\n";
  const std::string price = "  [[netabase::secondary_key]] std::int32_t price = 0;\n";
  const std::string colour = "  [[netabase::secondary_key]] std::string colour;\n";
  generate(scratch, shop(name + price));
  CHECK(contains(scratch.read("out/shop.netabase.hpp"), "{ primary = 0, name = 1, price = 2 }"));
  generate(scratch, shop("  std::string name;\n" + price));
  CHECK(contains(scratch.read("out/shop.netabase.hpp"), "{ primary = 0, price = 2 }"));
  generate(scratch, shop(colour + "  std::string name;\n" + price));
  CHECK(contains(scratch.read("out/shop.netabase.hpp"), "{ primary = 0, price = 2, colour = 3 }"));
  generate(scratch, shop(colour + name + price));
  CHECK(contains(scratch.read("out/shop.netabase.hpp"), "{ primary = 0, name = 1, price = 2, colour = 3 }"));
}

TEST_CASE("another path, function, result or predicate is another index, under the number it had") {
  const std::string fields = "  Box box;\n  std::int32_t weight = 0;\n  bool sold = false;\n";
  const std::string box = "struct Box {\n  std::int32_t width = 0;\n  std::int32_t height = 0;\n};\n";
  const auto header = [&](const std::string& index, const std::string& functions = "") {
    return shop(fields + functions, box, ", netabase::index(by_size, " + index + ")");
  };
  const auto index_of = [](const Scratch& scratch) {
    const std::string text = scratch.read("out/shop.capnp");
    const std::size_t begin = text.find("(number = 1");
    return text.substr(begin, text.find('\n', begin) - begin);
  };
  const Scratch scratch;
  int version = 0;
  const auto step = [&](const std::string& text, const std::string& expected) {
    generate(scratch, text);
    CHECK(index_of(scratch) == expected);
    CHECK(contains(scratch.read("out/shop.netabase.hpp"), "schema_version = " + std::to_string(++version) + ";"));
    // Nothing changes by itself.
    const std::string before = scratch.read("out/shop.netabase.hpp");
    generate(scratch, text);
    CHECK(scratch.read("out/shop.netabase.hpp") == before);
  };
  step(header("box.width"), R"((number = 1, name = "by_size", parts = [(field = "box.width")]))");
  step(header("box.height"), R"((number = 1, name = "by_size", parts = [(field = "box.height")]))");
  step(header("box.height, where = sold"),
       R"((number = 1, name = "by_size", where = "sold", parts = [(field = "box.height")]))");
  step(header("box.height, where = is_sold", "  bool is_sold() const { return sold; }\n"),
       R"x((number = 1, name = "by_size", where = "is_sold()", parts = [(field = "box.height")]))x");
  step(header("area", "  std::int32_t area() const { return 1; }\n"),
       R"((number = 1, name = "by_size", parts = [(field = "area", computed = "std::int32_t")]))");
  step(header("area", "  std::int64_t area() const { return 1; }\n"),
       R"((number = 1, name = "by_size", parts = [(field = "area", computed = "std::int64_t")]))");
  step(
      header("desc(surface)", "  std::int64_t surface() const { return 1; }\n"),
      R"((number = 1, name = "by_size", parts = [(field = "surface", descending = true, computed = "std::int64_t")]))");
}

TEST_CASE("models keep their numbers, and a renamed struct its ordinals through its table") {
  const Scratch scratch;
  const std::string other = "struct [[netabase::model]] Other { [[netabase::primary_key]] std::uint64_t id = 0; };\n";
  generate(scratch, shop("  std::string name;\n"));
  generate(scratch, shop("  std::string name;\n", other));
  CHECK(contains(scratch.read("out/shop.netabase.hpp"), "{ Item = 0, Other = 1 }"));

  std::string renamed = shop("  bool sold = false;\n  std::string name;\n", other, "(\"Item\")");
  renamed.replace(renamed.find("Item {"), 4, "Article");
  generate(scratch, renamed);
  CHECK(item_of(scratch) == "  id @0 :UInt64;\n  name @1 :Text;\n  sold @2 :Bool;\n");
  CHECK(contains(scratch.read("out/shop.capnp"), "$Netabase.cpp(\"shop::Article\")"));
  CHECK(contains(scratch.read("out/shop.netabase.hpp"), "{ Article = 0, Other = 1 }"));
}

TEST_CASE("another primary key is given, with a warning") {
  const Scratch scratch;
  generate(scratch, shop("  std::string name;\n"));
  std::string changed = shop("  [[netabase::primary_key]] std::string name;\n");
  const std::string key = "[[netabase::primary_key]] std::uint64_t";
  changed.replace(changed.find(key), key.size(), "std::uint64_t");
  scratch.write("shop.hpp", changed);
  const Result result = scratch.generate();
  CHECK(result.exit_code == 0);
  CHECK(contains(result.err, "warning: shop.Item: the primary key is (name) and was (id): records lie in its order"));
  CHECK(contains(result.err, "register a netabase::Migration"));
  CHECK(Scratch::run({scratch.path("shop.hpp"), "-o", scratch.path("out")}).err.empty());
}

TEST_CASE("what a merge leaves behind is an error that says how to go on") {
  const Scratch scratch;
  const std::string header = shop("  std::string name;\n  std::string title;\n");
  generate(scratch, header);
  std::string capnp = scratch.read("out/shop.capnp");
  const std::string line = "  title @2 :Text;\n";
  const std::size_t place = capnp.find(line);

  SUBCASE("marks of a conflict") {
    // As git leaves it when both sides added a field; either of its marks alone would do.
    const std::string line_number =
        std::to_string(std::count(capnp.begin(), capnp.begin() + static_cast<std::ptrdiff_t>(place), '\n') + 1);
    capnp.insert(place, "<<<<<<< HEAD\n  colour @2 :Text;\n=======\n");
    capnp.insert(capnp.find(line) + line.size(), ">>>>>>> other\n");
    scratch.write("out/shop.capnp", capnp);
    const std::string message = refused(scratch, header);
    CHECK(contains(message, "shop.capnp:" + line_number + ":1: error: this file still has the marks of a merge"));
    CHECK(contains(message, "keep the lines of both sides"));
    CHECK(contains(message, "remove the marks, and run netabase-gen again"));
    const Result diff = Scratch::run({scratch.path("shop.hpp"), "--diff", scratch.path("out/shop.capnp")});
    CHECK(diff.exit_code == 1);
    CHECK(contains(diff.err, "marks of a merge conflict"));
    // As it says: then the two claims are what is left, and one of them goes.
    for (const char* mark : {"<<<<<<< HEAD\n", "=======\n", ">>>>>>> other\n"}) {
      capnp.erase(capnp.find(mark), std::string(mark).size());
    }
    scratch.write("out/shop.capnp", capnp);
    CHECK(contains(refused(scratch, header), "claimed twice"));
    capnp.erase(capnp.find(line), line.size());
    scratch.write("out/shop.capnp", capnp);
    generate(scratch, shop("  std::string name;\n  std::string title;\n  std::string colour;\n"));
    CHECK(contains(item_of(scratch), "  colour @2 :Text;\n  title @3 :Text;\n"));
  }
  SUBCASE("an ordinal that is claimed twice") {
    capnp.insert(place, "  colour @2 :Text;\n");
    scratch.write("out/shop.capnp", capnp);
    const std::string message = refused(scratch, header);
    const auto number = std::count(capnp.begin(), capnp.begin() + static_cast<std::ptrdiff_t>(place), '\n') + 1;
    CHECK(contains(message, "ordinal 2 is claimed twice, by colour (line " + std::to_string(number) +
                                ") and title (line " + std::to_string(number + 1) + "): keep one, run again"));
    CHECK(contains(message, "keep the line of the field that data was stored with"));
    // As it says: keep one, run again.
    capnp.erase(capnp.find(line), line.size());
    scratch.write("out/shop.capnp", capnp);
    generate(scratch, shop("  std::string name;\n  std::string colour;\n  std::int32_t title = 0;\n"));
    CHECK(contains(item_of(scratch), "  colour @2 :Text;\n  title @3 :Int32;\n"));
  }
  SUBCASE("something that is not Cap'n Proto") {
    scratch.write("out/shop.capnp", "struct {");
    CHECK(contains(refused(scratch, header), "Cap'n Proto does not accept this file"));
  }
  SUBCASE("a Cap'n Proto file of somebody else") {
    scratch.write("out/shop.capnp", "@0xf3a1b2c3d4e5f601;\nstruct Item { id @0 :UInt64; }\n");
    CHECK(contains(refused(scratch, header), "was not written by netabase-gen"));
  }
  SUBCASE("an empty file") {
    scratch.write("out/shop.capnp", "");
    CHECK(contains(refused(scratch, header), "shop.capnp"));
  }
}

TEST_CASE("another stored name is refused: the records would be lost") {
  const Scratch scratch;
  generate(scratch, shop("  std::string name;\n"));
  const std::string message = refused(scratch, shop("  std::string name;\n", "", "(\"articles\")"));
  CHECK(contains(message, "Records of Item would not be found as articles"));
  CHECK(contains(message, "[[netabase::model(\"Item\")]]"));
  // Whatever else changed in the struct.
  const std::string rewritten = "  std::int32_t name = 0;\n  bool sold = false;\n";
  CHECK(contains(refused(scratch, shop(rewritten, "", "(\"articles\")")), "would not be found as articles"));
}

TEST_CASE("a key's number that two branches gave is an error") {
  const Scratch scratch;
  const std::string header =
      shop("  [[netabase::secondary_key]] std::string name;\n  [[netabase::secondary_key]] std::string title;\n");
  generate(scratch, header);
  std::string capnp = scratch.read("out/shop.capnp");
  const std::string number = "number = 2, name = \"title\"";
  capnp.replace(capnp.find(number), number.size(), "number = 1, name = \"title\"");
  scratch.write("out/shop.capnp", capnp);
  const std::string message = refused(scratch, header);
  CHECK(contains(message, "index number 1 is claimed twice, by name (line "));
  CHECK(contains(message, ") and title (line "));
  CHECK(contains(message, "keep one, run again"));
}

TEST_CASE("the lock can lie in another folder than the output") {
  const Scratch scratch;
  generate(scratch, shop("  std::string name;\n  std::int32_t price = 0;\n"));
  scratch.write("shop.hpp", shop("  std::int32_t price = 0;\n"));
  const Result result =
      Scratch::run({scratch.path("shop.hpp"), "-o", scratch.path("build"), "--lock", scratch.path("out")});
  REQUIRE_MESSAGE(result.exit_code == 0, result.err);
  CHECK(contains(scratch.read("build/shop.capnp"), "price @2 :Int32;"));
}

TEST_CASE("a link and its policy are part of the schema, and stay when nothing changes") {
  const Scratch scratch;
  const std::string linked = shop("  [[netabase::link(Item, on_delete = cascade)]] std::uint64_t part_of = 0;\n");
  const std::string version = "schema_version = ";
  generate(scratch, shop("  [[netabase::secondary_key]] std::uint64_t part_of = 0;\n"));
  generate(scratch, linked);
  CHECK(contains(scratch.read("out/shop.capnp"), "name = \"part_of\", link = \"Item\", onDelete = \"cascade\""));
  CHECK(contains(scratch.read("out/shop.netabase.hpp"), version + "2"));
  generate(scratch, linked);
  CHECK(contains(scratch.read("out/shop.netabase.hpp"), version + "2"));
  generate(scratch, shop("  [[netabase::link(Item)]] std::uint64_t part_of = 0;\n"));
  CHECK(contains(scratch.read("out/shop.capnp"), "onDelete = \"restrict\""));
  CHECK(contains(scratch.read("out/shop.netabase.hpp"), version + "3"));
  generate(scratch, shop("  [[netabase::secondary_key]] std::uint64_t part_of = 0;\n"));
  CHECK_FALSE(contains(scratch.read("out/shop.capnp"), "link = "));
}

TEST_CASE("a lock from before there were links is read") {
  const Scratch scratch;
  const std::string header = shop("  [[netabase::secondary_key]] std::uint64_t part_of = 0;\n");
  generate(scratch, header);
  std::string capnp = scratch.read("out/shop.capnp");
  const std::size_t begin = capnp.find("    # The table of the model whose");
  const std::size_t end = capnp.find("  }\n", begin);
  REQUIRE(begin != std::string::npos);
  const std::string as_now = capnp;
  scratch.write("out/shop.capnp", capnp.erase(begin, end - begin));
  generate(scratch, header);
  CHECK(scratch.read("out/shop.capnp") == as_now);
  CHECK(contains(scratch.read("out/shop.netabase.hpp"), "schema_version = 1"));
}
