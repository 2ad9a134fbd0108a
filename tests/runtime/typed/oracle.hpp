#pragma once

/// \file
/// The plain in-memory model that a store is compared with: sorted maps, and indexes found by looking at every record.
/// It shares nothing with the store's own way of ordering: keys are compared as values.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "netabase/key/stored.hpp"
#include "netabase/netabase.hpp"

namespace typed_test {

/// The same numbers for a seed on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  /// 0 to `count` - 1.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(engine_() % count); }
  bool one_in(std::size_t count) { return below(count) == 0; }
  template <class T, std::size_t count>
  T of(const T (&choices)[count]) {
    return choices[below(count)];
  }

 private:
  std::mt19937_64 engine_;
};

/// One part of a key, as a value. An absent optional is monostate, before everything.
struct Part {
  std::variant<std::monostate, bool, std::int64_t, std::uint64_t, netabase::Int128, netabase::UInt128, double,
               std::string>
      value;
  bool descending = false;
};

template <class T>
Part part(const T& value) {
  if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, double> || std::is_same_v<T, netabase::Int128> ||
                std::is_same_v<T, netabase::UInt128>) {
    return {value, false};
  } else if constexpr (requires { value.time_since_epoch(); }) {
    return part(value.time_since_epoch());
  } else if constexpr (requires { value.count(); }) {
    return part(value.count());
  } else if constexpr (requires { value.native(); }) {
    return {value.native(), false};
  } else if constexpr (std::is_enum_v<T>) {
    return part(static_cast<std::underlying_type_t<T>>(value));
  } else if constexpr (std::is_integral_v<T>) {
    return {static_cast<std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>>(value), false};
  } else if constexpr (requires { value.has_value(); }) {
    return value ? part(*value) : Part{};
  } else {
    return {std::string(reinterpret_cast<const char*>(value.data()), value.size()), false};
  }
}
template <class T>
Part descending(const T& value) {
  Part out = part(value);
  out.descending = true;
  return out;
}

using Key = std::vector<Part>;

/// Less, equal or greater than 0, in the order that the schema asks for.
inline int order(const Part& a, const Part& b) {
  const int ascending = a.value < b.value ? -1 : b.value < a.value ? 1 : 0;
  return a.descending ? -ascending : ascending;
}
/// Of keys of different lengths only the parts that both have are compared.
inline int order(const Key& a, const Key& b) {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    if (const int parts = order(a[i], b[i]); parts != 0) return parts;
  }
  return 0;
}
struct Less {
  bool operator()(const Key& a, const Key& b) const { return order(a, b) < 0; }
};

/// The key of a tuple of parts.
template <class... T>
Key key_of(const std::tuple<T...>& parts) {
  return std::apply([](const auto&... each) { return Key{part(each)...}; }, parts);
}

/// Specialised for each model:
///     static Record random(Random&);                            // from few values, so that keys meet
///     static void take_primary(const Record& from, Record& to);
///     static Key primary(const Record&);
///     static std::vector<std::vector<Key>> keys(const Record&); // for each index the record's keys in it
///     static bool too_long(const Record&);                      // breaks a max_length
///     static bool throws(const Record&);                        // where a function that an index calls may throw
template <class Record>
struct Oracle;

/// Whether a function that an index calls throws for the record.
template <class Record>
bool throws(const Record& record) {
  if constexpr (requires { Oracle<Record>::throws(record); }) {
    return Oracle<Record>::throws(record);
  } else {
    return false;
  }
}

/// A key in an index, and what of it decides the order in the store: all of it, or its beginning when it is so long
/// that the rest is hashed.
struct IndexKey {
  Key key;
  std::string visible;
  bool hashed = false;
};

inline IndexKey index_key(Key key, netabase::Bytes encoded, std::size_t limit, std::size_t prefix) {
  const bool hashed = encoded.size() > limit;
  return {std::move(key), std::string(netabase::as_text(hashed ? encoded.first(prefix) : encoded)), hashed};
}

template <class Record>
struct Row {
  Record record;
  Key primary;
  std::string visible;           ///< of the primary key, in the table of records
  std::string visible_in_index;  ///< of the primary key, behind an index key
  std::vector<std::vector<IndexKey>> keys;
};

template <class Record>
std::shared_ptr<const Row<Record>> make_row(const Record& record) {
  using Model = netabase::ModelType<Record>;
  namespace key = netabase::key;
  Row<Record> row{record, Oracle<Record>::primary(record), {}, {}, {}};
  key::Buffer buffer;
  Model::PrimaryIndex::each_key(record,
                                [&](const auto&... parts) { Model::PrimaryIndex::Parts::append(buffer, parts...); });
  constexpr std::size_t exact = key::hashed_record_key_prefix;
  constexpr std::size_t part = key::hashed_record_key_part_prefix;
  row.visible = index_key({}, buffer.bytes(), exact, exact).visible;
  row.visible_in_index = index_key({}, buffer.bytes(), part, part).visible;
  row.keys.resize(Model::Indexes::size);
  if (throws(record)) return std::make_shared<const Row<Record>>(std::move(row));  // never stored
  const std::vector<std::vector<Key>> keys = Oracle<Record>::keys(record);
  netabase::detail::for_each_type(
      typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t place) {
        constexpr std::size_t limit = Index::unique ? key::unique_key_limit : key::index_part_limit;
        std::size_t number = 0;
        Index::each_key(record, [&](const auto&... parts) {
          buffer.clear();
          Index::Parts::append(buffer, parts...);
          IndexKey made = index_key(keys[place].at(number++), buffer.bytes(), limit, limit);
          for (const IndexKey& other : row.keys[place]) {
            if (order(other.key, made.key) == 0) return;
          }
          row.keys[place].push_back(std::move(made));
        });
        if (number != keys[place].size()) throw std::logic_error("the oracle sees other keys than the generated code");
      });
  return std::make_shared<const Row<Record>>(std::move(row));
}

/// What a write is expected to come to.
enum class Outcome { done, unique_violation, key_too_long, no_number_left, function_threw };

/// The records of one model.
template <class Record>
struct Plain {
  using Model = netabase::ModelType<Record>;
  using RowPointer = std::shared_ptr<const Row<Record>>;

  std::map<Key, RowPointer, Less> rows;
  std::uint64_t next_number = 1;

  const Row<Record>* find(const Key& primary) const {
    const auto found = rows.find(primary);
    return found == rows.end() ? nullptr : found->second.get();
  }

  /// Numbers a record with an automatic key. False: there is no number left.
  bool number(Record& record) {
    if constexpr (Model::automatic) {
      auto& id = record.*Model::automatic_member;
      using Id = std::remove_reference_t<decltype(id)>;
      if (id == 0) {
        if (next_number > static_cast<std::uint64_t>(std::numeric_limits<Id>::max())) return false;
        id = static_cast<Id>(next_number++);
      } else if (id > 0 && static_cast<std::uint64_t>(id) >= next_number) {
        next_number = static_cast<std::uint64_t>(id) + 1;
      }
    }
    return true;
  }

  void set(const Record& record) {
    RowPointer row = make_row(record);
    Key primary = row->primary;
    rows.insert_or_assign(std::move(primary), std::move(row));
  }

  /// Whether two records share a unique key.
  bool has_violation() const {
    bool found = false;
    netabase::detail::for_each_type(typename Model::Indexes{},
                                    [&]<class Index>(std::type_identity<Index>, std::size_t place) {
                                      if constexpr (Index::unique) {
                                        std::map<Key, int, Less> seen;
                                        for (const auto& [primary, row] : rows) {
                                          for (const IndexKey& key : row->keys[place])
                                            found = found || !seen.emplace(key.key, 0).second;
                                        }
                                      }
                                    });
    return found;
  }

  bool has_throwing() const {
    return std::any_of(rows.begin(), rows.end(), [](const auto& entry) { return throws(entry.second->record); });
  }

  /// Whether another record has one of the row's unique keys.
  bool would_violate(const Row<Record>& row) const {
    bool found = false;
    netabase::detail::for_each_type(typename Model::Indexes{},
                                    [&]<class Index>(std::type_identity<Index>, std::size_t place) {
                                      if constexpr (Index::unique) {
                                        for (const auto& [primary, other] : rows) {
                                          if (order(primary, row.primary) == 0) continue;
                                          for (const IndexKey& theirs : other->keys[place]) {
                                            for (const IndexKey& ours : row.keys[place])
                                              found = found || order(theirs.key, ours.key) == 0;
                                          }
                                        }
                                      }
                                    });
    return found;
  }

  Outcome put(const Record& record) {
    if (Oracle<Record>::too_long(record)) return Outcome::key_too_long;
    if (throws(record)) return Outcome::function_threw;
    RowPointer row = make_row(record);
    if (would_violate(*row)) return Outcome::unique_violation;
    Key primary = row->primary;
    rows.insert_or_assign(std::move(primary), std::move(row));
    return Outcome::done;
  }
};

/// An entry that a query is expected to give; `group`: entries of one group may come in any order.
template <class Record>
struct Expected {
  const Row<Record>* row;
  const Key* key;
  std::pair<std::string_view, std::string_view> group;
};

/// The entries of the table of records, or of index `place`, whose key `belongs`, in order. Compiled once for each
/// record, not for each question: a sort takes the compiler longer than it takes the test.
template <class Record>
std::vector<Expected<Record>> entries(const Plain<Record>& plain, std::optional<std::size_t> place,
                                      const std::function<bool(const Key&)>& belongs) {
  std::vector<Expected<Record>> out;
  for (const auto& [primary, row] : plain.rows) {
    if (!place) {
      if (belongs(primary)) out.push_back({row.get(), &row->primary, {row->visible, {}}});
      continue;
    }
    for (const IndexKey& key : row->keys[*place]) {
      if (!belongs(key.key)) continue;
      out.push_back({row.get(), &key.key, {key.visible, key.hashed ? std::string_view() : row->visible_in_index}});
    }
  }
  if (place) {
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return order(*a.key, *b.key) < 0; });
  }
  return out;
}

}  // namespace typed_test
