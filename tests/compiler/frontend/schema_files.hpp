#pragma once

/// \file
/// Headers written for one test, in a folder of their own that is the working directory meanwhile.

#include <filesystem>
#include <fstream>
#include <string>

#include "compiler/frontend/frontend.hpp"
#include "compiler/schema/print.hpp"
#include "tests/support/temporary_folder.hpp"

namespace netabase::compiler::test {

class SchemaFiles {
 public:
  SchemaFiles() : before_(std::filesystem::current_path()) { std::filesystem::current_path(folder()); }
  SchemaFiles(const SchemaFiles&) = delete;
  SchemaFiles& operator=(const SchemaFiles&) = delete;
  ~SchemaFiles() {
    std::error_code ignored;
    std::filesystem::current_path(before_, ignored);
  }

  const std::filesystem::path& folder() const { return folder_.path(); }

  void write(const std::string& name, const std::string& text) const {
    const std::filesystem::path path = folder() / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }

 private:
  std::filesystem::path before_;
  netabase::test::TemporaryFolder folder_;
};

/// The printed schema, or everything said against it.
inline std::string result_of(const frontend::Options& options) {
  Diagnostics diagnostics;
  const schema::Schema schema = frontend::parse(options, diagnostics);
  return diagnostics.all().empty() ? schema::print(schema) : diagnostics.render(false);
}

/// The same for one header with this text, named schema.hpp.
inline std::string result_of_text(const std::string& text) {
  const SchemaFiles files;
  files.write("schema.hpp", text);
  frontend::Options options;
  options.headers = {"schema.hpp"};
  return result_of(options);
}

/// `fields` in a model with an integer key, what most of them need included, and `includes`; the lines printed for
/// them.
inline std::string fields_of(const std::string& fields, const std::string& before = {},
                             const std::string& includes = {}) {
  const std::string text = result_of_text(
      includes +
      "#include <array>\n#include <cstddef>\n#include <cstdint>\n#include <optional>\n#include <string>\n"
      "#include <vector>\nnamespace [[netabase::definition(D, K)]] ns {\n" +
      before + "\nstruct [[netabase::model]] M {\n  [[netabase::primary_key]] std::uint64_t id = 0;\n" + fields +
      "\n};\n}\n");
  const std::string begin = "    id: std::uint64_t\n";
  const std::size_t from = text.find(begin);
  const std::size_t to = text.find("  model M");
  if (from == std::string::npos || to == std::string::npos) return text;
  return text.substr(from + begin.size(), to - from - begin.size());
}

}  // namespace netabase::compiler::test
