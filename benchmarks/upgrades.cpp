/// \file
/// Opening a store: one whose schema did not change, large next to small; and one that gets two indexes, next to
/// putting its records again.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <filesystem>
#include <string>

#include "netabase/config.hpp"
#include "pair.hpp"
#include "people.netabase.hpp"
#include "people_old.netabase.hpp"

namespace bench {
namespace {

using OldStore = netabase::Store<people_old::PeopleDefinition>;
using NewStore = netabase::Store<people::PeopleDefinition>;

netabase::Config at(const std::string& name) {
  netabase::Config config;
  config.path = std::string(folder()) + "/" + name;
  config.durability = netabase::Durability::none;
  return config;
}

/// A store of the old schema; gone at the end.
class Old {
 public:
  Old(const std::string& name, std::uint64_t records) : config(at(name)) {
    config.truncate = true;
    const OldStore store = OldStore::open(config);
    config.truncate = false;
    store.with_write_transaction([&](OldStore::Write& txn) {
      auto people = txn.open_tree<people_old::Person>();
      people_old::Person person;
      for (std::uint64_t id = 1; id <= records; ++id) {
        person.id = id;
        person.name = std::string("person ").append(std::to_string(id));
        person.street = "Rue de la Paix 12";
        // Neighbours by number live apart, as those of the queries' benchmarks do.
        person.household = static_cast<std::uint32_t>(id % (records / 100));
        person.country = static_cast<std::uint32_t>(id * 7919 % 1000003 % 10);
        person.age = static_cast<std::uint32_t>(id % 90);
        people.put(person);
      }
    });
  }
  ~Old() {
    std::filesystem::remove(config.path);
    std::filesystem::remove(config.path + "-lock");
  }
  Old(const Old&) = delete;
  Old& operator=(const Old&) = delete;

  netabase::Config config;
};

/// How many records are found through the second of the new indexes.
std::uint64_t found(const NewStore& store) {
  auto read = store.begin_read();
  return read.open_tree<people::Person>().by<&people::Person::country>().count(3);
}

/// netabase: the upgrade at open. The other side: every record read and put into a store that has the indexes.
void indexes_built_at_open(benchmark::State& state) {
  const auto records = static_cast<std::uint64_t>(state.range(0));
  const Old old("netabase_upgrade_old.mdb", records);
  const netabase::Config upgraded = at("netabase_upgrade_new.mdb");
  netabase::Config fresh = at("netabase_upgrade_put.mdb");
  fresh.truncate = true;
  run_pair(
      state, records,
      [&] {
        std::filesystem::copy_file(old.config.path, upgraded.path, std::filesystem::copy_options::overwrite_existing);
      },
      [&] { return found(NewStore::open(upgraded)); },
      [&] {
        const OldStore from = OldStore::open(old.config);
        const NewStore to = NewStore::open(fresh);
        auto read = from.begin_read();
        to.with_write_transaction([&](NewStore::Write& txn) {
          auto people = txn.open_tree<people::Person>();
          for (people_old::PersonRef person : read.open_tree<people_old::Person>().iter_borrowed()) {
            people.put({.id = person.id(),
                        .name = std::string(person.name()),
                        .street = std::string(person.street()),
                        .household = person.household(),
                        .country = person.country(),
                        .age = person.age()});
          }
        });
        return found(to);
      });
  for (const std::string& path : {upgraded.path, fresh.path}) {
    std::filesystem::remove(path);
    std::filesystem::remove(path + "-lock");
  }
}
BENCHMARK(indexes_built_at_open)->Arg(100000)->Iterations(rounds)->UseManualTime();
BENCHMARK(indexes_built_at_open)->Arg(1000000)->Iterations(3)->UseManualTime();

/// A store of that many records next to one of a hundred: 1 where the size does not matter.
void open_unchanged(benchmark::State& state) {
  const Old large("netabase_open_large.mdb", static_cast<std::uint64_t>(state.range(0)));
  const Old small("netabase_open_small.mdb", 100);
  const auto open = [](const netabase::Config& config) {
    const OldStore store = OldStore::open(config);
    return store.quick_get<people_old::Person>(7)->id;
  };
  run_pair(
      state, 1, [] {}, [&] { return open(large.config); }, [&] { return open(small.config); });
}
BENCHMARK(open_unchanged)->Arg(1000000)->Iterations(rounds)->UseManualTime();

}  // namespace
}  // namespace bench
