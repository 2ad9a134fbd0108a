/// \file
/// Which files are read, how, and what is said of those that cannot be.

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "compiler/frontend/arguments.hpp"
#include "schema_files.hpp"

namespace fs = std::filesystem;
using namespace netabase::compiler;
using test::result_of;
using test::SchemaFiles;

namespace {

frontend::Options headers(std::vector<std::string> names, std::vector<std::string> arguments = {}) {
  frontend::Options options;
  options.headers = std::move(names);
  options.arguments = std::move(arguments);
  return options;
}

/// A definition `name` in a namespace of that name, with one model.
std::string definition(const std::string& name, const std::string& includes = {}, const std::string& fields = {}) {
  return "#pragma once\n#include <cstdint>\n" + includes + "namespace [[netabase::definition(" + name + ", " + name +
         "Keys)]] " + name + "_ns {\nstruct [[netabase::model]] " + name +
         "User {\n  [[netabase::primary_key]] std::uint64_t id = 0;\n" + fields + "};\n}\n";
}

std::vector<std::string> owners(const frontend::Options& options) {
  Diagnostics diagnostics;
  const schema::Schema schema = frontend::parse(options, diagnostics);
  std::vector<std::string> out;
  if (diagnostics.has_errors()) out.push_back(diagnostics.render(false));
  for (const schema::Definition& each : schema.definitions) out.push_back(each.name + ":" + each.header);
  return out;
}

}  // namespace

TEST_CASE("annotated structs in included headers belong to the header on the command line") {
  const SchemaFiles files;
  files.write("parts/inner.hpp", definition("Inner"));
  files.write("outer.hpp", "#pragma once\n#include \"parts/inner.hpp\"\n");
  CHECK(owners(headers({"outer.hpp"})) == std::vector<std::string>{"Inner:outer.hpp"});
}

TEST_CASE("a model in a reopened namespace of another header is found through -I, -isystem and -iquote") {
  const SchemaFiles files;
  files.write(
      "lib/more.hpp",
      "#pragma once\nnamespace A_ns {\nstruct [[netabase::model]] More { [[netabase::primary_key]] int id; };\n}\n");
  files.write("schema.hpp", definition("A") + "#include <more.hpp>\n");
  for (const std::string flag : {"-I", "-isystem", "-iquote"}) {
    CAPTURE(flag);
    const std::string include = flag == "-iquote" ? "#include \"more.hpp\"\n" : "#include <more.hpp>\n";
    files.write("schema.hpp", definition("A") + include);
    const std::string joined = result_of(headers({"schema.hpp"}, {flag + "lib"}));
    CHECK(joined.find("model More") != std::string::npos);
    CHECK(result_of(headers({"schema.hpp"}, {flag, "lib"})) == joined);
  }
}

TEST_CASE("a model in what calls itself a system header is not lost") {
  const SchemaFiles files;
  files.write("more.hpp",
              "#pragma once\n#pragma GCC system_header\nnamespace A_ns {\nstruct [[netabase::model]] More { "
              "[[netabase::primary_key]] int id; };\n}\n");
  files.write("schema.hpp", definition("A") + "#define WHICH \"more.hpp\"\n#include WHICH\n");
  CHECK(result_of(headers({"schema.hpp"})).find("model More") != std::string::npos);
}

TEST_CASE("several headers in one run keep their definitions, and one may include another") {
  const SchemaFiles files;
  files.write("a.hpp", definition("A"));
  files.write("b.hpp", definition("B", "#include \"a.hpp\"\n", "  A_ns::AUser user;\n"));
  CHECK(owners(headers({"a.hpp", "b.hpp"})) == std::vector<std::string>{"A:a.hpp", "B:b.hpp"});
  const std::vector<std::string> turned = owners(headers({"b.hpp", "a.hpp", "./a.hpp"}));
  CHECK(turned == std::vector<std::string>{"A:a.hpp", "B:b.hpp"});
}

TEST_CASE("headers are found and named by relative and absolute paths, from anywhere") {
  const SchemaFiles files;
  files.write("deep/er/schema.hpp", definition("A"));
  const std::string absolute = (files.folder() / "deep/er/schema.hpp").string();
  CHECK(owners(headers({"deep/er/schema.hpp"})) == std::vector<std::string>{"A:deep/er/schema.hpp"});
  CHECK(owners(headers({absolute})) == std::vector<std::string>{"A:" + absolute});
  fs::current_path(files.folder() / "deep");
  CHECK(owners(headers({"../deep/er/schema.hpp"})) == std::vector<std::string>{"A:../deep/er/schema.hpp"});
}

TEST_CASE("messages name files as the user did") {
  const SchemaFiles files;
  files.write("deep/schema.hpp", definition("A", "", "  long count;\n"));
  const std::string absolute = (files.folder() / "deep/schema.hpp").string();
  CHECK(result_of(headers({"deep/schema.hpp"})).starts_with("deep/schema.hpp:6:8: error: `long`"));
  CHECK(result_of(headers({absolute})).starts_with(absolute + ":6:8: error: `long`"));
  CHECK(result_of(headers({"deep/../deep/schema.hpp"})).starts_with("deep/../deep/schema.hpp:6:8: error: `long`"));
}

TEST_CASE("a generated header that the schema includes need not exist, and is not read when it does") {
  const SchemaFiles files;
  files.write("schema.hpp", definition("A", "#include \"generated/../generated/schema.netabase.hpp\"\n"));
  frontend::Options options = headers({"schema.hpp"});
  CHECK(result_of(options).find("file not found") != std::string::npos);
  options.virtual_outputs = {"generated/schema.netabase.hpp"};
  CHECK(owners(options) == std::vector<std::string>{"A:schema.hpp"});
  files.write("generated/schema.netabase.hpp", "#error must not be read\n");
  CHECK(owners(options) == std::vector<std::string>{"A:schema.hpp"});

  Diagnostics diagnostics;
  const schema::Schema schema = frontend::parse(options, diagnostics);
  CHECK(std::is_sorted(schema.dependencies.begin(), schema.dependencies.end()));
  const auto has = [&](const char* name) {
    return std::any_of(schema.dependencies.begin(), schema.dependencies.end(),
                       [&](const std::string& file) { return fs::path(file).filename() == name; });
  };
  CHECK(has("schema.hpp"));
  CHECK(has("cstdint"));
  CHECK_FALSE(has("schema.netabase.hpp"));
  CHECK_FALSE(has("attributes.hpp"));
}

TEST_CASE("headers that cannot be read are named, each with its reason") {
  const SchemaFiles files;
  fs::create_directory("folder");
  CHECK(result_of(headers({"nowhere.hpp", "folder"})) ==
        "folder: error: this is a folder, not a header\n"
        "note: name the header files in it one by one\n"
        "nowhere.hpp: error: this header does not exist\n"
        "note: check the path; it is taken from the working directory\n"
        "2 errors\n");
  CHECK(result_of(headers({})).find("no header is named") != std::string::npos);
  files.write("with\"quote.hpp", definition("A"));
  CHECK(result_of(headers({"with\"quote.hpp"})).find("can hold no quote") != std::string::npos);
  files.write("with space.hpp", definition("A"));
  CHECK(owners(headers({"with space.hpp"})) == std::vector<std::string>{"A:with space.hpp"});
  frontend::Options options = headers({"with space.hpp"});
  options.resource_dir = "nowhere";
  CHECK(result_of(options).find("nowhere: error: this is not Clang's resource directory") == 0);
  options.resource_dir.clear();
  options.build_dir = "folder";
  CHECK(result_of(options).find("folder: error: there is no compile_commands.json") == 0);
  files.write("folder/compile_commands.json", "[{");
  CHECK(result_of(options).find("folder: error: compile_commands.json in this folder") == 0);
}

TEST_CASE("an empty header and one without an end of line are read") {
  const SchemaFiles files;
  files.write("empty.hpp", "");
  CHECK(result_of(headers({"empty.hpp"})).find("empty.hpp: error: there is no definition") == 0);
  std::string text = definition("A");
  text.pop_back();
  files.write("a.hpp", text);
  CHECK(owners(headers({"a.hpp"})) == std::vector<std::string>{"A:a.hpp"});
}

TEST_CASE("-p takes the arguments of the nearest source file in compile_commands.json") {
  const SchemaFiles files;
  files.write("src/schema/blog.hpp", definition("A", "#include <more.hpp>\n", "  FIELD\n"));
  files.write("lib/more.hpp", "#pragma once\n");
  const std::string root = files.folder().string();
  const std::string compile =
      "g++ -std=gnu++23 -O3 -march=native -fno-such-flag -Wall -Werror -isystem ../lib -DOTHER \"-DFIELD=int number = "
      "4;\" "
      "-o x.o -c ../src/schema/use.cpp";
  std::string escaped;
  for (const char c : compile) escaped += c == '"' ? std::string("\\\"") : std::string(1, c);
  files.write("build/compile_commands.json",
              "[{\"directory\": \"" + root +
                  "/build\", \"command\": \"g++ -c ../far.cpp\", \"file\": \"../far.cpp\"},\n" + " {\"directory\": \"" +
                  root + "/build\", \"command\": \"" + escaped + "\", \"file\": \"../src/schema/use.cpp\"}]\n");
  frontend::Options options = headers({"src/schema/blog.hpp"});
  options.build_dir = "build";
  CHECK(result_of(options).find("    number: std::int32_t = 4\n") != std::string::npos);
  options.arguments = {"-UFIELD", "-DFIELD=int number = 5;"};
  CHECK(result_of(options).find("    number: std::int32_t = 5\n") != std::string::npos);
}

TEST_CASE("only arguments that decide what the text means are passed on") {
  using frontend::filter_arguments;
  using Words = std::vector<std::string>;
  CHECK(filter_arguments({"-O2", "-Wall", "-fPIC", "-march=native", "-g", "-c", "x.cpp", "-o", "x.o", "-pthread"}, "")
            .empty());
  CHECK(filter_arguments({"-Ia", "-I", "b", "-isystem", "/c", "-DX=1", "-UY", "-D", "Z"}, "/base") ==
        Words{"-I/base/a", "-I/base/b", "-I/c", "-DX=1", "-UY", "-DZ"});
  CHECK(filter_arguments({"-std=gnu++23", "-std=c++2b", "-std=c++17", "-std=gnu++2a"}, "") ==
        Words{"-std=gnu++20", "-std=c++20", "-std=c++17", "-std=gnu++2a"});
  CHECK(filter_arguments(
            {"--target=arm-linux", "-target", "x86", "--sysroot", "/s", "-isysroot", "/t", "-stdlib=libc++"}, "") ==
        Words{"--target=arm-linux", "--target=x86", "--sysroot=/s", "-isysroot", "/t", "-stdlib=libc++"});
  CHECK(filter_arguments({"-include", "/nowhere/cmake_pch.hxx", "-I"}, "").empty());
}

TEST_CASE("the parse of a small schema is quick") {
  const SchemaFiles files;
  files.write("a.hpp", definition("A", "#include <string>\n#include <vector>\n#include <optional>\n"));
  const auto begin = std::chrono::steady_clock::now();
  CHECK(owners(headers({"a.hpp"})).size() == 1);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  std::cout << "front end, one header with four standard ones: " << took.count() << " s\n";
}
