#include "harness.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>

// Costs nothing where Callgrind is not running, and nothing at all where its header is missing.
#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#else
#define CALLGRIND_ZERO_STATS
#define CALLGRIND_DUMP_STATS_AT(name) static_cast<void>(name)
#endif

namespace bench {
std::uint64_t allocations() noexcept;  // allocations.cpp
}

namespace suite {

namespace {

bool listed(const std::vector<std::string>& list, const std::string& name) {
  return list.empty() || std::find(list.begin(), list.end(), name) != list.end();
}

std::string name_of(const Case& what) {
  return what.workload + ", " + std::to_string(what.records) + ", " + what.operation;
}

struct Timed {
  double seconds = 0;
  std::uint64_t allocations = 0;
  std::uint64_t sum = 0;
  Outcome left;  ///< of the last repeat
};

Timed time(const Case& what, const Sides& sides, std::size_t side, bool instructions) {
  Timed all;
  for (int i = 0; i < what.repeats; ++i) {
    if (sides.prepare) sides.prepare(side);
    if (instructions) CALLGRIND_ZERO_STATS;
    const std::uint64_t allocated = bench::allocations();
    const double start = now();
    const Outcome outcome = sides.work(side);
    if (outcome.count != what.expected) {
      fail(name_of(what) + ": " + sides.names[side] + " did " + std::to_string(outcome.count) + " and not " +
           std::to_string(what.expected));
    }
    all.seconds += now() - start;
    if (instructions) {
      const std::string name = what.workload + "|" + std::to_string(what.records) + "|" + what.operation + "|" +
                               sides.names[side] + "|" + std::to_string(what.operations);
      CALLGRIND_DUMP_STATS_AT(name.c_str());
    }
    all.allocations += bench::allocations() - allocated;
    all.sum = outcome.sum;
  }
  if (sides.verify) all.left = sides.verify(side);
  return all;
}

}  // namespace

bool Suite::wants(const std::string& workload) const { return listed(options_.only, workload); }

bool Suite::wants_side(const std::string& side) const { return listed(options_.sides, side); }

void Suite::run(Case what, const Sides& sides) {
  progress(what);
  if (options_.instructions) what.repeats = 1;
  const std::size_t count = sides.names.size();
  const int rounds = std::min(options_.rounds, what.most_rounds);
  const double each = 1e9 / static_cast<double>(what.operations) / what.repeats;
  for (int round = options_.size == Size::smoke ? 0 : -1; round < rounds; ++round) {
    std::vector<Timed> times(count);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t side = (i + static_cast<std::size_t>(round + 1)) % count;
      times[side] = time(what, sides, side, options_.instructions && round >= 0);
    }
    for (std::size_t side = 0; side < count; ++side) {
      if (times[side].sum != times[0].sum) {
        fail(name_of(what) + ": " + sides.names[side] + " and " + sides.names[0] +
             " did different work: " + std::to_string(times[side].sum) + " and " + std::to_string(times[0].sum));
      }
      if (times[side].left.count != times[0].left.count || times[side].left.sum != times[0].left.sum) {
        fail(name_of(what) + ": " + sides.names[side] + " and " + sides.names[0] + " left different records: " +
             std::to_string(times[side].left.count) + " and " + std::to_string(times[0].left.count));
      }
      if (round < 0) continue;
      sample(what, sides.names[side], options_.first_round + round, "ns", times[side].seconds * each);
      if (round + 1 == rounds) {
        figure(what, sides.names[side], "allocations",
               static_cast<double>(times[side].allocations) / static_cast<double>(what.operations) / what.repeats);
        // For other processes, whose sums must be the same.
        figure(what, sides.names[side], "sum", static_cast<double>(times[side].sum % 1000000007));
      }
    }
  }
  std::fflush(out_);
}

void Suite::figure(const Case& what, const std::string& side, const std::string& unit, double value) {
  sample(what, side, -1, unit, value);
}

void Suite::sample(const Case& what, const std::string& side, int round, const std::string& unit, double value) {
  std::fprintf(out_,
               R"({"workload":"%s","records":%llu,"operation":"%s","side":"%s","round":%d,"unit":"%s","value":%.10g})"
               "\n",
               what.workload.c_str(), static_cast<unsigned long long>(what.records), what.operation.c_str(),
               side.c_str(), round, unit.c_str(), value);
}

void Suite::progress(const Case& what) const { std::fprintf(stderr, "\r\033[K%s ", name_of(what).c_str()); }

void fail(const std::string& message) {
  std::fprintf(stderr, "\n%s\n", message.c_str());
  std::exit(1);
}

void require(bool condition, const std::string& message) {
  if (!condition) fail(message);
}

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

}  // namespace suite
