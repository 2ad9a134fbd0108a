/// \file
/// Look-ups and queries through an index that is not unique, next to the loop that an engineer writes by hand: a cursor
/// on the index, a get for each entry, a comparison of a packed field.

#include <algorithm>
#include <cstring>
#include <memory>

#include "netabase/config.hpp"
#include "pair.hpp"
#include "raw_people.hpp"

namespace bench {
namespace {

using netabase::field;
using people::Person;
using PeopleStore = netabase::Store<people::PeopleDefinition>;

constexpr std::uint64_t household_size = 100;
constexpr std::uint32_t countries = 10;

Person make_person(std::uint64_t id, std::uint64_t count) {
  Person person;
  person.id = id;
  person.name = "person number " + std::to_string(id);
  person.street = "a street of no great length";
  // Neighbours by number live apart, so that an index's records are spread over the whole table.
  person.household = static_cast<std::uint32_t>(id % (count / household_size));
  person.country = static_cast<std::uint32_t>(id * 7919 % 1000003 % countries);
  person.age = static_cast<std::uint32_t>(id * 31 % 90);
  return person;
}

/// Both stores with the same people.
struct People {
  explicit People(std::uint64_t people) : count(people), raw(std::string(folder()) + "/raw_people.mdb") {
    netabase::Config config;
    config.path = std::string(folder()) + "/netabase_people.mdb";
    config.truncate = true;
    config.durability = netabase::Durability::none;
    store = std::make_unique<PeopleStore>(PeopleStore::open(config));
    constexpr std::uint64_t at_once = 100000;
    for (std::uint64_t first = 0; first < count; first += at_once) {
      std::vector<Person> some;
      for (std::uint64_t id = first; id < std::min(first + at_once, count); ++id)
        some.push_back(make_person(id, count));
      store->with_write_transaction([&](auto& txn) { txn.template open_tree<Person>().put_many(some); });
      put_raw(some);
    }
  }

  void put_raw(const std::vector<Person>& some) {
    MDB_txn* txn = raw.begin(false);
    require(mdb_dbi_open(txn, "countries", MDB_CREATE, &by_country), "mdb_dbi_open");
    for (const Person& person : some) {
      RawKey id(person.id);
      MDB_val key = id.value();
      MDB_val value{packed_size(person), nullptr};
      require(mdb_put(txn, raw.records, &key, &value, MDB_RESERVE), "mdb_put");
      pack(person, value.mv_data);
      MDB_val nothing{0, nullptr};
      RawEntry household(person.household, person.id);
      key = household.value();
      require(mdb_put(txn, raw.index, &key, &nothing, 0), "mdb_put");
      RawEntry country(person.country, person.id);
      key = country.value();
      require(mdb_put(txn, by_country, &key, &nothing, 0), "mdb_put");
    }
    raw.commit(txn);
  }

  std::uint64_t count;
  std::unique_ptr<PeopleStore> store;
  RawStore raw;
  MDB_dbi by_country = 0;
};

People& people_of(std::uint64_t count) {
  static std::unique_ptr<People> people;
  if (people == nullptr || people->count != count) {
    people.reset();
    people = std::make_unique<People>(count);
  }
  return *people;
}

std::uint64_t name_and_age(const people::PersonRef& person) { return person.age() + person.name().size(); }
std::uint64_t name_and_age(const PackedPerson& person) { return person.age + person.name; }

/// What one looks like by hand: calls `use` with the head of each person that the index has under `number`.
template <class Use>
void each_by_hand(MDB_txn* txn, MDB_dbi records, MDB_cursor* cursor, std::uint32_t number, Use&& use) {
  RawEntry from(number, 0);
  MDB_val key = from.value();
  MDB_val value;
  int code = mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE);
  while (code == 0 && std::memcmp(key.mv_data, from.bytes, sizeof(number)) == 0) {
    MDB_val id{sizeof(std::uint64_t), static_cast<char*>(key.mv_data) + sizeof(number)};
    MDB_val record;
    require(mdb_get(txn, records, &id, &record), "mdb_get");
    PackedPerson person;
    std::memcpy(&person, record.mv_data, sizeof(person));
    use(person);
    code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
  }
}

/// Some households, spread; each side reads all of their people.
template <class Read>
void households(benchmark::State& state, Read&& read) {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  People& people = people_of(count);
  std::vector<std::uint32_t> wanted;
  const std::uint64_t all = count / household_size;
  for (std::uint64_t i = 0; i < std::min<std::uint64_t>(all, 200); ++i) {
    wanted.push_back(static_cast<std::uint32_t>(i * 7919 % all));
  }
  auto txn = people.store->begin_read();
  const auto tree = txn.template open_tree<Person>();
  MDB_txn* raw = people.raw.begin(true);
  MDB_cursor* cursor = nullptr;
  require(mdb_cursor_open(raw, people.raw.index, &cursor), "mdb_cursor_open");
  run_pair(
      state, wanted.size() * household_size, [] {},
      [&] {
        std::uint64_t sum = 0;
        for (const std::uint32_t household : wanted) sum += read(tree, household);
        return sum;
      },
      [&] {
        std::uint64_t sum = 0;
        for (const std::uint32_t household : wanted) {
          each_by_hand(raw, people.raw.records, cursor, household,
                       [&](const PackedPerson& person) { sum += name_and_age(person); });
        }
        return sum;
      });
  mdb_cursor_close(cursor);
  mdb_txn_abort(raw);
}

void equal_on_an_index_of_100(benchmark::State& state) {
  households(state, [](const auto& tree, std::uint32_t household) {
    std::uint64_t sum = 0;
    for (const auto person : tree.template by<&Person::household>().equal(household)) sum += name_and_age(person);
    return sum;
  });
}

void query_of_100(benchmark::State& state) {
  households(state, [](const auto& tree, std::uint32_t household) {
    std::uint64_t sum = 0;
    for (const auto person : tree.query().where(field<&Person::household>() == household)) sum += name_and_age(person);
    return sum;
  });
}

void query_index_and_filter(benchmark::State& state) {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  People& people = people_of(count);
  auto txn = people.store->begin_read();
  const auto tree = txn.template open_tree<Person>();
  MDB_txn* raw = people.raw.begin(true);
  MDB_cursor* cursor = nullptr;
  require(mdb_cursor_open(raw, people.by_country, &cursor), "mdb_cursor_open");
  run_pair(
      state, count / countries, [] {},
      [&] {
        std::uint64_t sum = 0;
        for (const auto person : tree.query().where(field<&Person::country>() == 3 && field<&Person::age>() >= 45)) {
          sum += name_and_age(person);
        }
        return sum;
      },
      [&] {
        std::uint64_t sum = 0;
        each_by_hand(raw, people.raw.records, cursor, 3, [&](const PackedPerson& person) {
          if (person.age >= 45) sum += name_and_age(person);
        });
        return sum;
      });
  mdb_cursor_close(cursor);
  mdb_txn_abort(raw);
}

BENCHMARK(equal_on_an_index_of_100)->Arg(1000)->Arg(1000000)->Iterations(rounds)->UseManualTime();
BENCHMARK(query_of_100)->Arg(1000)->Arg(1000000)->Iterations(rounds)->UseManualTime();
BENCHMARK(query_index_and_filter)->Arg(1000000)->Iterations(rounds)->UseManualTime();

}  // namespace
}  // namespace bench
