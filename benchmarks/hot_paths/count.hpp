#pragma once

/// \file
/// Counts what a piece of work costs, in figures that are the same on each run: instructions, which Valgrind's
/// callgrind counts, and calls of operator new.

#include <cstdint>
#include <functional>
#include <string>

namespace hot {

/// A piece of work; returns a sum over everything it read or wrote.
using Work = std::function<std::uint64_t()>;

/// One hot path, by netabase and by hand.
struct Path {
  std::string name;
  std::uint64_t operations = 0;           ///< that each run of a side carries out
  std::function<void()> prepare = [] {};  ///< before each run, not counted
  Work netabase;
  Work raw;
};

/// Runs both sides twice and counts the second time. Writes a line `NAME SIDE OPERATIONS ALLOCATIONS` for each side,
/// and has callgrind, if the program runs under it, end a profile named `NAME SIDE`. Ends the program when the sides'
/// sums differ: they did different work.
void count(const Path& path);

}  // namespace hot
