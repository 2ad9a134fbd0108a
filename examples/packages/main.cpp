/// \file
/// Debian package records in a netabase store.
///
///     packages                                  this machine's packages, and a few questions about them
///     packages --available --depends-on libc6   every package that apt knows, and who needs libc6
///     packages --no-import --prefix python3-    asks the store of the last run again
///
/// schema/packages.hpp says what is stored; import.cpp fills the store; questions.cpp reads it.

#include <CLI/CLI.hpp>
#include <exception>
#include <iomanip>
#include <iostream>
#include <optional>

#include "format.hpp"
#include "import.hpp"
#include "questions.hpp"

namespace {

struct Options {
  std::string file = "/var/lib/dpkg/status";
  bool available = false;
  std::string store = "packages.mdb";
  bool no_import = false;
  packages::Questions questions;
};

constexpr int usage_error = 2;

/// Returns the exit code when there is nothing more to do.
std::optional<int> read_command_line(int argc, char** argv, Options& options) {
  CLI::App app(
      "Stores Debian package records with their fields in a netabase store, then answers questions through its\n"
      "indexes. Without a question, it answers one of each kind.");
  app.footer(
      "Example: all packages that apt knows, the 20 largest, and who depends on libc6\n"
      "  packages --available --largest 20 --depends-on libc6\n"
      "Exit code: 0 also when malformed records were left out; 1 failure; 2 wrong usage.");
  CLI::Option* file = app.add_option("file", options.file, "The records to import")->capture_default_str();
  CLI::Option* available =
      app.add_flag("--available", options.available, "Import the output of `apt-cache dumpavail` instead of a file");
  app.add_option("--store", options.store, "The store's file; an import replaces the store that is there")
      ->capture_default_str();
  app.add_flag("--no-import", options.no_import, "Only ask the store that an earlier run left")
      ->excludes(file)
      ->excludes(available);
  available->excludes(file);

  packages::Questions& questions = options.questions;
  app.add_option("--largest", questions.largest, "The N largest packages")->type_name("N");
  const auto add_question = [&](const std::string& name, std::vector<std::string>& texts, const std::string& help,
                                const std::string& type) {
    app.add_option(name, texts, help + " (may be given several times)")->type_name(type)->allow_extra_args(false);
  };
  add_question("--section", questions.sections, "All of a section, the largest first", "S");
  add_question("--depends-on", questions.depends_on, "All that depend on package P, or on one of several with P", "P");
  add_question("--smallest", questions.smallest, "The smallest of those that depend on P", "P");
  add_question("--prefix", questions.prefixes, "All whose name begins with P, with their versions", "P");
  add_question("--maintainer", questions.maintainers, "All whose maintainer begins with M", "M");
  app.add_option("--show", questions.show, "List at most N packages of each answer")
      ->type_name("N")
      ->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : usage_error;
  }
  if (questions.is_empty()) {
    questions.largest = 10;
    questions.sections = {"admin"};
    questions.depends_on = {"libc6"};
    questions.prefixes = {"python3-"};
  }
  return std::nullopt;
}

packages::PackageStore import_into_new_store(const Options& options) {
  // The input first: when it cannot be read, the store of an earlier run stays as it is.
  if (options.available) std::cerr << "Reading the output of apt-cache dumpavail\n";
  packages::Input input = options.available ? packages::Input::available() : packages::Input::file(options.file);
  packages::PackageStore store = packages::make_store(options.store);
  const packages::ImportResult result = packages::import_packages(store, input);

  if (result.stored == 0) {
    throw std::runtime_error("'" + input.name() + "' has no package record that can be used" +
                             (result.malformed > 0 ? ": is it compressed, or something else?" : ""));
  }
  std::cout << "Imported " << packages::counted(result.stored, "package") << " from " << input.name() << " in "
            << std::fixed << std::setprecision(2) << result.seconds << " s ("
            << packages::grouped(static_cast<std::uint64_t>(static_cast<double>(result.records) / result.seconds))
            << "/s)\n";
  if (result.malformed > 0)
    std::cout << "Left out: " << packages::counted(result.malformed, "malformed record") << '\n';
  if (result.absent > 0)
    std::cout << "Left out: " << packages::counted(result.absent, "record") << " of removed packages\n";
  return store;
}

void run(const Options& options) {
  const packages::PackageStore store = options.no_import
                                           ? packages::PackageStore::open({.path = options.store, .read_only = true})
                                           : import_into_new_store(options);
  const std::uint64_t bytes = store.stats().file_bytes;
  std::cout << "Store: " << options.store << ", " << packages::size_text((bytes + 1023) / 1024) << '\n';
  packages::answer(store, options.questions, std::cout);
  if (!std::cout.flush()) throw std::runtime_error("cannot write the answers to the standard output");
}

}  // namespace

int main(int argc, char** argv) {
  try {
    Options options;
    if (const std::optional<int> exit_code = read_command_line(argc, argv, options)) return *exit_code;
    run(options);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "packages: " << error.what() << '\n';
    return 1;
  }
}
