// Generated files against those that lie in goldens/. NETABASE_UPDATE_GOLDENS=1 writes them anew (and fails, so that
// nobody leaves it switched on).

#include <doctest/doctest.h>

#include <clocale>
#include <cstdlib>
#include <locale>

#include "tests/compiler/driver/scratch.hpp"

using netabase::compiler::test::contains;
using netabase::compiler::test::Result;
using netabase::compiler::test::Scratch;

namespace {

const std::string goldens = NETABASE_GOLDENS_DIR;

void check_golden(const std::string& name, const std::string& text) {
  const std::string path = goldens + "/" + name;
  const char* update = std::getenv("NETABASE_UPDATE_GOLDENS");
  if (update != nullptr && std::string(update) == "1") {
    std::ofstream(path, std::ios::binary) << text;
    FAIL_CHECK("updated ", path);
    return;
  }
  CHECK_MESSAGE(Scratch::read_file(path) == text, path,
                " is not what is generated; NETABASE_UPDATE_GOLDENS=1 updates it");
}

void generate(const std::string& header, const std::string& folder) {
  const Result result = Scratch::run({header, "-o", folder});
  REQUIRE_MESSAGE(result.exit_code == 0, result.err);
}

}  // namespace

TEST_CASE("generated files are those of goldens/") {
  for (const std::string name :
       {"blog", "compounds", "indexes", "kitchen_sink", "links", "trees", "two_stores", "values_and_sets"}) {
    const Scratch scratch;
    const std::string header = name == "blog" ? std::string(NETABASE_BLOG_SCHEMA) : goldens + "/" + name + ".hpp";
    generate(header, scratch.path("out"));
    check_golden(name + ".netabase.hpp", scratch.read("out/" + name + ".netabase.hpp"));
    check_golden(name + ".capnp", scratch.read("out/" + name + ".capnp"));
  }
}

TEST_CASE("the same header gives the same bytes in another folder, under another locale, and over its own output") {
  const Scratch one("first");
  const Scratch two("a second, longer name");
  generate(goldens + "/kitchen_sink.hpp", one.path("out"));

  two.write("elsewhere/kitchen_sink.hpp", Scratch::read_file(goldens + "/kitchen_sink.hpp"));
  const std::string c_locale = std::setlocale(LC_ALL, nullptr);
  const std::locale cpp_locale = std::locale();
  // Whichever is there; its decimal point and its grouping are not those of "C".
  for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "C.UTF-8"}) {
    if (std::setlocale(LC_ALL, name) != nullptr) break;
  }
  struct Grouping : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
  };
  std::locale::global(std::locale(std::locale::classic(), new Grouping));
  generate(two.path("elsewhere/kitchen_sink.hpp"), two.path("deep/down/out"));
  std::locale::global(cpp_locale);
  std::setlocale(LC_ALL, c_locale.c_str());

  for (const std::string file : {"kitchen_sink.netabase.hpp", "kitchen_sink.capnp"}) {
    const std::string first = one.read("out/" + file);
    CHECK(first == two.read("deep/down/out/" + file));
    CHECK_FALSE(contains(first, one.path("")));
    generate(goldens + "/kitchen_sink.hpp", one.path("out"));
    CHECK(first == one.read("out/" + file));
  }
}

TEST_CASE("stock capnp compile accepts the generated .capnp") {
  for (const std::string name :
       {"blog", "compounds", "indexes", "kitchen_sink", "links", "trees", "two_stores", "values_and_sets"}) {
    const std::string command =
        std::string(NETABASE_CAPNP) + " compile -o- " + goldens + "/" + name + ".capnp > /dev/null";
    CHECK(std::system(command.c_str()) == 0);
  }
}
