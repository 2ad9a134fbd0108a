#pragma once

/// \file
/// Random calls on a store with links and on the plain model of links_oracle.hpp, every outcome compared.

#include <memory>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "runtime/typed/links_oracle.hpp"
#include "runtime/typed/machine.hpp"

namespace typed_test {

template <class Definition, class Engine>
class LinksMachine {
 public:
  using Store = netabase::Store<Definition, Engine>;
  using Plain = World<Definition>;
  using Any = typename Plain::Any;

  explicit LinksMachine(std::uint64_t seed) : random_(seed), store_(Store::temp()) {}

  /// Throws Mismatch.
  void run(std::size_t count) {
    for (std::size_t done = 0; done < count; ++done) {
      step();
      if (done % 500 == 499) check();
    }
    while (!open_.empty()) end(true);
    check();
  }

  std::string trace() const { return trace_.tail(); }
  /// How often calls ended in each way: a test that never met one proves nothing.
  const std::map<Verdict, int>& verdicts() const { return verdicts_; }

 private:
  struct Open {
    typename Store::Write transaction;
    Plain world;
  };

  void step() {
    if (open_.empty()) {
      trace_.add("begin");
      open_.push_back(std::make_unique<Open>(Open{store_.begin_write(), committed_}));
    }
    const std::size_t choice = random_.below(40);
    if (choice == 0) return end(true);
    if (choice == 1) return end(false);
    if (choice == 2 && open_.size() < 3) {
      trace_.add("begin nested");
      open_.push_back(std::make_unique<Open>(Open{open_.back()->transaction.begin_nested(), open_.back()->world}));
    }
    on_random_model([&]<class Record>(std::type_identity<Record>) { call<Record>(); });
    compare_all();
  }

  template <class Use>
  void on_random_model(Use&& use) {
    const std::size_t wanted = random_.below(Definition::Models::size);
    netabase::detail::for_each_type(typename Definition::Models{},
                                    [&]<class Model>(std::type_identity<Model>, std::size_t place) {
                                      if (place == wanted) use(std::type_identity<typename Model::Record>{});
                                    });
  }

  Plain& world() { return open_.back()->world; }

  template <class Record>
  auto tree() {
    return open_.back()->transaction.template open_tree<Record>();
  }
  template <class Record>
  static std::string model() {
    return std::string(netabase::ModelType<Record>::name);
  }
  template <class Record>
  static auto key_of_record(const Record& record) {
    return netabase::detail::primary_key_of<typename netabase::ModelType<Record>::PrimaryIndex>(record);
  }

  /// Does `work` on the store, expects what the world says, and carries it on.
  template <class Work>
  void expect(const std::vector<Any>& puts, const std::set<Name>& removals, Work&& work) {
    typename Plain::Effect effect = world().effect(puts, removals);
    Verdict got = Verdict::done;
    try {
      work();
    } catch (const netabase::LinkViolation& violation) {
      got = violation.dependents() == 0 ? Verdict::dangling : Verdict::restricted;
      check_words(violation, effect);
    } catch (const netabase::UniqueViolation&) {
      got = Verdict::clash;
    }
    if (effect.verdicts.count(got) == 0) {
      throw Mismatch("a call ended in " + std::to_string(static_cast<int>(got)) + " instead of " +
                     std::to_string(static_cast<int>(*effect.verdicts.begin())));
    }
    ++verdicts_[got];
    if (got == Verdict::done) world().records = std::move(effect.next);
  }

  void check_words(const netabase::LinkViolation& violation, const typename Plain::Effect& effect) {
    const Name target{std::string(violation.target_model()), violation.target()};
    const Name record{violation.link().substr(0, violation.link().find('.')), violation.record()};
    if (violation.dependents() == 0) {
      require(effect.written.count(record) != 0 && effect.next.count(target) == 0, "the sides of a put's violation");
      return;
    }
    require(effect.removed.count(record) == 0 && world().records.count(record) != 0, "who holds a removal back");
    require(world().dependents(effect, violation.link(), target) == violation.dependents(), "how many hold it back");
  }

  template <class Record>
  Record random_record() {
    return Linked<Record>::random(random_);
  }

  /// Deletes a repeated key's earlier records: the last word counts.
  static std::vector<Any> last_ones(const std::vector<Any>& puts) {
    std::map<Name, Any> last;
    for (const Any& put : puts) {
      std::visit([&](const auto& one) { last.insert_or_assign(name_of(one), put); }, put);
    }
    std::vector<Any> out;
    for (auto& [name, record] : last) out.push_back(record);
    return out;
  }

  template <class Record>
  void call() {
    const Record record = random_record<Record>();
    const std::string key = key_text(record);
    const Name name = name_of(record);
    const bool exists = world().records.count(name) != 0;
    switch (random_.below(16)) {
      case 0:
      case 1:
      case 2:
      case 3:
        trace_.add("put " + name.first + " " + key);
        return expect({record}, {}, [&] { tree<Record>().put(record); });
      case 4:
        trace_.add("insert " + name.first + " " + key);
        if (exists) {
          return expect({}, {}, [&] { require(!tree<Record>().insert(record), "insert over a record"); });
        }
        return expect({record}, {}, [&] { require(bool(tree<Record>().insert(record)), "insert"); });
      case 5:
      case 6:
        trace_.add("update " + name.first + " " + key);
        return expect(exists ? std::vector<Any>{record} : std::vector<Any>{}, {}, [&] {
          require(tree<Record>().update(key_of_record(record), [&](Record& it) { it = record; }) == exists, "update");
        });
      case 7:
      case 8:
        return put_many<Record>();
      case 9:
      case 10:
        return batch<Record>();
      case 11:
        return remove_many<Record>();
      case 12:
        if (random_.one_in(6)) return clear<Record>();
        [[fallthrough]];
      default:
        trace_.add("remove " + name.first + " " + key);
        return expect({}, {name}, [&] { require(tree<Record>().remove(key_of_record(record)) == exists, "remove"); });
    }
  }

  template <class Record>
  void put_many() {
    std::vector<Record> records;
    std::vector<Any> puts;
    trace_.add("put_many " + model<Record>());
    for (std::size_t i = random_.below(6); i > 0; --i) {
      records.push_back(random_record<Record>());
      puts.emplace_back(records.back());
      trace_.add("  " + key_text(records.back()));
    }
    expect(last_ones(puts), {}, [&] { tree<Record>().put_many(records); });
  }

  template <class Record>
  void batch() {
    trace_.add("batch " + model<Record>());
    auto operations = tree<Record>().create_batch();
    std::map<Name, std::optional<Any>> last;
    for (std::size_t i = random_.below(8); i > 0; --i) {
      const Record record = random_record<Record>();
      const bool removes = random_.one_in(2);
      trace_.add((removes ? "  remove " : "  put ") + key_text(record));
      if (removes) {
        operations.remove(key_of_record(record));
      } else {
        operations.put(record);
      }
      last.insert_or_assign(name_of(record), removes ? std::nullopt : std::optional<Any>(record));
    }
    std::vector<Any> puts;
    std::set<Name> removals;
    for (const auto& [name, record] : last) {
      if (record) {
        puts.push_back(*record);
      } else {
        removals.insert(name);
      }
    }
    expect(puts, removals, [&] { operations.commit(); });
  }

  template <class Record>
  void remove_many() {
    trace_.add("remove_many " + model<Record>());
    std::vector<typename netabase::ModelType<Record>::PrimaryKey> keys;
    std::set<Name> removals;
    for (std::size_t i = random_.below(8); i > 0; --i) {
      const Record record = random_record<Record>();
      trace_.add("  " + key_text(record));
      keys.push_back(key_of_record(record));
      removals.insert(name_of(record));
    }
    std::size_t there = 0;
    for (const Name& name : removals) there += world().records.count(name);
    expect({}, removals, [&] { require(tree<Record>().remove_many(keys) == there, "remove_many"); });
  }

  template <class Record>
  void clear() {
    trace_.add("clear " + model<Record>());
    std::set<Name> removals;
    for (const auto& [name, record] : world().records) {
      if (name.first == model<Record>()) removals.insert(name);
    }
    expect({}, removals, [&] { tree<Record>().clear(); });
  }

  /// Every record, and each link of one model both ways.
  void compare_all() {
    std::size_t seen = 0;
    netabase::detail::for_each_type(
        typename Definition::Models{}, [&]<class Model>(std::type_identity<Model>, std::size_t) {
          using Record = typename Model::Record;
          const auto records = tree<Record>();
          for (const Record& record : records.iter()) {
            const Record* const wanted = world().template find<Record>(key_text(record));
            require(wanted != nullptr && *wanted == record, "a record");
            ++seen;
          }
          if (random_.one_in(8)) {
            netabase::detail::for_each_type(
                netabase::detail::LinksOf<Model>{},
                [&]<class Link>(std::type_identity<Link>, std::size_t) { follow<Link>(records); });
          }
        });
    require(seen == world().records.size(), "how many records there are");
  }

  template <class Link, class Tree>
  void follow(const Tree& records) {
    using Record = typename Link::Model::Record;
    using Target = typename Link::Target::Record;
    const Target target = random_record<Target>();
    const Name wanted = name_of(target);
    std::set<std::string> expected;
    for (const auto& [name, record] : world().records) {
      for (const Linking& link : Plain::links_of(record)) {
        if (link.link == Link::table && link.target == wanted) expected.insert(name.second);
      }
    }
    std::set<std::string> got;
    Link::Target::PrimaryIndex::each_key(target, [&](const auto& key) {
      for (const auto& record : records.template by<Link::id>().equal(key)) got.insert(key_text(record.to_owned()));
    });
    require(got == expected, "what links to a record");
    if constexpr (!netabase::detail::is_list_link<Link>) {
      for (const auto& ref : records.iter_borrowed().limit(3)) {
        const Record record = ref.to_owned();
        const auto found = records.template target<Link::id>(ref);
        std::optional<std::string> named;
        for (const Linking& link : Linked<Record>::links(record)) {
          if (link.link == Link::table) named = link.target.second;
        }
        require(found.has_value() == named.has_value(), "whether a link names a record");
        if (found) require(key_text(found->to_owned()) == *named, "the record that a link names");
      }
    }
  }

  void end(bool commits) {
    trace_.add(commits ? "commit" : "roll back");
    const std::unique_ptr<Open> ended = std::move(open_.back());
    open_.pop_back();
    if (!commits) return;
    ended->transaction.commit();
    (open_.empty() ? committed_ : open_.back()->world) = std::move(ended->world);
  }

  void check() {
    const netabase::CheckReport report = store_.check();
    if (!report.ok()) throw Mismatch("check(): " + report.problems.front());
  }

  Random random_;
  Trace trace_;
  Store store_;
  Plain committed_;
  std::vector<std::unique_ptr<Open>> open_;
  std::map<Verdict, int> verdicts_;
};

}  // namespace typed_test
