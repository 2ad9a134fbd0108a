#pragma once

/// \file
/// A folder that is gone with the test, and netabase-gen run in it.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "compiler/driver/command_line.hpp"
#include "tests/support/temporary_folder.hpp"

namespace netabase::compiler::test {

/// What one run printed and returned.
struct Result {
  int exit_code = 0;
  std::string out;
  std::string err;
};

class Scratch {
 public:
  /// `name`: part of the folder's name, for tests about names of folders.
  explicit Scratch(const std::string& name = "netabase") : folder_(name) {}

  std::string path(const std::string& name) const { return folder_ / name; }
  bool exists(const std::string& name) const { return std::filesystem::exists(path(name)); }

  void write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = path(name);
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
  std::string read(const std::string& name) const { return read_file(path(name)); }

  static std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE_MESSAGE(file.good(), "cannot read ", path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }

  static Result run(const std::vector<std::string>& arguments) {
    std::ostringstream out;
    std::ostringstream err;
    Result result;
    result.exit_code = driver::run_command_line(arguments, out, err);
    result.out = out.str();
    result.err = err.str();
    return result;
  }

  /// netabase-gen over the file `header` of the folder, into its folder "out".
  Result generate(const std::string& header = "shop.hpp") const { return run({path(header), "-o", path("out")}); }

 private:
  netabase::test::TemporaryFolder folder_;
};

/// Whether `text` has `part` in it; both are shown when a check of it fails.
inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace netabase::compiler::test
