#pragma once

/// \file
/// netabase-gen's command line: arguments in, exit code out.

#include <iosfwd>
#include <string>
#include <variant>
#include <vector>

#include "compiler/driver/driver.hpp"

namespace netabase::compiler::driver {

/// What to do when there is nothing to generate: the exit code, after the text was printed.
struct Finished {
  int exit_code = exit_ok;
};

/// Reads the arguments (without the program's name). `--help`, `--version` and errors are printed, and give Finished.
/// `@FILE` stands for the lines of the file, one argument each. Compiler arguments (-I, -isystem, -D …) may stand
/// anywhere, with their value in the same argument or in the next one; behind `--` everything is one.
std::variant<Options, Finished> parse_command_line(const std::vector<std::string>& arguments, std::ostream& out,
                                                   std::ostream& err);

/// All of netabase-gen. Returns the exit code; throws nothing.
int run_command_line(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err);

}  // namespace netabase::compiler::driver
