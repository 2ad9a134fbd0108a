#pragma once

/// \file
/// `&&`, `||` and `!` over conditions. Two-valued: `!c` is true exactly where `c` is false, so it may be moved inwards,
/// where an index may serve what is below it.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

#include "netabase/query/condition.hpp"
#include "netabase/query/plan.hpp"

namespace netabase::query {

template <class Left, class Right>
struct And : ConditionBase {
  using Record = typename Left::Record;
  Left left;
  Right right;

  And(Left l, Right r) : left(std::move(l)), right(std::move(r)) {}
  template <class Codec, class Ref>
  bool matches(const Ref& record) const {
    return left.template matches<Codec>(record) && right.template matches<Codec>(record);
  }
  template <class Codec>
  void constrain(Constraints& out) const {
    left.template constrain<Codec>(out);
    right.template constrain<Codec>(out);
  }
  template <class Codec>
  void describe(std::string& out) const {
    left.template describe<Codec>(out);
    out += " && ";
    right.template describe<Codec>(out);
  }
};

template <class Left, class Right>
struct Or;
template <class T>
inline constexpr bool is_or = false;
template <class Left, class Right>
inline constexpr bool is_or<Or<Left, Right>> = true;

template <class Left, class Right>
struct Or : ConditionBase {
  using Record = typename Left::Record;
  Left left;
  Right right;

  Or(Left l, Right r) : left(std::move(l)), right(std::move(r)) {}
  template <class Codec, class Ref>
  bool matches(const Ref& record) const {
    return left.template matches<Codec>(record) || right.template matches<Codec>(record);
  }
  /// Only the outermost `||` of a condition has alternatives that can each be looked up.
  template <class Codec>
  void constrain(Constraints& out) const {
    if (out.alternative == 0) {
      out.alternative = 1;
      constrain_alternatives<Codec>(out);
      out.end_alternatives();
    }
  }
  template <class Codec>
  void constrain_alternatives(Constraints& out) const {
    constrain_alternative<Codec>(left, out);
    ++out.alternative;
    constrain_alternative<Codec>(right, out);
  }
  /// The number, from 1, of the first alternative that is true; 0 when none is.
  template <class Codec, class Ref>
  std::uint8_t first_true(const Ref& record) const {
    std::uint8_t number = 0;
    return find_true<Codec>(record, number) ? number : std::uint8_t{0};
  }
  template <class Codec, class Ref>
  bool find_true(const Ref& record, std::uint8_t& number) const {
    return find_true_in<Codec>(left, record, number) || find_true_in<Codec>(right, record, number);
  }
  template <class Codec>
  void describe(std::string& out) const {
    out += '(';
    describe_bare<Codec>(out);
    out += ')';
  }
  template <class Codec>
  void describe_bare(std::string& out) const {
    describe_alternative<Codec>(left, out);
    out += " || ";
    describe_alternative<Codec>(right, out);
  }

 private:
  template <class Codec, class Side>
  static void constrain_alternative(const Side& side, Constraints& out) {
    if constexpr (is_or<Side>) {
      side.template constrain_alternatives<Codec>(out);
    } else {
      side.template constrain<Codec>(out);
    }
  }
  template <class Codec, class Side, class Ref>
  static bool find_true_in(const Side& side, const Ref& record, std::uint8_t& number) {
    if constexpr (is_or<Side>) {
      return side.template find_true<Codec>(record, number);
    } else {
      ++number;
      return side.template matches<Codec>(record);
    }
  }
  template <class Codec, class Side>
  static void describe_alternative(const Side& side, std::string& out) {
    if constexpr (is_or<Side>) {
      side.template describe_bare<Codec>(out);
    } else {
      side.template describe<Codec>(out);
    }
  }
};

template <class T>
inline constexpr bool is_equality = false;
template <class Path, class Constant>
inline constexpr bool is_equality<Comparison<Path, Operator::equal, Constant>> = true;

template <class Inner>
struct Not : ConditionBase {
  using Record = typename Inner::Record;
  Inner inner;

  explicit Not(Inner condition) : inner(std::move(condition)) {}
  template <class Codec, class Ref>
  bool matches(const Ref& record) const {
    return !inner.template matches<Codec>(record);
  }
  template <class Codec>
  void constrain(Constraints&) const {}
  template <class Codec>
  void describe(std::string& out) const {
    if constexpr (is_equality<Inner>) {
      inner.template describe_as<Codec>(out, " != ");
    } else {
      out += "!(";
      inner.template describe<Codec>(out);
      out += ')';
    }
  }
};

constexpr Operator opposite(Operator op) noexcept {
  switch (op) {
    case Operator::less:
      return Operator::greater_equal;
    case Operator::less_equal:
      return Operator::greater;
    case Operator::greater:
      return Operator::less_equal;
    default:
      return Operator::less;
  }
}

/// `!condition`, pushed inwards.
template <class Inner>
auto negate(const Inner& condition) {
  return Not<Inner>(condition);
}
template <class Inner>
auto negate(const Not<Inner>& condition) {
  return condition.inner;
}
template <class Path, bool absent>
auto negate(const Presence<Path, absent>&) {
  return Presence<Path, !absent>();
}
/// Where every two values compare and none is absent, "not less" is "greater or equal".
template <class Path, Operator op, class Constant>
requires(op != Operator::equal && !Path::optional &&
         !std::floating_point<typename Path::Value>) auto negate(const Comparison<Path, op, Constant>& condition) {
  return Comparison<Path, opposite(op), Constant>(condition.constant);
}
/// A bool that is not the one is the other.
template <class Path, class Constant>
requires(std::same_as<typename Path::Value, bool> &&
         !Path::optional) auto negate(const Comparison<Path, Operator::equal, Constant>& condition) {
  Constant other = condition.constant;
  other.value = !other.value;
  return Comparison<Path, Operator::equal, Constant>(other);
}
template <class Left, class Right>
auto negate(const Or<Left, Right>& condition);
template <class Left, class Right>
auto negate(const And<Left, Right>& condition) {
  using NotLeft = decltype(negate(condition.left));
  using NotRight = decltype(negate(condition.right));
  return Or<NotLeft, NotRight>(negate(condition.left), negate(condition.right));
}
template <class Left, class Right>
auto negate(const Or<Left, Right>& condition) {
  using NotLeft = decltype(negate(condition.left));
  using NotRight = decltype(negate(condition.right));
  return And<NotLeft, NotRight>(negate(condition.left), negate(condition.right));
}

/// How many conditions `&&` joins at the top.
template <class T>
inline constexpr std::size_t condition_count = 1;
template <class Left, class Right>
inline constexpr std::size_t condition_count<And<Left, Right>> = condition_count<Left> + condition_count<Right>;

/// Calls `visit(condition, number)` for each of them.
template <std::size_t first = 0, class Top, class Visit>
void each_condition(const Top& top, Visit&& visit) {
  visit(top, first);
}
template <std::size_t first = 0, class Left, class Right, class Visit>
void each_condition(const And<Left, Right>& top, Visit&& visit) {
  each_condition<first>(top.left, visit);
  each_condition<first + condition_count<Left>>(top.right, visit);
}

/// Whether those of the conditions that `asked` names are true of the record. `condition` and `alternative`: of that
/// condition, an `||`, whether this is its first alternative that is true.
struct Asked {
  Conditions conditions = 0;
  std::uint8_t condition = 0;
  std::uint8_t alternative = 0;
};
template <class Codec, std::size_t first = 0, class Top, class Ref>
bool matches_asked(const Top& top, const Ref& record, const Asked& asked) {
  if constexpr (is_or<Top>) {
    if (asked.alternative != 0 && asked.condition == first) {
      return top.template first_true<Codec>(record) == asked.alternative;
    }
  }
  return (asked.conditions & bit_of(first)) == 0 || top.template matches<Codec>(record);
}
template <class Codec, std::size_t first = 0, class Left, class Right, class Ref>
bool matches_asked(const And<Left, Right>& top, const Ref& record, const Asked& asked) {
  return matches_asked<Codec, first>(top.left, record, asked) &&
         matches_asked<Codec, first + condition_count<Left>>(top.right, record, asked);
}

}  // namespace netabase::query
