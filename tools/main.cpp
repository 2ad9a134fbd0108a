/// \file
/// netabase, the command: all of it is in the library beside this.

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "tools/cli/command_line.hpp"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  netabase::tools::Surroundings surroundings{std::cin, std::cout, std::cerr};
  surroundings.out_is_terminal = ::isatty(STDOUT_FILENO) != 0;
  surroundings.err_is_terminal = ::isatty(STDERR_FILENO) != 0;
  const char* const no_colour = std::getenv("NO_COLOR");  // NOLINT(concurrency-mt-unsafe): nothing here sets it
  surroundings.no_colour = no_colour != nullptr && *no_colour != '\0';
  winsize size{};
  if (surroundings.out_is_terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) surroundings.width = size.ws_col;
  return netabase::tools::run_command_line({argv + 1, argv + argc}, surroundings);
}
