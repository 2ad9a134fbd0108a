/// \file
/// Many threads that each commit one record at a time, durably: through write_async, next to a transaction for each
/// record. What counts is the medium, so the store lies in $NETABASE_BENCHMARK_DISK, or in the current folder.

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <thread>

#include "data.hpp"

namespace bench {
namespace {

constexpr std::uint64_t records_of_a_thread = 20;

/// A synced store in a file that goes with it.
struct DurableStore {
  DurableStore() {
    const char* const wanted = std::getenv("NETABASE_BENCHMARK_DISK");
    config.path = std::string(wanted != nullptr ? wanted : ".") + "/netabase_concurrency.mdb";
    config.truncate = true;
    store = std::make_unique<AccountStore>(AccountStore::open(config));
  }
  ~DurableStore() {
    store.reset();
    std::filesystem::remove(config.path);
    std::filesystem::remove(config.path + "-lock");
  }
  DurableStore(const DurableStore&) = delete;
  DurableStore& operator=(const DurableStore&) = delete;

  netabase::Config config;
  std::unique_ptr<AccountStore> store;
};

/// Each of the threads calls `write(account)` for records of its own, one after the other. Returns how many there are
/// then.
template <class Write>
std::uint64_t in_threads(const AccountStore& store, std::uint64_t threads, Write write) {
  std::vector<std::thread> running;
  for (std::uint64_t thread = 0; thread < threads; ++thread) {
    running.emplace_back([thread, &write] {
      for (std::uint64_t i = 1; i <= records_of_a_thread; ++i) write(make_account(thread * records_of_a_thread + i));
    });
  }
  for (std::thread& thread : running) thread.join();
  auto txn = store.begin_read();
  return txn.open_tree<accounts::Account>().len();
}

void durable_commits_grouped_against_single(benchmark::State& state) {
  const auto threads = static_cast<std::uint64_t>(state.range(0));
  const DurableStore durable;
  const AccountStore& store = *durable.store;
  run_pair(
      state, threads * records_of_a_thread,
      [&] { store.with_write_transaction([](auto& txn) { txn.template open_tree<accounts::Account>().clear(); }); },
      [&] {
        return in_threads(store, threads, [&](const accounts::Account& account) {
          store.write_async([&](auto& txn) { txn.template open_tree<accounts::Account>().put(account); }).get();
        });
      },
      [&] {
        return in_threads(store, threads, [&](const accounts::Account& account) {
          store.with_write_transaction([&](auto& txn) { txn.template open_tree<accounts::Account>().put(account); });
        });
      });
}

BENCHMARK(durable_commits_grouped_against_single)->Arg(1)->Arg(16)->Iterations(rounds)->UseManualTime();

}  // namespace
}  // namespace bench
