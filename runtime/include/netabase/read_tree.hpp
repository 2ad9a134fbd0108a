#pragma once

/// \file
/// Reading the records of one model.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "netabase/detail/key_list.hpp"
#include "netabase/detail/link_access.hpp"
#include "netabase/detail/sorted_reads.hpp"
#include "netabase/index.hpp"
#include "netabase/query.hpp"
#include "netabase/range.hpp"

namespace netabase {

template <class Definition, class Engine>
class ReadTransaction;
template <class Definition, class Engine>
class WriteTransaction;

/// The records of one model in one snapshot, by primary key and by every index.
///
/// A cheap handle, made by open_tree(); valid as long as its transaction. From a ReadTransaction it may be used by one
/// thread at a time; from a WriteTransaction by the thread that began it, which sees its own writes.
///
/// A key is given as the parts of the primary key one by one, as a tuple of them, or as the model's strong key
/// (UserPrimaryKey). Borrowed results (the model's Ref, ranges) point into the store: they are valid until the
/// transaction ends or, in a write transaction, until its next write, and cost no allocation. Every call may throw
/// Corrupt (the file is damaged) or Error (it cannot be read).
template <class Record, class Engine>
class ReadTree {
 public:
  using Model = ModelType<Record>;
  using Ref = typename Model::Ref;
  using PrimaryKey = typename Model::PrimaryKey;
  using PrimaryIndex = typename Model::PrimaryIndex;

  /// The record with this key, decoded into a struct of its own.
  template <class... Key>
  std::optional<Record> get(const Key&... key) const requires detail::WholeKey<PrimaryIndex, Key...> {
    Bytes value;
    if (!access_.get(value, key...)) return std::nullopt;
    return Model::Codec::own(access_.view(value));
  }

  /// The record with this key, as a view into the store.
  template <class... Key>
  std::optional<Ref> get_borrowed(const Key&... key) const requires detail::WholeKey<PrimaryIndex, Key...> {
    Bytes value;
    if (!access_.get(value, key...)) return std::nullopt;
    return access_.view(value);
  }

  /// Whether there is a record with this key.
  template <class... Key>
  bool contains(const Key&... key) const requires detail::WholeKey<PrimaryIndex, Key...> {
    Bytes value;
    return access_.get(value, key...);
  }

  /// The records with these keys, in the order asked, absent ones empty. `keys`: any range of keys. They are read in
  /// key order, which is faster than one by one when there are many.
  template <class Keys>
  std::vector<std::optional<Record>> get_many(Keys&& keys) const {
    return many<Record>(keys, decode);
  }
  template <class Key>
  std::vector<std::optional<Record>> get_many(std::initializer_list<Key> keys) const {
    return many<Record>(keys, decode);
  }
  /// For keys of several parts: get_many({{"a", 1}, {"b", 2}}).
  std::vector<std::optional<Record>> get_many(std::initializer_list<PrimaryKey> keys) const {
    return many<Record>(keys, decode);
  }

  /// The same as views. Allocates for the result, the sorted keys and where they are found alone.
  template <class Keys>
  std::vector<std::optional<Ref>> get_many_borrowed(Keys&& keys) const {
    return many<Ref>(keys, borrow);
  }
  template <class Key>
  std::vector<std::optional<Ref>> get_many_borrowed(std::initializer_list<Key> keys) const {
    return many<Ref>(keys, borrow);
  }
  std::vector<std::optional<Ref>> get_many_borrowed(std::initializer_list<PrimaryKey> keys) const {
    return many<Ref>(keys, borrow);
  }

  /// Number of records. O(1).
  std::uint64_t len() const { return access_.transaction().count(access_.records()); }
  bool is_empty() const { return len() == 0; }

  /// Every record in key order: decoded, as views, or only the primary keys. Lazy.
  RecordRange<Model, Engine, Yield::owned> iter() const { return over<Yield::owned>({}); }
  RecordRange<Model, Engine, Yield::borrowed> iter_borrowed() const { return over<Yield::borrowed>({}); }
  RecordRange<Model, Engine, Yield::keys> keys() const { return over<Yield::keys>({}); }

  /// The records from `lower` (belongs) to `upper` (does not), or other ends: see bound.hpp. Of a composite key leading
  /// parts are enough. Lazy; `.reverse()`, `.limit(n)`, `.after(key)` as in range.hpp.
  template <class Lower, class Upper>
  RecordRange<Model, Engine, Yield::owned> range(const Lower& lower, const Upper& upper) const
      requires(detail::RangeEnd<PrimaryIndex, Lower>&& detail::RangeEnd<PrimaryIndex, Upper>) {
    return over<Yield::owned>(detail::Interval::between<PrimaryIndex>(lower, upper));
  }
  template <class Lower, class Upper>
  RecordRange<Model, Engine, Yield::borrowed> range_borrowed(const Lower& lower, const Upper& upper) const
      requires(detail::RangeEnd<PrimaryIndex, Lower>&& detail::RangeEnd<PrimaryIndex, Upper>) {
    return over<Yield::borrowed>(detail::Interval::between<PrimaryIndex>(lower, upper));
  }

  /// The records whose primary key begins with these parts, the last one given being the beginning of a text.
  template <class... Parts>
  RecordRange<Model, Engine, Yield::borrowed> prefix(
      const Parts&... parts) const requires detail::TextPrefix<PrimaryIndex, Parts...> {
    return over<Yield::borrowed>(detail::text_prefix<PrimaryIndex>(parts...));
  }

  /// The index of a field or of a function that computes one, by<&User::email>(), or of a name in the key enum,
  /// by<UserKey::email>(). by<UserKey::primary>() is the primary key: the same calls, leading parts included.
  template <auto selector>
  auto by() const {
    using Index = detail::SelectedIndex<Model, selector>;
    static_assert(!std::is_void_v<Index>,
                  "the model has no such index: mark the field [[netabase::secondary_key]], or name an index of this "
                  "model's key enum, and run netabase-gen");
    if constexpr (!std::is_void_v<Index>) return IndexReader<Index, Engine>(access_);
  }

  /// The record that `record`, a struct or view of this model, links to by a field; nothing when its optional is empty
  /// or, of a struct that is not stored, names none.
  /// `posts.target<&Post::author_id>(post)`: a look-up in the other model's tree, which gives its view.
  template <auto selector, class AnyRecord>
  auto target(const AnyRecord& record) const
      requires(std::is_same_v<AnyRecord, Record> || std::is_same_v<AnyRecord, Ref>) {
    using Link = detail::SelectedIndex<Model, selector>;
    static_assert(detail::IsLink<Link>,
                  "the field is no link: mark it [[netabase::link(Model)]], and run netabase-gen");
    if constexpr (detail::IsLink<Link>) {
      static_assert(!detail::is_list_link<Link>,
                    "the field links to many records: ask the other model's tree for its elements, with get_many()");
      std::optional<typename Link::Target::Ref> found;
      Link::each_key(record, [&](const auto& key) {
        Bytes value;
        if (detail::find_target<Link, Engine>(access_, value, key))
          found = access_.template of<typename Link::Target>().view(value);
      });
      return found;
    }
  }

  /// A query over the records: `users.query().where(field<&User::age>() >= 18).limit(10)`. See query.hpp.
  Query<Record, Engine> query() const { return Query<Record, Engine>(access_); }

  /// The records with a secondary key, decoded: all of them, in the order of their primary keys.
  template <class SecondaryKey>
  std::vector<Record> get_by_secondary_key(
      const SecondaryKey& key) const requires std::is_same_v<typename SecondaryKey::Index::Model, Model> {
    std::vector<Record> records;
    for (auto&& record : index_of<SecondaryKey>().equal(key).owned()) records.push_back(std::move(record));
    return records;
  }

  /// The same as a lazy range of views.
  template <class SecondaryKey>
  auto get_by_secondary_key_borrowed(
      const SecondaryKey& key) const requires std::is_same_v<typename SecondaryKey::Index::Model, Model> {
    return index_of<SecondaryKey>().equal(key);
  }

  /// For each of the secondary keys, in the order asked, its records. `keys`: any range of one index's strong keys.
  /// They are read in key order, which is faster than one by one when there are many.
  template <class SecondaryKeys>
  std::vector<std::vector<Record>> get_many_by_secondary_keys(SecondaryKeys&& keys) const {
    return many_by_secondary_keys<Record>(keys, decode);
  }
  template <class SecondaryKey>
  std::vector<std::vector<Record>> get_many_by_secondary_keys(std::initializer_list<SecondaryKey> keys) const {
    return many_by_secondary_keys<Record>(keys, decode);
  }

  /// The same as views. Allocates for the result, the sorted keys and where they are found alone.
  template <class SecondaryKeys>
  std::vector<std::vector<Ref>> get_many_by_secondary_keys_borrowed(SecondaryKeys&& keys) const {
    return many_by_secondary_keys<Ref>(keys, borrow);
  }
  template <class SecondaryKey>
  std::vector<std::vector<Ref>> get_many_by_secondary_keys_borrowed(std::initializer_list<SecondaryKey> keys) const {
    return many_by_secondary_keys<Ref>(keys, borrow);
  }

 protected:
  template <class, class>
  friend class ReadTransaction;
  template <class, class>
  friend class WriteTransaction;

  explicit ReadTree(detail::Access<Model, Engine> access) : access_(access) {}

  template <class SecondaryKey>
  auto index_of() const {
    return IndexReader<typename SecondaryKey::Index, Engine>(access_);
  }

  static Record decode(const Ref& ref) { return Model::Codec::own(ref); }
  static Ref borrow(const Ref& ref) { return ref; }

  /// Looks up in key order, answers in the caller's. `make`: from a view to what is wanted of it.
  template <class Result, class Keys, class Make>
  std::vector<std::optional<Result>> many(Keys& keys, Make make) const {
    std::vector<std::optional<Result>> results;
    detail::KeyList wanted;
    if constexpr (requires { std::size(keys); }) {
      results.reserve(std::size(keys));
      wanted.reserve(std::size(keys), std::size(keys) * sizeof(std::uint64_t));
    }
    key::Buffer record_key;
    for (const auto& key : keys) {
      record_key.clear();
      detail::append_key<PrimaryIndex>(record_key, key);
      results.emplace_back();
      if (record_key.size() <= key::record_key_limit) {
        key::seal_record_key(record_key);
        wanted.add(record_key.bytes(), static_cast<std::uint32_t>(results.size() - 1));
      } else if (const std::optional<Ref> found = get_borrowed(key)) {
        results.back().emplace(make(*found));
      }
    }
    wanted.sort();
    detail::for_each_near(detail::values_by_operation(access_.transaction(), access_.records(), wanted, results.size()),
                          [&](std::size_t place, Bytes value) { results[place].emplace(make(access_.view(value))); });
    return results;
  }

  /// The same through the index of the keys.
  template <class Result, class SecondaryKeys, class Make>
  std::vector<std::vector<Result>> many_by_secondary_keys(SecondaryKeys& keys, Make make) const {
    using Index = typename std::remove_cvref_t<decltype(*std::begin(keys))>::Index;
    static_assert(std::is_same_v<typename Index::Model, Model>, "these are keys of another model");
    if (access_.template is_absent<Index>()) detail::throw_absent(Index::table);
    // A longer key is stored by a hash, and has to be compared with its records'.
    constexpr std::size_t limit = Index::unique ? key::unique_key_limit : key::index_part_limit;
    std::vector<std::vector<Result>> results;
    detail::KeyList wanted;
    key::Buffer buffer;
    for (const auto& key : keys) {
      buffer.clear();
      detail::append_key<Index>(buffer, key);
      results.emplace_back();
      if (buffer.size() <= limit) {
        wanted.add(buffer.bytes(), static_cast<std::uint32_t>(results.size() - 1));
      } else {
        for (const Ref& ref : get_by_secondary_key_borrowed(key)) results.back().push_back(make(ref));
      }
    }
    wanted.sort();
    detail::EntriesOfKeys found = detail::entries_of_keys<Index>(access_, wanted, results.size());
    found.records.sort();
    const std::vector<Bytes> values =
        detail::values_by_operation(access_.transaction(), access_.records(), found.records, found.records.size());
    std::size_t place = 0;
    for (const detail::EntriesOfKeys::Run& run : found.runs) {
      std::vector<Result>& result = results[place++];
      if (run.count != 0) result.reserve(run.count);
      for (const Bytes& value : std::span(values).subspan(run.first, run.count)) {
        if (value.data() == nullptr) access_.throw_dangling(Index::table);
        result.push_back(make(access_.view(value)));
      }
    }
    return results;
  }

  template <Yield yield>
  RecordRange<Model, Engine, yield> over(detail::Interval&& interval) const {
    return RecordRange<Model, Engine, yield>(detail::RecordSource<Model, Engine>(access_, std::move(interval)));
  }

  detail::Access<Model, Engine> access_;
};

}  // namespace netabase
