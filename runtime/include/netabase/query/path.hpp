#pragma once

/// \file
/// A field of a model as a type, FieldPath<&User::address, &Address::zip>: what it is called, what its values are, and
/// how they are read from a view.

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "netabase/key/encoding.hpp"
#include "netabase/model.hpp"

namespace netabase::query {

template <class Member>
struct MemberTypes;
template <class Struct, class Value>
struct MemberTypes<Value Struct::*> {
  using Owner = Struct;
  using Type = Value;
};

/// The struct that a member pointer belongs to, and the member's type.
template <auto member>
using OwnerOf = typename MemberTypes<decltype(member)>::Owner;
template <auto member>
using TypeOf = typename MemberTypes<decltype(member)>::Type;

/// Only declared: compilers name it, and with it the member and the struct, where a query misses its model.
template <auto member, class Struct>
struct not_a_stored_field_of;

/// The entry of `member` in a codec's field map.
template <auto member, class Fields>
struct FindField;
template <auto member>
struct FindField<member, List<>> {
  using type = void;
};
template <auto member, class First, class... Rest>
struct FindField<member, List<First, Rest...>> {
  static constexpr bool found = [] {
    if constexpr (std::is_same_v<std::remove_cv_t<decltype(First::member)>, std::remove_cv_t<decltype(member)>>) {
      return First::member == member;
    } else {
      return false;
    }
  }();
  using type = typename std::conditional_t<found, std::type_identity<First>, FindField<member, List<Rest...>>>::type;
};

/// Whether `Codec`'s struct has `member` among its stored fields.
template <class Codec, auto member>
inline constexpr bool has_field = [] {
  if constexpr (std::is_same_v<Codec, void>) {
    return false;
  } else {
    return !std::is_void_v<typename FindField<member, typename Codec::Fields>::type>;
  }
}();

template <class Codec, auto member>
struct FieldOf {
  using type = typename FindField<member, typename Codec::Fields>::type;
};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
struct WithoutOptional {
  using type = T;
};
template <class T>
struct WithoutOptional<std::optional<T>> {
  using type = T;
};

/// Facts about a path that need no model.
template <auto first, auto... rest>
struct PathFacts {
  using Record = OwnerOf<first>;
  using Declared = typename PathFacts<rest...>::Declared;
  using Value = typename PathFacts<rest...>::Value;
  static constexpr bool optional = is_optional<TypeOf<first>> || PathFacts<rest...>::optional;
};
template <auto last>
struct PathFacts<last> {
  using Record = OwnerOf<last>;
  using Declared = TypeOf<last>;
  using Value = typename WithoutOptional<Declared>::type;
  static constexpr bool optional = is_optional<Declared>;
};

/// Whether the path leads from `Codec`'s struct to a stored field. Fails to compile, naming the field, when not.
template <class Codec, auto first, auto... rest>
constexpr bool check_path() {
  if constexpr (!has_field<Codec, first>) {
    static_assert(sizeof(not_a_stored_field_of<first, typename Codec::Owned>) != 0,
                  "this query is about another model, or the field is not stored");
    return false;
  } else if constexpr (sizeof...(rest) > 0) {
    return check_path<typename FieldOf<Codec, first>::type::Codec, rest...>();
  } else {
    return true;
  }
}

/// Calls `visit` with the field's value as the view gives it and returns what it returns; false when the field, or a
/// struct on the way to it, is absent.
template <class Codec, auto first, auto... rest, class Ref, class Visit>
bool with_value(const Ref& record, Visit&& visit) {
  using Step = typename FieldOf<Codec, first>::type;
  decltype(auto) value = (record.*Step::accessor)();
  const auto go_on = [&](const auto& present) {
    if constexpr (sizeof...(rest) == 0) {
      return visit(present);
    } else {
      return with_value<typename Step::Codec, rest...>(present, visit);
    }
  };
  if constexpr (is_optional<TypeOf<first>>) {
    return value ? go_on(*value) : false;
  } else {
    return go_on(value);
  }
}

/// Appends "address.zip".
template <class Codec, auto first, auto... rest>
void append_path_name(std::string& out) {
  std::size_t place = 0;
  bool found = false;
  detail::for_each_type(typename Codec::Fields{}, [&]<class Candidate>(std::type_identity<Candidate>, std::size_t at) {
    if (std::is_same_v<Candidate, typename FieldOf<Codec, first>::type>) {
      place = at;
      found = true;
    }
  });
  if (found) out += Codec::field_names[place];
  if constexpr (sizeof...(rest) > 0) {
    out += '.';
    append_path_name<typename FieldOf<Codec, first>::type::Codec, rest...>(out);
  }
}

/// Tells fields apart at run time: the address of one of these for each path.
using FieldId = const void*;
template <class Path>
inline char field_mark = 0;  // not const: a linker may fold constants that are equal
template <class Path>
inline constexpr FieldId field_id = &field_mark<Path>;

/// Whether values of T have an order and a place in keys.
template <class T>
concept KeyType = requires {
  sizeof(key::detail::Coder<T, std::byte{0}>);
};

}  // namespace netabase::query
