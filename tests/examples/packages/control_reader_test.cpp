#include "control_reader.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

namespace {

using packages::ControlReader;
using packages::MalformedRecord;
using packages::Paragraph;

/// What a reader made of a text: the value of each paragraph's Package field, or "LINE: message" for a malformed one.
std::vector<std::string> outcome(const std::string& text) {
  std::istringstream in(text);
  ControlReader reader([&](std::string& line) { return static_cast<bool>(std::getline(in, line)); });
  std::vector<std::string> result;
  Paragraph paragraph;
  for (;;) {
    try {
      if (!reader.next(paragraph)) return result;
      result.emplace_back(paragraph.value("Package"));
    } catch (const MalformedRecord& problem) {
      result.push_back(std::to_string(problem.line()) + ": " + problem.what());
    }
  }
}

Paragraph only(const std::string& text) {
  std::istringstream in(text);
  ControlReader reader([&](std::string& line) { return static_cast<bool>(std::getline(in, line)); });
  Paragraph paragraph;
  REQUIRE(reader.next(paragraph));
  return paragraph;
}

using Outcome = std::vector<std::string>;

}  // namespace

TEST_CASE("a file without records has no paragraphs") {
  CHECK(outcome("").empty());
  CHECK(outcome("\n\n \t\n").empty());
}

TEST_CASE("blank lines, however many, separate paragraphs") {
  CHECK(outcome("Package: a\n\nPackage: b\n \n\t\n\nPackage: c\n") == Outcome{"a", "b", "c"});
  CHECK(outcome("\n\nPackage: a") == Outcome{"a"});  // no newline at the end of the file
}

TEST_CASE("a paragraph and its fields know their lines") {
  const Paragraph paragraph = only("\n\nPackage: a\nDescription: one\n two\nVersion: 1\n");
  CHECK(paragraph.line == 3);
  REQUIRE(paragraph.fields.size() == 3);
  CHECK(paragraph.fields[1].line == 4);
  CHECK(paragraph.fields[2].line == 6);
}

TEST_CASE("blanks around a value do not belong to it, colons in it do") {
  const Paragraph paragraph =
      only("Version:  \t1:2.0-1 \t\nHomepage:https://example.org/a:b\nEmpty:\nWindows: yes\r\n");
  CHECK(paragraph.value("Version") == "1:2.0-1");
  CHECK(paragraph.value("Homepage") == "https://example.org/a:b");
  CHECK(paragraph.value("Windows") == "yes");
  REQUIRE(paragraph.find("Empty") != nullptr);
  CHECK(paragraph.value("Empty").empty());
  CHECK(paragraph.find("Missing") == nullptr);
}

TEST_CASE("fields are found in any case") { CHECK(only("PACKAGE: a\n").value("Package") == "a"); }

TEST_CASE("lines that begin with a blank continue the value") {
  CHECK(only("Description: short\n first\n .\n  indented \n\ttab\n").value("Description") ==
        "short\nfirst\n\n indented\ntab");
}

TEST_CASE("a malformed paragraph is told once, with its line, and does not touch the others") {
  SUBCASE("a line without a colon") {
    CHECK(outcome("Package: a\n\nPackage: b\nno colon here\nnor here\n\nPackage: c\n") ==
          Outcome{"a", "4: a line without a colon is no field: 'no colon here'", "c"});
  }
  SUBCASE("a continuation first") {
    CHECK(outcome(" lost\nPackage: a\n\nPackage: b\n") ==
          Outcome{"1: the record begins with a line that continues a field: ' lost'", "b"});
  }
  SUBCASE("names that no field has") {
    CHECK(outcome("Pack age: a\n\n: b\n\n#Package: c\n\n-Package: d\n\nP\xc3\xa4"
                  "ckage: e\n") ==
          Outcome{"1: 'Pack age' is not the name of a field", "3: '' is not the name of a field",
                  "5: '#Package' is not the name of a field", "7: '-Package' is not the name of a field",
                  "9: 'P?"
                  "?ckage' is not the name of a field"});
  }
  SUBCASE("a field twice, in whatever case") {
    CHECK(outcome("Package: a\nVersion: 1\nversion: 2\n") == Outcome{"3: the record has the field 'version' twice"});
  }
  SUBCASE("at the end of the file") {
    CHECK(outcome("Package: a\n\nPackage: b\nVers") == Outcome{"a", "4: a line without a colon is no field: 'Vers'"});
  }
}

TEST_CASE("messages quote bytes that are no text harmlessly, and not at length") {
  CHECK(packages::quoted(std::string("\x1b[31m\0\n", 7)) ==
        "'?[31m?"
        "?'");
  CHECK(packages::quoted(std::string(100, 'x')) == "'" + std::string(40, 'x') + "...'");
}
