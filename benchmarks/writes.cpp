/// \file
/// Puts, next to the same puts by hand: the record, and its entries in one index or two; and changes of records that
/// are there, next to LMDB's get and put.

#include <cstring>

#include "data.hpp"
#include "raw_people.hpp"

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

/// Over what is there, shuffled: each record with another age, which is not indexed, or as it is.
void put_over(benchmark::State& state, bool changed, bool by_update) {
  auto accounts = make_accounts(static_cast<std::uint64_t>(state.range(0)), true);
  const AccountStore store = open_store("netabase_over.mdb");
  RawStore raw(std::string(folder()) + "/raw_over.mdb");
  store.with_write_transaction([&](auto& txn) { txn.template open_tree<accounts::Account>().put_many(accounts); });
  raw.put_all(accounts);
  const auto next = [&](accounts::Account& account) {
    if (changed) ++account.age;
  };
  run_pair(
      state, accounts.size(),
      [&] {
        if (!by_update) std::for_each(accounts.begin(), accounts.end(), next);
      },
      [&]() -> std::uint64_t {
        auto txn = store.begin_write();
        auto tree = txn.open_tree<accounts::Account>();
        std::uint64_t done = 0;
        for (const accounts::Account& account : accounts) {
          if (by_update) {
            done += tree.update(account.id, next);
          } else {
            tree.put(account);
            ++done;
          }
        }
        txn.commit();
        return done;
      },
      [&]() -> std::uint64_t {
        MDB_txn* const txn = raw.begin(false);
        MDB_cursor* records = nullptr;
        require(mdb_cursor_open(txn, raw.records, &records), "mdb_cursor_open");
        std::uint64_t done = 0;
        for (const accounts::Account& account : accounts) {
          RawKey id(account.id);
          MDB_val key = id.value();
          MDB_val value{packed_size(account), nullptr};
          if (by_update) {
            require(mdb_cursor_get(records, &key, &value, MDB_SET), "mdb_cursor_get");
            char copy[256];
            std::memcpy(copy, value.mv_data, value.mv_size);
            PackedAccount head;
            std::memcpy(&head, copy, sizeof(head));
            ++head.age;
            std::memcpy(copy, &head, sizeof(head));
            require(mdb_cursor_put(records, &key, &value, MDB_RESERVE), "mdb_cursor_put");
            std::memcpy(value.mv_data, copy, value.mv_size);
          } else {
            require(mdb_cursor_put(records, &key, &value, MDB_RESERVE), "mdb_cursor_put");
            pack(account, value.mv_data);
          }
          ++done;
        }
        mdb_cursor_close(records);
        raw.commit(txn);
        return done;
      });
}

void put_over_unindexed_field(benchmark::State& state) { put_over(state, true, false); }
void put_over_identical(benchmark::State& state) { put_over(state, false, false); }
void update_unindexed_field(benchmark::State& state) { put_over(state, true, true); }

/// The naive loop: each record and its two index entries where they belong, in the order in which the records come.
class RawPeople {
 public:
  RawPeople() : raw_(std::string(folder()) + "/raw_bulk_people.mdb") {
    MDB_txn* const txn = raw_.begin(false);
    require(mdb_dbi_open(txn, "countries", MDB_CREATE, &countries_), "mdb_dbi_open");
    raw_.commit(txn);
  }

  void clear() {
    raw_.clear();
    MDB_txn* const txn = raw_.begin(false);
    require(mdb_drop(txn, countries_, 0), "mdb_drop");
    raw_.commit(txn);
  }

  /// Returns how many entries the three tables have.
  std::uint64_t put_all(const std::vector<people::Person>& persons) {
    MDB_txn* const txn = raw_.begin(false);
    MDB_cursor* records = open(txn, raw_.records);
    MDB_cursor* households = open(txn, raw_.index);
    MDB_cursor* countries = open(txn, countries_);
    for (const people::Person& person : persons) {
      RawKey id(person.id);
      MDB_val key = id.value();
      MDB_val value{packed_size(person), nullptr};
      require(mdb_cursor_put(records, &key, &value, MDB_RESERVE | MDB_NOOVERWRITE), "mdb_cursor_put");
      pack(person, value.mv_data);
      put_entry(households, RawEntry(person.household, person.id));
      put_entry(countries, RawEntry(person.country, person.id));
    }
    std::uint64_t entries = 0;
    for (const MDB_dbi table : {raw_.records, raw_.index, countries_}) {
      MDB_stat stat;
      require(mdb_stat(txn, table, &stat), "mdb_stat");
      entries += stat.ms_entries;
    }
    for (MDB_cursor* const cursor : {records, households, countries}) mdb_cursor_close(cursor);
    raw_.commit(txn);
    return entries;
  }

 private:
  static MDB_cursor* open(MDB_txn* txn, MDB_dbi table) {
    MDB_cursor* cursor = nullptr;
    require(mdb_cursor_open(txn, table, &cursor), "mdb_cursor_open");
    return cursor;
  }
  static void put_entry(MDB_cursor* cursor, RawEntry entry) {
    MDB_val key = entry.value();
    MDB_val nothing{0, nullptr};
    require(mdb_cursor_put(cursor, &key, &nothing, 0), "mdb_cursor_put");
  }

  RawStore raw_;
  MDB_dbi countries_ = 0;
};

void put_many_shuffled_two_indexes_against_raw_loop(benchmark::State& state) {
  std::vector<people::Person> persons;
  const auto count = static_cast<std::uint64_t>(state.range(0));
  for (std::uint64_t i = 0; i < count; ++i) {
    people::Person& person = persons.emplace_back();
    person.id = i + 1;
    person.name = "person number " + std::to_string(i);
    person.street = "a street of no great length";
    person.household = static_cast<std::uint32_t>(i * 7919 % (count / 100 + 1));
    person.country = static_cast<std::uint32_t>(i % 10);
    person.age = static_cast<std::uint32_t>(i * 31 % 90);
  }
  std::shuffle(persons.begin(), persons.end(), std::mt19937_64(42));
  netabase::Config config;
  config.path = std::string(folder()) + "/netabase_bulk_people.mdb";
  config.truncate = true;
  config.durability = netabase::Durability::none;
  const auto store = netabase::Store<people::PeopleDefinition>::open(config);
  RawPeople raw;
  run_pair(
      state, count,
      [&] {
        store.with_write_transaction([](auto& txn) { txn.template open_tree<people::Person>().clear(); });
        raw.clear();
      },
      [&]() -> std::uint64_t {
        auto txn = store.begin_write();
        auto tree = txn.open_tree<people::Person>();
        tree.put_many(persons);
        const std::uint64_t entries =
            tree.len() + tree.by<&people::Person::household>().count() + tree.by<&people::Person::country>().count();
        txn.commit();
        return entries;
      },
      [&] { return raw.put_all(persons); });
}

BENCHMARK(put_in_order)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();
BENCHMARK(put_shuffled)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();
BENCHMARK(put_many_shuffled_against_raw_loop)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();
BENCHMARK(put_many_shuffled_two_indexes_against_raw_loop)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();
BENCHMARK(put_over_unindexed_field)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();
BENCHMARK(put_over_identical)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();
BENCHMARK(update_unindexed_field)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();

}  // namespace
}  // namespace bench
