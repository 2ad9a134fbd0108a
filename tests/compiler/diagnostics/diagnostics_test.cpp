#include "compiler/diagnostics/diagnostics.hpp"

#include <doctest/doctest.h>

#include <string>

#include "../frontend/schema_files.hpp"
#include "compiler/schema/suggest.hpp"

using namespace netabase::compiler;

TEST_CASE("nothing said is an empty text") { CHECK(Diagnostics().render(true).empty()); }

TEST_CASE("messages are sorted by place, counted, and said once") {
  Diagnostics diagnostics;
  diagnostics.error({"b.hpp", 1, 1, 1}, "third");
  diagnostics.error({"a.hpp", 9, 1, 1}, "second");
  diagnostics.error({"a.hpp", 2, 5, 1}, "first", "mend it");
  diagnostics.error({"a.hpp", 9, 1, 1}, "second");
  CHECK(diagnostics.has_errors());
  CHECK(diagnostics.render(false) ==
        "a.hpp:2:5: error: first\nnote: mend it\na.hpp:9:1: error: second\nb.hpp:1:1: error: third\n3 errors\n");
}

TEST_CASE("warnings are no errors") {
  Diagnostics diagnostics;
  diagnostics.warning({}, "old compiler");
  CHECK_FALSE(diagnostics.has_errors());
  CHECK(diagnostics.render(false) == "netabase-gen: warning: old compiler\n1 warning\n");
  diagnostics.error({"a.hpp", 0, 0, 1}, "gone");
  CHECK(diagnostics.render(false) == "netabase-gen: warning: old compiler\na.hpp: error: gone\n1 error, 1 warning\n");
}

TEST_CASE("the caret stands under its column with tabs, wide characters and CRLF, and never past the line") {
  const test::SchemaFiles files;
  files.write("a.hpp", "\tint\tx;\r\n\xC3\xBC\xC3\xBC int y;\nz");
  Diagnostics diagnostics;
  diagnostics.error({"a.hpp", 1, 6, 1}, "one");
  diagnostics.error({"a.hpp", 2, 6, 3}, "two");
  diagnostics.error({"a.hpp", 3, 1, 99}, "three");
  diagnostics.error({"a.hpp", 3, 70, 2}, "four");
  diagnostics.error({"a.hpp", 99, 1, 1}, "five");
  CHECK(diagnostics.render(false) ==
        "a.hpp:1:6: error: one\n    \tint\tx;\n    \t   \t^\n"
        "a.hpp:2:6: error: two\n    \xC3\xBC\xC3\xBC int y;\n       ^~~\n"
        "a.hpp:3:1: error: three\n    z\n    ^\n"
        "a.hpp:3:70: error: four\n    z\n     ^\n"
        "a.hpp:99:1: error: five\n5 errors\n");
}

TEST_CASE("colour changes nothing but the colours") {
  Diagnostics diagnostics;
  diagnostics.error({"a.hpp", 2, 5, 1}, "first", "mend it");
  std::string text = diagnostics.render(true);
  CHECK(text.find("\x1b[") != std::string::npos);
  for (std::size_t at = text.find('\x1b'); at != std::string::npos; at = text.find('\x1b')) {
    text.erase(at, text.find('m', at) - at + 1);
  }
  CHECK(text == diagnostics.render(false));
}

TEST_CASE("suggestions are near, and none is better than a far one") {
  CHECK(schema::closest("secondry_key", {"primary_key", "secondary_key"}) == "secondary_key");
  CHECK(schema::closest("uniuqe", {"unique", "auto"}) == "unique");
  CHECK(schema::closest("Email", {"email", "name"}) == "email");
  CHECK(schema::closest("size", {"name", "created"}).empty());
  CHECK(schema::closest("", {"a"}).empty());
  CHECK(schema::closest(std::string(5000, 'a'), {"a"}).empty());
  CHECK(schema::listed({"a"}) == "a");
  CHECK(schema::listed({"a", "b", "c"}) == "a, b and c");
}
