#include <atomic>
#include <thread>

#include "make_users.hpp"
#include "workloads.hpp"

namespace suite {
namespace {

using users::User;

struct Rates {
  double read_ns = 0;   ///< for a record, all readers together
  double write_ns = 0;  ///< for a record
};

/// Readers that get 100 records in a transaction, again and again, and perhaps a writer that replaces 100 in one.
Rates measure(Side<User>& side, const Ids& ids, const std::vector<User>& changes, std::size_t readers, bool writes,
              double seconds) {
  constexpr std::size_t at_once = 100;
  std::atomic<std::size_t> ready = 0;
  std::atomic<bool> started = false;
  std::atomic<bool> stop = false;
  std::vector<std::uint64_t> reads(readers);
  std::uint64_t written = 0;
  std::vector<std::thread> threads;
  for (std::size_t reader = 0; reader < readers; ++reader) {
    threads.emplace_back([&, reader] {
      const auto get = side.reader();
      ++ready;
      while (!started) std::this_thread::yield();
      std::size_t at = reader * ids.size() / 2 / at_once * at_once;
      do {
        const Outcome outcome = get(std::span(ids).subspan(at, at_once));
        require(outcome.count == at_once, "a reader beside others missed a record");
        reads[reader] += outcome.count;
        at = (at + at_once) % ids.size();
      } while (!stop);
    });
  }
  if (writes) {
    threads.emplace_back([&] {
      ++ready;
      while (!started) std::this_thread::yield();
      std::size_t at = 0;
      do {
        written += side.put_loop(std::span(changes).subspan(at, at_once));
        at = (at + at_once) % changes.size();
      } while (!stop);
    });
  }
  while (ready != threads.size()) std::this_thread::yield();
  const double start = now();
  started = true;
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  stop = true;
  for (std::thread& thread : threads) thread.join();
  const double elapsed = now() - start;
  std::uint64_t all = 0;
  for (const std::uint64_t count : reads) all += count;
  require(all != 0 && (written != 0) == writes, "a reader or the writer did nothing");
  return {elapsed * 1e9 / static_cast<double>(all), elapsed * 1e9 / static_cast<double>(written)};
}

}  // namespace

void run_readers(Suite& suite) {
  std::uint64_t count = 100000;
  double seconds = 0.3;
  if (suite.options().size == Size::smoke) count = 1000, seconds = 0.01;
  if (suite.options().size == Size::quick) count = 10000, seconds = 0.1;
  Contest<User> contest = open_sides<User>(suite, in_memory(suite), "readers");
  Table<User> table(suite, contest, "readers", count);
  const std::vector<User> users = make_users(count, Order::shuffled);
  const std::vector<User> changed = make_users(count, Order::shuffled, 1);
  // The writer goes from one generation of values to the other, and back.
  std::vector<User> changes;
  for (std::size_t first = 0; first < count; first += count / 4) {
    const auto end = static_cast<std::ptrdiff_t>(std::min(first + count / 4, count));
    changes.insert(changes.end(), changed.begin() + static_cast<std::ptrdiff_t>(first), changed.begin() + end);
    changes.insert(changes.end(), users.begin() + static_cast<std::ptrdiff_t>(first), users.begin() + end);
  }
  const Ids ids = ids_of(shuffled(users));
  table.fill(users);

  const std::uint64_t transactions = suite.options().size == Size::smoke ? 10 : 100000;
  table.read("read transaction, begin and end", transactions, transactions, [&](Side<User>& side) {
    return Outcome{side.begin_read(transactions), 0};
  });

  for (const std::size_t readers : {1U, 2U}) {
    for (const bool writes : {false, true}) {
      const std::string who = std::to_string(readers) + (readers == 1 ? " reader" : " readers");
      const Case reading = table.make_case("get by " + who + (writes ? " beside a writer" : ""), 1);
      const Case writing = table.make_case("put beside " + who, 1);
      suite.progress(reading);
      for (int round = suite.options().size == Size::smoke ? 0 : -1; round < suite.options().rounds; ++round) {
        for (std::size_t i = 0; i < contest.sides.size(); ++i) {
          const std::size_t side = (i + static_cast<std::size_t>(round + 1)) % contest.sides.size();
          const Rates rates = measure(*contest.sides[side], ids, changes, readers, writes, seconds);
          if (round < 0) continue;
          suite.sample(reading, contest.names[side], round, "ns", rates.read_ns);
          if (writes) suite.sample(writing, contest.names[side], round, "ns", rates.write_ns);
        }
      }
    }
  }
}

}  // namespace suite
