/// \file
/// The gate between transactions and what needs to be alone.

#include "engine/lmdb_gate.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

namespace netabase::test {

using engine::lmdb::Gate;

TEST_CASE("one of those who leave an orphaned gate is the last, and nobody touches it afterwards") {
  constexpr int sharers = 3;
  for (int round = 0; round < 2000; ++round) {
    auto* const gate = new Gate;
    for (int i = 0; i < sharers; ++i) gate->enter();
    std::atomic<int> started{0};
    std::atomic<int> last{0};
    const auto leave = [&](bool was_last) {
      if (!was_last) return;
      ++last;
      delete gate;  // what a sanitizer notices any later use of
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < sharers; ++i) {
      threads.emplace_back([&] {
        ++started;
        while (started <= sharers) std::this_thread::yield();
        leave(gate->leave());
      });
    }
    while (started < sharers) std::this_thread::yield();
    // Somebody wants it for himself at first, so that some leave by the slow way.
    const auto now = std::chrono::steady_clock::now();
    const bool wanted = gate->want(now);
    ++started;
    if (wanted) gate->stop_wanting();
    leave(gate->orphan());
    for (std::thread& thread : threads) thread.join();
    REQUIRE(last == 1);
  }
}

}  // namespace netabase::test
