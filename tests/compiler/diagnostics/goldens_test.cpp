/// \file
/// Every rule of a schema has a header that breaks it here, and what netabase-gen says of it, letter for letter.
///
/// A case is `goldens/NAME.hpp` with `goldens/NAME.txt`. A first line `// gen: …` gives other headers and compiler
/// arguments. With NETABASE_UPDATE_GOLDENS=1 the texts are written anew and the test fails, so that the change is
/// looked at before it is committed.

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>

#include "compiler/frontend/frontend.hpp"

namespace fs = std::filesystem;
namespace frontend = netabase::compiler::frontend;

namespace {

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

frontend::Options options_for(const std::string& header) {
  frontend::Options options;
  std::istringstream first_line(read(header).substr(0, read(header).find('\n')));
  std::string word;
  first_line >> word;
  if (word == "//" && first_line >> word && word == "gen:") {
    while (first_line >> word) (word[0] == '-' ? options.arguments : options.headers).push_back(word);
  }
  if (options.headers.empty()) options.headers.push_back(header);
  return options;
}

}  // namespace

TEST_CASE("each broken rule is reported letter for letter") {
  fs::current_path(NETABASE_GOLDENS_DIR);
  const char* update = std::getenv("NETABASE_UPDATE_GOLDENS");
  const bool updating = update != nullptr && std::string(update) == "1";

  std::set<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(".")) {
    if (entry.path().extension() == ".hpp") names.insert(entry.path().stem().string());
  }
  CHECK(names.size() >= 60);

  for (const std::string& name : names) {
    CAPTURE(name);
    netabase::compiler::Diagnostics diagnostics;
    frontend::parse(options_for(name + ".hpp"), diagnostics);
    const std::string said = diagnostics.render(false);
    CHECK(diagnostics.has_errors());
    if (updating) {
      std::ofstream(name + ".txt", std::ios::binary) << said;
      continue;
    }
    CHECK(fs::exists(name + ".txt"));
    CHECK(said == read(name + ".txt"));
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(".")) {
    const std::string stem = entry.path().stem().string();
    if (entry.path().extension() == ".txt") CHECK_MESSAGE(names.count(stem) == 1, stem << ".txt has no header");
  }
  CHECK_MESSAGE(!updating, "the goldens were written anew: look at them, then run without NETABASE_UPDATE_GOLDENS");
}
