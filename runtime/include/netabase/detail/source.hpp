#pragma once

/// \file
/// Where a range's entries come from: a model's table of records, or one of its indexes.

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include "netabase/detail/access.hpp"
#include "netabase/detail/interval.hpp"

namespace netabase::detail {

/// Bytes of a stored primary key of `Index`; 0 when they vary.
template <class Index>
inline constexpr std::size_t record_key_size = Index::Parts::fixed_size > key::record_key_limit
                                                   ? 0
                                                   : (Index::Parts::fixed_size + 7) / 8 * 8;

/// The strong primary key of a record.
template <class Index, class AnyRecord>
typename Index::Key primary_key_of(const AnyRecord& record) {
  typename Index::Key out;
  Index::each_key(record, [&](const auto&... parts) { out = own_key<Index>(parts...); });
  return out;
}

/// The records of a model in the order of their primary keys.
template <class ModelType, class EngineType>
class RecordSource {
 public:
  using Model = ModelType;
  using Engine = EngineType;
  using PrimaryIndex = typename Model::PrimaryIndex;

  RecordSource(Access<Model, Engine> access, Interval interval)
      : access_(access),
        walk_(access.transaction().cursor(access.records()), std::move(interval), key::hashed_record_key_prefix) {}

  const Access<Model, Engine>& access() const { return access_; }
  Interval& interval() { return walk_.interval(); }
  engine::Table table() const { return access_.records(); }

  bool start(bool backward) {
    return walk_.start(backward, [this](key::Buffer& out) { whole_key(out); });
  }
  bool advance() {
    return walk_.advance([this](key::Buffer& out) { whole_key(out); });
  }

  Bytes record() const { return walk_.value(); }

  typename Model::PrimaryKey primary_key() const {
    if (key::is_hashed_record_key(walk_.key())) return primary_key_of<PrimaryIndex>(access_.view(walk_.value()));
    Bytes rest = walk_.key();
    return std::make_from_tuple<typename Model::PrimaryKey>(PrimaryIndex::Parts::decode(rest));
  }

 private:
  void whole_key(key::Buffer& out) const { access_.append_primary(out, access_.view(walk_.value())); }

  Access<Model, Engine> access_;
  Walk<typename Engine::Cursor> walk_;
};

/// The whole key that a hash in an index's entry stands for: the one of the record's keys that is stored as `entry`.
template <class Index, class Ref>
void append_whole_key(const Ref& record, Bytes entry, key::Buffer& out) {
  Index::each_key(record, [&](const auto&... parts) {
    key::Buffer whole;
    Index::Parts::append(whole, parts...);
    key::Buffer stored;
    stored.append(whole.data(), whole.size());
    if constexpr (Index::unique) {
      key::seal_unique_key(stored);
    } else {
      key::seal_index_part(stored);
    }
    if (out.size() == 0 && starts_with(entry, stored.bytes())) out.append(whole.data(), whole.size());
  });
}

/// The records of a model in the order of one of its indexes. A record stands there once for each of its keys.
template <class IndexType, class EngineType>
class IndexSource {
 public:
  using Index = IndexType;
  using Model = typename Index::Model;
  using Engine = EngineType;
  using PrimaryIndex = typename Model::PrimaryIndex;

  IndexSource(Access<Model, Engine> access, Interval interval)
      : access_(access),
        walk_(access.transaction().cursor(access.template table<Index>()), std::move(interval),
              Index::unique ? key::unique_key_limit : key::index_part_limit) {}

  const Access<Model, Engine>& access() const { return access_; }
  Interval& interval() { return walk_.interval(); }
  engine::Table table() const { return access_.template table<Index>(); }

  bool start(bool backward) {
    return walk_.start(backward, [this](key::Buffer& out) { whole_key(out); });
  }
  bool advance() {
    return walk_.advance([this](key::Buffer& out) { whole_key(out); });
  }

  Bytes record() const {
    Bytes value;
    if (!access_.find(record_key(), value)) access_.throw_dangling(Index::table);
    return value;
  }

  typename Model::PrimaryKey primary_key() const {
    const Bytes stored = record_key();
    if (key::is_hashed_record_key(stored)) return primary_key_of<PrimaryIndex>(access_.view(record()));
    Bytes rest = stored;
    return std::make_from_tuple<typename Model::PrimaryKey>(PrimaryIndex::Parts::decode(rest));
  }

  Bytes entry_key() const { return walk_.key(); }

  /// The stored primary key that the entry names; the forms are those of key/stored.hpp.
  Bytes record_key() const {
    const Bytes value = walk_.value();
    if (Index::unique || !value.empty()) return value;
    const Bytes entry = walk_.key();
    if constexpr (record_key_size<PrimaryIndex> != 0) {
      if (entry.size() < record_key_size<PrimaryIndex>) access_.throw_dangling(Index::table);
      return entry.last(record_key_size<PrimaryIndex>);
    } else {
      Bytes rest = entry;
      if (!Index::Parts::skip(rest)) access_.throw_dangling(Index::table);
      return rest;
    }
  }

 private:
  void whole_key(key::Buffer& out) const { append_whole_key<Index>(access_.view(record()), walk_.key(), out); }

  Access<Model, Engine> access_;
  Walk<typename Engine::Cursor> walk_;
};

}  // namespace netabase::detail
