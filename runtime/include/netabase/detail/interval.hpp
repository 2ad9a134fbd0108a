#pragma once

/// \file
/// A half-open interval of encoded keys, and a walk over the entries of one table that lie in it.
///
/// Intervals are stated over *whole* encoded keys, whatever their length, as [lower, upper) in memcmp order. Every
/// encoding is prefix-free, so the entries of one key k are exactly [k, successor(k)), with or without what the table
/// puts behind k (padding, a primary key).
///
/// A table's entry holds the whole encoded key, or, where that is too long, its first `Table::exact_prefix` bytes and a
/// hash (key/stored.hpp). So a bound of up to `exact_prefix` bytes is decided by the entry's bytes. With a longer
/// bound, entries that share its first `exact_prefix` bytes are in unspecified order among themselves; for those, and
/// only those, the whole key is taken from the record.

#include <cstddef>
#include <optional>
#include <utility>

#include "netabase/bound.hpp"
#include "netabase/bytes.hpp"
#include "netabase/detail/key_arguments.hpp"
#include "netabase/key/buffer.hpp"

namespace netabase::detail {

/// [lower, upper) over encoded keys. An empty lower bound is below every key.
struct Interval {
  key::Buffer lower;
  key::Buffer upper;
  bool has_upper = false;
  bool empty = false;
  /// Where an earlier walk stopped, as the table stores the key: only what lies behind it, in the walk's direction and
  /// in the table's order. (Among keys that share a long beginning that order is not the order of the whole keys.)
  key::Buffer resume;
  bool has_resume = false;

  /// Whether a whole encoded key lies in it.
  bool contains(Bytes whole) const {
    return !empty && compare(whole, lower.bytes()) >= 0 && (!has_upper || compare(whole, upper.bytes()) < 0);
  }

  /// Everything that begins with `prefix`, which `append` writes.
  template <class Append>
  static Interval with_prefix(Append&& append) {
    Interval interval;
    append(interval.lower);
    interval.upper.append(interval.lower.data(), interval.lower.size());
    interval.has_upper = to_prefix_successor(interval.upper);
    return interval;
  }

  /// From the arguments of a range call: keys of `Index`, Bounds of them, or `unbounded`. A plain lower key belongs to
  /// the range, a plain upper one does not.
  template <class Index, class Lower, class Upper>
  static Interval between(const Lower& lower, const Upper& upper) {
    Interval interval;
    if constexpr (is_bound<Lower>) {
      append_key<Index>(interval.lower, lower.key);
      if constexpr (Lower::kind == BoundKind::excluding) interval.empty = !to_prefix_successor(interval.lower);
    } else if constexpr (!std::is_same_v<Lower, Unbounded>) {
      append_key<Index>(interval.lower, lower);
    }
    if constexpr (is_bound<Upper>) {
      append_key<Index>(interval.upper, upper.key);
      interval.has_upper = true;
      if constexpr (Upper::kind == BoundKind::including) interval.has_upper = to_prefix_successor(interval.upper);
    } else if constexpr (!std::is_same_v<Upper, Unbounded>) {
      append_key<Index>(interval.upper, upper);
      interval.has_upper = true;
    }
    return interval;
  }
};

/// What an argument of a range call must be.
template <class Index, class Argument>
concept RangeEnd = std::is_same_v<Argument, Unbounded> || KeyPrefix<Index, typename BoundKey<Argument>::type>;

/// Walks the entries of an interval, forward or backward. `Cursor` is an engine's. `whole_key(out)` appends the whole
/// encoded key of the entry under the cursor; asked only in the case that the file's head describes.
template <class Cursor>
class Walk {
 public:
  Walk(Cursor&& cursor, Interval&& interval, std::size_t exact_prefix)
      : cursor_(std::move(cursor)), interval_(std::move(interval)), exact_prefix_(exact_prefix) {}

  /// To the first entry of the walk. Returns whether there is one.
  template <class WholeKey>
  bool start(bool backward, WholeKey&& whole_key) {
    backward_ = backward;
    if (interval_.empty) return false;
    open_ended_ = backward ? interval_.lower.size() == 0 : !interval_.has_upper;
    may_be_ambiguous_ = interval_.lower.size() > exact_prefix_ || interval_.upper.size() > exact_prefix_;
    takes_all_ = open_ended_ && !may_be_ambiguous_;
    return settle(backward ? start_backward() : start_forward(), whole_key);
  }

  /// To the next one; only after start() or advance() returned true.
  template <class WholeKey>
  bool advance(WholeKey&& whole_key) {
    return settle(backward_ ? cursor_.prev() : cursor_.next(), whole_key);
  }

  /// After start(), to the entry nearest to `at`, a key of the interval: at or behind it forward, before it backward.
  template <class WholeKey>
  bool move_to(Bytes at, WholeKey&& whole_key) {
    const bool found = cursor_.seek(at);
    if (!backward_) return settle(found, whole_key);
    return settle(found ? cursor_.prev() : cursor_.last(), whole_key);
  }

  Bytes key() const { return cursor_.key(); }
  Bytes value() const { return cursor_.value(); }
  Cursor& cursor() { return cursor_; }
  Interval& interval() { return interval_; }

 private:
  Bytes clip(const key::Buffer& bound) const {
    const Bytes bytes = bound.bytes();
    return bytes.size() > exact_prefix_ ? bytes.first(exact_prefix_) : bytes;
  }

  bool start_forward() {
    if (interval_.has_resume) {
      bool found = cursor_.seek(interval_.resume.bytes());
      if (found && compare(cursor_.key(), interval_.resume.bytes()) == 0) found = cursor_.next();
      if (!found || !is_below(cursor_.key())) return found;
    }
    const Bytes lower = clip(interval_.lower);
    return lower.empty() ? cursor_.first() : cursor_.seek(lower);
  }

  bool start_backward() {
    if (interval_.has_resume) {
      const bool found = cursor_.seek(interval_.resume.bytes()) ? cursor_.prev() : cursor_.last();
      if (!found || !is_beyond(cursor_.key())) return found;
    }
    if (!interval_.has_upper) return cursor_.last();
    const Bytes upper = clip(interval_.upper);
    if (upper.size() == interval_.upper.size()) return cursor_.seek(upper) ? cursor_.prev() : cursor_.last();
    // Entries that begin with the clipped bound may lie below the whole one: start behind all of them.
    key::Buffer behind;
    behind.append(upper.data(), upper.size());
    if (!to_prefix_successor(behind)) return cursor_.last();
    return cursor_.seek(behind.bytes()) ? cursor_.prev() : cursor_.last();
  }

  /// Skips entries that only look as if they belonged, and ends at the far bound.
  template <class WholeKey>
  bool settle(bool found, WholeKey& whole_key) {
    if (takes_all_) [[likely]]
      return found;
    while (found) {
      const Bytes at = cursor_.key();
      if (!open_ended_ && (backward_ ? is_below(at) : is_beyond(at))) return false;
      if (!may_be_ambiguous_ || !is_ambiguous(at) || belongs(whole_key)) [[likely]]
        return true;
      found = backward_ ? cursor_.prev() : cursor_.next();
    }
    return false;
  }

  bool is_beyond(Bytes at) const {
    if (!interval_.has_upper) return false;
    const Bytes upper = clip(interval_.upper);
    if (upper.size() < interval_.upper.size() && starts_with(at, upper)) return false;
    return compare(at, upper) >= 0;
  }

  bool is_below(Bytes at) const { return compare(at, clip(interval_.lower)) < 0; }

  bool is_ambiguous(Bytes at) const {
    return (interval_.lower.size() > exact_prefix_ && starts_with(at, clip(interval_.lower))) ||
           (interval_.has_upper && interval_.upper.size() > exact_prefix_ && starts_with(at, clip(interval_.upper)));
  }

  template <class WholeKey>
  bool belongs(WholeKey& whole_key) const {
    key::Buffer whole;
    whole_key(whole);
    return interval_.contains(whole.bytes());
  }

  Cursor cursor_;
  Interval interval_;
  std::size_t exact_prefix_;
  bool backward_ = false;
  bool open_ended_ = false;        ///< in the direction of the walk
  bool may_be_ambiguous_ = false;  ///< a bound is longer than entries can decide
  bool takes_all_ = false;         ///< neither bound need be looked at again
};

}  // namespace netabase::detail
