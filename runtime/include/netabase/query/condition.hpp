#pragma once

/// \file
/// Conditions on one field: what `field<&User::age>() >= 18` and its kin give. Each of them
///
///     using Record;                                            // the struct that it is about
///     template <class Codec> bool matches(const Ref&) const;    // decided on the view, nothing is decoded
///     template <class Codec> void constrain(Constraints&) const;// what it says about keys, exactly; or nothing
///     template <class Codec> void describe(std::string&) const; // as it may be written
///
/// A condition is false of a field that is absent; only is_null() and what `!` and `!=` turn round are true of it.

#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "netabase/query/constant.hpp"
#include "netabase/query/constraints.hpp"
#include "netabase/query/path.hpp"

namespace netabase {

/// The base of every condition of a query; how they are recognised.
struct ConditionBase {};

template <class T>
concept Condition = std::derived_from<T, ConditionBase>;

namespace query {

enum class Operator : std::uint8_t { equal, less, less_equal, greater, greater_equal };

constexpr std::string_view sign_of(Operator op) noexcept {
  constexpr std::array<std::string_view, 5> signs = {" == ", " < ", " <= ", " > ", " >= "};
  return signs[static_cast<std::size_t>(op)];
}

/// Appends text as a C++ literal, its beginning only when it is long.
void describe_text(std::string& out, std::string_view text);
void describe_bytes(std::string& out, Bytes bytes);

template <class T, class Constant>
void describe_constant(std::string& out, const Constant& constant) {
  if constexpr (Arithmetic<T>) {
    if (constant.place == Place::above_all || constant.place == Place::below_all) {
      out += constant.place == Place::above_all ? "(more than any)" : "(less than any)";
    } else if (constant.place == Place::unordered) {
      out += "nan";
    } else {
      key::detail::append_part(out, constant.value);
    }
  } else if constexpr (std::same_as<T, std::string>) {
    describe_text(out, constant);
  } else if constexpr (is_bytes<T>) {
    describe_bytes(out, bytes_of(constant));
  } else if constexpr (std::is_enum_v<T>) {
    key::detail::append_part(out, constant);
  } else {
    out += "(a value)";
  }
}

/// Adds what a condition says about the field.
template <class Path, class Codec>
Constraint& add(Constraints& out, ConstraintKind kind) {
  return out.add(field_id<Path>, &Path::template describe<Codec>, kind);
}

/// NaN is the last of the floats in keys, and no comparison is true of it.
template <class T>
void end_before_nan(Constraints& out, Constraint& range) {
  if constexpr (std::floating_point<T>) {
    range.has_upper = true;
    range.upper_belongs = false;
    out.add_slice([](key::Buffer& to) { key::Encoding<T>::append(to, std::numeric_limits<T>::quiet_NaN()); });
  } else {
    static_cast<void>(out);
    static_cast<void>(range);
  }
}

/// `field < constant` and the like.
template <class Path, Operator op, class Constant>
struct Comparison : ConditionBase {
  using Field = Path;
  using Record = typename Path::Record;
  using Value = typename Path::Value;
  Constant constant;

  explicit Comparison(Constant kept) : constant(std::move(kept)) {}

  template <class Codec, class Ref>
  bool matches(const Ref& record) const {
    return Path::template with<Codec>(record, [this](const auto& value) {
      if constexpr (op == Operator::equal) return equals<Value>(value, constant);
      if constexpr (op == Operator::less) return less<Value, false>(value, constant);
      if constexpr (op == Operator::less_equal) return less<Value, true>(value, constant);
      if constexpr (op == Operator::greater) return greater<Value, false>(value, constant);
      if constexpr (op == Operator::greater_equal) return greater<Value, true>(value, constant);
    });
  }

  template <class Codec>
  void constrain(Constraints& out) const {
    static constexpr bool below = op == Operator::less || op == Operator::less_equal;
    static constexpr bool or_equal = op == Operator::less_equal || op == Operator::greater_equal;
    Place place = Place::at;
    if constexpr (Arithmetic<Value>) place = constant.place;
    const bool always = place == (below ? Place::above_all : Place::below_all);
    if constexpr (op == Operator::equal) {
      if (place != Place::at) return void(add<Path, Codec>(out, ConstraintKind::nothing));
      add<Path, Codec>(out, ConstraintKind::points);
      out.add_slice([this](key::Buffer& to) { encode<Value>(to, constant); });
    } else if (always) {
      if constexpr (Path::optional) add<Path, Codec>(out, ConstraintKind::range);
    } else if (place != Place::at && place != Place::before) {
      add<Path, Codec>(out, ConstraintKind::nothing);
    } else {
      Constraint& range = add<Path, Codec>(out, ConstraintKind::range);
      if constexpr (below) {
        range.has_upper = true;
        range.upper_belongs = or_equal && place == Place::at;
        out.add_slice([this](key::Buffer& to) { encode<Value>(to, constant); });
      } else {
        range.has_lower = true;
        range.lower_belongs = or_equal || place == Place::before;
        out.add_slice([this](key::Buffer& to) { encode<Value>(to, constant); });
        end_before_nan<Value>(out, range);
      }
    }
  }

  template <class Codec>
  void describe(std::string& out) const {
    describe_as<Codec>(out, sign_of(op));
  }
  template <class Codec>
  void describe_as(std::string& out, std::string_view sign) const {
    Path::template describe<Codec>(out);
    out += sign;
    describe_constant<Value>(out, constant);
  }
};

/// `field.in({...})`: equal to one of them.
template <class Path, class Constant, class Container>
struct OneOf : ConditionBase {
  using Field = Path;
  using Record = typename Path::Record;
  using Value = typename Path::Value;
  Container constants;

  explicit OneOf(Container kept) : constants(std::move(kept)) {}

  template <class Codec, class Ref>
  bool matches(const Ref& record) const {
    return Path::template with<Codec>(record, [this](const auto& value) {
      for (const Constant& constant : constants) {
        if (equals<Value>(value, constant)) return true;
      }
      return false;
    });
  }

  template <class Codec>
  void constrain(Constraints& out) const {
    add<Path, Codec>(out, ConstraintKind::points);
    for (const Constant& constant : constants) {
      if constexpr (Arithmetic<Value>) {
        if (constant.place != Place::at) continue;
      }
      out.add_slice([&](key::Buffer& to) { encode<Value>(to, constant); });
    }
    out.sort_points();
  }

  template <class Codec>
  void describe(std::string& out) const {
    Path::template describe<Codec>(out);
    out += " in {";
    std::size_t said = 0;
    for (const Constant& constant : constants) {
      if (said == 5) {
        out += ", ... ";
        out += std::to_string(constants.size());
        out += " in all";
        break;
      }
      if (said++ != 0) out += ", ";
      describe_constant<Value>(out, constant);
    }
    out += '}';
  }
};

/// `field.starts_with(text)`.
template <class Path, class Text>
struct StartsWith : ConditionBase {
  using Field = Path;
  using Record = typename Path::Record;
  Text text;

  explicit StartsWith(Text kept) : text(std::move(kept)) {}

  template <class Codec, class Ref>
  bool matches(const Ref& record) const {
    return Path::template with<Codec>(
        record, [this](const auto& value) { return std::string_view(value).starts_with(std::string_view(text)); });
  }

  template <class Codec>
  void constrain(Constraints& out) const {
    static constexpr std::size_t end_of_text = 2;  // key/terminated.hpp
    if (std::string_view(text).empty()) {
      if constexpr (Path::optional) add<Path, Codec>(out, ConstraintKind::range);
      return;
    }
    add<Path, Codec>(out, ConstraintKind::prefix);
    out.add_slice([this](key::Buffer& to) { key::Encoding<std::string>::append(to, text); });
    out.shorten_last(end_of_text);
  }

  template <class Codec>
  void describe(std::string& out) const {
    Path::template describe<Codec>(out);
    out += " starts with ";
    describe_text(out, text);
  }
};

/// `field.contains(text)` on text: a substring. No index helps.
template <class Path, class Text>
struct HasSubstring : ConditionBase {
  using Field = Path;
  using Record = typename Path::Record;
  Text text;

  explicit HasSubstring(Text kept) : text(std::move(kept)) {}

  template <class Codec, class Ref>
  bool matches(const Ref& record) const {
    return Path::template with<Codec>(record, [this](const auto& value) {
      return std::string_view(value).find(std::string_view(text)) != std::string_view::npos;
    });
  }
  template <class Codec>
  void constrain(Constraints&) const {}

  template <class Codec>
  void describe(std::string& out) const {
    Path::template describe<Codec>(out);
    out += " contains ";
    describe_text(out, text);
  }
};

/// `field.contains(element)` on a container; of a map, a key.
template <class Path, class Element, class Constant>
struct HasElement : ConditionBase {
  using Field = Path;
  using Record = typename Path::Record;
  Constant constant;

  explicit HasElement(Constant kept) : constant(std::move(kept)) {}

  template <class Codec, class Ref>
  bool matches(const Ref& record) const {
    return Path::template with<Codec>(record, [this](const auto& elements) {
      for (const auto& element : elements) {
        if constexpr (requires { typename Path::Value::mapped_type; }) {
          if (equals<Element>(element.first, constant)) return true;
        } else {
          if (equals<Element>(element, constant)) return true;
        }
      }
      return false;
    });
  }

  template <class Codec>
  void constrain(Constraints& out) const {
    if constexpr (Arithmetic<Element>) {
      if (constant.place != Place::at) return void(add<Path, Codec>(out, ConstraintKind::nothing));
    }
    add<Path, Codec>(out, ConstraintKind::elements);
    out.add_slice([this](key::Buffer& to) { encode<Element>(to, constant); });
  }

  template <class Codec>
  void describe(std::string& out) const {
    Path::template describe<Codec>(out);
    out += " contains ";
    describe_constant<Element>(out, constant);
  }
};

/// `field.has_value()` and, `absent`, `field.is_null()`.
template <class Path, bool absent>
struct Presence : ConditionBase {
  using Field = Path;
  using Record = typename Path::Record;

  template <class Codec, class Ref>
  bool matches(const Ref& record) const {
    return Path::template with<Codec>(record, [](const auto&) { return true; }) != absent;
  }
  template <class Codec>
  void constrain(Constraints& out) const {
    add<Path, Codec>(out, absent ? ConstraintKind::absent : ConstraintKind::range);
  }
  template <class Codec>
  void describe(std::string& out) const {
    Path::template describe<Codec>(out);
    out += absent ? " is null" : " has a value";
  }
};

/// True of no record. Stands where a condition did not compile, so that one error is said, not twenty.
template <class RecordType>
struct Never : ConditionBase {
  using Record = RecordType;
  template <class Codec, class Ref>
  bool matches(const Ref&) const {
    return false;
  }
  template <class Codec>
  void constrain(Constraints&) const {}
  template <class Codec>
  void describe(std::string& out) const {
    out += "never";
  }
};

}  // namespace query
}  // namespace netabase
