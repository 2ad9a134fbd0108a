#pragma once

/// \file
/// Reading many entries of a table whose keys are sorted.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "netabase/bytes.hpp"
#include "netabase/detail/access.hpp"
#include "netabase/detail/key_list.hpp"
#include "netabase/detail/source.hpp"
#include "netabase/engine/engine.hpp"

namespace netabase::detail {

/// How many entries are looked up at a time: enough for the engine to go about several in turn, few enough to be in the
/// processor's first cache still when they are used.
inline constexpr std::size_t reads_at_once = 128;

/// Calls `use(i, value)` for each of `keys`, in their order, that `table` has. `keys` must be sorted.
template <class Transaction, class Use>
void for_each_value(const Transaction& transaction, engine::Table table, const KeyList& keys, Use&& use) {
  std::array<Bytes, reads_at_once> wanted;
  std::array<std::optional<Bytes>, reads_at_once> values;
  for (std::size_t first = 0; first < keys.size(); first += reads_at_once) {
    const std::size_t count = std::min(reads_at_once, keys.size() - first);
    for (std::size_t i = 0; i < count; ++i) wanted[i] = keys[first + i];
    transaction.get_sorted(table, std::span(wanted).first(count), std::span(values).first(count));
    for (std::size_t i = 0; i < count; ++i) {
      if (values[i]) use(first + i, *values[i]);
    }
  }
}

/// The value of each of the sorted `keys` at the place that its operation names, of `places`; one without data where
/// there is none.
template <class Transaction>
std::vector<Bytes> values_by_operation(const Transaction& transaction, engine::Table table, const KeyList& keys,
                                       std::size_t places) {
  std::vector<Bytes> values(places);
  for_each_value(transaction, table, keys, [&](std::size_t i, Bytes value) { values[keys.operation(i)] = value; });
  return values;
}

/// Calls `use(i, value)` for each of `values` that has data, in their order, having asked the processor for its memory
/// some values before. In the caller's order, and not in that of the keys, since what is made of the records is then
/// allocated in the order in which it will be used and freed, which for 100,000 records is what counts.
template <class Use>
void for_each_near(std::span<const Bytes> values, Use&& use) {
  constexpr std::size_t ahead = 8;
  constexpr std::size_t cache_line = 64;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i + ahead < values.size() && values[i + ahead].data() != nullptr) {
      __builtin_prefetch(values[i + ahead].data());
      if (values[i + ahead].size() > cache_line) __builtin_prefetch(values[i + ahead].data() + cache_line);
    }
    if (values[i].data() != nullptr) use(i, values[i]);
  }
}

/// The index entries under several keys.
struct EntriesOfKeys {
  struct Run {
    std::size_t first = 0;
    std::size_t count = 0;
  };
  KeyList records;        ///< of each entry its record key; the entry's number is the operation
  std::vector<Run> runs;  ///< by the operation of the key: the numbers of its entries, which are in the index's order
};

/// The entries of `Index` under each of `keys`, which are sorted, whole, and not hashed; their operations are below
/// `places`.
template <class Index, class Engine>
EntriesOfKeys entries_of_keys(const Access<typename Index::Model, Engine>& access, const KeyList& keys,
                              std::size_t places) {
  EntriesOfKeys found;
  found.runs.resize(places);
  const auto add = [&](std::size_t i, Bytes record_key) {
    EntriesOfKeys::Run& run = found.runs[keys.operation(i)];
    if (run.count == 0) run.first = found.records.size();
    ++run.count;
    found.records.add(record_key, static_cast<std::uint32_t>(found.records.size()));
  };
  if constexpr (Index::unique) {
    found.records.reserve(keys.size(), keys.size() * sizeof(std::uint64_t));
    for_each_value(access.transaction(), access.template table<Index>(), keys, add);
  } else {
    IndexSource<Index, Engine> source(access, {});
    auto& cursor = source.cursor();
    std::array<Bytes, reads_at_once> wanted;
    std::array<std::optional<Bytes>, reads_at_once> none;
    for (std::size_t first = 0; first < keys.size(); first += reads_at_once) {
      const std::size_t count = std::min(reads_at_once, keys.size() - first);
      for (std::size_t i = 0; i < count; ++i) wanted[i] = keys[first + i];
      // It finds none of them, since an entry is longer than its key. But the pages where they would be, and so the
      // entries are, come near to the processor, many at a time.
      access.transaction().get_sorted(source.table(), std::span(wanted).first(count), std::span(none).first(count));
      for (std::size_t i = 0; i < count; ++i) {
        for (bool more = cursor.seek(wanted[i]); more && starts_with(cursor.key(), wanted[i]); more = cursor.next()) {
          add(first + i, source.record_key());
        }
      }
    }
  }
  return found;
}

}  // namespace netabase::detail
