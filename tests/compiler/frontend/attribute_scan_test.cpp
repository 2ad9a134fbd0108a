#include "compiler/frontend/attribute_scan.hpp"

#include <doctest/doctest.h>

#include <string>

#include "compiler/frontend/overlay.hpp"
#include "compiler/frontend/source_file.hpp"

namespace frontend = netabase::compiler::frontend;

namespace {

/// Every attribute found, in one line.
std::string found(std::string_view text) {
  std::string out;
  const frontend::Scan scan = frontend::scan_attributes(text);
  for (const frontend::ScannedSpecifier& specifier : scan.specifiers) {
    out += specifier.in_define ? "#{" : "{";
    for (const frontend::ScannedAttribute& attribute : specifier.attributes) {
      for (const frontend::Token& token : attribute.tokens) out += token.text;
      out += ";";
    }
    for (const std::string& foreign : specifier.foreign) out += "~" + foreign + ";";
    out += "}";
  }
  for (const frontend::MalformedSpecifier& malformed : scan.malformed) out += "!" + malformed.problem;
  return out;
}

std::string overlaid(const std::string& text) {
  const frontend::SourceFile file("/x.hpp", "x.hpp", text);
  frontend::Overlay overlay;
  netabase::compiler::Diagnostics diagnostics;
  return overlay.replace(file, frontend::scan_attributes(text), diagnostics);
}

}  // namespace

TEST_CASE("every way to write an attribute is found") {
  CHECK(found("[[netabase::model]]") == "{model;}");
  CHECK(found("[ [ netabase :: model (\"a\") ] ]") == "{model(\"a\");}");
  CHECK(found("[[using netabase: model, index(a, b)]]") == "{model;index(a,b);}");
  CHECK(found("[[using gnu: packed, netabase::model]]") == "{model;~gnu::packed;}");
  CHECK(found("[[nodiscard, netabase::model, deprecated(\"x, y\")]]") == "{model;~nodiscard;~deprecated(\"x, y\");}");
  CHECK(found("[[/* a */ netabase::/* b */model // c\n]]") == "{model;}");
  CHECK(found("<:<:netabase::model:>:>") == "{model;}");
  CHECK(found("[[net\\\nabase::mod\\\r\nel]]") == "{model;}");
  CHECK(found("#define M [[netabase::model]]\n[[netabase::skip]]") == "#{model;}{skip;}");
  CHECK(found("[[netabase::model, ]]") == "{model;}");
}

TEST_CASE("what only looks like an attribute is left alone") {
  CHECK(found("// [[netabase::model]]\n/* [[netabase::model]] */") == "");
  CHECK(found("\"[[netabase::model]]\" R\"([[netabase::model]])\"") == "");
  CHECK(found("[[nodiscard]] [[other::netabase]] [[other(netabase::model)]]") == "");
  CHECK(found("a[b[netabase::c]]") == "");
  CHECK(found("#if [[netabase::model]]\n#endif") == "");
  CHECK(found("[[clang::annotate(\"netabase::model\")]]") == "");
}

TEST_CASE("an attribute that does not end is said to be malformed, and the text after it is read on") {
  CHECK(found("[[netabase::model(]] [[netabase::skip]]") == "{skip;}!the brackets of this attribute do not match");
  CHECK(found("[[netabase::model\n[[netabase::skip") == "!this attribute is not closed!this attribute is not closed");
  CHECK(found("[[netabase::model,\n#ifdef A\n]]") == "!a preprocessor line stands inside this attribute");
  CHECK(found("#define M [[netabase::model\nint a;") == "!a preprocessor line stands inside this attribute");
}

TEST_CASE("the overlay keeps every line and column of the code around an attribute") {
  CHECK(overlaid("a [[netabase::x]] b") == "a __nb0000        b");
  CHECK(overlaid("a [[\nnetabase::x\n]] b\nc") == "a __nb0000\n           \n   b\nc");
  CHECK(overlaid("a [[netabase::model(\r\n\"x\")]] b\r\n").size() ==
        std::string("a [[netabase::model(\r\n\"x\")]] b\r\n").size());
  CHECK(overlaid("nothing here") == "nothing here");
}

TEST_CASE("a macro's definition keeps its lines and its parameters") {
  const std::string text = overlaid("#define M(o) [[netabase::secondary_key( \\\n o)]] x\ny");
  CHECK(text.find("__nb_text(secondary_key( o))") != std::string::npos);
  CHECK(text.find(" \\\n x\ny") != std::string::npos);
}
