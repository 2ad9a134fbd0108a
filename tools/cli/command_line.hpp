#pragma once

/// \file
/// The command line of netabase.

#include <iosfwd>
#include <istream>
#include <string>
#include <vector>

namespace netabase::tools {

/// What the command runs in.
struct Surroundings {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool no_colour = false;  ///< NO_COLOR is set
  std::size_t width = 0;   ///< columns of the terminal; 0: unknown
};

/// Runs one command and returns its ExitCode; throws nothing.
int run_command_line(const std::vector<std::string>& arguments, const Surroundings& surroundings);

/// The names of all commands, in the order of the help.
std::vector<std::string> command_names();

}  // namespace netabase::tools
