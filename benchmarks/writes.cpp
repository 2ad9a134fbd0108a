/// \file
/// Puts, next to the same puts by hand: the record, and its entry in one index.

#include "data.hpp"
#include "raw_store.hpp"

namespace bench {
namespace {

enum class How { loop, bulk };

/// One transaction that puts every record, the emptying before it not timed.
void put(benchmark::State& state, bool shuffled, How how) {
  const auto accounts = make_accounts(static_cast<std::uint64_t>(state.range(0)), shuffled);
  const AccountStore store = open_store("netabase_put.mdb");
  RawStore raw(std::string(folder()) + "/raw_put.mdb");
  run_pair(
      state, accounts.size(),
      [&] {
        store.with_write_transaction([](auto& txn) { txn.template open_tree<accounts::Account>().clear(); });
        raw.clear();
      },
      [&]() -> std::uint64_t {
        auto txn = store.begin_write();
        auto tree = txn.open_tree<accounts::Account>();
        if (how == How::bulk) {
          tree.put_many(accounts);
        } else {
          for (const accounts::Account& account : accounts) tree.put(account);
        }
        const std::uint64_t entries = tree.len() + tree.by<&accounts::Account::email>().count();
        txn.commit();
        return entries;
      },
      [&] {
        raw.put_all(accounts);
        return raw.count();
      });
}

void put_in_order(benchmark::State& state) { put(state, false, How::loop); }
void put_shuffled(benchmark::State& state) { put(state, true, How::loop); }
void put_many_shuffled_against_raw_loop(benchmark::State& state) { put(state, true, How::bulk); }

BENCHMARK(put_in_order)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();
BENCHMARK(put_shuffled)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();
BENCHMARK(put_many_shuffled_against_raw_loop)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();

}  // namespace
}  // namespace bench
