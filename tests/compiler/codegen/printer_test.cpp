#include "compiler/codegen/printer.hpp"

#include <doctest/doctest.h>

#include "tests/compiler/driver/scratch.hpp"

using namespace netabase::compiler::codegen;

namespace {

std::string error_of(std::string_view text, const Values& values) {
  try {
    fill(text, "test", values);
  } catch (const TemplateError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("variables are replaced inside a line") {
  CHECK(fill("a $x$ b $y$$x$.", "test", {{"x", "1"}, {"y", ""}}) == "a 1 b 1.");
  CHECK(fill("price: 5 $$", "test", {}) == "price: 5 $");
  CHECK(fill("$$Netabase.$x$", "test", {{"x", "cpp"}}) == "$Netabase.cpp");
}

TEST_CASE("a hook keeps the indentation of its line") {
  CHECK(fill("{\n  $body$\n}", "test", {{"body", "a\n  b\n\nc"}}) == "{\n  a\n    b\n\n  c\n}");
}

TEST_CASE("an empty hook takes its line and the blank line behind it away") {
  CHECK(fill("a\n$x$\nb", "test", {{"x", ""}}) == "a\nb");
  CHECK(fill("a\n\n$x$\n\nb", "test", {{"x", ""}}) == "a\n\nb");
}

TEST_CASE("a name that is not given is an error that names it") {
  CHECK(error_of("a $x$ b", {}) == "template test: variable 'x' is not given");
  CHECK(error_of("  $body$\n", {}) == "template test: variable 'body' is not given");
}

TEST_CASE("a name that is given and not used is an error that names it") {
  CHECK(error_of("a", {{"x", "1"}}) == "template test: variable 'x' is given and not used");
}

TEST_CASE("several lines in the middle of a line are an error") {
  CHECK(error_of("a $x$ b", {{"x", "1\n2"}}) == "template test: variable 'x' has several lines");
}

TEST_CASE("a dollar sign without an end is an error") {
  CHECK(error_of("cost $5", {}) == "template test: '$' without an end in: cost $5");
}

TEST_CASE("a value that looks like a variable is text") { CHECK(fill("a $x$", "test", {{"x", "$y$"}}) == "a $y$"); }

TEST_CASE("blocks are joined without the empty ones") { CHECK(join({"a", "", "b"}, ", ") == "a, b"); }

TEST_CASE("an unknown section is an error") {
  CHECK_THROWS_WITH_AS(Templates().print("header/nothing"), "there is no template header/nothing", TemplateError);
}

TEST_CASE("templates are read from a folder when one is named, and all of them must be there") {
  const netabase::compiler::test::Scratch scratch;
  for (const EmbeddedTemplate& embedded : embedded_templates()) {
    scratch.write(std::string(embedded.name), "about it\n\n@@ one\nHello $name$\n\n@@ two\n2\n");
  }
  CHECK(Templates(scratch.path("")).print("header/one", {{"name", "you"}}) == "Hello you");
  CHECK_THROWS_AS(Templates(scratch.path("nowhere")), TemplateError);
}
