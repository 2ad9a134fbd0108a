#include "pair.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace bench {

namespace {

struct Timed {
  double seconds = 0;
  std::uint64_t sum = 0;
  std::uint64_t allocations = 0;
};

Timed time(const Work& work) {
  const std::uint64_t before = allocations();
  const auto start = std::chrono::steady_clock::now();
  const std::uint64_t sum = work();
  const auto end = std::chrono::steady_clock::now();
  return {std::chrono::duration<double>(end - start).count(), sum, allocations() - before};
}

/// What lies this far into the values: 0.5 for the median, 0.25 for a quartile.
double at_part(std::vector<double> values, double part) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1) + 0.5)];
}

}  // namespace

void run_pair(benchmark::State& state, std::uint64_t operations, const std::function<void()>& prepare,
              const Work& netabase, const Work& raw) {
  std::vector<double> ratios;
  std::vector<double> netabase_seconds;
  std::vector<double> raw_seconds;
  std::uint64_t allocated = 0;
  bool warm = false;
  bool netabase_first = true;
  for (auto iteration : state) {
    (void)iteration;
    Timed ours;
    Timed theirs;
    const auto run_ours = [&] {
      prepare();
      ours = time(netabase);
    };
    const auto run_theirs = [&] {
      prepare();
      theirs = time(raw);
    };
    if (!warm) {
      run_ours();
      run_theirs();
      warm = true;
    }
    if (netabase_first) {
      run_ours();
      run_theirs();
    } else {
      run_theirs();
      run_ours();
    }
    netabase_first = !netabase_first;
    if (ours.sum != theirs.sum) {
      const std::string message =
          "the sides did different work: netabase " + std::to_string(ours.sum) + ", raw " + std::to_string(theirs.sum);
      state.SkipWithError(message.c_str());
      return;
    }
    ratios.push_back(ours.seconds / theirs.seconds);
    netabase_seconds.push_back(ours.seconds);
    raw_seconds.push_back(theirs.seconds);
    allocated = ours.allocations;
    state.SetIterationTime(ours.seconds);
  }
  const double each = 1e9 / static_cast<double>(operations);
  state.counters["ratio"] = at_part(ratios, 0.5);
  state.counters["ratio_low"] = at_part(ratios, 0.25);
  state.counters["ratio_high"] = at_part(ratios, 0.75);
  state.counters["netabase_ns"] = at_part(netabase_seconds, 0.5) * each;
  state.counters["raw_ns"] = at_part(raw_seconds, 0.5) * each;
  state.counters["allocations"] = static_cast<double>(allocated) / static_cast<double>(operations);
}

const char* folder() {
  static const std::string chosen = [] {
    if (const char* wanted = std::getenv("NETABASE_BENCHMARK_DIR")) return std::string(wanted);
    std::error_code error;
    if (std::filesystem::is_directory("/dev/shm", error)) return std::string("/dev/shm");
    return std::filesystem::temp_directory_path().string();
  }();
  return chosen.c_str();
}

}  // namespace bench
