#pragma once

/// \file
/// Random operations on a store and on the plain model of oracle.hpp, every answer compared.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <memory>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "promises/support.hpp"
#include "runtime/typed/oracle.hpp"

namespace typed_test {

/// A difference between store and model.
struct Mismatch : std::runtime_error {
  using std::runtime_error::runtime_error;
};
inline void require(bool right, const char* what) {
  if (!right) throw Mismatch(what);
}

/// What was done last, for people.
class Trace {
 public:
  void add(std::string line) {
    lines_.push_back(std::move(line));
    if (lines_.size() > 30) lines_.pop_front();
  }
  std::string tail() const {
    std::string text;
    for (const std::string& line : lines_) text += "\n  " + line;
    return text;
  }

 private:
  std::deque<std::string> lines_;
};

/// Compares what a range gave with what was expected. `limit`: at most so many were asked for.
template <class Record>
void compare_sequence(const std::vector<Expected<Record>>& expected, const std::vector<const Row<Record>*>& got,
                      std::size_t limit, const char* what) {
  require(got.size() == std::min(limit, expected.size()), what);
  for (std::size_t begin = 0; begin < got.size();) {
    std::size_t end = begin + 1;
    while (end < expected.size() && expected[end].group == expected[begin].group) ++end;
    std::vector<const Row<Record>*> wanted;
    for (std::size_t i = begin; i < end; ++i) wanted.push_back(expected[i].row);
    std::vector<const Row<Record>*> given(got.begin() + static_cast<std::ptrdiff_t>(begin),
                                          got.begin() + static_cast<std::ptrdiff_t>(std::min(end, got.size())));
    std::sort(wanted.begin(), wanted.end());
    std::sort(given.begin(), given.end());
    require(std::includes(wanted.begin(), wanted.end(), given.begin(), given.end()), what);
    begin = end;
  }
}

/// Reads of one model, each compared with the plain one.
template <class Record, class Tree>
class Queries {
  using Model = netabase::ModelType<Record>;
  using Entries = std::vector<Expected<Record>>;

 public:
  Queries(const Tree& tree, const Plain<Record>& plain, Random& random, Trace& trace)
      : tree_(tree), plain_(plain), random_(random), trace_(trace) {}

  /// One random read.
  void run() {
    const Record sample = sample_record();
    const std::size_t choice = random_.below(4 + 2 * Model::Indexes::size);
    if (choice == 0) {
      point(sample);
    } else if (choice == 1) {
      whole();
    } else if (choice == 2) {
      records_between(sample, sample_record());
    } else if (choice == 3) {
      many();
    } else {
      netabase::detail::for_each_type(typename Model::Indexes{},
                                      [&]<class Index>(std::type_identity<Index>, std::size_t place) {
                                        if (place == (choice - 4) / 2) through<Index>(place, sample);
                                      });
    }
  }

 private:
  Record sample_record() {
    if (plain_.rows.empty() || random_.one_in(3)) return Oracle<Record>::random(random_);
    auto row = plain_.rows.begin();
    std::advance(row, random_.below(plain_.rows.size()));
    return row->second->record;
  }

  const Row<Record>* row_of(const Record& record) {
    const Row<Record>* row = plain_.find(Oracle<Record>::primary(record));
    require(row != nullptr && row->record == record, "a range gave a record that is not there");
    return row;
  }

  /// Rows of a range of records, views or primary keys.
  template <class Range>
  std::vector<const Row<Record>*> rows(Range&& range) {
    std::vector<const Row<Record>*> out;
    for (const auto& one : range) {
      if constexpr (requires { one.to_owned(); }) {
        out.push_back(row_of(one.to_owned()));
      } else if constexpr (requires { one.parts(); }) {
        out.push_back(plain_.find(key_of(one.parts())));
        require(out.back() != nullptr, "a range gave the key of a record that is not there");
      } else {
        out.push_back(row_of(one));
      }
    }
    return out;
  }

  template <class Range>
  void same(Range range, Entries expected, const char* what) {
    std::size_t limit = expected.size() + 1;
    if (random_.one_in(3)) {
      std::reverse(expected.begin(), expected.end());
      range = std::move(range).reverse();
    }
    if (random_.one_in(3)) {
      limit = random_.below(expected.size() + 2);
      range = std::move(range).limit(limit);
    }
    switch (random_.below(4)) {
      case 0:
        return compare_sequence(expected, rows(std::move(range).owned()), limit, what);
      case 1:
        return compare_sequence(expected, rows(std::move(range).keys()), limit, what);
      case 2:
        return require(std::move(range).count() == std::min(limit, expected.size()), what);
      default:
        return compare_sequence(expected, rows(std::move(range).borrowed()), limit, what);
    }
  }

  void point(const Record& sample) {
    trace_.add("  read by primary key");
    const Row<Record>* const expected = plain_.find(Oracle<Record>::primary(sample));
    Model::PrimaryIndex::each_key(sample, [&](const auto&... parts) {
      const std::optional<Record> got = tree_.get(parts...);
      require(got.has_value() == (expected != nullptr) && (!got || *got == expected->record), "get");
      const auto ref = tree_.get_borrowed(typename Model::PrimaryKey(parts...));
      require(ref.has_value() == got.has_value() && (!ref || ref->to_owned() == *got), "get_borrowed");
      require(tree_.contains(std::tuple(parts...)) == got.has_value(), "contains");
    });
    require(tree_.len() == plain_.rows.size() && tree_.is_empty() == plain_.rows.empty(), "len");
  }

  void whole() {
    trace_.add("  read everything");
    const Entries all = entries(plain_, {}, [](const Key&) { return true; });
    if (random_.one_in(2)) return same(tree_.iter(), all, "iter");
    // Behind one record: among long keys that share a beginning only the next group is determined.
    const Record position = sample_record();
    const Row<Record> at = *make_row(position);
    const bool backward = random_.one_in(2);
    auto range = tree_.iter_borrowed();
    if (backward) range = std::move(range).reverse();
    Model::PrimaryIndex::each_key(position, [&](const auto&... parts) { range = std::move(range).after(parts...); });
    const auto got = rows(std::move(range));
    std::vector<const Row<Record>*> behind;
    for (const Expected<Record>& one : all) {
      const int way = order(*one.key, at.primary);
      if (one.row->visible != at.visible && (backward ? way < 0 : way > 0)) behind.push_back(one.row);
    }
    if (backward) std::reverse(behind.begin(), behind.end());
    std::vector<const Row<Record>*> tail;
    for (const Row<Record>* row : got) {
      require(order(row->primary, at.primary) != 0, "after() gave the record itself");
      if (row->visible != at.visible) tail.push_back(row);
    }
    Entries expected;
    for (const Row<Record>* row : behind) expected.push_back({row, &row->primary, {row->visible, {}}});
    compare_sequence(expected, tail, expected.size(), "after");
  }

  void many() {
    trace_.add("  read many");
    std::vector<typename Model::PrimaryKey> keys;
    std::vector<const Row<Record>*> expected;
    for (std::size_t i = random_.below(6); i > 0; --i) {
      const Record sample = sample_record();
      Model::PrimaryIndex::each_key(sample, [&](const auto&... parts) { keys.emplace_back(parts...); });
      expected.push_back(plain_.find(Oracle<Record>::primary(sample)));
    }
    const auto got = tree_.get_many(keys);
    require(got.size() == keys.size(), "get_many");
    for (std::size_t i = 0; i < got.size(); ++i) {
      require(got[i].has_value() == (expected[i] != nullptr) && (!got[i] || *got[i] == expected[i]->record),
              "get_many");
    }
  }

  /// Calls `use(lower, upper, belongs)` with a random pair of ends.
  template <class Bound, class Use>
  void with_ends(const Bound& low, const Key& low_key, const Bound& high, const Key& high_key, Use&& use) {
    using netabase::excluding;
    using netabase::including;
    using netabase::unbounded;
    switch (random_.below(3)) {
      case 0:
        return use(low, including(high),
                   [&](const Key& k) { return order(k, low_key) >= 0 && order(k, high_key) <= 0; });
      case 1:
        return use(unbounded, high, [&](const Key& k) { return order(k, high_key) < 0; });
      default:
        return use(excluding(low), excluding(high),
                   [&](const Key& k) { return order(k, low_key) > 0 && order(k, high_key) < 0; });
    }
  }

  void records_between(const Record& low, const Record& high) {
    trace_.add("  read a range of records");
    using PrimaryKey = typename Model::PrimaryKey;
    const auto strong = [](const Record& record) {
      PrimaryKey key;
      Model::PrimaryIndex::each_key(record, [&](const auto&... parts) { key = PrimaryKey(parts...); });
      return key;
    };
    with_ends(strong(low), Oracle<Record>::primary(low), strong(high), Oracle<Record>::primary(high),
              [&](const auto& lower, const auto& upper, auto&& belongs) {
                same(tree_.range_borrowed(lower, upper), entries(plain_, {}, belongs), "range");
              });
  }

  /// A random read through an index, by a key of `sample` where it has one.
  template <class Index>
  void through(std::size_t place, const Record& sample) {
    trace_.add("  read through " + std::string(Index::table));
    const auto index = tree_.template by<Index::id>();
    if (random_.one_in(8)) {
      require(index.count() == entries(plain_, place, [](const Key&) { return true; }).size(), "count of an index");
      return same(index.all(), entries(plain_, place, [](const Key&) { return true; }), "all of an index");
    }
    const Row<Record> row = *make_row(sample);
    if (row.keys[place].empty()) return;
    const std::size_t wanted = random_.below(row.keys[place].size());
    const Key key = row.keys[place][wanted].key;
    typename Index::Key strong;
    Index::each_key(sample, [&](const auto&... parts) {
      typename Index::Key made(parts...);
      if (order(key_of(made.parts()), undirected(key)) == 0) strong = std::move(made);
    });
    const auto equal = [&](const Key& k) { return order(k, key) == 0; };
    const Entries expected = entries(plain_, place, equal);
    switch (random_.below(6)) {
      case 0:
        if constexpr (Index::unique) {
          const auto hit = index.find(strong);
          require(hit.has_value() == !expected.empty(), "find");
          if (hit) require(row_of(hit->to_owned()) == expected.front().row, "find");
        }
        return require(index.contains(strong) == !expected.empty(), "contains of an index");
      case 1: {
        const auto got = tree_.get_by_secondary_key(strong);
        return compare_sequence(expected, rows(got), expected.size(), "get_by_secondary_key");
      }
      case 2:
        return same(index.equal(strong), expected, "equal");
      case 3: {
        const Record other = sample_record();
        const Row<Record> other_row = *make_row(other);
        if (other_row.keys[place].empty()) return;
        const Key high = other_row.keys[place].front().key;
        typename Index::Key strong_high;
        bool first = true;
        Index::each_key(other, [&](const auto&... parts) {
          if (std::exchange(first, false)) strong_high = typename Index::Key(parts...);
        });
        return with_ends(strong, key, strong_high, high, [&](const auto& lower, const auto& upper, auto&& belongs) {
          same(index.range(lower, upper), entries(plain_, place, belongs), "range of an index");
        });
      }
      case 4: {  // the first part alone
        const Key leading{key.front()};
        return same(index.equal(std::get<0>(strong.parts())),
                    entries(plain_, place, [&](const Key& k) { return order(k, leading) == 0; }),
                    "equal of a leading part");
      }
      default:
        if constexpr (requires { index.prefix(""); }) {
          const std::string text = std::get<std::string>(part(std::get<0>(strong.parts())).value);
          const std::string prefix = text.substr(0, random_.below(text.size() + 1));
          same(index.prefix(prefix),
               entries(plain_, place,
                       [&](const Key& k) { return std::get<std::string>(k.front().value).starts_with(prefix); }),
               "prefix");
        }
        return;
    }
  }

  /// The key without its directions, to be compared for equality with one made of a strong key.
  static Key undirected(Key key) {
    for (Part& one : key) one.descending = false;
    return key;
  }

  const Tree& tree_;
  const Plain<Record>& plain_;
  Random& random_;
  Trace& trace_;
};

}  // namespace typed_test
