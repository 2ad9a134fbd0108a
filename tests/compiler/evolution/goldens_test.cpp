/// \file
/// Every reason for which netabase-gen refuses to go on from a committed .capnp, letter for letter.
///
/// A case is `goldens/NAME.hpp`, the header as it is, `goldens/NAME.capnp`, what was committed, and `goldens/NAME.txt`,
/// what netabase-gen says. With NETABASE_UPDATE_GOLDENS=1 the texts are written anew and the test fails, so that the
/// change is looked at before it is committed.

#include <cstdlib>
#include <set>

#include "tests/compiler/driver/scratch.hpp"

namespace fs = std::filesystem;
using netabase::compiler::test::Result;
using netabase::compiler::test::Scratch;

TEST_CASE("each refusal is said letter for letter, and writes nothing") {
  const fs::path before = fs::current_path();
  fs::current_path(NETABASE_EVOLUTION_GOLDENS_DIR);
  const char* update = std::getenv("NETABASE_UPDATE_GOLDENS");
  const bool updating = update != nullptr && std::string(update) == "1";
  std::set<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(".")) names.insert(entry.path().stem().string());
  CHECK(names.size() >= 14);
  for (const std::string& name : names) {
    CAPTURE(name);
    const Scratch scratch;
    const Result result = Scratch::run({name + ".hpp", "-o", scratch.path("out"), "--lock", "."});
    CHECK(result.exit_code == 1);
    CHECK_FALSE(scratch.exists("out"));
    CHECK(result.out.empty());
    if (updating) {
      std::ofstream(name + ".txt", std::ios::binary) << result.err;
      continue;
    }
    CHECK(result.err == Scratch::read_file(name + ".txt"));
  }
  fs::current_path(before);
  CHECK_MESSAGE(!updating, "the goldens were written anew: look at them, then run without NETABASE_UPDATE_GOLDENS");
}
