#pragma once

/// \file
/// Naming fields in queries, and the operators that make conditions of them.

#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "netabase/query/condition.hpp"
#include "netabase/query/logic.hpp"

namespace netabase {

namespace query {

// Only declared: what compilers say of them names the field, what its values are, and what it was given.
template <class Field, class Wants, class Given>
struct wrong_type_for_field;
template <class Field, class Value>
struct wrong_kind_of_field;

template <class Path, class Given>
constexpr bool check_takes() {
  using Value = typename Path::Value;
  if constexpr (!Takes<Value, Given>) {
    static_assert(sizeof(wrong_type_for_field<Path, Value, Given>) != 0,
                  "a field is compared with a value of another type; the type in this error names the field, what it "
                  "wants and what it was given (containers are asked with contains(), structs field by field)");
  }
  return Takes<Value, Given>;
}

template <class T>
struct ElementOf {};
template <class T>
requires requires { typename T::value_type; }
struct ElementOf<T> {
  using type = typename T::value_type;
};
template <class T>
requires requires { typename T::key_type; }
struct ElementOf<T> {
  using type = typename T::key_type;
};
template <class T>
concept Container = requires {
  typename ElementOf<T>::type;
}
&&!std::same_as<T, std::string> && !is_bytes<T>;

template <class Argument>
using Plain = std::remove_cvref_t<Argument>;

}  // namespace query

/// A field in a query: what `field<&User::age>()` gives, and `field<&User::address, &Address::zip>()` for one of a
/// struct inside. Empty; copied freely. The comparison operators below take it on either side.
///
/// An argument of type std::string is copied into the condition. A std::string_view, a std::span and a literal are
/// borrowed: they must live as long as the query.
template <auto... members>
struct FieldPath {
  using Facts = query::PathFacts<members...>;
  using Record = typename Facts::Record;
  using Value = typename Facts::Value;
  static constexpr bool optional = Facts::optional;

  /// Equal to one of these values: `.in({1, 2, 3})`, or any range.
  template <class Given, std::size_t count>
  auto in(const Given (&values)[count]) const {
    if constexpr (query::check_takes<FieldPath, Given>()) {
      using Constant = query::Kept<Value, const Given&>;
      return [&]<std::size_t... i>(std::index_sequence<i...>) {
        using Constants = std::array<Constant, count>;
        return query::OneOf<FieldPath, Constant, Constants>(Constants{query::keep<Value, const Given&>(values[i])...});
      }
      (std::make_index_sequence<count>());
    } else {
      return query::Never<Record>();
    }
  }
  template <class Range>
  requires requires(const Range& values) { std::begin(values) != std::end(values); }
  auto in(const Range& values) const {
    using Given = query::Plain<decltype(*std::begin(values))>;
    if constexpr (query::check_takes<FieldPath, Given>()) {
      using Constant = query::Kept<Value, const Given&>;
      std::vector<Constant> constants;
      for (const auto& value : values) constants.push_back(query::keep<Value, const Given&>(value));
      return query::OneOf<FieldPath, Constant, std::vector<Constant>>(std::move(constants));
    } else {
      return query::Never<Record>();
    }
  }

  /// From `least` to `greatest`, both included.
  template <class Least, class Greatest>
  auto between(Least&& least, Greatest&& greatest) const {
    return *this >= std::forward<Least>(least) && *this <= std::forward<Greatest>(greatest);
  }

  /// Text that begins with `text`.
  template <class Text>
  auto starts_with(Text&& text) const {
    if constexpr (!std::is_same_v<Value, std::string>) {
      static_assert(sizeof(query::wrong_kind_of_field<FieldPath, Value>) != 0,
                    "starts_with() asks text; the type in this error names the field and what it is");
      return query::Never<Record>();
    } else if constexpr (query::check_takes<FieldPath, query::Plain<Text>>()) {
      using Constant = query::Kept<std::string, Text>;
      return query::StartsWith<FieldPath, Constant>(query::keep<std::string, Text>(std::forward<Text>(text)));
    } else {
      return query::Never<Record>();
    }
  }

  /// A container that has this element, a map that has this key, or text with this text in it.
  template <class Wanted>
  auto contains(Wanted&& wanted) const {
    if constexpr (std::is_same_v<Value, std::string>) {
      if constexpr (query::check_takes<FieldPath, query::Plain<Wanted>>()) {
        using Constant = query::Kept<std::string, Wanted>;
        return query::HasSubstring<FieldPath, Constant>(query::keep<std::string, Wanted>(std::forward<Wanted>(wanted)));
      } else {
        return query::Never<Record>();
      }
    } else if constexpr (query::Container<Value>) {
      using Element = typename query::ElementOf<Value>::type;
      if constexpr (query::Takes<Element, query::Plain<Wanted>>) {
        using Constant = query::Kept<Element, Wanted>;
        return query::HasElement<FieldPath, Element, Constant>(
            query::keep<Element, Wanted>(std::forward<Wanted>(wanted)));
      } else {
        static_assert(sizeof(query::wrong_type_for_field<FieldPath, Value, query::Plain<Wanted>>) != 0,
                      "contains() asks for an element; the type in this error names the field, its container and what "
                      "was given");
        return query::Never<Record>();
      }
    } else {
      static_assert(sizeof(query::wrong_kind_of_field<FieldPath, Value>) != 0,
                    "contains() asks containers and text; the type in this error names the field and what it is");
      return query::Never<Record>();
    }
  }

  /// Whether the optional field has a value. `== std::nullopt` and `!= std::nullopt` say the same.
  auto has_value() const {
    check_optional();
    return query::Presence<FieldPath, false>();
  }
  auto is_null() const {
    check_optional();
    return query::Presence<FieldPath, true>();
  }

  // For the planner.
  template <class Codec, class Ref, class Visit>
  static bool with(const Ref& record, Visit&& visit) {
    return query::with_value<Codec, members...>(record, visit);
  }
  template <class Codec>
  static constexpr bool check() {
    return query::check_path<Codec, members...>();
  }
  template <class Codec>
  static void describe(std::string& out) {
    query::append_path_name<Codec, members...>(out);
  }

 private:
  static constexpr void check_optional() {
    if constexpr (!optional) {
      static_assert(sizeof(query::wrong_kind_of_field<FieldPath, Value>) != 0,
                    "only an optional field may be null; the type in this error names the field and what it is");
    }
  }
};

/// Names a field of a model, or of a struct inside one: `field<&User::age>()`, `field<&User::address,
/// &Address::zip>()`.
template <auto... members>
requires(sizeof...(members) > 0 &&
         (std::is_member_object_pointer_v<decltype(members)> && ...)) constexpr FieldPath<members...> field() {
  return {};
}

/// One part of an order; `asc<&User::age>()` and `desc<&User::age>()` give it.
template <bool is_descending, class PathType>
struct OrderPart {
  using Path = PathType;
  static constexpr bool descending = is_descending;
};
template <auto... members>
constexpr OrderPart<false, FieldPath<members...>> asc() {
  return {};
}
template <auto... members>
constexpr OrderPart<true, FieldPath<members...>> desc() {
  return {};
}

namespace query {

template <class T>
inline constexpr bool is_path = false;
template <auto... members>
inline constexpr bool is_path<FieldPath<members...>> = true;

/// What may stand beside a field in a comparison.
template <class Argument>
concept Comparable =
    !is_path<Plain<Argument>> && !Condition<Plain<Argument>> && !std::same_as<Plain<Argument>, std::nullopt_t>;

template <Operator op, auto... members, class Given>
auto compare_field(FieldPath<members...>, Given&& given) {
  using Path = FieldPath<members...>;
  if constexpr (check_takes<Path, Plain<Given>>()) {
    using Value = typename Path::Value;
    return Comparison<Path, op, Kept<Value, Given>>(keep<Value, Given>(std::forward<Given>(given)));
  } else {
    return Never<typename Path::Record>();
  }
}

/// A bool field stands for a condition.
template <class T>
inline constexpr bool is_true_field = false;
template <auto... members>
inline constexpr bool is_true_field<FieldPath<members...>> =
    std::is_same_v<typename PathFacts<members...>::Declared, bool> && !PathFacts<members...>::optional;

template <class T>
concept Truth = Condition<T> || is_true_field<T>;

template <class T>
auto as_condition(const T& truth) {
  if constexpr (Condition<T>) {
    return truth;
  } else {
    return compare_field<Operator::equal>(truth, true);
  }
}
template <class T>
using ConditionOf = decltype(as_condition(std::declval<const T&>()));

}  // namespace query

template <auto... members, query::Comparable Given>
auto operator==(FieldPath<members...> field, Given&& given) {
  return query::compare_field<query::Operator::equal>(field, std::forward<Given>(given));
}
template <auto... members, query::Comparable Given>
auto operator!=(FieldPath<members...> field, Given&& given) {
  return query::negate(field == std::forward<Given>(given));
}
template <auto... members, query::Comparable Given>
auto operator<(FieldPath<members...> field, Given&& given) {
  return query::compare_field<query::Operator::less>(field, std::forward<Given>(given));
}
template <auto... members, query::Comparable Given>
auto operator<=(FieldPath<members...> field, Given&& given) {
  return query::compare_field<query::Operator::less_equal>(field, std::forward<Given>(given));
}
template <auto... members, query::Comparable Given>
auto operator>(FieldPath<members...> field, Given&& given) {
  return query::compare_field<query::Operator::greater>(field, std::forward<Given>(given));
}
template <auto... members, query::Comparable Given>
auto operator>=(FieldPath<members...> field, Given&& given) {
  return query::compare_field<query::Operator::greater_equal>(field, std::forward<Given>(given));
}

// The same with the field on the right.
template <auto... members, query::Comparable Given>
auto operator==(Given&& given, FieldPath<members...> field) {
  return field == std::forward<Given>(given);
}
template <auto... members, query::Comparable Given>
auto operator!=(Given&& given, FieldPath<members...> field) {
  return field != std::forward<Given>(given);
}
template <auto... members, query::Comparable Given>
auto operator<(Given&& given, FieldPath<members...> field) {
  return field > std::forward<Given>(given);
}
template <auto... members, query::Comparable Given>
auto operator<=(Given&& given, FieldPath<members...> field) {
  return field >= std::forward<Given>(given);
}
template <auto... members, query::Comparable Given>
auto operator>(Given&& given, FieldPath<members...> field) {
  return field < std::forward<Given>(given);
}
template <auto... members, query::Comparable Given>
auto operator>=(Given&& given, FieldPath<members...> field) {
  return field <= std::forward<Given>(given);
}

template <auto... members>
auto operator==(FieldPath<members...> field, std::nullopt_t) {
  return field.is_null();
}
template <auto... members>
auto operator!=(FieldPath<members...> field, std::nullopt_t) {
  return field.has_value();
}

template <query::Truth Left, query::Truth Right>
auto operator&&(const Left& left, const Right& right) {
  return query::And<query::ConditionOf<Left>, query::ConditionOf<Right>>(query::as_condition(left),
                                                                         query::as_condition(right));
}
template <query::Truth Left, query::Truth Right>
auto operator||(const Left& left, const Right& right) {
  return query::Or<query::ConditionOf<Left>, query::ConditionOf<Right>>(query::as_condition(left),
                                                                        query::as_condition(right));
}
template <query::Truth Inner>
auto operator!(const Inner& condition) {
  return query::negate(query::as_condition(condition));
}

}  // namespace netabase
