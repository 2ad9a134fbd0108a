/// \file
/// Reads, next to the same reads by hand. Each adds up what it read, so that no read can be left out.

#include "data.hpp"
#include "raw_store.hpp"

namespace bench {
namespace {

/// Both stores with the same `count` records.
struct Filled {
  explicit Filled(std::uint64_t count)
      : store(open_store("netabase_read.mdb")), raw(std::string(folder()) + "/raw_read.mdb") {
    const auto accounts = make_accounts(count, false);
    store.with_write_transaction([&](auto& txn) { txn.template open_tree<accounts::Account>().put_many(accounts); });
    raw.put_all(accounts);
  }

  AccountStore store;
  RawStore raw;
};

Filled& filled(std::uint64_t count) {
  static std::uint64_t size = 0;
  static std::unique_ptr<Filled> stores;
  if (size != count) {
    stores.reset();
    stores = std::make_unique<Filled>(count);
    size = count;
  }
  return *stores;
}

void nothing() {}

/// Three fields, so that what is measured is not the look-up alone.
template <class Account>
std::uint64_t three_fields(const Account& account) {
  if constexpr (requires { account.id(); }) {
    return account.age() + account.username().size() + static_cast<unsigned char>(account.email().back());
  } else {
    return account.age + account.username.size() + static_cast<unsigned char>(account.email.back());
  }
}

void get_borrowed(benchmark::State& state) {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  Filled& stores = filled(count);
  const auto ids = make_ids(count);
  auto txn = stores.store.begin_read();
  auto tree = txn.open_tree<accounts::Account>();
  MDB_txn* raw = stores.raw.begin(true);
  run_pair(
      state, count, nothing,
      [&] {
        std::uint64_t sum = 0;
        for (const std::uint64_t id : ids) sum += three_fields(*tree.get_borrowed(id));
        return sum;
      },
      [&] {
        std::uint64_t sum = 0;
        for (const std::uint64_t id : ids) {
          sum += three_fields(UnpackedAccount(stores.raw.get(raw, id)));
        }
        return sum;
      });
  mdb_txn_abort(raw);
}

void get_owned(benchmark::State& state) {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  Filled& stores = filled(count);
  const auto ids = make_ids(count);
  auto txn = stores.store.begin_read();
  auto tree = txn.open_tree<accounts::Account>();
  MDB_txn* raw = stores.raw.begin(true);
  run_pair(
      state, count, nothing,
      [&] {
        std::uint64_t sum = 0;
        for (const std::uint64_t id : ids) sum += three_fields(*tree.get(id));
        return sum;
      },
      [&] {
        std::uint64_t sum = 0;
        for (const std::uint64_t id : ids) {
          const UnpackedAccount packed(stores.raw.get(raw, id));
          const accounts::Account account{packed.id, std::string(packed.username), std::string(packed.email),
                                          std::string(packed.city), packed.age};
          sum += three_fields(account);
        }
        return sum;
      });
  mdb_txn_abort(raw);
}

void scan(benchmark::State& state) {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  Filled& stores = filled(count);
  auto txn = stores.store.begin_read();
  auto tree = txn.open_tree<accounts::Account>();
  MDB_txn* raw = stores.raw.begin(true);
  run_pair(
      state, count, nothing,
      [&] {
        std::uint64_t sum = 0;
        for (const accounts::AccountRef account : tree.iter_borrowed()) sum += three_fields(account);
        return sum;
      },
      [&] {
        std::uint64_t sum = 0;
        MDB_cursor* cursor = nullptr;
        require(mdb_cursor_open(raw, stores.raw.records, &cursor), "mdb_cursor_open");
        MDB_val key;
        MDB_val value;
        while (mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == 0) sum += three_fields(UnpackedAccount(value));
        mdb_cursor_close(cursor);
        return sum;
      });
  mdb_txn_abort(raw);
}

void find_by_unique_index(benchmark::State& state) {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  Filled& stores = filled(count);
  std::vector<std::string> emails;
  for (const std::uint64_t id : make_ids(count)) emails.push_back(make_account(id).email);
  auto txn = stores.store.begin_read();
  auto index = txn.open_tree<accounts::Account>().by<&accounts::Account::email>();
  MDB_txn* raw = stores.raw.begin(true);
  run_pair(
      state, count, nothing,
      [&] {
        std::uint64_t sum = 0;
        for (const std::string& email : emails) sum += three_fields(*index.find(email));
        return sum;
      },
      [&] {
        std::uint64_t sum = 0;
        for (const std::string& email : emails) {
          MDB_val key = to_value(email);
          MDB_val id;
          require(mdb_get(raw, stores.raw.index, &key, &id), "mdb_get");
          MDB_val value;
          require(mdb_get(raw, stores.raw.records, &id, &value), "mdb_get");
          sum += three_fields(UnpackedAccount(value));
        }
        return sum;
      });
  mdb_txn_abort(raw);
}

BENCHMARK(get_borrowed)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();
BENCHMARK(get_owned)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();
BENCHMARK(scan)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();
BENCHMARK(find_by_unique_index)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();

}  // namespace
}  // namespace bench
