#include "compiler/driver/diff.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <random>

#include "tests/compiler/driver/scratch.hpp"

using netabase::compiler::driver::unified_diff;
using netabase::compiler::test::Scratch;

TEST_CASE("equal texts have no diff") { CHECK(unified_diff("a", "1\n2\n", "b", "1\n2\n").empty()); }

TEST_CASE("a diff shows what changed with three lines around it") {
  CHECK(unified_diff("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "b", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n") ==
        "--- a\n+++ b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
  CHECK(unified_diff("/dev/null", "", "b", "1\n2\n") == "--- /dev/null\n+++ b\n@@ -0,0 +1,2 @@\n+1\n+2\n");
}

TEST_CASE("patch makes the new text of the old one and the diff") {
  if (std::system("patch --version > /dev/null 2>&1") != 0) {
    MESSAGE("patch is not installed");
    return;
  }
  const char* given = std::getenv("NETABASE_TEST_SEED");
  const unsigned long seed = given != nullptr ? std::strtoul(given, nullptr, 10) : std::random_device()();
  CAPTURE(seed);
  std::mt19937 random(static_cast<std::mt19937::result_type>(seed));
  const Scratch scratch;
  for (int round = 0; round < 20; ++round) {
    CAPTURE(round);
    std::string old_text;
    std::string new_text;
    for (unsigned line = 0; line < 40; ++line) {
      const std::string text = std::to_string(random() % 10) + "\n";
      const unsigned fate = static_cast<unsigned>(random() % 8);
      if (fate != 0) old_text += text;
      if (fate != 1) new_text += text;
    }
    scratch.write("text", old_text);
    scratch.write("diff", unified_diff("text", old_text, "text", new_text));
    if (old_text == new_text) continue;
    const std::string command = "patch -s " + scratch.path("text") + " " + scratch.path("diff");
    REQUIRE(std::system(command.c_str()) == 0);
    CHECK(scratch.read("text") == new_text);
  }
}
