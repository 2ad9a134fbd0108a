#pragma once

/// \file
/// Whether what many records link to is there: asked in the order of the targets' keys, each once.

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "netabase/detail/key_list.hpp"
#include "netabase/detail/removal.hpp"

namespace netabase::detail {

/// The records of one bulk write, as its parts see them.
template <class Record>
struct BulkRecords {
  const KeyList& keys;                       ///< stored primary keys, sorted, each once
  const std::vector<const Record*>& values;  ///< by operation; null for a removal

  /// The record that is written under the key; null: none.
  const Record* written(Bytes record_key) const {
    const std::size_t at = keys.find(record_key);
    return at == keys.size() ? nullptr : values[keys.operation(at)];
  }
};

/// Throws LinkViolation when a record to be written links to one that will not be there. `removal`: what the write
/// removes; null: nothing.
template <class Link, class Engine>
void check_bulk_targets(const Access<typename Link::Model, Engine>& access,
                        const BulkRecords<typename Link::Model::Record>& records,
                        const Removal<typename Link::Model, Engine>* removal) {
  using Model = typename Link::Model;
  using Target = typename Link::Target;
  KeyList wanted;
  key::Buffer buffer;
  const auto seal = [&](const auto& key) {
    buffer.clear();
    Link::Parts::append(buffer, key);
    key::seal_record_key(buffer);
  };
  for (std::size_t i = 0; i < records.keys.size(); ++i) {
    const std::uint32_t operation = records.keys.operation(i);
    if (records.values[operation] == nullptr) continue;
    Link::each_key(*records.values[operation], [&](const auto& key) {
      seal(key);
      wanted.add(buffer.bytes(), operation);
    });
  }
  wanted.sort();
  const Access<Target, Engine> targets = access.template of<Target>();
  auto cursor = targets.transaction().cursor(targets.records());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const Bytes record_key = wanted[i];
    const bool is_hashed = key::is_hashed_record_key(record_key);
    if (i > 0 && !is_hashed && compare(wanted[i - 1], record_key) == 0) continue;
    const auto is_there = [&](const auto& key) {
      key::Buffer whole;
      Link::Parts::append(whole, key);
      if constexpr (std::is_same_v<Model, Target>) {
        if (const auto* written = records.written(record_key)) {
          if (!is_hashed) return true;
          key::Buffer own;
          access.append_primary(own, *written);
          return compare(own.bytes(), whole.bytes()) == 0;
        }
      }
      if (!cursor.find(record_key)) return false;
      if (is_hashed && !targets.has_primary(cursor.value(), whole.bytes())) return false;
      return removal == nullptr || !removal->template removes<Target>(record_key);
    };
    const auto& record = *records.values[wanted.operation(i)];
    Link::each_key(record, [&](const auto& key) {
      seal(key);
      if (compare(buffer.bytes(), record_key) == 0 && !is_there(key)) throw_no_target<Link>(record, key);
    });
  }
}

}  // namespace netabase::detail
