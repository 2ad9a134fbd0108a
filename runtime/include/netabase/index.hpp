#pragma once

/// \file
/// One index of a model, as `tree.by<&User::email>()` or `tree.by<UserKey::email>()` gives it.
///
///     auto hit = users.by<&blog::User::email>().find("alice@example.com");      // unique: std::optional<UserRef>
///     for (auto user : users.by<&blog::User::city>().equal("Paris")) …           // lazy, zero-copy
///     auto count = posts.by<blog::PostKey::by_author_date>().count(7);           // leading parts are enough

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "netabase/range.hpp"

namespace netabase {

namespace detail {

/// Bytes that end an encoded text: 00 01 (key/terminated.hpp). Without them it is a prefix of longer texts.
inline constexpr std::size_t text_end_size = 2;

/// Whether a key's first part is an ascending string, so that a prefix of the text is a prefix of the key.
template <class Parts>
inline constexpr bool begins_with_text = false;
template <class... Rest>
inline constexpr bool begins_with_text<key::Parts<std::string, Rest...>> = true;

/// Every key of `Index` whose first part begins with `text`.
template <class Index>
Interval text_prefix(std::string_view text) {
  return Interval::with_prefix([&](key::Buffer& out) {
    append_key<Index>(out, text);
    out.truncate(out.size() - text_end_size);
  });
}

}  // namespace detail

/// Reads through one index. A cheap handle; the ranges it gives do not need it any more. Valid until its transaction
/// ends; costs are those of Range.
///
/// Where a call takes a key, it takes the index's strong key, or the parts of the key one by one, or a tuple of them;
/// of a composite key, leading parts are enough except in find().
template <class Index, class Engine>
class IndexReader {
 public:
  using Model = typename Index::Model;
  using Ref = typename Model::Ref;
  using Entries = IndexRange<Index, Engine>;

  explicit IndexReader(detail::Access<Model, Engine> access) : access_(access) {
    if (access.template is_absent<Index>()) [[unlikely]]
      detail::throw_absent(Index::table);
  }

  /// The one record with this key. Unique indexes only. Two look-ups in the store, no allocation.
  template <class... Key>
  std::optional<Ref> find(const Key&... key) const requires(Index::unique&& detail::WholeKey<Index, Key...>) {
    key::Buffer stored;
    detail::append_key<Index>(stored, key...);
    if (stored.size() > key::unique_key_limit) return std::move(equal(key...)).first();
    key::seal_unique_key(stored);
    Bytes record_key;
    if (!access_.transaction().get(access_.template table<Index>(), stored.bytes(), record_key)) return std::nullopt;
    Bytes value;
    if (!access_.find(record_key, value)) access_.throw_dangling(Index::table);
    return access_.view(value);
  }

  /// The records with this key, in the order of their primary keys.
  template <class... Key>
  Entries equal(const Key&... key) const requires detail::KeyPrefix<Index, Key...> {
    return over(detail::Interval::with_prefix([&](key::Buffer& out) { detail::append_key<Index>(out, key...); }));
  }

  /// The records whose key lies between the two; see bound.hpp for what an end may be.
  template <class Lower, class Upper>
  Entries range(const Lower& lower, const Upper& upper) const
      requires(detail::RangeEnd<Index, Lower>&& detail::RangeEnd<Index, Upper>) {
    return over(detail::Interval::between<Index>(lower, upper));
  }

  /// The records whose key's first part begins with `text`. Only where that part is a string, ascending.
  Entries prefix(std::string_view text) const requires detail::begins_with_text<typename Index::Parts> {
    return over(detail::text_prefix<Index>(text));
  }

  /// Every entry, in key order.
  Entries all() const { return over({}); }
  /// Every entry, last first.
  Entries reverse() const { return all().reverse(); }
  /// The primary keys of every entry, in the index's order.
  IndexRange<Index, Engine, Yield::keys> keys() const { return all().keys(); }

  /// How many entries there are. O(1).
  std::uint64_t count() const { return access_.transaction().count(access_.template table<Index>()); }
  /// How many entries have this key. One step for each; records are not read.
  template <class... Key>
  std::uint64_t count(const Key&... key) const requires detail::KeyPrefix<Index, Key...> {
    return equal(key...).count();
  }
  /// Whether any entry has this key.
  template <class... Key>
  bool contains(const Key&... key) const requires detail::KeyPrefix<Index, Key...> {
    return equal(key...).limit(1).count() != 0;
  }

 private:
  Entries over(detail::Interval interval) const {
    return Entries(detail::IndexSource<Index, Engine>(access_, std::move(interval)));
  }

  detail::Access<Model, Engine> access_;
};

}  // namespace netabase
