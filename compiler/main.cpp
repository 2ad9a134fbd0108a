/// \file
/// netabase-gen: all of it is in compiler/driver.

#include <iostream>

#include "compiler/driver/command_line.hpp"

int main(int argc, char** argv) {
  return netabase::compiler::driver::run_command_line({argv + 1, argv + argc}, std::cout, std::cerr);
}
