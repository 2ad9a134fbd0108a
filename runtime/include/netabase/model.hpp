#pragma once

/// \file
/// What generated headers tell the runtime about models, and the compile-time look-ups over it.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace netabase {

/// Counts the shapes of generated code. A generated header asserts the one it was made for.
inline constexpr int generated_code_version = 2;

/// A list of types.
template <class... Types>
struct List {
  static constexpr std::size_t size = sizeof...(Types);
};

/// A field of a stored struct: the member, the view's accessor of it, and, where its value is a struct (or an optional
/// one), that struct's codec.
template <auto member_pointer, auto accessor_pointer, class NestedCodec = void>
struct Field {
  static constexpr auto member = member_pointer;
  static constexpr auto accessor = accessor_pointer;
  using Codec = NestedCodec;
};

/// A field of a model, or one of the structs in it: FieldPath<&User::address, &Address::zip>. What `field<...>()`
/// gives (query.hpp), and what each part of an index is.
template <auto... members>
struct FieldPath;

/// Specialised by generated headers: `type` is the model's description (blog::UserModel) for its struct (blog::User).
template <class Record>
struct ModelOf {
  static_assert(sizeof(Record) == 0,
                "this struct is not a netabase model: mark it [[netabase::model]], run netabase-gen, and include the "
                "generated header");
};

template <class Record>
using ModelType = typename ModelOf<std::remove_cv_t<Record>>::type;

namespace detail {

template <class Wanted, class Types>
struct PositionOf;

/// The place of `Wanted` in the list; the list's size when it is not there.
template <class Wanted, class... Types>
struct PositionOf<Wanted, List<Types...>> {
  static constexpr std::size_t value = [] {
    std::size_t position = 0;
    (void)((std::is_same_v<Wanted, Types> || (++position, false)) || ...);
    return position;
  }();
};

/// Calls `visit.template operator()<Type, position>()` for each type of the list, in order.
template <class... Types, class Visit>
constexpr void for_each_type(List<Types...>, Visit&& visit) {
  std::size_t position = 0;
  (visit(std::type_identity<Types>{}, position++), ...);
}

template <class... Models>
constexpr std::size_t count_tables(List<Models...>) {
  return (std::size_t{0} + ... + (1 + Models::Indexes::size));
}

template <class Definition>
inline constexpr std::size_t table_count = count_tables(typename Definition::Models{});

template <class Model>
inline constexpr std::size_t model_position = PositionOf<Model, typename Model::Definition::Models>::value;

template <class... Models>
constexpr std::array<std::size_t, sizeof...(Models)> count_tables_before(List<Models...>) {
  std::array<std::size_t, sizeof...(Models)> before = {Models::Indexes::size...};
  std::size_t tables = 0;
  for (std::size_t& count : before) tables += 1 + std::exchange(count, tables);
  return before;
}

template <class Definition>
inline constexpr auto tables_before = count_tables_before(typename Definition::Models{});

/// Where the tables of `Model` begin among those of its definition.
template <class Model>
inline constexpr std::size_t first_table = tables_before<typename Model::Definition>[model_position<Model>];

/// Whether the index is the order of the records themselves.
template <class Index>
inline constexpr bool is_primary_index = std::is_same_v<Index, typename Index::Model::PrimaryIndex>;

/// Where the index lies behind its model's records: 1 for the first, 0 for the records themselves.
template <class Index>
inline constexpr std::size_t index_table =
    is_primary_index<Index> ? 0 : 1 + PositionOf<Index, typename Index::Model::Indexes>::value;

/// Whether the index's keys are made by functions of the user's struct, which may throw and need a decoded record.
template <class Index>
concept CallsFunctions = requires {
  requires Index::calls_functions;
};

template <class... Indexes>
constexpr bool any_calls_functions(List<Indexes...>) {
  return (CallsFunctions<Indexes> || ...);
}

/// Whether one of the model's indexes does.
template <class Model>
inline constexpr bool model_calls_functions = any_calls_functions(typename Model::Indexes{});

template <auto selector, class Index>
constexpr bool selects() {
  using Selector = std::remove_cv_t<decltype(selector)>;
  if constexpr (std::is_same_v<Selector, std::remove_cv_t<decltype(Index::id)>>) {
    return selector == Index::id;
  } else if constexpr (requires { Index::member; }) {
    if constexpr (std::is_same_v<Selector, std::remove_cv_t<decltype(Index::member)>>) return selector == Index::member;
  }
  return false;
}

template <auto selector, class Indexes>
struct SelectIndex;

template <auto selector>
struct SelectIndex<selector, List<>> {
  using type = void;
};

template <auto selector, class Index, class... Rest>
struct SelectIndex<selector, List<Index, Rest...>> {
  using type = typename std::conditional_t<selects<selector, Index>(), std::type_identity<Index>,
                                           SelectIndex<selector, List<Rest...>>>::type;
};

template <class Primary, class Indexes>
struct AllIndexes;
template <class Primary, class... Indexes>
struct AllIndexes<Primary, List<Indexes...>> {
  using type = List<Primary, Indexes...>;
};

/// The index of `Model` that a member pointer (&User::email) or a key enumerator (UserKey::email) names, the primary
/// one included; void for none.
template <class Model, auto selector>
using SelectedIndex =
    typename SelectIndex<selector,
                         typename AllIndexes<typename Model::PrimaryIndex, typename Model::Indexes>::type>::type;

}  // namespace detail
}  // namespace netabase
