#pragma once

/// \file
/// Random queries on a store and, record by record, on the same records in memory.
///
/// Conditions are types, so a query of random shape needs one type that stands for all: a Leaf holds any condition of
/// one field, made by the operators that users write, and beside it what is expected of it, written by hand for owned
/// records. Every query here is `a && b && (c || d || e) && f`, each a leaf, the negation of one, or one that is always
/// true and says nothing.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <limits>
#include <memory>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "netabase/engine/lmdb.hpp"
#include "netabase/engine/memory.hpp"
#include "netabase/query.hpp"
#include "promises/support.hpp"
#include "runtime/typed/values.hpp"

namespace query_test {

using typed_test::Random;

/// Any condition on `RecordType`, with what it should be true of.
template <class RecordType>
struct Leaf : netabase::ConditionBase {
  using Record = RecordType;
  using Model = netabase::ModelType<Record>;
  using Ref = typename Model::Ref;

  std::function<bool(const Record&)> expected;
  std::function<bool(const Ref&)> matches_view;
  std::function<void(netabase::query::Constraints&)> constraints;
  std::function<void(std::string&)> words;

  template <class C, class R>
  bool matches(const R& record) const {
    return matches_view(record);
  }
  template <class C>
  void constrain(netabase::query::Constraints& out) const {
    constraints(out);
  }
  template <class C>
  void describe(std::string& out) const {
    words(out);
  }
};

/// `condition` and what it means.
template <class Record, class Condition>
Leaf<Record> leaf(const Condition& given, std::function<bool(const Record&)> expected) {
  using Codec = typename netabase::ModelType<Record>::Codec;
  using Ref = typename netabase::ModelType<Record>::Ref;
  const auto condition = netabase::query::as_condition(given);
  Leaf<Record> out;
  out.expected = std::move(expected);
  out.matches_view = [condition](const Ref& record) { return condition.template matches<Codec>(record); };
  out.constraints = [condition](netabase::query::Constraints& to) { condition.template constrain<Codec>(to); };
  out.words = [condition](std::string& to) { condition.template describe<Codec>(to); };
  return out;
}

/// The condition, or its negation, with the meaning turned round.
template <class Record, class Condition>
Leaf<Record> maybe_not(Random& random, const Condition& condition, std::function<bool(const Record&)> expected) {
  if (!random.one_in(5)) return leaf<Record>(condition, std::move(expected));
  return leaf<Record>(!condition, [expected](const Record& record) { return !expected(record); });
}

template <class Record>
Leaf<Record> truth(bool value) {
  Leaf<Record> out;
  out.expected = [value](const Record&) { return value; };
  out.matches_view = [value](const auto&) { return value; };
  out.constraints = [](netabase::query::Constraints&) {};
  out.words = [value](std::string& to) { to += value ? "true" : "false"; };
  return out;
}

/// A random comparison of a field with a value; `read` gives the value from an owned record as an optional.
template <class Record, class Field, class Value, class Read>
Leaf<Record> compare_leaf(Random& random, Field field, const Value& value, Read read) {
  const auto with = [&](auto test) {
    return std::function<bool(const Record&)>([read, value, test](const Record& record) {
      const auto own = read(record);
      return own.has_value() && test(*own, value);
    });
  };
  switch (random.below(7)) {
    case 0:
      return maybe_not<Record>(random, field < value, with([](const auto& a, const auto& b) { return a < b; }));
    case 1:
      return maybe_not<Record>(random, field <= value, with([](const auto& a, const auto& b) { return a <= b; }));
    case 2:
      return maybe_not<Record>(random, field > value, with([](const auto& a, const auto& b) { return a > b; }));
    case 3:
      return maybe_not<Record>(random, value <= field, with([](const auto& a, const auto& b) { return a >= b; }));
    case 4: {
      auto expected = with([](const auto& a, const auto& b) { return a == b; });
      return leaf<Record>(field != value, [expected](const Record& record) { return !expected(record); });
    }
    default:
      return maybe_not<Record>(random, field == value, with([](const auto& a, const auto& b) { return a == b; }));
  }
}

/// What the tests of a model give: `record`, a random one (from few values); `leaf`, a random condition;
/// `two_keys`, which need not be there, two conditions that each make one key of an index equal to something;
/// `each_order(visit)`, which calls visit(query -> query in some order, is_less on records) for each order to try.
template <class Record>
struct Subject;

struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};
inline void require(bool right, const std::string& what) {
  if (!right) throw Failure(what);
}

/// Of a record or a view of one.
template <class Record, class Any>
auto primary_of(const Any& record) {
  using Index = typename netabase::ModelType<Record>::PrimaryIndex;
  typename Index::Key key;
  Index::each_key(record, [&](const auto&... parts) { key = netabase::detail::own_key<Index>(parts...); });
  return key;
}

/// How often a kind of plan was met.
struct Kinds {
  std::uint64_t both = 0;
  std::uint64_t alternatives = 0;
  std::uint64_t backward = 0;
  std::uint64_t streamed = 0;
};

/// One random query, asked in every way.
template <class Record>
class Round {
 public:
  using Model = netabase::ModelType<Record>;
  using Key = typename Model::PrimaryKey;

  Round(Random& random, const std::vector<Record>& all)
      : random_(random),
        all_(all),
        a_(random_leaf(2)),
        b_(random_leaf(2)),
        c_(truth<Record>(false)),
        d_(truth<Record>(false)),
        e_(truth<Record>(false)),
        f_(random_leaf(4)) {
    if constexpr (requires { Subject<Record>::two_keys(random); }) {
      if (random.one_in(5)) std::tie(a_, b_) = Subject<Record>::two_keys(random);
    }
    if (random.one_in(2)) {
      c_ = truth<Record>(true);
    } else {
      c_ = Subject<Record>::leaf(random);
      d_ = Subject<Record>::leaf(random);
      if (random.one_in(3)) e_ = Subject<Record>::leaf(random);
      if (d_words() == "false") c_ = truth<Record>(true);
    }
    offset_ = random.one_in(3) ? random.below(8) : 0;
    limit_ = random.one_in(2) ? random.below(20) : std::numeric_limits<std::uint64_t>::max();
    scan_ = !random.one_in(4);
  }

  template <class Tree>
  void run(const Tree& tree) {
    Subject<Record>::each_order([&](auto order, auto is_less, bool exact) {
      if (!random_.one_in(3)) return;
      const auto make = [&] {
        auto query = order(tree.query().where(a_ && b_ && (c_ || d_ || e_) && f_)).offset(offset_).limit(limit_);
        return scan_ ? std::move(query).scan() : std::move(query);
      };
      const netabase::Explanation explanation = make().explain();
      what_ = to_string(explanation);
      const auto says = [](const std::string& text, const char* word) { return text.find(word) != std::string::npos; };
      kinds.both += says(explanation.index, " and ");
      kinds.alternatives += says(explanation.index, "then");
      kinds.backward += says(explanation.order, "backward");
      kinds.streamed += !explanation.order.empty() && !explanation.sorts;
      std::vector<Key> expected = expected_keys(is_less);
      std::vector<Key> given;
      try {
        for (const auto record : make()) given.push_back(primary_of<Record>(record));
      } catch (const netabase::Error& error) {
        require(error.code() == netabase::ErrorCode::needs_scan && !scan_, "threw " + std::string(error.what()));
        require(make().explain().needs_scan, "explain() did not foresee the error");
        ++refused;
        return;
      }
      require(scan_ || !make().explain().needs_scan, "explain() foresaw an error");
      check(given, expected, exact);
      std::vector<Key> keys;
      for (const auto& key : make().keys()) keys.push_back(key);
      require(keys == given, "keys() differs");
      std::vector<Key> owned;
      make().owned().each([&](const Record& record) { owned.push_back(primary_of<Record>(record)); });
      require(owned == given, "each() of owned records differs");
      require(make().count() == given.size(), "count() differs");
      auto query = make();
      const auto first = query.first();
      require(first.has_value() == !given.empty(), "first() differs");
      // With a limit of one, another index may be chosen: without an order, any record may be the first.
      if (first && exact && offset_ == 0)
        require(primary_of<Record>(*first) == given.front(), "first() is another one");
      ++asked;
      found += given.size();
    });
  }

  const std::string& what() const { return what_; }

  std::uint64_t asked = 0;
  std::uint64_t found = 0;
  std::uint64_t refused = 0;
  Kinds kinds;

 private:
  Leaf<Record> random_leaf(std::size_t one_in) {
    return random_.one_in(one_in) ? Subject<Record>::leaf(random_) : truth<Record>(true);
  }
  std::string d_words() const {
    std::string words;
    d_.words(words);
    return words;
  }

  template <class Less>
  std::vector<Key> expected_keys(Less is_less) {
    std::vector<const Record*> matching;
    for (const Record& record : all_) {
      const bool any = c_.expected(record) || d_.expected(record) || e_.expected(record);
      if (a_.expected(record) && b_.expected(record) && any && f_.expected(record)) matching.push_back(&record);
    }
    std::stable_sort(matching.begin(), matching.end(), [&](const Record* x, const Record* y) {
      if (is_less(*x, *y)) return true;
      if (is_less(*y, *x)) return false;
      return primary_of<Record>(*x) < primary_of<Record>(*y);
    });
    all_matching_.clear();
    for (const Record* record : matching) all_matching_.push_back(primary_of<Record>(*record));
    std::vector<Key> page;
    for (std::size_t i = offset_; i < all_matching_.size() && i - offset_ < limit_; ++i) {
      page.push_back(all_matching_[i]);
    }
    return page;
  }

  /// `exact`: the order is the asked one to the last record. Otherwise any page of the matching records will do.
  void check(std::vector<Key> given, std::vector<Key> expected, bool exact) {
    if (exact) {
      require(given == expected, "other records, or another order: " + std::to_string(given.size()) + " instead of " +
                                     std::to_string(expected.size()));
      return;
    }
    require(given.size() == expected.size(),
            std::to_string(given.size()) + " records instead of " + std::to_string(expected.size()));
    std::sort(given.begin(), given.end());
    require(std::adjacent_find(given.begin(), given.end()) == given.end(), "a record came twice");
    std::sort(all_matching_.begin(), all_matching_.end());
    require(std::includes(all_matching_.begin(), all_matching_.end(), given.begin(), given.end()),
            "a record that does not match");
  }

  Random& random_;
  const std::vector<Record>& all_;
  Leaf<Record> a_, b_, c_, d_, e_, f_;
  std::uint64_t offset_ = 0;
  std::uint64_t limit_ = 0;
  bool scan_ = true;
  std::string what_;
  std::vector<Key> all_matching_;
};

inline std::uint64_t setting(const char* variable, std::uint64_t otherwise) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// NETABASE_TEST_QUERIES (3000): how many queries for each model and engine.
template <class Record, class Engine>
Kinds run_random_queries() {
  using Definition = typename netabase::ModelType<Record>::Definition;
  const std::uint64_t queries = setting("NETABASE_TEST_QUERIES", 3000);
  const std::uint64_t seed = setting("NETABASE_TEST_SEED", 20240229);
  std::uint64_t asked = 0;
  std::uint64_t found = 0;
  std::uint64_t refused = 0;
  Kinds kinds;
  for (std::uint64_t part = 0; asked < queries; ++part) {
    Random random(seed + part);
    const auto store = netabase::Store<Definition, Engine>::temp();
    const std::size_t sizes[] = {0, 1, 7, 40, 150, 600};
    store.with_write_transaction([&](auto& txn) {
      auto tree = txn.template open_tree<Record>();
      for (std::size_t i = random.of(sizes); i > 0; --i) {
        try {
          tree.put(Subject<Record>::record(random));
        } catch (const netabase::UniqueViolation&) {
        } catch (const netabase::KeyTooLong&) {
        }
      }
    });
    auto txn = store.begin_read();
    const auto tree = txn.template open_tree<Record>();
    std::vector<Record> all;
    for (auto&& record : tree.iter()) all.push_back(record);
    for (int i = 0; i < 60; ++i) {
      Round<Record> round(random, all);
      try {
        round.run(tree);
      } catch (const std::exception& error) {
        FAIL("NETABASE_TEST_SEED=", seed + part, ": ", std::string(error.what()), "\n", round.what());
      }
      asked += round.asked;
      found += round.found;
      refused += round.refused;
      kinds.both += round.kinds.both;
      kinds.alternatives += round.kinds.alternatives;
      kinds.backward += round.kinds.backward;
      kinds.streamed += round.kinds.streamed;
    }
  }
  MESSAGE("seed ", seed, ": ", asked, " queries found ", found, " records; ", refused, " were refused; ", kinds.both,
          " merged two indexes, ", kinds.alternatives, " went through several, ", kinds.streamed,
          " streamed in order, ", kinds.backward, " of them backward");
  CHECK(found > 0);
  CHECK(refused > 0);
  return kinds;
}

}  // namespace query_test
