#include "query/shape.hpp"

#include <algorithm>

#include "netabase/detail/key_arguments.hpp"

namespace netabase::query {

namespace {

/// Bytes of the constraint's end: the first slice is the lower one where both are there.
Bytes lower_bytes(const Constraints& all, const Constraint& range) { return all.slice(range, 0); }
Bytes upper_bytes(const Constraints& all, const Constraint& range) { return all.slice(range, range.has_lower ? 1 : 0); }

bool is_equality(const Constraint& constraint, PartForm form) {
  switch (constraint.kind) {
    case ConstraintKind::points:
      return form != PartForm::element;
    case ConstraintKind::absent:
      return form == PartForm::optional;
    case ConstraintKind::elements:
      return form == PartForm::element;
    default:
      return false;
  }
}

const Constraint* best_equality(const Request& request, const PartInfo& part, const Subset& subset) {
  const Constraint* best = nullptr;
  for (const Constraint& constraint : request.constraints->list()) {
    if (constraint.field != part.field || !subset.has(constraint) || !is_equality(constraint, part.form)) continue;
    if (best == nullptr || constraint.count < best->count) best = &constraint;
  }
  return best;
}

/// The narrower ends of all ranges over the part's field, or a prefix of it.
void find_range(const Request& request, const PartInfo& part, const Subset& subset, Shape& shape) {
  if (part.form == PartForm::element) return;
  const Constraints& all = *request.constraints;
  for (const Constraint& constraint : all.list()) {
    if (constraint.field != part.field || !subset.has(constraint)) continue;
    if (constraint.kind == ConstraintKind::prefix && !shape.has_range && shape.prefix == nullptr) {
      shape.prefix = &constraint;
      shape.covered |= bit_of(constraint.condition);
    }
    if (constraint.kind != ConstraintKind::range || shape.prefix != nullptr) continue;
    shape.has_range = true;
    shape.covered |= bit_of(constraint.condition);
    if (constraint.has_lower) {
      const int order =
          shape.lower == nullptr ? 1 : compare(lower_bytes(all, constraint), lower_bytes(all, *shape.lower));
      if (order > 0 || (order == 0 && !constraint.lower_belongs)) shape.lower = &constraint;
    }
    if (constraint.has_upper) {
      const int order =
          shape.upper == nullptr ? -1 : compare(upper_bytes(all, constraint), upper_bytes(all, *shape.upper));
      if (order < 0 || (order == 0 && !constraint.upper_belongs)) shape.upper = &constraint;
    }
  }
}

void append_masked(key::Buffer& out, const PartInfo& part, Bytes ascending, bool present = true) {
  const std::byte mask = part.descending ? std::byte{0xff} : std::byte{0};
  if (part.form == PartForm::optional) out.push((present ? std::byte{1} : std::byte{0}) ^ mask);
  if (ascending.empty()) return;
  std::byte* const at = out.extend(ascending.size());
  for (std::size_t i = 0; i < ascending.size(); ++i) at[i] = ascending[i] ^ mask;
}

Slice keep(Plan& plan, const key::Buffer& bytes) {
  const Slice slice{static_cast<std::uint32_t>(plan.keys.size()), static_cast<std::uint32_t>(bytes.size())};
  plan.keys.append(bytes.bytes());
  return slice;
}

/// Adds [lower, upper) unless it is empty.
void append_step(const Shape& shape, std::uint8_t alternative, const key::Buffer& lower, key::Buffer& upper,
                 bool has_upper, Plan& plan) {
  if (has_upper && compare(lower.bytes(), upper.bytes()) >= 0) return;
  if (!has_upper) upper.clear();
  plan.steps.push_back({keep(plan, lower), keep(plan, upper), static_cast<std::uint8_t>(shape.index), alternative});
}

/// One end of the range, as the key has it: `end` null for none. `bytes` holds the equal parts; `behind`: the end lies
/// behind the keys that begin so. False: no key lies there.
bool append_end(const PartInfo& part, const Bytes* end, bool behind, key::Buffer& bytes) {
  append_masked(bytes, part, end == nullptr ? Bytes() : *end);
  return !behind || detail::to_prefix_successor(bytes);
}

}  // namespace

Shape shape_of(const Request& request, std::size_t index, const Subset& subset, bool& usable) {
  Shape shape;
  shape.index = index;
  const IndexInfo& info = request.indexes[index];
  for (const PartInfo& part : info.parts) {
    const Constraint* const equal =
        shape.equal_parts < Shape::max_parts && part.field != nullptr ? best_equality(request, part, subset) : nullptr;
    if (equal == nullptr || shape.points * std::max<std::uint64_t>(equal->count, 1) > Shape::max_steps) {
      if (part.field != nullptr) find_range(request, part, subset, shape);
      break;
    }
    shape.equal[shape.equal_parts++] = equal;
    shape.covered |= bit_of(equal->condition);
    if (equal->kind == ConstraintKind::points) shape.points *= equal->count;
  }
  const std::size_t used = shape.equal_parts + (shape.has_range || shape.prefix != nullptr ? 1 : 0);
  usable = info.usable;
  for (std::size_t i = used; i < info.parts.size(); ++i) {
    const PartForm form = info.parts[i].form;
    usable = usable && form != PartForm::sparse && form != PartForm::element;
  }
  return shape;
}

void append_steps(const Request& request, const Shape& shape, bool backward, std::uint8_t alternative, Plan& plan) {
  const Constraints& all = *request.constraints;
  const IndexInfo& info = request.indexes[shape.index];
  const std::size_t first = plan.steps.size();
  // Every combination of the points, counted in mixed radix, in the order of the keys.
  for (std::uint64_t combination = 0; combination < shape.points; ++combination) {
    key::Buffer lower;
    std::uint64_t radix = shape.points;
    for (std::size_t i = 0; i < shape.equal_parts; ++i) {
      const Constraint& equal = *shape.equal[i];
      const PartInfo& part = info.parts[i];
      if (equal.kind == ConstraintKind::absent) {
        append_masked(lower, part, {}, false);
        continue;
      }
      radix /= equal.count;
      std::uint64_t digit = combination / radix % equal.count;
      if (part.descending) digit = equal.count - 1 - digit;
      append_masked(lower, part, all.slice(equal, digit));
    }
    key::Buffer upper = lower;
    bool has_upper = true;
    bool empty = false;
    if (shape.has_range) {
      const PartInfo& part = info.parts[shape.equal_parts];
      Bytes low;
      Bytes high;
      if (shape.lower != nullptr) low = lower_bytes(all, *shape.lower);
      if (shape.upper != nullptr) high = upper_bytes(all, *shape.upper);
      const Bytes* const low_end = shape.lower == nullptr ? nullptr : &low;
      const Bytes* const high_end = shape.upper == nullptr ? nullptr : &high;
      const bool behind_low = low_end != nullptr && !shape.lower->lower_belongs;
      const bool behind_high = high_end == nullptr || shape.upper->upper_belongs;
      if (!part.descending) {
        empty = !append_end(part, low_end, behind_low, lower);
        has_upper = append_end(part, high_end, behind_high, upper);
      } else {
        empty = !append_end(part, high_end, high_end != nullptr && !behind_high, lower);
        has_upper = append_end(part, low_end, low_end == nullptr || !behind_low, upper);
      }
    } else {
      if (shape.prefix != nullptr) {
        const PartInfo& part = info.parts[shape.equal_parts];
        append_masked(lower, part, all.slice(*shape.prefix, 0));
        append_masked(upper, part, all.slice(*shape.prefix, 0));
      }
      has_upper = detail::to_prefix_successor(upper);
    }
    if (!empty) append_step(shape, alternative, lower, upper, has_upper, plan);
  }
  if (backward) std::reverse(plan.steps.begin() + first, plan.steps.end());
}

bool is_one_key(const Request& request, const Shape& shape) {
  return shape.equal_parts == request.indexes[shape.index].parts.size() && shape.points == 1;
}

namespace {

/// An order as it is compared: what has one value for all records left out, each field once.
struct OrderList {
  const Request& request;
  std::array<OrderInfo, 24> parts{};
  std::size_t size = 0;
  bool complete = true;

  bool is_fixed(FieldId field) const {
    for (const Constraint& constraint : request.constraints->list()) {
      if (constraint.field != field || constraint.alternative != 0) continue;
      const bool one = constraint.kind == ConstraintKind::points && constraint.count == 1;
      if (one || constraint.kind == ConstraintKind::absent) return true;
    }
    return false;
  }
  void add(FieldId field, bool descending) {
    if (field != nullptr && is_fixed(field)) return;
    for (std::size_t i = 0; i < size; ++i) {
      if (field != nullptr && parts[i].field == field) return;
    }
    if (size == parts.size()) {
      complete = false;
      return;
    }
    parts[size++] = {field, descending, nullptr};
  }
  void add_primary(bool descending) {
    for (const PartInfo& part : request.indexes[0].parts) add(part.field, descending != part.descending);
  }
};

bool begins_alike(const OrderList& wanted, const OrderList& given, bool ends_unique) {
  if (!wanted.complete || !given.complete) return false;
  for (std::size_t i = 0; i < wanted.size; ++i) {
    if (i == given.size) return ends_unique;
    if (given.parts[i].field != wanted.parts[i].field || given.parts[i].field == nullptr) return false;
    if (given.parts[i].descending != wanted.parts[i].descending) return false;
  }
  return true;
}

}  // namespace

bool gives_order(const Request& request, const Shape& shape, Direction& direction) {
  OrderList wanted{request};
  for (const OrderInfo& part : request.order) wanted.add(part.field, part.descending);
  wanted.add_primary(false);
  const IndexInfo& info = request.indexes[shape.index];
  for (const Direction candidate : {Direction::forward, Direction::backward, Direction::by_groups}) {
    if (candidate == Direction::by_groups && info.unique) continue;
    const bool reversed = candidate != Direction::forward;
    OrderList given{request};
    for (const PartInfo& part : info.parts) {
      // A record has several places among its elements, unless one of them is asked for.
      if (part.form == PartForm::element) {
        if (shape.equal_parts == 0) return false;
        continue;
      }
      given.add(part.field, part.descending != reversed);
    }
    if (!info.unique) given.add_primary(candidate == Direction::backward);
    if (begins_alike(wanted, given, info.unique)) {
      direction = candidate;
      return true;
    }
  }
  return false;
}

}  // namespace netabase::query
