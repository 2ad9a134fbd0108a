// One verdict for every kind of difference, and the runtime comes to the same one.
//
// Each case is a definition as it was and as it is. All are read in two runs of the front end, each in a namespace of
// its own; what is expected is a line for each difference: verdict, kind, place.

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "compiler/driver/generate.hpp"
#include "compiler/evolution/read_lock.hpp"
#include "compiler/frontend/frontend.hpp"
#include "compiler/layout/capnp_text.hpp"
#include "compiler/layout/stored_schema.hpp"
#include "netabase/evolution/compare.hpp"
#include "tests/compiler/driver/scratch.hpp"

namespace driver = netabase::compiler::driver;
namespace evolution = netabase::compiler::evolution;
namespace schema = netabase::compiler::schema;
using netabase::compiler::Diagnostics;
using netabase::compiler::test::Scratch;

namespace {

struct Case {
  std::string name;
  std::string before;
  std::string now;
  std::vector<std::string> expected;  ///< "safe field-added Item.sold", sorted by place and kind
  std::string attributes_before;      ///< of the definition
  std::string attributes_now;
};

std::string item(const std::string& fields, const std::string& attributes = "", const std::string& name = "Item") {
  return "struct [[netabase::model" + attributes + "]] " + name +
         " {\n  [[netabase::primary_key]] std::uint64_t id = 0;\n" + fields + "\n};\n";
}

/// A field of the item on both sides.
Case field(const std::string& name, const std::string& before, const std::string& now,
           const std::vector<std::string>& expected, const std::string& around = "") {
  return {name, around + item(before), around + item(now), expected, "", ""};
}

const std::string migrated = "migration field-retyped Item.it";

std::vector<Case> fields() {
  return {
      field("nothing", "int it = 0;", "int it = 0;", {}),
      field("reordered", "int a = 0; bool b = false;", "bool b = false; int a = 0;", {}),
      field("field added", "", "int it = 5;", {"safe field-added Item.it"}),
      field("field removed", "int it = 0;", "", {"safe field-removed Item.it"}),
      field("field renamed", "int it = 0;", "[[netabase::renamed_from(\"it\")]] int that = 0;",
            {"safe field-renamed Item.that"}),
      field("field in another spelling", "int an_it = 0;", "int anIt = 0;", {"safe field-renamed Item.anIt"}),
      field("renamed or dropped", "int it = 0;", "int that = 0;",
            {"refused field-ambiguous Item.it", "safe field-added Item.that"}),
      field("renamed or dropped, two and two", "int a = 0; int b = 0;", "int c = 0; int d = 0;",
            {"refused field-ambiguous Item.a", "refused field-ambiguous Item.b", "safe field-added Item.c",
             "safe field-added Item.d"}),
      {"dropped on purpose",
       item("int it = 0;"),
       item("int that = 0;", ", netabase::dropped(\"it\")"),
       {"safe field-removed Item.it", "safe field-added Item.that"},
       "",
       ""},
      field("another of another type", "int it = 0;", "bool that = false;",
            {"safe field-removed Item.it", "safe field-added Item.that"}),
      field("retyped", "int it = 0;", "std::string it;", {migrated}),
      field("renamed and retyped", "int it = 0;", "[[netabase::renamed_from(\"it\")]] std::string that;",
            {"migration field-retyped Item.that"}),
      field("widened", "std::int32_t it = 0;", "std::int64_t it = 0;", {"migration field-widened Item.it"}),
      field("widened with a sign", "std::uint8_t it = 0;", "std::int16_t it = 0;", {"migration field-widened Item.it"}),
      field("widened in a list", "std::vector<float> it;", "std::vector<double> it;",
            {"migration field-widened Item.it"}),
      field("widened and optional", "std::int32_t it = 0;", "std::optional<std::int64_t> it;",
            {"migration field-widened Item.it"}),
      field("narrowed", "std::int64_t it = 0;", "std::int32_t it = 0;", {"migration field-narrowed Item.it"}),
      field("another sign", "std::int32_t it = 0;", "std::uint32_t it = 0;", {migrated}),
      field("made optional", "int it = 0;", "std::optional<int> it;", {"safe field-made-optional Item.it"}),
      field("no longer optional", "std::optional<int> it;", "int it = 0;", {"migration field-made-required Item.it"}),
      field("no longer optional, and another type", "std::optional<int> it;", "bool it = false;", {migrated}),
      field("default changed", "int it = 1;", "int it = 2;", {"safe field-default-changed Item.it"}),
      field("default taken away", "int it = 1;", "int it = 0;", {"safe field-default-changed Item.it"}),
      field("a meaning", "std::int64_t it = 0;", "std::chrono::seconds it{};", {migrated}),
      field("ordered and hashed", "std::set<int> it;", "std::unordered_set<int> it;",
            {"safe field-container-changed Item.it"}),
      field("ordered and hashed, inside", "std::vector<std::set<int>> it;", "std::vector<std::unordered_set<int>> it;",
            {"safe field-container-changed Item.it"}),
      field("a list, a set", "std::vector<int> it;", "std::set<int> it;", {migrated}),
      field("a longer array", "std::array<int, 3> it{};", "std::array<int, 4> it{};", {migrated}),
      field("one and many", "int it = 0;", "std::vector<int> it;", {migrated}),
      field("skipped", "int it = 0;", "[[netabase::skip]] int it = 0;", {"safe field-removed Item.it"}),
      field("alternative added", "std::variant<int, bool> it;", "std::variant<int, bool, std::string> it;",
            {"safe variant-alternative-added Item.it"}),
      field("alternative added in a list", "std::vector<std::variant<int, bool>> it;",
            "std::vector<std::variant<int, bool, std::string>> it;", {"safe variant-alternative-added Item.it"}),
      field("alternative removed", "std::variant<int, bool, std::string> it;", "std::variant<int, bool> it;",
            {"migration variant-alternative-removed Item.it"}),
      field("alternatives reordered", "std::variant<int, bool> it;", "std::variant<bool, int> it;",
            {"migration variant-alternatives-reordered Item.it"}),
      field("alternative put first", "std::variant<int, bool> it;", "std::variant<std::string, int, bool> it;",
            {"migration variant-alternatives-reordered Item.it"}),
      field("alike alternatives reordered", "std::variant<A, B> it;", "std::variant<B, A> it;",
            {"migration variant-alternatives-reordered Item.it"},
            "struct A { int n = 0; };\nstruct B { int n = 0; };\n"),
      field("alike enums reordered in a variant", "std::variant<A, B> it;", "std::variant<B, A> it;",
            {"migration variant-alternatives-reordered Item.it"}, "enum class A { a };\nenum class B { b };\n"),
      field("alternative of another type", "std::variant<int, bool> it;", "std::variant<int, std::string> it;",
            {migrated}),
      field("tuple grown", "std::tuple<int, bool> it;", "std::tuple<int, bool, int> it;",
            {"safe tuple-element-added Item.it"}),
      field("tuple shrunk", "std::tuple<int, bool, int> it;", "std::tuple<int, bool> it;", {migrated}),
      field("pair and tuple", "std::pair<int, bool> it;", "std::tuple<int, bool> it;", {migrated}),
      field("member made optional", "std::pair<int, bool> it;", "std::pair<int, std::optional<bool>> it;", {migrated}),
      field("map's value", "std::map<int, bool> it;", "std::map<int, int> it;", {migrated}),
      field("map's value grown", "std::map<int, std::variant<int, bool>> it;",
            "std::map<int, std::variant<int, bool, float>> it;", {"safe variant-alternative-added Item.it"}),
      field("a signed large number", "__int128 it = 0;", "unsigned __int128 it = 0;", {migrated}),
  };
}

Case structs(const std::string& name, const std::string& before, const std::string& now,
             const std::vector<std::string>& expected) {
  return {name, before, now, expected, "", ""};
}

std::vector<Case> nested() {
  const std::string box = "struct Box { int width = 0; std::string colour; };\n";
  const std::string holds = item("Box box;");
  return {
      structs("nested field added", box + holds,
              "struct Box { int width = 0; std::string colour; int d = 0; };\n" + holds, {"safe field-added Box.d"}),
      structs("nested field retyped", box + holds, "struct Box { bool width = false; std::string colour; };\n" + holds,
              {"migration field-retyped Box.width"}),
      structs("nested field renamed or dropped", box + holds,
              "struct Box { int height = 0; std::string colour; };\n" + holds,
              {"safe field-added Box.height", "refused field-ambiguous Box.width"}),
      structs("nested struct added", item(""), box + item("Box box;"),
              {"safe struct-added Box", "safe field-added Item.box"}),
      structs("nested struct removed", box + holds, item(""),
              {"safe struct-removed Box", "safe field-removed Item.box"}),
      structs("nested struct renamed", box + holds,
              "struct [[netabase::renamed_from(\"Box\")]] Case { std::string colour; int width = 0; };\n" +
                  item("Case box;"),
              {"safe struct-renamed Case"}),
      structs("nested struct under another name", box + holds,
              "struct Case { int width = 0; std::string colour; };\n" + item("Case box;"),
              {"safe struct-removed Box", "safe struct-added Case", "migration field-retyped Item.box"}),
      structs("moved into a nested struct", item("std::string colour;"), box + holds,
              {"safe struct-added Box", "safe field-added Item.box", "migration field-moved Item.colour"}),
      structs("moved into a nested struct, dropped", item("std::string colour;"),
              box + item("Box box;", ", netabase::dropped(\"colour\")"),
              {"safe struct-added Box", "safe field-added Item.box", "safe field-removed Item.colour"}),
      structs("moved out of a nested struct", box + holds, item("std::string colour; int width = 0;"),
              {"safe struct-removed Box", "migration field-moved Item.box", "safe field-added Item.colour",
               "safe field-added Item.width"}),
      structs("moved out of a nested struct that stays", box + holds,
              "struct Box { int width = 0; };\n" + item("Box box; std::string colour;"),
              {"migration field-moved Box.colour", "safe field-added Item.colour"}),
      structs("a struct that no record has changes freely", box + item("") + item("Box box;", "", "Other"),
              "struct Box { bool width = false; };\n" + item("Box box;"),
              {"safe field-removed Box.colour", "safe field-retyped Box.width", "safe field-added Item.box",
               "safe model-removed Other", "safe struct-removed Other"}),
      structs("a struct within itself", "struct Node { std::vector<Node> next; int n = 0; };\n" + item("Node node;"),
              "struct Node { std::vector<Node> next; bool n = false; };\n" + item("Node node;"),
              {"migration field-retyped Node.n"}),
  };
}

std::vector<Case> enums() {
  const std::string holds = item("Kind it = Kind{};");
  const auto kind = [](const std::string& values, const std::string& rest = ": std::uint8_t") {
    return "enum class Kind " + rest + " { " + values + " };\n";
  };
  return {
      structs("enumerator added", kind("a") + holds, kind("a, b") + holds, {"safe enum-value-added Kind.b"}),
      structs("enumerator removed", kind("a, b") + holds, kind("a") + holds, {"safe enum-value-removed Kind.b"}),
      structs("enumerator renamed", kind("a, b") + holds, kind("a, c") + holds, {"safe enum-value-renamed Kind.c"}),
      structs("enumerator renumbered", kind("a, b") + holds, kind("a, b = 7") + holds,
              {"migration enum-value-renumbered Kind.b"}),
      structs("enumerator put between", kind("a, b") + holds, kind("a, c, b") + holds,
              {"migration enum-value-renumbered Kind.b", "safe enum-value-added Kind.c"}),
      structs("enumerators reordered with their numbers", kind("a = 1, b = 2") + holds, kind("b = 2, a = 1") + holds,
              {}),
      structs("renumbered in a list", kind("a, b") + item("std::vector<Kind> it;"),
              kind("a, b = 7") + item("std::vector<Kind> it;"), {"migration enum-value-renumbered Kind.b"}),
      structs("renumbered in a pair", kind("a, b") + item("std::pair<Kind, int> it;"),
              kind("a, b = 7") + item("std::pair<Kind, int> it;"), {"migration enum-value-renumbered Kind.b"}),
      structs("renumbered where it is new", kind("a, b") + item("Kind it = Kind{};", "", "Other") + item(""),
              kind("a, b = 7") + item("Kind it = Kind{};"),
              {"safe field-added Item.it", "safe enum-value-renumbered Kind.b", "safe model-removed Other",
               "safe struct-removed Other"}),
      structs("underlying type", kind("a") + holds, kind("a", ": std::uint16_t") + holds,
              {"migration field-widened Item.it", "migration enum-underlying-changed Kind"}),
      structs("underlying type in a pair", kind("a") + item("std::pair<Kind, int> it;"),
              kind("a", ": std::uint16_t") + item("std::pair<Kind, int> it;"),
              {migrated, "migration enum-underlying-changed Kind"}),
      structs("enum renamed", kind("a") + holds, "enum class Sort : std::uint8_t { a };\n" + item("Sort it = Sort{};"),
              {"safe enum-renamed Sort"}),
      structs("another enum", kind("a") + "enum class Sort : std::uint8_t { c };\n" + item("Kind it{}; Sort s{};"),
              kind("a") + "enum class Sort : std::uint8_t { c };\n" + item("Sort it{}; Kind s{};"),
              {"safe field-enum-changed Item.it", "safe field-enum-changed Item.s"}),
      structs("an enum that is used no longer",
              kind("a") + "enum class Sort : std::uint8_t { c };\n" + item("Kind it{}; Sort s{};"),
              "enum class Sort : std::uint8_t { c };\n" + item("Sort it{}; Sort s{};"),
              {"safe field-enum-changed Item.it", "safe enum-removed Kind"}),
      structs("an integer becomes an enum", kind("a") + item("std::uint8_t it = 0; Kind k{};"),
              kind("a") + item("Kind it{}; Kind k{};"), {"safe field-enum-changed Item.it"}),
  };
}

std::vector<Case> models() {
  const std::string other = item("std::string text;", "", "Other");
  const std::string one = item("std::string name; int n = 0;");
  const auto primary = [](const std::string& attribute) {
    return "struct [[netabase::model]] Item {\n  " + attribute + " std::uint64_t id = 0;\n  int n = 0;\n};\n";
  };
  return {
      structs("model added", one, one + other, {"safe model-added Other", "safe struct-added Other"}),
      structs("model removed", one + other, one, {"safe model-removed Other", "safe struct-removed Other"}),
      structs("model renamed", one + other, other + item("std::string name; int n = 0;", "", "Article"),
              {"safe model-added Article", "refused model-ambiguous Article", "safe struct-added Article",
               "safe model-removed Item", "safe struct-removed Item"}),
      structs("model renamed with its table", one, item("std::string name; int n = 0;", "(\"Item\")", "Article"),
              {"safe struct-renamed Article"}),
      structs("another table", one, item("std::string name; int n = 0;", "(\"articles\")"),
              {"safe model-added Item", "refused model-ambiguous Item", "safe model-removed Item"}),
      {"model dropped on purpose",
       one,
       item("std::string name; int n = 0;", "", "Article"),
       {"safe model-added Article", "safe struct-added Article", "safe model-removed Item", "safe struct-removed Item"},
       "",
       ", netabase::dropped(\"Item\")"},
      structs("another model that is not alike", one + other, other + item("bool b = false;", "", "Article"),
              {"safe model-added Article", "safe struct-added Article", "safe model-removed Item",
               "safe struct-removed Item"}),
      structs("a table for another struct", one + other,
              "struct Item { std::string name; };\n" + item("std::string text;", "(\"Item\")", "Other") +
                  item("Item it;", "", "Third"),
              {"safe field-moved Item.id", "safe field-removed Item.n", "refused model-record-changed Other",
               "safe model-removed Other", "safe model-added Third", "safe struct-added Third"}),
      structs("another primary key",
              "struct [[netabase::model]] Item { [[netabase::primary_key]] int a = 0; int b = 0; };\n",
              "struct [[netabase::model]] Item { int a = 0; [[netabase::primary_key]] int b = 0; };\n",
              {"migration primary-key-changed Item"}),
      structs("a longer primary key",
              "struct [[netabase::model]] Item { [[netabase::primary_key]] int a = 0; int b = 0; };\n",
              "struct [[netabase::model]] Item { [[netabase::primary_key]] int a = 0; [[netabase::primary_key]] int b "
              "= 0; };\n",
              {"migration primary-key-changed Item"}),
      structs("primary key of another type",
              "struct [[netabase::model]] Item { [[netabase::primary_key]] std::uint32_t a = 0; };\n",
              "struct [[netabase::model]] Item { [[netabase::primary_key]] std::string a; };\n",
              {"migration primary-key-changed Item", "migration field-retyped Item.a"}),
      structs(
          "primary key renamed", "struct [[netabase::model]] Item { [[netabase::primary_key]] int a = 0; };\n",
          "struct [[netabase::model]] Item { [[netabase::primary_key, netabase::renamed_from(\"a\")]] int b = 0; };\n",
          {"safe field-renamed Item.b"}),
      structs("primary key by a sequence", primary("[[netabase::primary_key]]"),
              primary("[[netabase::primary_key(auto)]]"), {"safe primary-key-auto-changed Item"}),
      structs("length of the primary key",
              "struct [[netabase::model]] Item { [[netabase::primary_key]] std::string a; };\n",
              "struct [[netabase::model]] Item { [[netabase::primary_key(max_length = 9)]] std::string a; };\n",
              {"safe primary-key-length-changed Item"}),
  };
}

std::vector<Case> indexes() {
  const std::string plain = "[[netabase::secondary_key]] ";
  const std::string unique = "[[netabase::secondary_key(unique)]] ";
  const std::string n = "int n = 0; int m = 0; bool yes = false;";
  const auto by = [&](const std::string& parts) { return item(n, ", netabase::index(by, " + parts + ")"); };
  const std::string link = "[[netabase::link(Item)]] ";
  return {
      field("index added", "int it = 0;", plain + "int it = 0;", {"safe index-added Item.it"}),
      field("index dropped", plain + "int it = 0;", "int it = 0;", {"safe index-dropped Item.it"}),
      field("index of a new field", "", plain + "int it = 0;",
            {"safe field-added Item.it", "safe index-added Item.it"}),
      field("unique index added", "int it = 0;", unique + "int it = 0;", {"migration index-added Item.it"}),
      field("unique index of a new field", "", unique + "int it = 0;",
            {"safe field-added Item.it", "migration index-added Item.it"}),
      field("unique index of a new optional", "", unique + "std::optional<int> it;",
            {"safe field-added Item.it", "safe index-added Item.it"}),
      field("unique index of a new container", "", unique + "std::vector<int> it;",
            {"safe field-added Item.it", "safe index-added Item.it"}),
      field("made unique", plain + "int it = 0;", unique + "int it = 0;", {"migration index-made-unique Item.it"}),
      field("made non-unique", unique + "int it = 0;", plain + "int it = 0;", {"safe index-made-non-unique Item.it"}),
      structs("parts changed", by("n"), by("n, desc(m)"), {"safe index-parts-changed Item.by"}),
      structs("direction changed", by("n"), by("desc(n)"), {"safe index-parts-changed Item.by"}),
      structs("parts of a unique index changed", by("n, m, unique"), by("n, unique"),
              {"migration index-parts-changed Item.by"}),
      structs("more parts of a unique index", by("n, unique"), by("n, m, unique"),
              {"safe index-parts-changed Item.by"}),
      structs("direction of a unique index", by("n, m, unique"), by("desc(m), n, unique"),
              {"safe index-parts-changed Item.by"}),
      structs("another unique index of the same parts", by("n, unique"), item(n, ", netabase::index(other, n, unique)"),
              {"safe index-dropped Item.by", "safe index-added Item.other"}),
      structs("a unique index with the primary key", item(n), by("n, id, unique"), {"safe index-added Item.by"}),
      structs("predicate changed", by("n"), by("n, where = yes"), {"safe index-predicate-changed Item.by"}),
      structs("predicate of a unique index given", by("n, unique"), by("n, unique, where = yes"),
              {"safe index-predicate-changed Item.by"}),
      structs("the field of a predicate renamed", by("n, unique, where = yes"),
              item("int n = 0; int m = 0; [[netabase::renamed_from(\"yes\")]] bool sure = false;",
                   ", netabase::index(by, n, unique, where = sure)"),
              {"safe index-predicate-changed Item.by", "safe field-renamed Item.sure"}),
      structs("predicate of a unique index taken away", by("n, unique, where = yes"), by("n, unique"),
              {"migration index-predicate-changed Item.by"}),
      field("length given", plain + "std::string it;", "[[netabase::secondary_key(max_length = 9)]] std::string it;",
            {"migration index-length-changed Item.it"}),
      field("length raised", "[[netabase::secondary_key(max_length = 9)]] std::string it;",
            "[[netabase::secondary_key(max_length = 10)]] std::string it;", {"safe index-length-changed Item.it"}),
      field("link given", plain + "std::uint64_t it = 0;", link + "std::uint64_t it = 0;",
            {"migration link-changed Item.it"}),
      field("link taken away", link + "std::uint64_t it = 0;", plain + "std::uint64_t it = 0;",
            {"safe link-changed Item.it"}),
      field("link added", "std::uint64_t it = 0;", link + "std::uint64_t it = 0;", {"migration index-added Item.it"}),
      field("link of a new optional", "", link + "std::optional<std::uint64_t> it;",
            {"safe field-added Item.it", "safe index-added Item.it"}),
      field("on_delete", link + "std::uint64_t it = 0;",
            "[[netabase::link(Item, on_delete = cascade)]] std::uint64_t it = 0;",
            {"safe link-policy-changed Item.it"}),
      field("index of a retyped field", plain + "int it = 0;", plain + "std::string it;",
            {"migration field-retyped Item.it", "safe index-parts-changed Item.it"}),
      field("index of a field made optional", plain + "int it = 0;", plain + "std::optional<int> it;",
            {"safe field-made-optional Item.it", "safe index-parts-changed Item.it"}),
      field("unique index of a field made optional", unique + "int it = 0;", unique + "std::optional<int> it;",
            {"safe field-made-optional Item.it", "safe index-parts-changed Item.it"}),
      structs("a part of a unique index made optional", by("n, unique"),
              item("std::optional<int> n; int m = 0; bool yes = false;", ", netabase::index(by, n, unique)"),
              {"safe index-parts-changed Item.by", "safe field-made-optional Item.n"}),
      structs("function of another result", item("std::int32_t n() const { return 0; }", ", netabase::index(by, n)"),
              item("std::int64_t n() const { return 0; }", ", netabase::index(by, n)"),
              {"safe index-parts-changed Item.by"}),
  };
}

/// Both sides of a case, read.
class Cases {
 public:
  explicit Cases(std::vector<Case> cases) : cases_(std::move(cases)) {
    before_ = parse(
        "before", [](const Case& it) { return it.before; }, [](const Case& it) { return it.attributes_before; });
    now_ = parse(
        "now", [](const Case& it) { return it.now; }, [](const Case& it) { return it.attributes_now; });
  }

  std::size_t size() const { return cases_.size(); }
  const Case& at(std::size_t i) const { return cases_[i]; }
  static std::string space(std::size_t i) { return "c" + std::to_string(i); }
  const schema::Definition* before(std::size_t i) const { return find(before_, i); }
  const schema::Definition* now(std::size_t i) const { return find(now_, i); }

 private:
  template <class Body, class Attributes>
  schema::Schema parse(const std::string& side, Body&& body, Attributes&& attributes) const {
    netabase::compiler::frontend::Options options;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      const std::string name = side + '/' + space(i) + ".hpp";
      std::string text = "#pragma once\n";
      for (const char* header : {"array", "chrono", "cstdint", "map", "optional", "set", "string", "tuple",
                                 "unordered_map", "unordered_set", "utility", "variant", "vector"}) {
        text += std::string("#include <") + header + ">\n";
      }
      scratch_.write(name, text + "namespace [[netabase::definition(D" + space(i) + ", K" + space(i) + ")" +
                               attributes(cases_[i]) + "]] " + space(i) + " {\n" + body(cases_[i]) + "}\n");
      options.headers.push_back(scratch_.path(name));
    }
    Diagnostics diagnostics;
    schema::Schema schema = netabase::compiler::frontend::parse(options, diagnostics);
    REQUIRE_MESSAGE(!diagnostics.has_errors(), diagnostics.render(false));
    return schema;
  }

  static const schema::Definition* find(const schema::Schema& schema, std::size_t i) {
    for (const schema::Definition& definition : schema.definitions) {
      if (definition.cpp_namespace == space(i)) return &definition;
    }
    return nullptr;
  }

  std::vector<Case> cases_;
  Scratch scratch_;
  schema::Schema before_;
  schema::Schema now_;
};

std::string text_of(const evolution::Lock& lock) {
  return netabase::compiler::layout::capnp_text(lock, "case.hpp", netabase::compiler::codegen::Templates(""));
}

netabase::evolution::Schema runtime_schema(const schema::Definition& definition, const evolution::Lock& lock) {
  const netabase::compiler::layout::CapnpFile file("case.capnp", text_of(lock));
  const std::string bytes = netabase::compiler::layout::stored_schema(definition, lock, file);
  return netabase::evolution::parse(netabase::as_bytes(bytes));
}

std::string lines(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& line : list) out += line + '\n';
  return out;
}

bool is_rule(const evolution::Difference& difference) {
  return difference.kind.starts_with("index-") || difference.kind.starts_with("link-");
}

void check(const Cases& cases, std::size_t i) {
  const Case& it = cases.at(i);
  CAPTURE(it.name);
  Diagnostics diagnostics;
  const auto before = driver::continue_layout({cases.before(i)}, std::nullopt, diagnostics);
  REQUIRE(before);
  const driver::CommittedFile committed{"case.capnp", text_of(before->lock)};
  CHECK(evolution::read_lock(committed.path, committed.text, diagnostics) == before->lock);
  const auto now = driver::continue_layout({cases.now(i)}, committed, diagnostics);
  REQUIRE_MESSAGE(now, diagnostics.render(false));

  std::vector<std::string> found;
  bool refused = false;
  bool needs_migration = false;
  bool has_rules = false;
  for (const evolution::Difference& difference : now->differences) {
    std::string place = difference.place;
    if (place.starts_with(Cases::space(i) + '.')) place = place.substr(Cases::space(i).size() + 1);
    found.push_back(std::string(evolution::name_of(difference.verdict)) + ' ' + difference.kind + ' ' + place);
    CHECK_FALSE(difference.what.empty());
    refused = refused || difference.verdict == evolution::Verdict::refused;
    const bool migrates = difference.verdict == evolution::Verdict::needs_migration;
    needs_migration = needs_migration || (migrates && !is_rule(difference));
    has_rules = has_rules || (migrates && is_rule(difference));
    if (difference.verdict != evolution::Verdict::safe) CHECK_FALSE(difference.mend.empty());
  }
  CHECK(lines(found) == lines(it.expected));
  if (refused) return;

  // The layout is valid, the next run finds nothing to say, and a store is told the same.
  const driver::CommittedFile next{"case.capnp", text_of(now->lock)};
  const auto again = driver::continue_layout({cases.now(i)}, next, diagnostics);
  REQUIRE_MESSAGE(again, diagnostics.render(false));
  CHECK(again->lock == now->lock);
  CHECK(evolution::to_text(again->differences) == "no differences\n");
  driver::generate("case.hpp", {cases.now(i)}, now->lock, netabase::compiler::codegen::Templates(""));
  const auto comparison = netabase::evolution::compare(runtime_schema(*cases.before(i), before->lock),
                                                       runtime_schema(*cases.now(i), now->lock));
  CAPTURE(comparison.text());
  CHECK(comparison.needs_migration() == needs_migration);
  if (has_rules) {
    CHECK(std::any_of(comparison.models.begin(), comparison.models.end(),
                      [](const auto& model) { return model.has_new_rules; }));
  }
}

void check_all(std::vector<Case> list) {
  const Cases cases(std::move(list));
  for (std::size_t i = 0; i < cases.size(); ++i) check(cases, i);
}

}  // namespace

TEST_CASE("every difference of a field has its verdict") { check_all(fields()); }
TEST_CASE("every difference of a nested struct has its verdict") { check_all(nested()); }
TEST_CASE("every difference of an enum has its verdict") { check_all(enums()); }
TEST_CASE("every difference of a model has its verdict") { check_all(models()); }
TEST_CASE("every difference of an index has its verdict") { check_all(indexes()); }
