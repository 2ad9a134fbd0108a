#pragma once

/// \file
/// Rounds in which every side does the same work in turn, A B C, B C A, …, in one process. Each time goes out as a line
/// of JSON; medians, ratios and spreads are made of them by report.py.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

namespace suite {

/// How much is measured: `smoke` is a test of the suite itself, tiny and of one round.
enum class Size { smoke, quick, standard, full };

struct Options {
  Size size = Size::standard;
  int rounds = 9;
  bool instructions = false;       ///< one round, everything once, each piece of work a dump of Callgrind's
  int first_round = 0;             ///< number of the first round, for processes that take turns with others
  std::vector<std::string> only;   ///< workloads; empty: all
  std::vector<std::string> sides;  ///< empty: all that were built
  std::string memory_folder;       ///< on tmpfs
  std::string disk_folder;
};

/// What a piece of work read or wrote: how many records, and a sum over their contents. Equal on all sides.
struct Outcome {
  std::uint64_t count = 0;
  std::uint64_t sum = 0;
  void add(std::uint64_t digest) {
    ++count;
    sum += digest;
  }
};

/// One row of the results.
struct Case {
  std::string workload;          ///< "article"
  std::string operation;         ///< "get, owned"
  std::uint64_t records = 0;     ///< in the store
  std::uint64_t operations = 1;  ///< that one time is divided by
  std::uint64_t expected = 0;    ///< count of the outcome; another one ends the program
  int repeats = 1;               ///< the work is done so many times for one time, each after a `prepare`
  int most_rounds = 1000;        ///< fewer rounds than the options ask for, where one takes long
};

/// What the sides of a case do, by their number.
struct Sides {
  std::vector<std::string> names;
  std::function<void(std::size_t)> prepare;  ///< not timed; may be empty
  std::function<Outcome(std::size_t)> work;
  std::function<Outcome(std::size_t)> verify;  ///< not timed; may be empty; what the work left, the same on all sides
};

class Suite {
 public:
  /// Writes its lines to `out`, its progress to stderr.
  Suite(Options options, std::FILE* out) : options_(std::move(options)), out_(out) {}

  const Options& options() const { return options_; }
  bool wants(const std::string& workload) const;
  bool wants_side(const std::string& side) const;

  /// A round that is not counted, then the rounds. Ends the program when a count is not the expected one or the sides'
  /// sums differ.
  void run(Case what, const Sides& sides);

  /// A number that is not a time, such as bytes on disk.
  void figure(const Case& what, const std::string& side, const std::string& unit, double value);

  /// A time, or a rate, of one round that a workload took by itself.
  void sample(const Case& what, const std::string& side, int round, const std::string& unit, double value);

  /// A line on stderr that the next one overwrites.
  void progress(const Case& what) const;

 private:
  Options options_;
  std::FILE* out_;
};

/// Ends the program with this message: a benchmark that did not do its work means nothing.
[[noreturn]] void fail(const std::string& message);
void require(bool condition, const std::string& message);

/// Seconds of a steady clock.
double now();

/// Lets nothing before it be left out.
template <class T>
void keep(const T& value) {
  asm volatile("" : : "r"(&value) : "memory");
}

}  // namespace suite
