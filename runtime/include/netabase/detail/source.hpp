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

/// Makes the encoded index key in `key` the key of an entry, as key/stored.hpp has it. Returns whether a hash stands
/// for a part of it: the entry's value is the primary key in full then, as it always is in a unique index.
template <class Index>
bool seal_entry(key::Buffer& key, Bytes record_key) {
  if constexpr (Index::unique) {
    key::seal_unique_key(key);
    return true;
  } else {
    const bool hashed_part = key::seal_index_part(key);
    const bool hashed_key = key::append_record_key_part(key, record_key);
    return hashed_part || hashed_key;
  }
}

/// A record of the model, decoded or borrowed.
template <class Model, class Argument>
concept RecordOf = std::is_same_v<Argument, typename Model::Record> || std::is_same_v<Argument, typename Model::Ref>;

/// The records of a model in the order of their primary keys.
template <class ModelType, class EngineType>
class RecordSource {
 public:
  using Model = ModelType;
  using Engine = EngineType;
  using PrimaryIndex = typename Model::PrimaryIndex;

  RecordSource(Access<Model, Engine> access, Interval&& interval)
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

  /// The walk begins behind the record with this key, or behind `record`.
  template <class... Key>
  void resume_after(const Key&... key) requires WholeKey<PrimaryIndex, Key...> {
    make_record_key<PrimaryIndex>(interval().resume, key...);
    interval().has_resume = true;
  }
  template <class AnyRecord>
  void resume_after(const AnyRecord& record) requires RecordOf<Model, AnyRecord> {
    interval().resume.clear();
    access_.append_primary(interval().resume, record);
    key::seal_record_key(interval().resume);
    interval().has_resume = true;
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

  IndexSource(Access<Model, Engine> access, Interval&& interval)
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

  /// The walk begins behind the entry with this key and this primary key, each as one argument; unique keys need no
  /// primary one.
  template <class Key, class PrimaryKey>
  void resume_after(const Key& key,
                    const PrimaryKey& primary) requires(WholeKey<Index, Key>&& WholeKey<PrimaryIndex, PrimaryKey>) {
    key::Buffer record_key;
    make_record_key<PrimaryIndex>(record_key, primary);
    interval().resume.clear();
    append_key<Index>(interval().resume, key);
    seal_entry<Index>(interval().resume, record_key.bytes());
    interval().has_resume = true;
  }
  template <class Key>
  void resume_after(const Key& key) requires(Index::unique&& WholeKey<Index, Key>) {
    interval().resume.clear();
    append_key<Index>(interval().resume, key);
    seal_entry<Index>(interval().resume, {});
    interval().has_resume = true;
  }

  /// The walk begins behind the record's entry. Throws invalid_argument unless exactly one of its keys lies in the
  /// range.
  template <class AnyRecord>
  void resume_after(const AnyRecord& record) requires RecordOf<Model, AnyRecord> {
    key::Buffer record_key;
    access_.append_primary(record_key, record);
    key::seal_record_key(record_key);
    key::Buffer entry;
    interval().has_resume = false;
    Index::each_key(record, [&](const auto&... parts) {
      entry.clear();
      Index::Parts::append(entry, parts...);
      if (!interval().contains(entry.bytes())) return;
      seal_entry<Index>(entry, record_key.bytes());
      if (interval().has_resume && compare(entry.bytes(), interval().resume.bytes()) != 0) {
        throw Error(ErrorCode::invalid_argument, "after(record): the record stands more than once in this range of " +
                                                     std::string(Index::table) +
                                                     ": write after(key, primary key) to say which place is meant");
      }
      interval().resume = entry;
      interval().has_resume = true;
    });
    if (!interval().has_resume) {
      throw Error(ErrorCode::invalid_argument, "after(record): none of the record's keys lies in this range of " +
                                                   std::string(Index::table) +
                                                   ": give a record that the range gave, or after(key, primary key)");
    }
  }

  typename Engine::Cursor& cursor() { return walk_.cursor(); }

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

/// Where the entries of an index lie, the primary one included.
template <class Index, class Engine>
using EntrySource = std::conditional_t<is_primary_index<Index>, RecordSource<typename Index::Model, Engine>,
                                       IndexSource<Index, Engine>>;

/// What after() takes.
template <class Source, class... Arguments>
concept ResumesAfter = requires(Source& source, const Arguments&... arguments) {
  source.resume_after(arguments...);
};

}  // namespace netabase::detail
