#include "compiler/frontend/lexer.hpp"

#include <doctest/doctest.h>

#include <string>

using netabase::compiler::frontend::lex;
using netabase::compiler::frontend::LineKind;
using netabase::compiler::frontend::string_content;
using netabase::compiler::frontend::Token;

namespace {

std::string texts(std::string_view source) {
  std::string out;
  for (const Token& token : lex(source)) out += (out.empty() ? "" : "|") + token.text;
  return out;
}

}  // namespace

TEST_CASE("comments and blanks are left out, wherever they end") {
  CHECK(texts("a /* b \n c */ d // e \n f") == "a|d|f");
  CHECK(texts("a // b \\\n c \n d") == "a|d");
  CHECK(texts("a /* never closed") == "a");
  CHECK(texts("\xEF\xBB\xBF"
              "a") == "a");
}

TEST_CASE("literals hold whatever stands in them") {
  CHECK(texts(R"(a "b // [[c]] \" d" 'e"' f)") == R"(a|"b // [[c]] \" d"|'e"'|f)");
  CHECK(texts("x R\"(a \" ) b)\" y") == "x|R\"(a \" ) b)\"|y");
  CHECK(texts("u8R\"q(a)\" )q\" y") == "u8R\"q(a)\" )q\"|y");
  CHECK(texts("L\"a\" u8'b'") == "L\"a\"|u8'b'");
  CHECK(texts("\"open\nnext") == "\"open|next");
  CHECK(texts("#error don't\nnext") == "#|error|don|'t|next");
}

TEST_CASE("a raw string keeps its line splices, other tokens lose them") {
  const auto raw = lex("R\"(a\\\nb)\"");
  REQUIRE(raw.size() == 1);
  CHECK(string_content(raw[0]) == "a\\\nb");
  const auto word = lex("net\\\nabase x");
  REQUIRE(word.size() == 2);
  CHECK(word[0].text == "netabase");
  CHECK(word[0].begin == 0);
  CHECK(word[0].end == 10);
  CHECK(word[1].begin == 11);
}

TEST_CASE("numbers take their separators, exponents and suffixes") {
  CHECK(texts("1'000'000 0x1p-3 1.5e+10f .5 1..2 a'b'") == "1'000'000|0x1p-3|1.5e+10f|.5|1..2|a|'b'");
}

TEST_CASE("digraphs are what they stand for, and <:: is not one") {
  CHECK(texts("<:<:a:>:>") == "[|[|a|]|]");
  CHECK(texts("vector<::a>") == "vector|<|::|a|>");
  CHECK(texts("<%a%> %:define") == "{|a|}|#|define");
}

TEST_CASE("each token knows what kind of line it stands in") {
  const auto tokens = lex("a\n#define B c \\\n d\ne\n # include <f>\ng # h");
  std::string kinds;
  for (const Token& token : tokens) {
    kinds += token.line == LineKind::code ? 'c' : token.line == LineKind::define ? 'd' : '#';
  }
  CHECK(kinds ==
        "c#dddd"
        "c"
        "#####"
        "ccc");
}

TEST_CASE("strings' contents are read through prefixes, delimiters and escapes") {
  CHECK(string_content(lex("\"a\\n\\\"b\"")[0]) == "a\n\"b");
  CHECK(string_content(lex("u8\"a\"")[0]) == "a");
  CHECK(string_content(lex("R\"x(a)b)x\"")[0]) == "a)b");
}
