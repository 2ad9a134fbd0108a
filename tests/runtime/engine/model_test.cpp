/// \file
/// Random operations on each engine against a std::map.

#include <cstdio>

#include "runtime/engine/support.hpp"

namespace netabase::test {

namespace {

using Model = std::map<std::string, std::string>;

/// Random keys that repeat, share prefixes and come in all lengths.
std::string random_key(std::mt19937_64& random) {
  static constexpr std::size_t lengths[] = {1, 2, 3, 8, 8, 8, 16, 40, 200, 511};
  std::string key(lengths[random() % std::size(lengths)], 'p');
  const auto number = static_cast<unsigned>(random() % 300);
  key[key.size() - 1] = static_cast<char>(number & 255U);
  if (key.size() > 1) key[key.size() - 2] = static_cast<char>(number >> 8U);
  return key;
}

std::string random_value(std::mt19937_64& random) {
  static constexpr std::size_t lengths[] = {0, 1, 8, 30, 100, 700, 2100, 5000, 20000};
  return std::string(random() % (lengths[random() % std::size(lengths)] + 1), static_cast<char>('a' + random() % 26));
}

template <class Transaction>
void compare_all(const Transaction& txn, Table table, const Model& model) {
  REQUIRE(txn.count(table) == model.size());
  auto cursor = txn.cursor(table);
  bool more = cursor.first();
  for (const auto& [key, value] : model) {
    REQUIRE(more);
    REQUIRE(as_text(cursor.key()) == key);
    REQUIRE(as_text(cursor.value()) == value);
    more = cursor.next();
  }
  REQUIRE_FALSE(more);
}

/// One random walk of a cursor.
template <class Transaction>
void walk(const Transaction& txn, Table table, const Model& model, std::mt19937_64& random) {
  auto cursor = txn.cursor(table);
  const std::string key = random_key(random);
  auto at = model.lower_bound(key);
  const bool found =
      random() % 2 == 0 ? cursor.seek(as_bytes(key)) : cursor.find(as_bytes(key)) || cursor.seek(as_bytes(key));
  REQUIRE(found == (at != model.end()));
  for (int step = 0; step < 20 && at != model.end(); ++step) {
    REQUIRE(as_text(cursor.key()) == at->first);
    REQUIRE(as_text(cursor.value()) == at->second);
    if (random() % 3 != 0) {
      ++at;
      REQUIRE(cursor.next() == (at != model.end()));
    } else {
      const bool has = at != model.begin();
      REQUIRE(cursor.prev() == has);
      if (!has) return;
      --at;
    }
  }
}

template <class Transaction>
void run(Transaction& txn, Table table, Model& model, std::mt19937_64& random, int operations, int depth) {
  for (int i = 0; i < operations; ++i) {
    const std::string key = random_key(random);
    switch (random() % 16) {
      case 0:
      case 1:
      case 2:
      case 3:
      case 4: {
        const std::string value = random_value(random);
        REQUIRE(put(txn, table, key, value));
        model[key] = value;
        break;
      }
      case 5:
      case 6: {
        const std::string value = random_value(random);
        REQUIRE(put(txn, table, key, value, PutMode::insert) == model.emplace(key, value).second);
        break;
      }
      case 7:
      case 8:
      case 9:
      case 10:
        REQUIRE(txn.erase(table, as_bytes(key)) == (model.erase(key) != 0));
        break;
      case 11: {
        const auto found = model.find(key);
        const auto got = get(txn, table, key);
        REQUIRE(got.has_value() == (found != model.end()));
        if (got) REQUIRE(*got == found->second);
        break;
      }
      case 12:
        walk(txn, table, model, random);
        break;
      case 13:
        if (random() % 60 == 0) {
          txn.clear(table);
          model.clear();
        }
        break;
      case 14: {
        const std::string last = model.empty() ? "" : model.rbegin()->first;
        if (last.size() >= 500) break;
        for (int more = 0; more < 5; ++more) {
          const std::string greater = last + static_cast<char>('a' + more) + "x";
          REQUIRE(put(txn, table, greater, "appended", PutMode::append));
          model[greater] = "appended";
        }
        break;
      }
      default:
        if (depth < 3 && random() % 8 == 0) {
          auto nested = txn.begin_nested();
          Model copy = model;
          run(nested, table, copy, random, operations / 4, depth + 1);
          if (random() % 2 == 0) {
            nested.commit();
            model = copy;
          }
        }
    }
  }
}

}  // namespace

TEST_CASE_TEMPLATE("random operations behave as on a std::map", E, engine::Lmdb, engine::Memory) {
  INFO("NETABASE_TEST_SEED=" << seed());
  std::mt19937_64 random(seed());
  auto store = E::temp(4, [](typename E::WriteTransaction& txn) { txn.make_table("t"); });
  const Table table = *store->begin_read().find_table("t");
  Model model;
  for (int round = 0; round < 60; ++round) {
    auto before = store->begin_read();
    const Model snapshot = model;
    {
      auto txn = store->begin_write();
      Model copy = model;
      run(txn, table, copy, random, 200, 0);
      compare_all(txn, table, copy);
      if (random() % 4 != 0) {
        txn.commit();
        model = copy;
      }
    }
    compare_all(before, table, snapshot);
    auto read = store->begin_read();
    compare_all(read, table, model);
    walk(read, table, model, random);
    if constexpr (std::is_same_v<E, engine::Lmdb>) {
      for (const std::string& finding : store->check_pages()) FAIL_CHECK(finding);
    }
  }
}

}  // namespace netabase::test
