#pragma once

/// \file
/// Random operations on a store and on the plain model of oracle.hpp, every answer compared.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
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

/// Which keys a read is to give. Made here, not where a read is asked for: a function object written in a template is a
/// type of its own for each model, index and engine, and compiling those took a fifth of the test.
using Belongs = std::function<bool(const Key&)>;

inline Belongs any_key() {
  return [](const Key&) { return true; };
}
/// Keys that begin with the parts of `key`.
inline Belongs equal_to(Key key) {
  return [key = std::move(key)](const Key& k) { return order(k, key) == 0; };
}
inline Belongs above(Key low) {
  return [low = std::move(low)](const Key& k) { return order(k, low) > 0; };
}
inline Belongs not_below(Key low) {
  return [low = std::move(low)](const Key& k) { return order(k, low) >= 0; };
}
inline Belongs below(Key high) {
  return [high = std::move(high)](const Key& k) { return order(k, high) < 0; };
}
inline Belongs not_above(Key high) {
  return [high = std::move(high)](const Key& k) { return order(k, high) <= 0; };
}
inline Belongs both(Belongs one, Belongs other) {
  return [one = std::move(one), other = std::move(other)](const Key& k) { return one(k) && other(k); };
}
/// Keys whose part at `place` is text that begins with `prefix`.
inline Belongs text_begins(std::size_t place, std::string prefix) {
  return [place, prefix = std::move(prefix)](const Key& k) {
    const std::string* const text = std::get_if<std::string>(&k.at(place).value);
    return text != nullptr && text->starts_with(prefix);
  };
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
    if (plain_.rows.empty() || random_.one_in(3)) {
      Record made = Oracle<Record>::random(random_);
      while (throws(made)) made = Oracle<Record>::random(random_);
      return made;
    }
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
    const Entries all = entries(plain_, {}, any_key());
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
    switch (random_.below(5)) {
      case 3:
        return use(excluding(low), unbounded, above(low_key));
      case 4:
        return use(including(low), excluding(high), both(not_below(low_key), below(high_key)));
      case 0:
        return use(low, including(high), both(not_below(low_key), not_above(high_key)));
      case 1:
        return use(unbounded, high, below(high_key));
      default:
        return use(excluding(low), excluding(high), both(above(low_key), below(high_key)));
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
    const Key low_key = Oracle<Record>::primary(low);
    const auto primary = tree_.template by<Model::PrimaryIndex::id>();
    if (random_.one_in(3)) {
      const Entries expected = entries(plain_, {}, equal_to({low_key.front()}));
      require(primary.count(std::get<0>(strong(low).parts())) == expected.size(), "count of a primary key's part");
      return same(primary.equal(std::get<0>(strong(low).parts())), expected, "equal of a primary key's part");
    }
    with_ends(strong(low), low_key, strong(high), Oracle<Record>::primary(high),
              [&](const auto& lower, const auto& upper, const Belongs& belongs) {
                same(random_.one_in(2) ? tree_.range_borrowed(lower, upper) : primary.range(lower, upper),
                     entries(plain_, {}, belongs), "range");
              });
  }

  /// A random read through an index, by a key of `sample` where it has one.
  template <class Index>
  void through(std::size_t place, const Record& sample) {
    trace_.add("  read through " + std::string(Index::table));
    const auto index = tree_.template by<Index::id>();
    if (random_.one_in(8)) {
      require(index.count() == entries(plain_, place, any_key()).size(), "count of an index");
      return same(index.all(), entries(plain_, place, any_key()), "all of an index");
    }
    const Row<Record> row = *make_row(sample);
    if (row.keys[place].empty()) return;
    const std::size_t wanted = random_.below(row.keys[place].size());
    const Key key = row.keys[place][wanted].key;
    typename Index::Key strong;
    Index::each_key(sample, [&](const auto&... parts) {
      typename Index::Key made = netabase::detail::own_key<Index>(parts...);
      if (order(key_of(made.parts()), undirected(key)) == 0) strong = std::move(made);
    });
    const Entries expected = entries(plain_, place, equal_to(key));
    switch (random_.below(9)) {
      case 6:
        return behind_entry<Index>(place, sample, strong, key, row.keys[place][wanted]);
      case 7:
        return many_keys<Index>(place, strong, expected);
      case 8:  // leading parts and the beginning of the last one
        if constexpr (requires { index.prefix(std::get<0>(strong.parts()), ""); }) {
          const std::string text = text_of(std::get<1>(strong.parts()));
          const std::string prefix = text.substr(0, random_.below(text.size() + 1));
          same(index.prefix(std::get<0>(strong.parts()), prefix),
               entries(plain_, place, both(equal_to({key.front()}), text_begins(1, prefix))), "prefix behind a part");
        }
        return;
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
          if (std::exchange(first, false)) strong_high = netabase::detail::own_key<Index>(parts...);
        });
        return with_ends(strong, key, strong_high, high,
                         [&](const auto& lower, const auto& upper, const Belongs& belongs) {
                           same(index.range(lower, upper), entries(plain_, place, belongs), "range of an index");
                         });
      }
      case 4: {  // the first part alone
        return same(index.equal(std::get<0>(strong.parts())), entries(plain_, place, equal_to({key.front()})),
                    "equal of a leading part");
      }
      default:
        if constexpr (requires { index.prefix(""); }) {
          const std::string text = text_of(std::get<0>(strong.parts()));
          const std::string prefix = text.substr(0, random_.below(text.size() + 1));
          same(index.prefix(prefix), entries(plain_, place, text_begins(0, prefix)), "prefix");
        }
        return;
    }
  }

  static std::string text_of(const std::string& text) { return text; }
  static std::string text_of(const std::filesystem::path& path) { return path.native(); }
  static std::string text_of(const std::optional<std::string>& text) { return text.value_or(""); }

  /// What comes behind the entry of `sample` with this key, which need not be there.
  template <class Index>
  void behind_entry(std::size_t place, const Record& sample, const typename Index::Key& strong, const Key& key,
                    const IndexKey& at) {
    const Row<Record> row = *make_row(sample);
    const bool backward = random_.one_in(2);
    auto range = tree_.template by<Index::id>().all();
    if (backward) range = std::move(range).reverse();
    if (row.keys[place].size() == 1 && random_.one_in(2)) {
      range = std::move(range).after(sample);
    } else {
      Model::PrimaryIndex::each_key(sample, [&](const auto&... parts) {
        range = std::move(range).after(strong, typename Model::PrimaryKey(parts...));
      });
    }
    // Where a hash decides the order, only what lies in another group is determined.
    const std::pair<std::string_view, std::string_view> group = {
        at.visible, at.hashed ? std::string_view() : std::string_view(row.visible_in_index)};
    Entries expected;
    std::size_t in_group = 0;
    for (const Expected<Record>& one : entries(plain_, place, any_key())) {
      const int keys = order(*one.key, key);
      const int way = keys != 0 || Index::unique ? keys : order(one.row->primary, row.primary);
      if (one.group == group) {
        ++in_group;
      } else if (backward ? way < 0 : way > 0) {
        expected.push_back(one);
      }
    }
    if (backward) std::reverse(expected.begin(), expected.end());
    const auto got = rows(std::move(range));
    require(got.size() >= expected.size() && got.size() <= expected.size() + in_group, "after() of an index");
    const std::vector<const Row<Record>*> tail(got.end() - static_cast<std::ptrdiff_t>(expected.size()), got.end());
    compare_sequence(expected, tail, expected.size(), "after() of an index");
    for (std::size_t i = 0; i + expected.size() < got.size(); ++i) {
      require(at.hashed || order(got[i]->primary, row.primary) != 0, "after() gave the place itself");
    }
  }

  /// Several keys at once, `strong` twice among them.
  template <class Index>
  void many_keys(std::size_t place, const typename Index::Key& strong, const Entries& expected) {
    std::vector<typename Index::Key> keys = {strong};
    std::vector<Entries> wanted = {expected};
    const Record other = sample_record();
    const Row<Record> other_row = *make_row(other);
    std::size_t number = 0;
    Index::each_key(other, [&](const auto&... parts) {
      if (number++ != 0) return;
      keys.push_back(netabase::detail::own_key<Index>(parts...));
      wanted.push_back(entries(plain_, place, equal_to(other_row.keys[place].front().key)));
    });
    keys.push_back(strong);
    wanted.push_back(expected);
    const auto got = tree_.get_many_by_secondary_keys(keys);
    require(got.size() == keys.size(), "get_many_by_secondary_keys");
    for (std::size_t i = 0; i < got.size(); ++i) {
      compare_sequence(wanted[i], rows(got[i]), wanted[i].size(), "get_many_by_secondary_keys");
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
