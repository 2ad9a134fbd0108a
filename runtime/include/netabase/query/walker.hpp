#pragma once

/// \file
/// Walks the entries that a plan names.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "netabase/detail/access.hpp"
#include "netabase/detail/interval.hpp"
#include "netabase/key/stored.hpp"
#include "netabase/query/model_info.hpp"
#include "netabase/query/plan.hpp"

namespace netabase::query {

/// Gives the entries of a plan one by one, each record's once. Not movable once started; the plan outlives it.
template <class Model, class Engine>
class Walker {
  using Access = detail::Access<Model, Engine>;
  using Cursor = typename Engine::Cursor;
  using PrimaryIndex = typename Model::PrimaryIndex;

 public:
  Walker(const Access& access, const Plan& plan) : access_(access), plan_(plan) {}
  Walker(const Walker&) = delete;
  Walker& operator=(const Walker&) = delete;

  /// To the first entry. Returns whether there is one.
  bool start() {
    step_ = 0;
    switch (plan_.access) {
      case query::Access::nothing:
        return false;
      case query::Access::both:
        return start_both();
      default:
        return plan_.steps.empty() ? false : start_step() || next_step();
    }
  }
  /// To the next; only with an entry.
  bool next() {
    if (plan_.access == query::Access::both) return merge(walk_->advance(whole_key_of(*walk_, 0)));
    if (plan_.direction == Direction::by_groups ? next_in_groups() : take(advance())) return true;
    return next_step();
  }

  /// Of the step that the entry belongs to.
  std::uint8_t alternative() const { return plan_.steps[step_].alternative; }

  Bytes record_key() const {
    if (reading_->primary || reading_->unique) return reading_->primary ? key_ : value_;
    return record_key_in(key_, value_, *reading_);
  }

  Bytes record() const {
    if (reading_->primary) return value_;
    return record_of(record_key(), *reading_);
  }

 private:
  /// What appends the whole key of the entry under a walk's cursor; asked only for bounds longer than entries decide.
  auto whole_key_of(detail::Walk<Cursor>& walk, std::size_t step) {
    const auto& reading = ModelInfo<Model>::readings[plan_.steps[step].index];
    return [this, &walk, &reading](key::Buffer& out) {
      const Bytes value = walk.value();
      Bytes record = value;
      if (!reading.primary) {
        record = record_of(reading.unique ? value : record_key_in(walk.key(), value, reading), reading);
      }
      reading.whole_key(access_.view(record), walk.key(), out);
    };
  }

  /// The forms are those of key/stored.hpp.
  Bytes record_key_in(Bytes entry, Bytes value, const IndexReading<Model>& reading) const {
    if (!value.empty()) return value;
    if constexpr (detail::record_key_size<PrimaryIndex> != 0) {
      if (entry.size() < detail::record_key_size<PrimaryIndex>) access_.throw_dangling(reading.table);
      return entry.last(detail::record_key_size<PrimaryIndex>);
    } else {
      Bytes rest = entry;
      if (!reading.skip(rest)) access_.throw_dangling(reading.table);
      return rest;
    }
  }

  Bytes record_of(Bytes record_key, const IndexReading<Model>& reading) const {
    Bytes value;
    if (!access_.find(record_key, value)) access_.throw_dangling(reading.table);
    return value;
  }

  void open(std::optional<detail::Walk<Cursor>>& walk, std::size_t step_number) {
    const Step& step = plan_.steps[step_number];
    const auto& reading = ModelInfo<Model>::readings[step.index];
    detail::Interval interval;
    interval.lower.append(plan_.bytes(step.lower));
    interval.upper.append(plan_.bytes(step.upper));
    interval.has_upper = step.upper.size != 0;
    walk.emplace(access_.transaction().cursor(table_of(step.index)), std::move(interval), reading.exact_prefix);
  }
  engine::Table table_of(std::size_t index) const { return access_.table_at(index); }

  bool start_step() {
    reading_ = &ModelInfo<Model>::readings[plan_.steps[step_].index];
    open(walk_, step_);
    if (plan_.direction == Direction::by_groups) return start_groups();
    return take(walk_->start(plan_.direction == Direction::backward, whole_key_of(*walk_, step_)));
  }
  bool next_step() {
    while (++step_ < plan_.steps.size()) {
      if (start_step()) return true;
    }
    return false;
  }
  bool advance() { return walk_->advance(whole_key_of(*walk_, step_)); }
  bool take(bool found) {
    if (!found) return false;
    key_ = walk_->key();
    value_ = walk_->value();
    return true;
  }

  // Both: the entries of one key in each of two indexes, merged by what lies behind the key, the primary key.

  bool start_both() {
    reading_ = &ModelInfo<Model>::readings[plan_.steps[0].index];
    open(walk_, 0);
    open(other_, 1);
    return other_->start(false, whole_key_of(*other_, 1)) && merge(walk_->start(false, whole_key_of(*walk_, 0)));
  }
  Bytes behind(const detail::Walk<Cursor>& walk, std::size_t step) const {
    return walk.key().subspan(plan_.steps[step].lower.size);
  }
  bool merge(bool found) {
    while (found) {
      const int order = compare(behind(*walk_, 0), behind(*other_, 1));
      if (order == 0) return take(true);
      found = order < 0 ? catch_up(*walk_, 0, behind(*other_, 1)) : catch_up(*other_, 1, behind(*walk_, 0));
    }
    return false;
  }
  /// Steps a few times, then seeks.
  bool catch_up(detail::Walk<Cursor>& walk, std::size_t step, Bytes target) {
    for (int steps = 0; steps < 8; ++steps) {
      if (!walk.advance(whole_key_of(walk, step))) return false;
      if (compare(behind(walk, step), target) >= 0) return true;
    }
    key::Buffer wanted;
    wanted.append(plan_.bytes(plan_.steps[step].lower));
    wanted.append(target);
    return walk.move_to(wanted.bytes(), whole_key_of(walk, step));
  }

  // Backward by groups: `walk_` stands before the group or, where it has several entries, inside it; `inner_` goes
  // through such a group forward. What lies under a cursor stays where it is when the cursor moves on.

  Bytes group_of(Bytes entry, Bytes value) const {
    const Bytes record_key = record_key_in(entry, value, *reading_);
    const std::size_t part =
        record_key.size() <= key::record_key_part_limit ? record_key.size() : key::hashed_record_key_part_size;
    if (entry.size() < part) access_.throw_dangling(reading_->table);
    return entry.first(entry.size() - part);
  }
  bool start_groups() {
    in_group_ = false;
    more_ = walk_->start(true, whole_key_of(*walk_, step_));
    return begin_group();
  }
  bool next_in_groups() {
    if (!in_group_) return begin_group();
    if (compare(inner_->key(), last_of_group_) != 0) {
      if (!inner_->next()) access_.throw_dangling(reading_->table);
      take_inner();
      return true;
    }
    in_group_ = false;
    more_ = walk_->move_to(group_, whole_key_of(*walk_, step_));
    return begin_group();
  }
  bool begin_group() {
    if (!take(more_)) return false;
    group_ = group_of(key_, value_);
    more_ = advance();
    if (!more_ || compare(group_of(walk_->key(), walk_->value()), group_) != 0) return true;
    last_of_group_ = key_;
    in_group_ = true;
    if (!inner_) inner_.emplace(access_.transaction().cursor(table_of(plan_.steps[step_].index)));
    if (!inner_->seek(group_)) access_.throw_dangling(reading_->table);
    take_inner();
    return true;
  }
  void take_inner() {
    key_ = inner_->key();
    value_ = inner_->value();
  }

  const Access& access_;
  const Plan& plan_;
  const IndexReading<Model>* reading_ = nullptr;
  std::size_t step_ = 0;
  Bytes key_;
  Bytes value_;
  std::optional<detail::Walk<Cursor>> walk_;
  std::optional<detail::Walk<Cursor>> other_;
  std::optional<Cursor> inner_;
  Bytes group_;
  Bytes last_of_group_;
  bool in_group_ = false;
  bool more_ = false;
};

/// A walk's state in a query that can be moved: the state stays behind, and a moved query starts anew.
template <class State>
class Started {
 public:
  Started() = default;
  Started(Started&&) noexcept {}
  Started& operator=(Started&&) noexcept {
    state_.reset();
    return *this;
  }
  template <class... Arguments>
  void emplace(Arguments&&... arguments) {
    state_.emplace(std::forward<Arguments>(arguments)...);
  }
  State* operator->() { return &*state_; }
  const State* operator->() const { return &*state_; }

 private:
  std::optional<State> state_;
};

/// Counts entries for the planner.
template <class Model, class Engine>
struct EntryCounter {
  static std::uint64_t count(void* context, std::size_t index, Bytes lower, Bytes upper, std::uint64_t bound) {
    const auto& access = *static_cast<const detail::Access<Model, Engine>*>(context);
    auto& transaction = access.transaction();
    const engine::Table table = access.table_at(index);
    if (lower.empty() && upper.empty()) {
      const std::uint64_t all = transaction.count(table);
      return all < bound ? all : bound;
    }
    // Of long keys the table has the beginning and a hash: near enough for an estimate.
    const std::size_t exact = ModelInfo<Model>::readings[index].exact_prefix;
    const auto clip = [exact](Bytes bytes) { return bytes.size() > exact ? bytes.first(exact) : bytes; };
    auto cursor = transaction.cursor(table);
    std::uint64_t entries = 0;
    const Bytes end = clip(upper);
    bool found = lower.empty() ? cursor.first() : cursor.seek(clip(lower));
    while (found && entries < bound && (end.empty() || compare(cursor.key(), end) < 0)) {
      ++entries;
      found = cursor.next();
    }
    return entries;
  }
};

}  // namespace netabase::query
