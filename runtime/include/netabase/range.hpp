#pragma once

/// \file
/// What range calls return: lazy C++20 input ranges over a snapshot.
///
///     for (blog::UserRef user : users.range_borrowed(10, 20).reverse().limit(5)) …
///     for (auto key : users.by<&blog::User::city>().equal("Paris").keys()) …
///     for (auto user : users.by<&blog::User::city>().equal("Paris").after(last_seen).limit(20)) …  // the next page

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>

#include "netabase/detail/source.hpp"

namespace netabase {

/// What a range gives for each of its entries.
enum class Yield : std::uint8_t {
  borrowed,  ///< the model's Ref: a view into the store, valid as long as its transaction
  owned,     ///< the struct itself, decoded
  keys,      ///< the strong primary key; through an index, records are not even looked up
};

/// A lazy walk over records, in key order. Nothing is read before begin(), and nothing but the current entry is held.
///
/// Single pass: begin() starts (over). Move-only; lives at most as long as its transaction, and in a write transaction
/// until its next write. One thread at a time. Walking allocates nothing when borrowed. Each step throws Corrupt or
/// Error(io) when the file is damaged or unreadable.
template <class Source, Yield yield>
class Range {
 public:
  using Model = typename Source::Model;
  using value_type =
      std::conditional_t<yield == Yield::borrowed, typename Model::Ref,
                         std::conditional_t<yield == Yield::owned, typename Model::Record, typename Model::PrimaryKey>>;

  class iterator {
   public:
    using iterator_concept = std::input_iterator_tag;
    using value_type = typename Range::value_type;
    using difference_type = std::ptrdiff_t;

    iterator() = default;
    value_type operator*() const { return range_->current(); }
    iterator& operator++() {
      range_->step();
      return *this;
    }
    void operator++(int) { range_->step(); }
    friend bool operator==(const iterator& at, std::default_sentinel_t) { return at.is_at_end(); }

   private:
    friend class Range;
    explicit iterator(Range& range) : range_(&range) {}
    bool is_at_end() const { return !range_->found_; }
    Range* range_ = nullptr;
  };

  explicit Range(Source&& source) : source_(std::move(source)) {}

  iterator begin() {
    left_ = limit_;
    lifetime_ = source_.access().lifetime();
    found_ = left_ > 0 && source_.start(backward_);
    return iterator(*this);
  }
  static std::default_sentinel_t end() { return std::default_sentinel; }

  /// The same entries, last first.
  Range reverse() && {
    backward_ = !backward_;
    return std::move(*this);
  }

  /// At most `count` entries.
  Range limit(std::uint64_t count) && {
    limit_ = count;
    return std::move(*this);
  }

  /// Only what comes behind a place, in the direction of the walk: the next page. The record there need not exist any
  /// more.
  ///
  ///     after(record)            the last one seen, decoded or borrowed; through an index with an entry for each
  ///                              element only where one of its entries lies in the range, else Error(invalid_argument)
  ///     after(primary key)       in a range of records: its parts, a tuple or the strong key
  ///     after(key, primary key)  through an index: each as one value, a tuple or a strong key; both, because records
  ///                              that share a key lie in the order of their primary keys
  ///     after(key)               through a unique index
  template <class... Place>
      Range after(const Place&... place) && requires detail::ResumesAfter<Source, Place...> {
    source_.resume_after(place...);
    return std::move(*this);
  }

  /// The primary keys of these records.
  Range<Source, Yield::keys> keys() && { return std::move(*this).template as<Yield::keys>(); }
  /// These records as structs of their own.
  Range<Source, Yield::owned> owned() && { return std::move(*this).template as<Yield::owned>(); }
  /// These records as views.
  Range<Source, Yield::borrowed> borrowed() && { return std::move(*this).template as<Yield::borrowed>(); }

  /// The first entry, if any.
  std::optional<value_type> first() && {
    const iterator at = begin();
    if (at == end()) return std::nullopt;
    return *at;
  }

  /// How many entries there are. O(1) for a whole table, else one step for each; records are not read.
  std::uint64_t count() && {
    if (is_whole_table()) {
      const std::uint64_t all = source_.access().transaction().count(source_.table());
      return all < limit_ ? all : limit_;
    }
    std::uint64_t entries = 0;
    for (begin(); found_; step()) ++entries;
    return entries;
  }

 private:
  template <class, Yield>
  friend class Range;

  template <Yield other>
  Range<Source, other> as() && {
    Range<Source, other> range(std::move(source_));
    range.limit_ = limit_;
    range.backward_ = backward_;
    return range;
  }

  bool is_whole_table() {
    const detail::Interval& interval = source_.interval();
    return interval.lower.size() == 0 && !interval.has_upper && !interval.empty && !interval.has_resume;
  }

  value_type current() const {
    lifetime_.check();
    if constexpr (yield == Yield::keys) {
      return source_.primary_key();
    } else if constexpr (yield == Yield::borrowed) {
      return source_.access().view(source_.record());
    } else {
      return Model::Codec::own(source_.access().view(source_.record()));
    }
  }

  void step() {
    lifetime_.check();
    found_ = --left_ > 0 && source_.advance();
  }

  Source source_;
  std::uint64_t limit_ = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t left_ = 0;  ///< the current entry and those that may follow
  bool backward_ = false;
  bool found_ = false;
  [[no_unique_address]] Lifetime lifetime_{};
};

/// Records of a model by primary key.
template <class Model, class Engine, Yield yield>
using RecordRange = Range<detail::RecordSource<Model, Engine>, yield>;

/// Records of a model by one of its indexes, the primary one included.
template <class Index, class Engine, Yield yield = Yield::borrowed>
using IndexRange = Range<detail::EntrySource<Index, Engine>, yield>;

}  // namespace netabase
