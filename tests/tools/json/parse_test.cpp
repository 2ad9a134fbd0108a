// JSON that is read, and JSON that is refused.

#include "tools/json/parse.hpp"

#include "tests/tools/support.hpp"

namespace json = netabase::tools::json;
using Kind = json::Value::Kind;

namespace {

std::string error_of(const std::string& text) {
  try {
    json::parse(text);
  } catch (const netabase::tools::InputError& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("values are read as they are written") {
  const json::Value value =
      json::parse(R"( { "a" : [ 1 , -2.5e+3, true, false, null, "x\u00e9\ud83d\ude00\n\/" ] , "b":{} } )");
  REQUIRE(value.kind == Kind::object);
  REQUIRE(value.members.size() == 2);
  const auto& items = value.find("a")->items;
  REQUIRE(items.size() == 6);
  CHECK(items[0].text == "1");
  CHECK(items[1].text == "-2.5e+3");
  CHECK(items[2].boolean);
  CHECK_FALSE(items[3].boolean);
  CHECK(items[4].kind == Kind::null);
  CHECK(items[5].text == "x\xc3\xa9\xf0\x9f\x98\x80\n/");
  CHECK(value.find("b")->members.empty());
  CHECK(value.find("c") == nullptr);
  CHECK(json::parse("18446744073709551616").text == "18446744073709551616");
}

TEST_CASE("what is not JSON is refused, with the column") {
  for (const char* bad : {"",
                          " ",
                          "{",
                          "}",
                          "[1,]",
                          "[1 2]",
                          "{\"a\":1,}",
                          "{\"a\" 1}",
                          "{a:1}",
                          "01",
                          "+1",
                          "1.",
                          ".5",
                          "1e",
                          "-",
                          "tru",
                          "nul",
                          "\"",
                          "\"\\x\"",
                          "\"\\u12\"",
                          "\"\\ud800\"",
                          "\"\\ud800\\u0041\"",
                          "\"\\udc00\"",
                          "\"\n\"",
                          "1 2",
                          "{\"a\":1,\"a\":2}",
                          "\"\xff\"",
                          "'a'",
                          "NaN",
                          "[",
                          "{\"a\":"}) {
    CHECK_MESSAGE(netabase::tools::test::contains(error_of(bad), "not JSON: "), bad);
  }
  CHECK(error_of("{\"a\":x}") == "not JSON: a value is expected here (column 6)");
  CHECK(error_of("{\"a\":1,\"a\":2}") == "not JSON: the name \"a\" is there twice (column 11)");
  CHECK(netabase::tools::test::contains(error_of(std::string(1000, '[')), "200 deep"));
}

TEST_CASE("damaged JSON never does harm") {
  const std::string good = R"({"a":[1,-2.5e3,true,null,"x\u00e9\ud83d\ude00"],"b":{"c":"d"}})";
  std::mt19937_64 random(netabase::tools::test::seed());
  INFO("NETABASE_TEST_SEED=", netabase::tools::test::seed());
  for (int i = 0; i < 20000; ++i) {
    std::string text = good;
    for (auto changes = random() % 3; changes-- > 0;) text[random() % text.size()] = static_cast<char>(random());
    text.resize(text.size() - random() % 5);
    error_of(text);
  }
  CHECK(error_of(good).empty());
}
