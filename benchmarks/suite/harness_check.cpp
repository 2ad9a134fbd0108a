/// \file
/// Whether the harness notices a side that does less, reads something else or leaves something else: run with `count`,
/// `sum` or `left` it must fail, with `same` it must not.

#include <string>

#include "harness.hpp"

int main(int argc, char** argv) {
  const std::string what = argc == 2 ? argv[1] : "same";
  suite::Options options;
  options.rounds = 2;
  suite::Suite suite(options, stdout);
  suite::Case checked;
  checked.workload = "check";
  checked.operation = what;
  checked.expected = 3;
  suite::Outcome read[2] = {{3, 1}, {3, 1}};
  suite::Outcome left[2] = {{3, 5}, {3, 5}};
  if (what == "count") read[1].count = 2;
  if (what == "sum") read[1].sum = 2;
  if (what == "left") left[1].sum = 6;
  suite.run(
      checked,
      {{"A", "B"}, {}, [&](std::size_t side) { return read[side]; }, [&](std::size_t side) { return left[side]; }});
}
