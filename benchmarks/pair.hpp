#pragma once

/// \file
/// A fair pair: netabase and hand-written LMDB do the same work in turn, A B A B …, in one process, and what is
/// reported is the ratio of the two times in each round.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <functional>

namespace bench {

/// One side's work in one round. Returns a sum over everything it read or wrote, which must be the same on both sides.
using Work = std::function<std::uint64_t()>;

/// Runs rounds until `state` has enough. `prepare` is called before each side's work and not timed. Sets the counters
/// ratio (median of netabase / raw over the rounds), ratio_low and ratio_high (its quartiles), netabase_ns and raw_ns
/// (medians for one of `operations`) and allocations (operator new for one operation, netabase's side). Fails when the
/// sums differ.
void run_pair(benchmark::State& state, std::uint64_t operations, const std::function<void()>& prepare,
              const Work& netabase, const Work& raw);

/// Calls of operator new in this process so far.
std::uint64_t allocations() noexcept;

/// The folder for the stores: $NETABASE_BENCHMARK_DIR, or /dev/shm where there is one, or the temporary folder.
const char* folder();

/// Rounds of a pair.
inline constexpr int rounds = 15;

}  // namespace bench
