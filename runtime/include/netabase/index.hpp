#pragma once

/// \file
/// One index of a model, as `tree.by<&User::email>()` or `tree.by<UserKey::email>()` gives it; the primary key, too.
///
///     auto hit = users.by<&blog::User::email>().find("alice@example.com");      // unique: std::optional<UserRef>
///     for (auto user : users.by<&blog::User::city>().equal("Paris")) …           // lazy, zero-copy
///     auto count = posts.by<blog::PostKey::by_author_date>().count(7);           // leading parts are enough
///     for (auto user : users.by<blog::UserKey::primary>().prefix("al")) …         // the primary key is one as well

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "netabase/range.hpp"

namespace netabase {

namespace detail {

/// Bytes that end an encoded text: 00 01 (key/terminated.hpp), inverted in descending ones. Without them it is a prefix
/// of longer texts.
inline constexpr std::size_t text_end_size = 2;

/// Strings and paths, also optional and descending ones: the beginning of the text begins the part's bytes.
template <class Part>
inline constexpr bool is_text_part = std::is_same_v<Part, std::string> || key::detail::is_text_part<Part>;
template <class Part>
inline constexpr bool is_text_part<std::optional<Part>> = is_text_part<Part>;
template <class Part>
inline constexpr bool is_text_part<key::Desc<Part>> = is_text_part<Part>;

template <class Parts, std::size_t place>
inline constexpr bool is_text_at = false;
template <class... Parts, std::size_t place>
inline constexpr bool is_text_at<key::Parts<Parts...>, place> =
    is_text_part<std::tuple_element_t<place, std::tuple<Parts...>>>;

template <class Index, class... Arguments>
constexpr bool is_text_prefix() {
  if constexpr (LeadingParts<Index, Arguments...>) {
    constexpr std::size_t last = sizeof...(Arguments) - 1;
    using Last = std::tuple_element_t<last, std::tuple<Arguments...>>;
    return is_text_at<typename Index::Parts, last> && std::convertible_to<const Last&, std::string_view>;
  } else {
    return false;
  }
}

/// What prefix() takes: the leading parts of a key, the last one given being the beginning of a text.
template <class Index, class... Arguments>
concept TextPrefix = is_text_prefix<Index, Arguments...>();

/// Every key of `Index` that has these parts, where the last one only begins the key's.
template <class Index, class... Arguments>
Interval text_prefix(const Arguments&... arguments) {
  return Interval::with_prefix([&](key::Buffer& out) {
    append_key<Index>(out, arguments...);
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

  /// The one record with this key. Unique indexes and primary keys only. Two look-ups in the store (one by primary
  /// key), no allocation.
  template <class... Key>
  std::optional<Ref> find(const Key&... key) const requires(Index::unique&& detail::WholeKey<Index, Key...>) {
    if constexpr (detail::is_primary_index<Index>) {
      Bytes value;
      if (!access_.get(value, key...)) return std::nullopt;
      return access_.view(value);
    } else {
      return find_entry(key...);
    }
  }

  /// The records with this key, in the order of their primary keys; those that begin with leading parts, in key order.
  template <class... Key>
  Entries equal(const Key&... key) const requires detail::KeyPrefix<Index, Key...> {
    return over(detail::Interval::with_prefix([&](key::Buffer& out) { detail::append_key<Index>(out, key...); }));
  }

  /// The records whose key lies between the two; see bound.hpp for what an end may be. In key order: of a descending
  /// part the greater value is the lower end.
  template <class Lower, class Upper>
  Entries range(const Lower& lower, const Upper& upper) const
      requires(detail::RangeEnd<Index, Lower>&& detail::RangeEnd<Index, Upper>) {
    return over(detail::Interval::between<Index>(lower, upper));
  }

  /// The records whose key begins with these parts, the last one given being the beginning of a text:
  /// `prefix("ab")`, or `prefix(author, "ab")` where the text is the second part. In key order, so that of a descending
  /// text comes last first. An absent optional text has no beginning.
  template <class... Parts>
  Entries prefix(const Parts&... parts) const requires detail::TextPrefix<Index, Parts...> {
    return over(detail::text_prefix<Index>(parts...));
  }

  /// Every entry, in key order.
  Entries all() const { return over({}); }
  /// Every entry, last first.
  Entries reverse() const { return all().reverse(); }
  /// The first `count` entries.
  Entries limit(std::uint64_t count) const { return all().limit(count); }
  /// Every entry behind a place: see Range::after.
  template <class... Place>
  Entries after(
      const Place&... place) const requires detail::ResumesAfter<detail::EntrySource<Index, Engine>, Place...> {
    return all().after(place...);
  }
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
  template <class... Key>
  std::optional<Ref> find_entry(const Key&... key) const {
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

  Entries over(detail::Interval&& interval) const {
    return Entries(detail::EntrySource<Index, Engine>(access_, std::move(interval)));
  }

  detail::Access<Model, Engine> access_;
};

}  // namespace netabase
