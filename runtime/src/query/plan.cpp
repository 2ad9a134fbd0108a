/// \file
/// Chooses how a query is answered.
///
/// Each index is scored by what the conditions say about its leading parts. Where more than one would do, entries are
/// counted, up to a bound: a count costs a tenth of reading the records. Nothing is known about how fields depend on
/// each other, and nothing is kept between queries.

#include "netabase/query/plan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "netabase/key/stored.hpp"
#include "query/shape.hpp"

namespace netabase::query {

namespace {

/// Where counting stops when indexes are compared: the work of reading about 20 records.
constexpr std::uint64_t choice_bound = 200;
/// Where it stops when it is about walking two indexes instead of one.
constexpr std::uint64_t both_bound = 2000;
/// From how many entries on that can pay, and how many times as many the other index may have.
constexpr std::uint64_t both_least = 32;
constexpr std::uint64_t both_ratio = 8;

/// One way to answer: a shape, or the alternatives of a condition.
struct Candidate {
  Shape shape;
  bool alternatives = false;
  std::uint8_t condition = 0;
  std::uint8_t alternative_count = 0;
  Conditions covered = 0;
  bool ordered = false;
  Direction direction = Direction::forward;
  std::uint64_t entries = 0;
  std::uint64_t cost = 0;
};

/// How much is known before counting; more is better.
int rank(const Request& request, const Candidate& candidate) {
  if (candidate.alternatives) return 1;
  const Shape& shape = candidate.shape;
  const IndexInfo& info = request.indexes[shape.index];
  if (info.unique && shape.equal_parts == info.parts.size()) return 1000;
  const int narrow = shape.lower != nullptr && shape.upper != nullptr ? 3 : shape.prefix != nullptr ? 2 : 0;
  return static_cast<int>(shape.equal_parts) * 10 + narrow + (shape.has_range ? 1 : 0) + (candidate.ordered ? 5 : 0);
}

class Planner {
 public:
  Planner(const Request& request, const CountEntries& count, Plan& plan)
      : request_(request), count_(count), plan_(plan) {}

  void run() {
    if (contradicts()) {
      plan_.access = Access::nothing;
      plan_.covered = request_.conditions;
      plan_.entries_known = true;
      return;
    }
    find_candidates();
    if (candidates_.empty()) return read_everything();
    Candidate& best = choose();
    if (!best.ordered && prefers_order(best)) return;
    if (best.shape.uses_anything() && walk_both(best)) return;
    take(best);
  }

 private:
  bool contradicts() const {
    for (const Constraint& constraint : request_.constraints->list()) {
      if (constraint.alternative != 0) continue;
      if (constraint.kind == ConstraintKind::nothing) return true;
      if (constraint.kind == ConstraintKind::points && constraint.count == 0) return true;
    }
    return false;
  }

  void find_candidates() {
    for (std::size_t index = 0; index < request_.indexes.size(); ++index) {
      bool usable = false;
      Candidate candidate;
      candidate.shape = shape_of(request_, index, {}, usable);
      if (!usable || !candidate.shape.uses_anything()) continue;
      candidate.covered = candidate.shape.covered;
      candidate.ordered = request_.order.empty() || gives_order(request_, candidate.shape, candidate.direction);
      candidates_.push_back(candidate);
    }
    for (const auto& alternatives : request_.constraints->alternatives()) {
      Candidate candidate;
      candidate.alternatives = true;
      candidate.condition = alternatives.condition;
      candidate.alternative_count = alternatives.count;
      candidate.covered = bit_of(alternatives.condition);
      candidate.ordered = request_.order.empty();
      if (can_look_up_each(alternatives)) candidates_.push_back(candidate);
    }
  }

  bool can_look_up_each(const Constraints::Alternatives& alternatives) const {
    for (std::size_t number = 1; number <= alternatives.count; ++number) {
      Shape shape;
      if (!best_for_alternative(alternatives.condition, static_cast<std::uint8_t>(number), shape)) return false;
    }
    return true;
  }

  /// False: no index helps. True with a shape without parts: the alternative is never true.
  bool best_for_alternative(std::uint8_t condition, std::uint8_t alternative, Shape& best) const {
    const Subset subset{condition, alternative};
    for (const Constraint& constraint : request_.constraints->list()) {
      if (!subset.has(constraint)) continue;
      if (constraint.kind == ConstraintKind::nothing) {
        best.points = 0;
        return true;
      }
    }
    int best_rank = -1;
    for (std::size_t index = 0; index < request_.indexes.size(); ++index) {
      bool usable = false;
      Candidate candidate;
      candidate.shape = shape_of(request_, index, subset, usable);
      if (!usable || !candidate.shape.uses_anything()) continue;
      if (const int its_rank = rank(request_, candidate); its_rank > best_rank) {
        best = candidate.shape;
        best_rank = its_rank;
      }
    }
    return best_rank >= 0;
  }

  Candidate& choose() {
    Candidate* best = candidates_.begin();
    const auto better = [&](const Candidate& a, const Candidate& b) {
      if (a.cost != b.cost) return a.cost < b.cost;
      return rank(request_, a) > rank(request_, b);
    };
    for (Candidate& candidate : candidates_) {
      if (rank(request_, candidate) > rank(request_, *best)) best = &candidate;
    }
    const bool certain = rank(request_, *best) >= 1000 && best->shape.points <= 4;
    if (!certain && candidates_.size() > 1) {
      for (Candidate& candidate : candidates_) {
        candidate.entries = count(candidate, choice_bound);
        candidate.cost = candidate.entries;
        const bool stops = candidate.ordered && request_.has_limit && candidate.covered == request_.conditions;
        if (stops) candidate.cost = std::min(candidate.cost, request_.wanted);
      }
      for (Candidate& candidate : candidates_) {
        if (better(candidate, *best)) best = &candidate;
      }
    } else if (request_.explain) {
      best->entries = count(*best, choice_bound);
    }
    return *best;
  }

  /// Builds the candidate's steps in the plan, and counts their entries.
  std::uint64_t count(const Candidate& candidate, std::uint64_t bound) {
    build(candidate);
    std::uint64_t entries = 0;
    for (const Step& step : plan_.steps) {
      if (entries >= bound) break;
      entries +=
          count_.count(count_.context, step.index, plan_.bytes(step.lower), plan_.bytes(step.upper), bound - entries);
    }
    return entries;
  }

  void build(const Candidate& candidate) {
    plan_.steps.clear();
    plan_.keys.clear();
    if (!candidate.alternatives) {
      append_steps(request_, candidate.shape, candidate.direction != Direction::forward, 0, plan_);
      return;
    }
    for (std::size_t number = 1; number <= candidate.alternative_count; ++number) {
      const auto alternative = static_cast<std::uint8_t>(number);
      Shape shape;
      best_for_alternative(candidate.condition, alternative, shape);
      append_steps(request_, shape, false, alternative, plan_);
    }
  }

  void take(const Candidate& candidate) {
    build(candidate);
    plan_.access = Access::intervals;
    plan_.covered = candidate.covered;
    plan_.condition = candidate.condition;
    plan_.direction = candidate.direction;
    plan_.sorts = !candidate.ordered;
    know(candidate.entries, choice_bound);
  }

  void know(std::uint64_t entries, std::uint64_t bound) {
    if (entries == 0 && !request_.explain) return;
    plan_.entries = entries;
    plan_.entries_known = true;
    plan_.entries_at_least = entries >= bound;
  }

  /// The records of every index: what walking it from end to end delivers in the asked order, if any does.
  bool find_ordered_index(Candidate& candidate) const {
    for (std::size_t index = 0; index < request_.indexes.size(); ++index) {
      bool usable = request_.indexes[index].usable;
      for (const PartInfo& part : request_.indexes[index].parts) {
        usable = usable && part.form != PartForm::sparse && part.form != PartForm::element;
      }
      candidate.shape = Shape{};
      candidate.shape.index = index;
      if (usable && gives_order(request_, candidate.shape, candidate.direction)) return true;
    }
    return false;
  }

  /// A limit, and an index in the asked order: reading along it until enough records match may be much cheaper than
  /// sorting all that the conditions' index gives. With `n` of `all` records expected to match, that takes
  /// wanted * all / n reads, against n.
  bool prefers_order(const Candidate& best) {
    if (!request_.has_limit) return false;
    Candidate ordered;
    if (!find_ordered_index(ordered)) return false;
    const std::uint64_t all = count_.count(count_.context, 0, {}, {}, std::numeric_limits<std::uint64_t>::max());
    const double break_even = std::sqrt(static_cast<double>(request_.wanted) * static_cast<double>(all)) + 1;
    if (break_even >= static_cast<double>(all)) return false;
    const auto bound = static_cast<std::uint64_t>(break_even);
    if (count(best, bound) < bound) return false;
    walk_whole(ordered, false);
    know(all, std::numeric_limits<std::uint64_t>::max());
    return true;
  }

  void walk_whole(const Candidate& candidate, bool sorts) {
    plan_.steps.clear();
    plan_.keys.clear();
    plan_.access = Access::everything;
    plan_.steps.push_back({{}, {}, static_cast<std::uint8_t>(candidate.shape.index), 0});
    plan_.direction = candidate.direction;
    plan_.sorts = sorts;
  }

  void read_everything() {
    Candidate whole;
    const bool ordered = request_.order.empty() || find_ordered_index(whole);
    if (!ordered || request_.order.empty()) whole = Candidate{};
    walk_whole(whole, !ordered);
    const bool stops = ordered && request_.has_limit && request_.conditions == 0;
    plan_.needs_scan = !request_.scan && !stops;
    if (request_.explain) {
      constexpr std::uint64_t no_bound = std::numeric_limits<std::uint64_t>::max();
      know(count_.count(count_.context, plan_.steps[0].index, {}, {}, no_bound), no_bound);
    }
  }

  bool may_walk_both(const Candidate& candidate) const {
    return !candidate.alternatives && !request_.indexes[candidate.shape.index].unique &&
           is_one_key(request_, candidate.shape);
  }

  /// Two indexes that each deliver one key's primary keys in order: records of both are found by merging.
  bool walk_both(const Candidate& best) {
    if (candidates_.size() < 2 || !may_walk_both(best) || best.direction != Direction::forward) return false;
    const Candidate* other = nullptr;
    for (const Candidate& candidate : candidates_) {
      if (&candidate == &best || !may_walk_both(candidate)) continue;
      if ((candidate.covered & ~best.covered) == 0) continue;
      if (other == nullptr || candidate.entries < other->entries) other = &candidate;
    }
    if (other == nullptr) return false;
    const std::uint64_t few = count(best, both_bound);
    if (few < both_least) return false;
    if (few < both_bound && count(*other, few * both_ratio) >= few * both_ratio) return false;
    build(best);
    append_steps(request_, other->shape, false, 0, plan_);
    for (const Step& step : plan_.steps) {
      if (step.lower.size > key::index_part_limit) return false;  // what lies behind a hash is not compared
    }
    plan_.access = Access::both;
    plan_.covered = best.covered | other->covered;
    plan_.direction = Direction::forward;
    plan_.sorts = !best.ordered;
    know(few, both_bound);
    return true;
  }

  const Request& request_;
  const CountEntries& count_;
  Plan& plan_;
  SmallList<Candidate, 8> candidates_;
};

}  // namespace

void make_plan(const Request& request, const CountEntries& count, Plan& plan) { Planner(request, count, plan).run(); }

}  // namespace netabase::query
