/// \file
/// The hot paths, each by netabase and by LMDB by hand, for scripts/hot_paths.sh. Takes the folder for its files.

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "accounts.netabase.hpp"
#include "count.hpp"
#include "netabase/config.hpp"
#include "people.netabase.hpp"
#include "raw.hpp"

namespace hot {
namespace {

using accounts::Account;
using people::Person;

constexpr std::uint64_t record_count = 1000;

template <class Definition>
netabase::Store<Definition> open(const std::string& path) {
  netabase::Config config;
  config.path = path;
  config.truncate = true;
  config.durability = netabase::Durability::none;
  return netabase::Store<Definition>::open(config);
}

Account make_account(std::uint64_t id) {
  Account account;
  account.id = id;
  account.username = "user number " + std::to_string(id);
  account.email = "user" + std::to_string(id * 7919 % 1000003) + "@example.com";
  account.city = id % 3 == 0 ? "Paris" : "Rome";
  account.age = static_cast<std::uint32_t>(id % 90);
  return account;
}

Packed pack(const Account& account) {
  Packed packed;
  packed.id = account.id;
  packed.first = account.age;
  packed.texts[0] = account.username;
  packed.texts[1] = account.email;
  packed.texts[2] = account.city;
  return packed;
}

Person make_person(std::uint64_t id, std::uint32_t households) {
  Person person;
  person.id = id;
  person.name = "person number " + std::to_string(id);
  person.street = "a street of no great length";
  person.household = static_cast<std::uint32_t>(id % households);
  person.age = static_cast<std::uint32_t>(id * 31 % 90);
  return person;
}

Packed pack(const Person& person) {
  Packed packed;
  packed.id = person.id;
  packed.first = person.household;
  packed.second = person.age;
  packed.texts[0] = person.name;
  packed.texts[1] = person.street;
  return packed;
}

/// Three fields, so that what is counted is not the look-up alone.
std::uint64_t read(const accounts::AccountRef& account) {
  return account.age() + account.username().size() + static_cast<unsigned char>(account.email().back());
}
std::uint64_t read(const Account& account) {
  return account.age + account.username.size() + static_cast<unsigned char>(account.email.back());
}
std::uint64_t read(const Packed& account) {
  return account.first + account.texts[0].size() + static_cast<unsigned char>(account.texts[1].back());
}

Packed get(MDB_txn* txn, MDB_dbi table, MDB_val key) {
  MDB_val value;
  require(mdb_get(txn, table, &key, &value));
  return Packed(value);
}

void put(MDB_cursor* records, MDB_cursor* index, const Account& account) {
  const Packed packed = pack(account);
  RawKey id(account.id);
  MDB_val key = id.value();
  MDB_val value{packed.size(), nullptr};
  require(mdb_cursor_put(records, &key, &value, MDB_RESERVE | MDB_NOOVERWRITE));
  packed.write(value.mv_data);
  MDB_val email = to_value(account.email);
  key = id.value();
  require(mdb_cursor_put(index, &email, &key, MDB_NOOVERWRITE));
}

/// Adds up what `read` makes of each of `items`.
template <class Items, class Read>
std::uint64_t sum_over(const Items& items, Read read) {
  std::uint64_t sum = 0;
  for (const auto& item : items) sum += read(item);
  return sum;
}

void count_writes(const std::string& folder, std::vector<Account> accounts) {
  const auto store = open<accounts::AccountsDefinition>(folder + "/netabase_writes.mdb");
  RawStore raw(folder + "/raw_writes.mdb");
  const auto clear = [&] {
    store.with_write_transaction([](auto& txn) { txn.template open_tree<Account>().clear(); });
    raw.clear();
  };
  const auto fill = [&] {
    auto txn = store.begin_write();
    auto tree = txn.open_tree<Account>();
    for (const Account& account : accounts) tree.put(account);
    const std::uint64_t stored = tree.len();
    txn.commit();
    return stored;
  };
  const auto fill_raw = [&] {
    MDB_txn* const txn = raw.begin(0);
    MDB_cursor* const records = raw.cursor(txn, raw.records);
    MDB_cursor* const index = raw.cursor(txn, raw.index);
    for (const Account& account : accounts) put(records, index, account);
    MDB_stat stat;
    require(mdb_stat(txn, raw.records, &stat));
    mdb_cursor_close(records);
    mdb_cursor_close(index);
    require(mdb_txn_commit(txn));
    return std::uint64_t{stat.ms_entries};
  };

  count({"put_in_order", record_count, clear, fill, fill_raw});
  std::shuffle(accounts.begin(), accounts.end(), std::mt19937_64(42));
  count({"put_shuffled", record_count, clear, fill, fill_raw});
  count({"put_many_shuffled", record_count, clear,
         [&] {
           auto txn = store.begin_write();
           auto tree = txn.open_tree<Account>();
           tree.put_many(accounts);
           const std::uint64_t stored = tree.len();
           txn.commit();
           return stored;
         },
         fill_raw});

  clear();
  fill();
  fill_raw();
  count({"update_unindexed", record_count, [] {},
         [&] {
           auto txn = store.begin_write();
           auto tree = txn.open_tree<Account>();
           std::uint64_t found = 0;
           for (const Account& account : accounts) found += tree.update(account.id, [](Account& old) { ++old.age; });
           txn.commit();
           return found;
         },
         [&] {
           MDB_txn* const txn = raw.begin(0);
           MDB_cursor* const records = raw.cursor(txn, raw.records);
           for (const Account& account : accounts) {
             RawKey id(account.id);
             MDB_val key = id.value();
             MDB_val value;
             require(mdb_get(txn, raw.records, &key, &value));
             char copy[256];
             std::memcpy(copy, value.mv_data, value.mv_size);
             value.mv_data = copy;
             Packed packed(value);
             ++packed.first;
             require(mdb_cursor_put(records, &key, &value, MDB_RESERVE));
             packed.write(value.mv_data);
           }
           mdb_cursor_close(records);
           require(mdb_txn_commit(txn));
           return record_count;
         }});

  constexpr std::uint64_t times = 100;
  count({"begin_commit_write", times, [] {},
         [&] {
           for (std::uint64_t i = 0; i < times; ++i) store.begin_write().commit();
           return times;
         },
         [&] {
           for (std::uint64_t i = 0; i < times; ++i) require(mdb_txn_commit(raw.begin(0)));
           return times;
         }});

  MDB_txn* const idle = raw.begin(MDB_RDONLY);
  mdb_txn_reset(idle);
  count({"begin_end_read", times, [] {},
         [&] {
           for (std::uint64_t i = 0; i < times; ++i) store.begin_read();
           return times;
         },
         [&] {
           for (std::uint64_t i = 0; i < times; ++i) {
             require(mdb_txn_renew(idle));
             mdb_txn_reset(idle);
           }
           return times;
         }});
  count({"read_of_one_record", times, [] {},
         [&] {
           std::uint64_t sum = 0;
           for (std::uint64_t i = 0; i < times; ++i) {
             auto txn = store.begin_read();
             sum += read(*txn.open_tree<Account>().get_borrowed(i + 1));
           }
           return sum;
         },
         [&] {
           std::uint64_t sum = 0;
           for (std::uint64_t i = 0; i < times; ++i) {
             require(mdb_txn_renew(idle));
             sum += read(get(idle, raw.records, RawKey(i + 1).value()));
             mdb_txn_reset(idle);
           }
           return sum;
         }});
  mdb_txn_abort(idle);
}

void count_reads(const std::string& folder, const std::vector<Account>& accounts) {
  const auto store = open<accounts::AccountsDefinition>(folder + "/netabase_reads.mdb");
  RawStore raw(folder + "/raw_reads.mdb");
  store.with_write_transaction([&](auto& txn) { txn.template open_tree<Account>().put_many(accounts); });
  MDB_txn* writing = raw.begin(0);
  MDB_cursor* into_records = raw.cursor(writing, raw.records);
  MDB_cursor* into_index = raw.cursor(writing, raw.index);
  for (const Account& account : accounts) put(into_records, into_index, account);
  require(mdb_txn_commit(writing));

  auto txn = store.begin_read();
  const auto tree = txn.open_tree<Account>();
  const auto by_email = tree.by<&Account::email>();
  MDB_txn* const raw_txn = raw.begin(MDB_RDONLY);
  MDB_cursor* const cursor = raw.cursor(raw_txn, raw.records);

  std::vector<std::uint64_t> ids;
  for (const Account& account : accounts) ids.push_back(account.id);
  std::shuffle(ids.begin(), ids.end(), std::mt19937_64(43));
  std::vector<std::string> emails;
  for (const std::uint64_t id : ids) emails.push_back(make_account(id).email);

  count({"get_borrowed", record_count, [] {},
         [&] { return sum_over(ids, [&](std::uint64_t id) { return read(*tree.get_borrowed(id)); }); },
         [&] {
           return sum_over(ids, [&](std::uint64_t id) { return read(get(raw_txn, raw.records, RawKey(id).value())); });
         }});
  count({"get_owned", record_count, [] {},
         [&] { return sum_over(ids, [&](std::uint64_t id) { return read(*tree.get(id)); }); },
         [&] {
           return sum_over(ids, [&](std::uint64_t id) {
             const Packed packed = get(raw_txn, raw.records, RawKey(id).value());
             const Account account{packed.id, std::string(packed.texts[0]), std::string(packed.texts[1]),
                                   std::string(packed.texts[2]), packed.first};
             return read(account);
           });
         }});
  count({"find_unique", record_count, [] {},
         [&] { return sum_over(emails, [&](const std::string& email) { return read(*by_email.find(email)); }); },
         [&] {
           return sum_over(emails, [&](const std::string& email) {
             MDB_val key = to_value(email);
             MDB_val id;
             require(mdb_get(raw_txn, raw.index, &key, &id));
             return read(get(raw_txn, raw.records, id));
           });
         }});
  count({"scan", record_count, [] {},
         [&] {
           std::uint64_t sum = 0;
           for (const accounts::AccountRef account : tree.iter_borrowed()) sum += read(account);
           return sum;
         },
         [&] {
           std::uint64_t sum = 0;
           MDB_val key;
           MDB_val value;
           int code = mdb_cursor_get(cursor, &key, &value, MDB_FIRST);
           for (; code == 0; code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) sum += read(Packed(value));
           return sum;
         }});
  mdb_cursor_close(cursor);
  mdb_txn_abort(raw_txn);
}

/// `path`: what it is called; `size`: records with the same indexed number.
void count_equal(const std::string& folder, const char* path, std::uint32_t size) {
  const auto households = static_cast<std::uint32_t>(record_count / size);
  const auto store = open<people::PeopleDefinition>(folder + "/netabase_" + path + ".mdb");
  RawStore raw(folder + "/raw_" + path + ".mdb");
  MDB_txn* writing = raw.begin(0);
  std::vector<Person> persons;
  for (std::uint64_t i = 0; i < record_count; ++i) {
    persons.push_back(make_person(i, households));
    const Packed packed = pack(persons.back());
    RawKey id(i);
    MDB_val key = id.value();
    MDB_val value{packed.size(), nullptr};
    require(mdb_put(writing, raw.records, &key, &value, MDB_RESERVE));
    packed.write(value.mv_data);
    RawEntry entry(persons.back().household, i);
    key = entry.value();
    value = {0, nullptr};
    require(mdb_put(writing, raw.index, &key, &value, 0));
  }
  require(mdb_txn_commit(writing));
  store.with_write_transaction([&](auto& txn) { txn.template open_tree<Person>().put_many(persons); });

  auto txn = store.begin_read();
  const auto tree = txn.open_tree<Person>();
  MDB_txn* const raw_txn = raw.begin(MDB_RDONLY);
  MDB_cursor* const cursor = raw.cursor(raw_txn, raw.index);
  count({path, households, [] {},
         [&] {
           std::uint64_t sum = 0;
           for (std::uint32_t household = 0; household < households; ++household) {
             for (const people::PersonRef person : tree.by<&Person::household>().equal(household)) sum += person.age();
           }
           return sum;
         },
         [&] {
           std::uint64_t sum = 0;
           for (std::uint32_t household = 0; household < households; ++household) {
             const RawEntry first(household);
             RawEntry wanted = first;
             MDB_val key = wanted.value();
             MDB_val value;
             int code = mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE);
             while (code == 0 && std::memcmp(key.mv_data, first.bytes, 4) == 0) {
               sum += get(raw_txn, raw.records, {8, static_cast<char*>(key.mv_data) + 4}).second;
               code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
             }
           }
           return sum;
         }});
  mdb_cursor_close(cursor);
  mdb_txn_abort(raw_txn);
}

}  // namespace
}  // namespace hot

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: netabase_hot_paths FOLDER (an empty one, for the stores)\n");
    return 2;
  }
  std::vector<accounts::Account> accounts;
  for (std::uint64_t id = 1; id <= hot::record_count; ++id) accounts.push_back(hot::make_account(id));
  hot::count_reads(argv[1], accounts);
  hot::count_equal(argv[1], "equal_of_2", 2);
  hot::count_equal(argv[1], "equal_of_100", 100);
  hot::count_writes(argv[1], std::move(accounts));
}
