#pragma once

/// \file
/// Where and how a command prints.

#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <istream>

namespace netabase::tools {

struct Context {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool json = false;      ///< for programs: JSON, one value a line where there are many
  bool colour = false;    ///< of `out`
  bool progress = false;  ///< `err` is a terminal that a line may be redrawn on
  std::size_t width = 0;  ///< columns of the terminal that `out` is; 0: no terminal, nothing is shortened
  std::chrono::milliseconds wait{30'000};  ///< for another process that writes, before giving up
};

}  // namespace netabase::tools
