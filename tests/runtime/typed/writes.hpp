#pragma once

/// \file
/// Random writes to a store and to the plain model, in transactions that commit, roll back and nest.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "runtime/typed/machine.hpp"

namespace typed_test {

template <class Models>
struct StateOf;
template <class... Models>
struct StateOf<netabase::List<Models...>> {
  using type = std::tuple<Plain<typename Models::Record>...>;
};

/// A store and its model side by side.
template <class Definition, class Engine>
class Machine {
 public:
  using Store = netabase::Store<Definition, Engine>;
  using State = typename StateOf<typename Definition::Models>::type;

  explicit Machine(std::uint64_t seed) : random_(seed) { open(); }

  /// Runs `count` operations, each followed by a read. Throws Mismatch.
  void run(std::size_t count) {
    for (std::size_t done = 0; done < count; ++done) {
      step();
      if (done % 1000 == 999) check();
    }
    while (!open_.empty()) commit();
    check();
  }

  std::string trace() const { return trace_.tail(); }

 private:
  /// A write transaction and what it sees.
  struct Open {
    typename Store::Write transaction;
    State state;
  };
  /// A read transaction and what it saw when it began.
  struct Snapshot {
    typename Store::Read transaction;
    State state;
  };

  void step() {
    if (open_.empty()) {
      const std::size_t choice = random_.below(20);
      if (choice == 0) return reopen();
      if (choice <= 3) {
        trace_.add("snapshot");
        if (snapshots_.size() == 3)
          snapshots_.erase(snapshots_.begin() + static_cast<std::ptrdiff_t>(random_.below(3)));
        snapshots_.push_back(std::make_unique<Snapshot>(Snapshot{store_->begin_read(), committed_}));
        return read();
      }
      trace_.add("begin");
      open_.push_back(std::make_unique<Open>(Open{store_->begin_write(), committed_}));
    }
    const std::size_t choice = random_.below(30);
    if (choice == 0) return commit();
    if (choice == 1) return roll_back();
    if (choice == 2 && open_.size() < 3) {
      trace_.add("begin nested");
      open_.push_back(std::make_unique<Open>(Open{open_.back()->transaction.begin_nested(), open_.back()->state}));
    }
    on_random_model([&]<class Record>(Plain<Record>& plain) {
      auto tree = open_.back()->transaction.template open_tree<Record>();
      write<Record>(tree, plain);
    });
    read();
  }

  /// Calls `use` with a model of the innermost transaction.
  template <class Use>
  void on_random_model(Use&& use) {
    const std::size_t wanted = random_.below(std::tuple_size_v<State>);
    std::size_t place = 0;
    std::apply([&](auto&... plain) { ((place++ == wanted ? use(plain) : void()), ...); }, open_.back()->state);
  }

  /// A read in the innermost write transaction, and one in an old snapshot.
  void read() {
    if (!open_.empty()) {
      on_random_model([&]<class Record>(Plain<Record>& plain) {
        const auto tree = open_.back()->transaction.template open_tree<Record>();
        query<Record>(tree, plain);
      });
    }
    if (!snapshots_.empty() && random_.one_in(4)) {
      Snapshot& snapshot = *snapshots_[random_.below(snapshots_.size())];
      const std::size_t wanted = random_.below(std::tuple_size_v<State>);
      std::size_t place = 0;
      const auto use = [&]<class Record>(const Plain<Record>& plain) {
        if (place++ != wanted) return;
        trace_.add(" in a snapshot");
        query<Record>(snapshot.transaction.template open_tree<Record>(), plain);
      };
      std::apply([&](const auto&... plain) { (use(plain), ...); }, snapshot.state);
    }
  }

  template <class Record, class Tree>
  void query(const Tree& tree, const Plain<Record>& plain) {
    // Through the base class: half the code to compile, and the same calls.
    const netabase::ReadTree<Record, Engine>& readable = tree;
    Queries<Record, netabase::ReadTree<Record, Engine>>(readable, plain, random_, trace_).run();
  }

  template <class Work>
  Outcome outcome_of(Work&& work) {
    try {
      work();
      return Outcome::done;
    } catch (const netabase::UniqueViolation&) {
      return Outcome::unique_violation;
    } catch (const netabase::KeyTooLong&) {
      return Outcome::key_too_long;
    } catch (const netabase::Error& error) {
      if (error.code() != netabase::ErrorCode::invalid_argument) throw;
      return Outcome::no_number_left;
    } catch (const std::invalid_argument&) {
      return Outcome::function_threw;
    }
  }

  /// A record under a key that often is there already.
  template <class Record>
  Record random_record(const Plain<Record>& plain) {
    Record record = Oracle<Record>::random(random_);
    if (!plain.rows.empty() && random_.one_in(2)) Oracle<Record>::take_primary(some_row(plain).record, record);
    return record;
  }
  template <class Record>
  const Row<Record>& some_row(const Plain<Record>& plain) {
    auto row = plain.rows.begin();
    std::advance(row, random_.below(plain.rows.size()));
    return *row->second;
  }

  template <class Record, class Tree>
  void write(Tree& tree, Plain<Record>& plain) {
    using Model = netabase::ModelType<Record>;
    const std::string name(Model::name);
    Record record = random_record(plain);
    switch (random_.below(plain.rows.size() > 50 ? 16 : 12)) {
      case 0:
      case 1:
      case 2:
        trace_.add("put " + name);
        return put_one(tree, plain, record, false);
      case 3:
        trace_.add("insert " + name);
        return put_one(tree, plain, record, true);
      case 4:
      case 5:
        trace_.add("update " + name);
        return update(tree, plain, record);
      case 6:
      case 7:
        trace_.add("put_many " + name);
        return put_many(tree, plain);
      case 8:
        trace_.add("batch " + name);
        return batch(tree, plain);
      case 9:
        if (random_.one_in(10)) {
          trace_.add("clear " + name);
          plain.rows.clear();
          return tree.clear();
        }
        [[fallthrough]];
      case 10:
      default: {
        trace_.add("remove " + name);
        const bool expected = plain.rows.erase(Oracle<Record>::primary(record)) != 0;
        Model::PrimaryIndex::each_key(
            record, [&](const auto&... parts) { require(tree.remove(parts...) == expected, "remove"); });
        return;
      }
      case 11:
      case 12:
        trace_.add("remove_many " + name);
        return remove_many(tree, plain);
    }
  }

  template <class Tree, class Record>
  void put_one(Tree& tree, Plain<Record>& plain, const Record& record, bool insert) {
    Record numbered = record;
    Outcome expected = plain.number(numbered) ? Outcome::done : Outcome::no_number_left;
    const bool exists = plain.find(Oracle<Record>::primary(numbered)) != nullptr;
    const bool stays = insert && exists && !Oracle<Record>::too_long(numbered) && !throws(numbered);
    if (expected == Outcome::done && !stays) expected = plain.put(numbered);
    const Outcome got = outcome_of([&] {
      if constexpr (netabase::ModelType<Record>::automatic) {
        if (insert) {
          const auto key = tree.insert(record);
          require(key.has_value() == !stays &&
                      (!key || key_of(key->parts()).front().value == Oracle<Record>::primary(numbered).front().value),
                  "the key of insert");
        } else {
          require(order(key_of(tree.put(record).parts()), Oracle<Record>::primary(numbered)) == 0, "the key of put");
        }
      } else if (insert) {
        require(tree.insert(record) == !stays, "insert");
      } else {
        tree.put(record);
      }
    });
    require(got == expected, "the outcome of a put");
  }

  template <class Tree, class Record>
  void update(Tree& tree, Plain<Record>& plain, Record record) {
    using Model = netabase::ModelType<Record>;
    const bool exists = plain.find(Oracle<Record>::primary(record)) != nullptr;
    const Outcome expected = exists ? plain.put(record) : Outcome::done;
    typename Model::PrimaryKey key;
    Model::PrimaryIndex::each_key(record, [&](const auto&... parts) { key = typename Model::PrimaryKey(parts...); });
    const Outcome got =
        outcome_of([&] { require(tree.update(key, [&](Record& changed) { changed = record; }) == exists, "update"); });
    require(got == expected, "the outcome of an update");
  }

  template <class Tree, class Record>
  void put_many(Tree& tree, Plain<Record>& plain) {
    std::vector<Record> records;
    for (std::size_t i = random_.below(8); i > 0; --i) records.push_back(random_record(plain));
    if (random_.one_in(3)) swap_keys(plain, records);
    Plain<Record> after = plain;
    Outcome expected = Outcome::done;
    for (Record record : records) {
      if (!after.number(record)) {
        expected = Outcome::no_number_left;
        break;
      }
    }
    const std::uint64_t next_number = after.next_number;
    if (expected == Outcome::done) {
      after.next_number = plain.next_number;
      for (Record record : records) {
        after.number(record);
        if (Oracle<Record>::too_long(record)) expected = Outcome::key_too_long;
        after.set(record);
      }
      if (expected == Outcome::done && after.has_throwing()) expected = Outcome::function_threw;
      if (expected == Outcome::done && after.has_violation()) expected = Outcome::unique_violation;
    }
    if (expected == Outcome::done) plain.rows = after.rows;
    plain.next_number = next_number;
    require(outcome_of([&] { tree.put_many(records); }) == expected, "the outcome of put_many");
  }

  /// Adds records that are there with each other's other fields: what swaps their unique keys.
  template <class Record>
  void swap_keys(const Plain<Record>& plain, std::vector<Record>& records) {
    if (plain.rows.size() < 2) return;
    const Record one = some_row(plain).record;
    const Record two = some_row(plain).record;
    records.push_back(one);
    records.push_back(two);
    Oracle<Record>::take_primary(two, records[records.size() - 2]);
    Oracle<Record>::take_primary(one, records.back());
  }

  template <class Tree, class Record>
  void batch(Tree& tree, Plain<Record>& plain) {
    using Model = netabase::ModelType<Record>;
    auto operations = tree.create_batch();
    Plain<Record> after = plain;
    bool too_long = false;
    for (std::size_t i = random_.below(8); i > 0; --i) {
      Record record = random_record(plain);
      if (random_.one_in(3)) {
        Model::PrimaryIndex::each_key(record, [&](const auto&... parts) { operations.remove(parts...); });
        after.rows.erase(Oracle<Record>::primary(record));
        continue;
      }
      Record numbered = record;
      const bool has_number = after.number(numbered);
      require((outcome_of([&] { operations.put(record); }) == Outcome::done) == has_number, "put into a batch");
      if (!has_number) continue;
      too_long = too_long || Oracle<Record>::too_long(numbered);
      after.set(numbered);
    }
    plain.next_number = after.next_number;
    if (random_.one_in(8)) return;  // dropped
    const Outcome expected = too_long                ? Outcome::key_too_long
                             : after.has_throwing()  ? Outcome::function_threw
                             : after.has_violation() ? Outcome::unique_violation
                                                     : Outcome::done;
    require(outcome_of([&] { operations.commit(); }) == expected, "the outcome of a batch");
    if (expected == Outcome::done) plain.rows = after.rows;
  }

  template <class Tree, class Record>
  void remove_many(Tree& tree, Plain<Record>& plain) {
    using Model = netabase::ModelType<Record>;
    std::vector<typename Model::PrimaryKey> keys;
    std::size_t expected = 0;
    for (std::size_t i = random_.below(8); i > 0; --i) {
      const Record record = random_record(plain);
      Model::PrimaryIndex::each_key(record, [&](const auto&... parts) { keys.emplace_back(parts...); });
      expected += plain.rows.erase(Oracle<Record>::primary(record));
    }
    require(tree.remove_many(keys) == expected, "remove_many");
  }

  void commit() {
    trace_.add("commit");
    const std::unique_ptr<Open> ended = std::move(open_.back());
    open_.pop_back();
    ended->transaction.commit();
    (open_.empty() ? committed_ : open_.back()->state) = std::move(ended->state);
  }

  void roll_back() {
    trace_.add("roll back");
    const std::unique_ptr<Open> ended = std::move(open_.back());
    open_.pop_back();
    if (random_.one_in(2)) ended->transaction.rollback();
  }

  void check() {
    const netabase::CheckReport report = store_->check();
    if (!report.ok()) throw Mismatch("check(): " + report.problems.front());
  }

  void open() {
    if constexpr (std::is_same_v<Engine, netabase::Lmdb>) {
      netabase::Config config;
      config.path = folder_.file("model.mdb");
      config.durability = netabase::Durability::none;
      store_ = std::make_unique<Store>(Store::open(config));
    } else {
      store_ = std::make_unique<Store>(Store::temp());
    }
  }

  void reopen() {
    if constexpr (std::is_same_v<Engine, netabase::Lmdb>) {
      trace_.add("reopen");
      snapshots_.clear();
      store_.reset();
      open();
    }
  }

  Random random_;
  Trace trace_;
  promises::TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
  State committed_;
  std::vector<std::unique_ptr<Snapshot>> snapshots_;
  std::vector<std::unique_ptr<Open>> open_;
};

inline std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// Operations of the whole test, over all schemas and engines.
inline std::uint64_t operations() { return number_from("NETABASE_TEST_OPERATIONS", 300000); }

/// Runs an eighth of the operations on one schema and one engine.
template <class Definition, class Engine>
void run_model_test() {
  const std::uint64_t seed = number_from("NETABASE_TEST_SEED", std::random_device{}());
  const std::uint64_t count = operations() / 8;
  std::cout << Definition::name << ": " << count << " operations, NETABASE_TEST_SEED=" << seed << std::endl;
  Machine<Definition, Engine> machine(seed);
  try {
    machine.run(count);
  } catch (const std::exception& error) {
    std::cout << "with seed " << seed << ": " << error.what() << "; before that" << machine.trace() << std::endl;
    FAIL("the store and the plain model differ");
  }
}

}  // namespace typed_test
