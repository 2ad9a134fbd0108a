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

/// A read transaction of each side.
struct Snapshots {
  explicit Snapshots(const benchmark::State& state)
      : count(static_cast<std::uint64_t>(state.range(0))),
        stores(filled(count)),
        txn(stores.store.begin_read()),
        tree(txn.open_tree<accounts::Account>()),
        raw(stores.raw.begin(true)) {}
  ~Snapshots() { mdb_txn_abort(raw); }
  Snapshots(const Snapshots&) = delete;
  Snapshots& operator=(const Snapshots&) = delete;

  std::uint64_t count;
  Filled& stores;
  netabase::ReadTransaction<accounts::AccountsDefinition, netabase::Lmdb> txn;
  netabase::ReadTree<accounts::Account, netabase::Lmdb> tree;
  MDB_txn* raw;
};

/// Reads the record of each of `keys`, and adds up what `read` makes of it.
template <class Keys, class Read>
Work for_each(const Keys& keys, Read read) {
  return [&keys, read] {
    std::uint64_t sum = 0;
    for (const auto& key : keys) sum += read(key);
    return sum;
  };
}

void get_borrowed(benchmark::State& state) {
  const Snapshots in(state);
  const auto ids = make_ids(in.count);
  run_pair(
      state, in.count, nothing,
      for_each(ids, [&](std::uint64_t id) { return three_fields(*in.tree.get_borrowed(id)); }),
      for_each(ids, [&](std::uint64_t id) { return three_fields(UnpackedAccount(in.stores.raw.get(in.raw, id))); }));
}

void get_owned(benchmark::State& state) {
  const Snapshots in(state);
  const auto ids = make_ids(in.count);
  run_pair(state, in.count, nothing, for_each(ids, [&](std::uint64_t id) { return three_fields(*in.tree.get(id)); }),
           for_each(ids, [&](std::uint64_t id) {
             const UnpackedAccount packed(in.stores.raw.get(in.raw, id));
             const accounts::Account account{packed.id, std::string(packed.username), std::string(packed.email),
                                             std::string(packed.city), packed.age};
             return three_fields(account);
           }));
}

void find_by_unique_index(benchmark::State& state) {
  const Snapshots in(state);
  std::vector<std::string> emails;
  for (const std::uint64_t id : make_ids(in.count)) emails.push_back(make_account(id).email);
  const auto index = in.tree.by<&accounts::Account::email>();
  run_pair(state, in.count, nothing,
           for_each(emails, [&](const std::string& email) { return three_fields(*index.find(email)); }),
           for_each(emails, [&](const std::string& email) {
             MDB_val key = to_value(email);
             MDB_val id;
             require(mdb_get(in.raw, in.stores.raw.index, &key, &id), "mdb_get");
             MDB_val value;
             require(mdb_get(in.raw, in.stores.raw.records, &id, &value), "mdb_get");
             return three_fields(UnpackedAccount(value));
           }));
}

void scan(benchmark::State& state) {
  const Snapshots in(state);
  run_pair(
      state, in.count, nothing,
      [&] {
        std::uint64_t sum = 0;
        for (const accounts::AccountRef account : in.tree.iter_borrowed()) sum += three_fields(account);
        return sum;
      },
      [&] {
        std::uint64_t sum = 0;
        MDB_cursor* cursor = nullptr;
        require(mdb_cursor_open(in.raw, in.stores.raw.records, &cursor), "mdb_cursor_open");
        MDB_val key;
        MDB_val value;
        while (mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == 0) sum += three_fields(UnpackedAccount(value));
        mdb_cursor_close(cursor);
        return sum;
      });
}

BENCHMARK(get_borrowed)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();
BENCHMARK(get_owned)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();
BENCHMARK(scan)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();
BENCHMARK(find_by_unique_index)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();

}  // namespace
}  // namespace bench
