#pragma once

/// \file
/// Links: fields whose values are primary keys of another model, or of their own.
///
///     [[netabase::link(User, on_delete = cascade)]] std::uint64_t author_id = 0;
///
/// A link is an index as well, so both ways are look-ups:
///
///     std::optional<UserRef> author = posts.target<&Post::author_id>(post);    // from the record to what it names
///     for (PostRef post : posts.by<&Post::author_id>().equal(user_id)) …       // and from there to all that name it
///
/// What holds after every call that writes: each key in a link names a record that is there. A put whose link names
/// none, and a removal that a `restrict_` link forbids, throw LinkViolation and change nothing. Calls with several
/// records (put_many, remove_many, batches) are judged by their outcome: records may link to each other in any order,
/// and a record that is removed by the same call holds nothing back.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "netabase/model.hpp"

namespace netabase {

/// What becomes of the records that link to a record that is removed.
enum class OnDelete : std::uint8_t {
  restrict_,  ///< the removal is refused (the schema says `restrict`)
  cascade,    ///< they are removed, too, and so on from there
  set_null,   ///< the optional becomes empty; a vector loses the element
};

namespace detail {

/// Whether an index is a link.
template <class Index>
concept IsLink = requires {
  typename Index::Target;
};

template <class... Lists>
struct Joined {
  using type = List<>;
};
template <class... Types>
struct Joined<List<Types...>> {
  using type = List<Types...>;
};
template <class... First, class... Second, class... Rest>
struct Joined<List<First...>, List<Second...>, Rest...> {
  using type = typename Joined<List<First..., Second...>, Rest...>::type;
};

/// The links among some indexes: to `Target`, or all of them when that is void.
template <class Target, class Indexes>
struct LinksAmong;
template <class Target, class... Indexes>
struct LinksAmong<Target, List<Indexes...>> {
  template <class Index>
  static constexpr bool is_wanted() {
    if constexpr (IsLink<Index>) {
      return std::is_void_v<Target> || std::is_same_v<typename Index::Target, Target>;
    } else {
      return false;
    }
  }
  using type = typename Joined<List<>, std::conditional_t<is_wanted<Indexes>(), List<Indexes>, List<>>...>::type;
};

template <class Target, class Models>
struct LinksFrom;
template <class Target, class... Models>
struct LinksFrom<Target, List<Models...>> {
  using type = typename Joined<List<>, typename LinksAmong<Target, typename Models::Indexes>::type...>::type;
};

/// The links that records of `Model` have.
template <class Model>
using LinksOf = typename LinksAmong<void, typename Model::Indexes>::type;

/// The links, of all models of the definition, that lead to `Model`.
template <class Model>
using LinksTo = typename LinksFrom<Model, typename Model::Definition::Models>::type;

/// Whether a link to `Model` has this policy.
template <class Model, OnDelete policy>
inline constexpr bool has_link_to =
    []<class... Links>(List<Links...>) { return ((Links::on_delete == policy) || ...); }(LinksTo<Model>{});

/// The field of a link, as it is in the struct.
template <class Link>
using LinkField = std::remove_cvref_t<decltype(std::declval<typename Link::Model::Record&>().*Link::member)>;

/// Whether the field can be empty.
template <class Link>
inline constexpr bool is_optional_link = requires(LinkField<Link>& field) {
  field.has_value();
};

/// Whether every record has exactly one key of the link.
template <class Link>
inline constexpr bool is_plain_link = std::is_same_v<std::tuple<LinkField<Link>>, typename Link::Parts::Owned>;

/// Whether a record can have several.
template <class Link>
inline constexpr bool is_list_link = !is_plain_link<Link> && !is_optional_link<Link>;

/// Takes the keys that `is_gone(key)` out of the link. Returns whether there was one.
template <class Link, class IsGone>
bool unlink(typename Link::Model::Record& record, IsGone&& is_gone) {
  auto& field = record.*Link::member;
  if constexpr (is_optional_link<Link>) {
    if (!field || !is_gone(*field)) return false;
    field.reset();
    return true;
  } else {
    return std::erase_if(field, is_gone) != 0;
  }
}

/// Whether the index is of one field alone, so that a change of another field leaves its entries.
template <class Index>
inline constexpr bool is_of_one_field = [] {
  if constexpr (requires { Index::member; }) {
    return std::is_member_object_pointer_v<std::remove_cv_t<decltype(Index::member)>>;
  } else {
    return false;
  }
}();

/// Whether emptying a link can give a record of the definition a unique key that another one has: when a model has a
/// link to be emptied and a unique index that is not of one field alone, or that a function chooses the records of.
template <class Definition>
inline constexpr bool unlinking_may_clash = [] {
  bool may = false;
  for_each_type(typename Definition::Models{}, [&]<class Model>(std::type_identity<Model>, std::size_t) {
    bool unlinks = false;
    bool clashes = false;
    for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t) {
      if constexpr (IsLink<Index>) unlinks = unlinks || Index::on_delete == OnDelete::set_null;
      if constexpr (Index::unique) clashes = clashes || !is_of_one_field<Index> || CallsFunctions<Index>;
    });
    may = may || (unlinks && clashes);
  });
  return may;
}();

}  // namespace detail
}  // namespace netabase
