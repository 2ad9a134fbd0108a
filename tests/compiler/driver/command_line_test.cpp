// netabase-gen from the outside: arguments, exit codes, what it writes and what it leaves alone.

#include "compiler/driver/command_line.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>

#include "tests/compiler/driver/scratch.hpp"

using netabase::compiler::driver::Finished;
using netabase::compiler::driver::Options;
using netabase::compiler::test::contains;
using netabase::compiler::test::Result;
using netabase::compiler::test::Scratch;

namespace {

const std::string shop =
    "#pragma once\n#include <cstdint>\n"
    "namespace [[netabase::definition(ShopDefinition)]] shop {\n"
    "struct [[netabase::model]] Item { [[netabase::primary_key]] std::uint64_t id = 0; };\n}\n";

std::string with_field(const std::string& field) {
  std::string text = shop;
  return text.insert(text.find(" };"), " " + field);
}

Options parsed(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const auto result = netabase::compiler::driver::parse_command_line(arguments, out, err);
  REQUIRE_MESSAGE(std::holds_alternative<Options>(result), err.str());
  return std::get<Options>(result);
}

/// The run must fail with that exit code and one line that has `part` in it.
void check_fails(const std::vector<std::string>& arguments, int exit_code, const std::string& part) {
  const Result result = Scratch::run(arguments);
  CAPTURE(result.err);
  CHECK(result.exit_code == exit_code);
  CHECK(result.err.starts_with("netabase-gen: "));
  CHECK(contains(result.err, part));
  CHECK(result.err.find('\n') == result.err.size() - 1);
  CHECK(result.out.empty());
}

/// Root may write anywhere.
bool is_root() { return geteuid() == 0; }

}  // namespace

TEST_CASE("compiler arguments may stand anywhere, with their value beside or behind them") {
  const Options options =
      parsed({"-Ia",        "x.hpp",    "-I",    "b",     "-isystem", "c",    "-o", "out",   "-DX=1", "-D", "Y",
              "-std=c++20", "-include", "d.hpp", "y.hpp", "--lock",   "lock", "--", "-Wall", "-U",    "Z"});
  CHECK(options.headers == std::vector<std::string>{"x.hpp", "y.hpp"});
  CHECK(options.output_dir == "out");
  CHECK(options.lock_dir == "lock");
  CHECK(options.arguments == std::vector<std::string>{"-Ia", "-I", "b", "-isystem", "c", "-DX=1", "-D", "Y",
                                                      "-std=c++20", "-include", "d.hpp", "-Wall", "-U", "Z"});
  CHECK(parsed({"x.hpp", "-o", "out"}).lock_dir == "out");
}

TEST_CASE("an arguments file stands for its lines") {
  const Scratch scratch;
  scratch.write("arguments", "-I/with a space\n\n-DA=\"b\"\r\n-o\nout\n");
  const Options options = parsed({"x.hpp", "@" + scratch.path("arguments")});
  CHECK(options.output_dir == "out");
  CHECK(options.arguments == std::vector<std::string>{"-I/with a space", "-DA=\"b\""});
  check_fails({"@" + scratch.path("nowhere")}, 2, "cannot read " + scratch.path("nowhere") + ": No such file");
  scratch.write("loop", "@" + scratch.path("loop"));
  check_fails({"@" + scratch.path("loop")}, 2, "arguments files name each other");
}

TEST_CASE("help and version") {
  const Result help = Scratch::run({"--help"});
  CHECK(help.exit_code == 0);
  for (const char* part :
       {"--check", "--diff", "--json", "--lock", "--copy-to", "--depfile", "--print-schema", "--templates", "-isystem",
        "@FILE", "Exit codes:", "  3  (--diff)", "  4  (--diff)", "Example:"}) {
    CHECK_MESSAGE(contains(help.out, part), part);
  }
  const Result version = Scratch::run({"--version"});
  CHECK(version.exit_code == 0);
  CHECK(version.out == "netabase-gen " NETABASE_VERSION "\n");
}

TEST_CASE("wrong usage is one line and exit code 2") {
  const Scratch scratch;
  scratch.write("shop.hpp", shop);
  scratch.write("file", "");
  const std::string header = scratch.path("shop.hpp");
  check_fails({}, 2, "no headers");
  check_fails({header}, 2, "no output folder");
  check_fails({header, "-o", "out", "--no-such-option"}, 2, "--no-such-option");
  check_fails({header, "-o", "out", "-I"}, 2, "-I wants a value");
  check_fails({header, "-o", "out", "--color", "blue"}, 2, "--color is auto, always or never, not blue");
  check_fails({scratch.path("nowhere.hpp"), "-o", "out"}, 2, "nowhere.hpp: No such file");
  check_fails({scratch.path(""), "-o", "out"}, 2, "it is a folder");
  check_fails({header, scratch.path("other/shop.hpp"), "-o", "out"}, 2, "No such file");
  scratch.write("other/shop.hpp", shop);
  check_fails({header, scratch.path("other/shop.hpp"), "-o", "out"}, 2, "two headers are named shop");
  check_fails({header, "-o", scratch.path("file/out")}, 2, "cannot make the folder " + scratch.path("file/out"));
  check_fails({header, "-o", scratch.path("out"), "--templates", scratch.path("nowhere")}, 2,
              "cannot read the template");
  CHECK_FALSE(scratch.exists("out"));
}

TEST_CASE("a folder that cannot be written is an error as output and a note as copy") {
  const Scratch scratch;
  scratch.write("shop.hpp", shop);
  std::filesystem::create_directories(scratch.path("locked"));
  chmod(scratch.path("locked").c_str(), 0555);
  // /proc takes no files from root either.
  const std::string locked = is_root() ? "/proc" : scratch.path("locked");
  check_fails({scratch.path("shop.hpp"), "-o", locked}, 2, "cannot write " + locked);
  const Result copy = Scratch::run({scratch.path("shop.hpp"), "-o", scratch.path("out"), "--copy-to", locked});
  CHECK(copy.exit_code == 0);
  CHECK(contains(copy.err, "note: cannot write " + locked));
  CHECK(scratch.exists("out/shop.netabase.hpp"));
}

TEST_CASE("with schema errors nothing is written") {
  const Scratch scratch;
  scratch.write("shop.hpp", with_field("int* pointer;"));
  const Result result = scratch.generate();
  CHECK(result.exit_code == 1);
  CHECK(contains(result.err, "shop.hpp:4:"));
  CHECK(contains(result.err, "1 error"));
  CHECK_FALSE(scratch.exists("out"));
}

TEST_CASE("a header without a definition is an error") {
  const Scratch scratch;
  scratch.write("shop.hpp", "#pragma once\nstruct Item {};\n");
  const Result result = scratch.generate();
  CHECK(result.exit_code == 1);
  CHECK(contains(result.err, "no definition in this header"));
}

TEST_CASE("files are touched only when they change, and no temporary file stays") {
  const Scratch scratch;
  scratch.write("shop.hpp", shop);
  REQUIRE(scratch.generate().exit_code == 0);
  const auto old_time = std::filesystem::last_write_time(scratch.path("out/shop.capnp")) - std::chrono::hours(1);
  for (const char* file : {"out/shop.capnp", "out/shop.netabase.hpp"}) {
    std::filesystem::last_write_time(scratch.path(file), old_time);
  }
  REQUIRE(scratch.generate().exit_code == 0);
  CHECK(std::filesystem::last_write_time(scratch.path("out/shop.capnp")) == old_time);
  CHECK(std::filesystem::last_write_time(scratch.path("out/shop.netabase.hpp")) == old_time);
  scratch.write("shop.hpp", with_field("bool sold = false;"));
  REQUIRE(scratch.generate().exit_code == 0);
  CHECK(std::filesystem::last_write_time(scratch.path("out/shop.capnp")) > old_time);
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(scratch.path("out"))) ++files;
  CHECK(files == 2);
}

TEST_CASE("copies go to the committed folder, whose .capnp is the lock") {
  const Scratch scratch;
  scratch.write("shop.hpp", with_field("bool sold = false;"));
  const std::vector<std::string> arguments = {scratch.path("shop.hpp"), "-o",        scratch.path("build"), "--lock",
                                              scratch.path("out"),      "--copy-to", scratch.path("out")};
  REQUIRE(Scratch::run(arguments).exit_code == 0);
  CHECK(scratch.read("build/shop.capnp") == scratch.read("out/shop.capnp"));
  scratch.write("shop.hpp", with_field("bool dear = false; bool sold = false;"));
  REQUIRE(Scratch::run(arguments).exit_code == 0);
  CHECK(contains(scratch.read("out/shop.capnp"), "sold @1 :Bool;\n  dear @2 :Bool;"));
  CHECK(scratch.read("build/shop.netabase.hpp") == scratch.read("out/shop.netabase.hpp"));
}

TEST_CASE("--check writes nothing, and fails with a diff when something is stale") {
  const Scratch scratch;
  scratch.write("shop.hpp", shop);
  const std::vector<std::string> check = {scratch.path("shop.hpp"), "-o", scratch.path("out"), "--check"};
  const Result missing = Scratch::run(check);
  CHECK(missing.exit_code == 1);
  CHECK(contains(missing.out, "--- /dev/null"));
  CHECK(contains(missing.err, "out/shop.capnp\n"));
  CHECK_FALSE(scratch.exists("out"));

  REQUIRE(scratch.generate().exit_code == 0);
  const Result good = Scratch::run(check);
  CHECK(good.exit_code == 0);
  CHECK(good.out.empty());
  CHECK(good.err.empty());

  scratch.write("shop.hpp", with_field("bool sold = false;"));
  const std::string before = scratch.read("out/shop.capnp");
  const Result stale = Scratch::run(check);
  CHECK(stale.exit_code == 1);
  CHECK(contains(stale.out, "+  sold @1 :Bool;\n"));
  CHECK(contains(stale.err, "stale"));
  CHECK(contains(stale.err, scratch.path("out/shop.netabase.hpp")));
  CHECK(scratch.read("out/shop.capnp") == before);
}

TEST_CASE("the depfile names every file that was read, as Make reads names") {
  const Scratch scratch("with space$and#hash");
  scratch.write("shop.hpp", "#include \"extra.hpp\"\n" + shop);
  scratch.write("extra.hpp", "#pragma once\n");
  const auto run = [&] {
    return Scratch::run({scratch.path("shop.hpp"), "-o", scratch.path("out"), "--depfile", scratch.path("stamp.d")});
  };
  REQUIRE(run().exit_code == 0);
  const auto escaped = [](std::string path) {
    for (std::size_t i = 0; i < path.size(); ++i) {
      if (path[i] == ' ' || path[i] == '#') path.insert(i++, "\\");
      if (path[i] == '$') path.insert(i++, "$");
    }
    return path;
  };
  const std::string rule = scratch.read("stamp.d");
  CAPTURE(rule);
  CHECK(rule.starts_with(escaped(scratch.path("stamp")) + ":"));
  for (const char* file : {"shop.hpp", "extra.hpp", "out/shop.capnp"}) {
    CHECK_MESSAGE(contains(rule, " " + escaped(scratch.path(file))), file);
  }
  CHECK_FALSE(contains(rule, "shop.netabase.hpp"));
}

TEST_CASE("--print-schema prints what was found and writes nothing") {
  const Scratch scratch;
  scratch.write("shop.hpp", shop);
  const Result result = Scratch::run({scratch.path("shop.hpp"), "--print-schema"});
  CHECK(result.exit_code == 0);
  CHECK(contains(result.out, "ShopDefinition"));
  CHECK(contains(result.out, "Item"));
  CHECK_FALSE(scratch.exists("out"));
}

TEST_CASE("several headers in one run give files of their own") {
  const Scratch scratch;
  scratch.write("shop.hpp", shop);
  std::string second = shop;
  second.replace(second.find("ShopDefinition"), 14, "OtherDefinition");
  second.replace(second.find("] shop {"), 8, "] other {");
  scratch.write("other.hpp", second);
  const Result result = Scratch::run({scratch.path("shop.hpp"), scratch.path("other.hpp"), "-o", scratch.path("out")});
  REQUIRE_MESSAGE(result.exit_code == 0, result.err);
  CHECK(contains(scratch.read("out/shop.netabase.hpp"), "struct ShopDefinition {"));
  CHECK(contains(scratch.read("out/other.netabase.hpp"), "struct OtherDefinition {"));
  CHECK_FALSE(contains(scratch.read("out/other.netabase.hpp"), "ShopDefinition"));
}
