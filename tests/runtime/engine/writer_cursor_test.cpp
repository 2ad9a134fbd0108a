/// \file
/// Random runs of writes to a few tables against std::maps. An engine may keep its place in a table from one put to the
/// next; here puts come in runs of neighbouring keys, up, down and appended, and everything that moves entries about
/// comes in between: erasures, splits and merges of pages, values on pages of their own, reading, nesting.

#include <array>
#include <cstdio>

#include "runtime/engine/support.hpp"

namespace netabase::test {

namespace {

using Model = std::map<std::string, std::string>;
constexpr std::size_t table_count = 3;
using Models = std::array<Model, table_count>;

/// Big-endian, so that neighbours in number are neighbours in the table. Some keys are long, which makes pages full of
/// few entries and trees deep.
std::string key_of(std::uint32_t number) {
  std::string key;
  for (int shift = 24; shift >= 0; shift -= 8) key += static_cast<char>(number >> shift & 255U);
  if (number % 5 == 0) key.append(number % 400, 'k');
  return key;
}

class Run {
 public:
  using Random = std::mt19937_64;

  Run(std::array<Table, table_count> tables, Random& random) : tables_(tables), random_(random) {}

  template <class Transaction>
  void operations(Transaction& txn, Models& models, int count, int depth) {
    while (count > 0) {
      const std::size_t at = random_() % table_count;
      // Half of the runs have their table to themselves, the others take turns at each put.
      const bool alternate = random_() % 2 == 0;
      const auto length = static_cast<int>(1 + random_() % 40);
      const auto number = static_cast<std::uint32_t>(random_() % 3000);
      const auto choice = random_() % 14;
      count -= length;
      for (int i = 0; i < length; ++i) {
        const std::size_t place = alternate ? (at + static_cast<std::size_t>(i)) % table_count : at;
        const auto step = static_cast<std::uint32_t>(i);
        switch (choice) {
          case 0:
          case 1:
          case 2:
            upsert(txn, place, models, number + step);
            break;
          case 3:
            upsert(txn, place, models, number - std::min(number, step));
            break;
          case 4:
          case 5:
            append(txn, place, models);
            break;
          case 6:
            insert(txn, place, models, number + step);
            break;
          case 7:
          case 8:
            erase(txn, place, models, number + step);
            break;
          case 9:  // each put behind an erasure in its neighbourhood
            erase(txn, place, models, number + step + static_cast<std::uint32_t>(random_() % 3));
            upsert(txn, place, models, number + step);
            break;
          case 11:
          case 12:
            overwrite(txn, place, models, number + step);
            break;
          case 10:
            upsert(txn, place, models, number + step);
            read(txn, place, models, number + step);
            break;
          default:
            mix(txn, place, models, number + step, depth);
        }
      }
    }
  }

  template <class Transaction>
  void compare(const Transaction& txn, const Models& models) const {
    for (std::size_t i = 0; i < table_count; ++i) {
      REQUIRE(txn.count(tables_[i]) == models[i].size());
      REQUIRE(all(txn, tables_[i]) == models[i]);
    }
  }

 private:
  std::string value() {
    static constexpr std::size_t lengths[] = {0, 8, 8, 40, 40, 300, 1500, 2100, 9000};
    return std::string(random_() % (lengths[random_() % std::size(lengths)] + 1),
                       static_cast<char>('a' + random_() % 26));
  }

  template <class Transaction>
  void upsert(Transaction& txn, std::size_t place, Models& models, std::uint32_t number) {
    const std::string stored = value();
    REQUIRE(put(txn, tables_[place], key_of(number), stored));
    models[place][key_of(number)] = stored;
  }

  template <class Transaction>
  void insert(Transaction& txn, std::size_t place, Models& models, std::uint32_t number) {
    const std::string stored = value();
    REQUIRE(put(txn, tables_[place], key_of(number), stored, PutMode::insert) ==
            models[place].emplace(key_of(number), stored).second);
  }

  /// With nothing, or with something elsewhere, between finding the entry and overwriting it.
  template <class Transaction>
  void overwrite(Transaction& txn, std::size_t place, Models& models, std::uint32_t number) {
    const auto at = models[place].find(key_of(number));
    Bytes found;
    REQUIRE(txn.find_to_write(tables_[place], as_bytes(key_of(number)), found) == (at != models[place].end()));
    if (at == models[place].end()) return;
    REQUIRE(as_text(found) == at->second);
    if (random_() % 4 == 0) read(txn, place, models, number + static_cast<std::uint32_t>(random_() % 100));
    at->second.assign(at->second.size(), static_cast<char>('A' + random_() % 26));
    std::byte* const space = txn.overwrite(tables_[place], as_bytes(key_of(number)), found);
    std::memcpy(space, at->second.data(), at->second.size());
  }

  template <class Transaction>
  void append(Transaction& txn, std::size_t place, Models& models) {
    Model& model = models[place];
    const std::string stored = value();
    if (random_() % 16 == 0 && !model.empty()) {  // not beyond the last: refused without harm
      const std::string key = random_() % 2 == 0 ? model.begin()->first : model.rbegin()->first;
      REQUIRE(code_of([&] { put(txn, tables_[place], key, stored, PutMode::append); }) == ErrorCode::invalid_argument);
      return;
    }
    std::string key = model.empty() ? key_of(0) : model.rbegin()->first;
    if (key.size() > 100) key.resize(4);
    for (std::size_t i = 4; i-- > 0;) {
      if (++key[i] != 0) break;
    }
    REQUIRE(put(txn, tables_[place], key, stored, PutMode::append));
    model[key] = stored;
  }

  template <class Transaction>
  void erase(Transaction& txn, std::size_t place, Models& models, std::uint32_t number) {
    REQUIRE(txn.erase(tables_[place], as_bytes(key_of(number))) == (models[place].erase(key_of(number)) != 0));
  }

  template <class Transaction>
  void read(const Transaction& txn, std::size_t place, const Models& models, std::uint32_t number) {
    const Model& model = models[place];
    auto cursor = txn.cursor(tables_[place]);
    auto at = model.lower_bound(key_of(number));
    REQUIRE(cursor.seek(as_bytes(key_of(number))) == (at != model.end()));
    for (int i = 0; i < 3 && at != model.end(); ++i) {
      REQUIRE(as_text(cursor.key()) == at->first);
      REQUIRE(as_text(cursor.value()) == at->second);
      REQUIRE(cursor.next() == (++at != model.end()));
    }
  }

  template <class Transaction>
  void mix(Transaction& txn, std::size_t place, Models& models, std::uint32_t number, int depth) {
    switch (random_() % 24) {
      case 0:
        if (random_() % 8 != 0) break;
        txn.clear(tables_[place]);
        models[place].clear();
        break;
      case 1:
        if (depth < 2) {
          auto nested = txn.begin_nested();
          Models copy = models;
          operations(nested, copy, 60, depth + 1);
          if (random_() % 2 == 0) {
            nested.commit();
            models = std::move(copy);
          }
        }
        break;
      case 2: {  // many at once: pages merge
        const auto from = models[place].lower_bound(key_of(number));
        std::vector<std::string> keys;
        for (auto at = from; at != models[place].end() && keys.size() < 150; ++at) keys.push_back(at->first);
        for (const std::string& key : keys) {
          REQUIRE(txn.erase(tables_[place], as_bytes(key)));
          models[place].erase(key);
        }
        break;
      }
      default:
        if (random_() % 2 == 0) {
          upsert(txn, place, models, number);
        } else {
          erase(txn, place, models, number);
        }
    }
  }

  std::array<Table, table_count> tables_;
  Random& random_;
};

}  // namespace

TEST_CASE_TEMPLATE("puts that follow each other closely behave as on a std::map, whatever comes between", E,
                   engine::Lmdb, engine::Memory) {
  INFO("NETABASE_TEST_SEED=" << seed());
  std::mt19937_64 random(seed());
  const std::array<std::string, table_count> names{"a", "b", "c"};
  auto store = E::temp(4, [&](typename E::WriteTransaction& txn) {
    for (const std::string& name : names) txn.make_table(name);
  });
  std::array<Table, table_count> tables;
  for (std::size_t i = 0; i < table_count; ++i) tables[i] = *store->begin_read().find_table(names[i]);
  Run run(tables, random);
  Models models;
  for (int round = 0; round < 25; ++round) {
    Models copy = models;
    auto txn = store->begin_write();
    for (int part = 0; part < 3; ++part) {
      run.operations(txn, copy, 400, 0);
      run.compare(txn, copy);
    }
    if (random() % 4 != 0) {
      txn.commit();
      models = std::move(copy);
    } else {
      txn.abort();
    }
    run.compare(store->begin_read(), models);
    if constexpr (std::is_same_v<E, engine::Lmdb>) {
      for (const std::string& finding : store->check_pages()) FAIL_CHECK(finding);
    }
  }
}

TEST_CASE_TEMPLATE("rising keys, which an engine may append, keep their table right where they do not rise on", E,
                   engine::Lmdb, engine::Memory) {
  INFO("NETABASE_TEST_SEED=" << seed());
  std::mt19937_64 random(seed());
  auto store = E::temp(4, [](typename E::WriteTransaction& txn) { txn.make_table("t"); });
  const Table table = *store->begin_read().find_table("t");
  Model model;
  for (int round = 0; round < 40; ++round) {
    // Keys of which the first eight bytes tell all, nothing, or that are shorter.
    const std::string prefix(std::array<std::size_t, 3>{0, 12, 3}[random() % 3], 'p');
    const auto bytes = static_cast<int>(random() % 2 == 0 && prefix.empty() ? 8 : 4);
    std::uint64_t number = random() % 2 == 0 ? 0 : 100000;
    auto txn = store->begin_write();
    for (int i = 0; i < 300; ++i) {
      number = random() % 20 == 0 ? random() % 200000 : number + 1 + random() % 3;
      std::string key = prefix;
      for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) key += static_cast<char>(number >> shift & 255U);
      if (random() % 50 == 0) key.resize(key.size() - 1);
      const std::string value(random() % 100 == 0 ? 5000 : random() % 80, static_cast<char>('a' + random() % 26));
      if (random() % 60 == 0 && !model.empty()) {
        const std::string greatest = model.rbegin()->first;
        REQUIRE(txn.erase(table, as_bytes(greatest)));
        model.erase(greatest);
      } else if (random() % 2 == 0) {
        REQUIRE(put(txn, table, key, value, PutMode::insert) == model.emplace(key, value).second);
      } else {
        REQUIRE(put(txn, table, key, value));
        model[key] = value;
      }
    }
    txn.commit();
    REQUIRE(all(store->begin_read(), table) == model);
    REQUIRE(store->begin_read().count(table) == model.size());
    if constexpr (std::is_same_v<E, engine::Lmdb>) {
      for (const std::string& finding : store->check_pages()) FAIL_CHECK(finding);
    }
  }
}

}  // namespace netabase::test
