#pragma once

/// \file
/// What lists ask of C++ containers: the order in which their elements are stored, and taking elements in.
///
/// Vectors, arrays and sets are stored in their own order. Hashed containers have none that two processes would agree
/// on, so theirs is the order of their elements as keys (key/encoding.hpp): equal containers have equal bytes.

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "netabase/codec/damage.hpp"

namespace netabase::wire::detail {

/// Whether `a` comes before `b` as keys do: texts by their bytes, absent optionals first, NaN last.
template <class T>
bool before_as_key(const T& a, const T& b) {
  if constexpr (std::is_floating_point_v<T>) {
    if (a != a || b != b) return a == a;
    return a < b;
  } else if constexpr (requires { a.has_value(); }) {
    if (!a || !b) return !a && b;
    return before_as_key(*a, *b);
  } else if constexpr (requires { a.native(); }) {
    return a.native() < b.native();  // a path compares element by element
  } else {
    return a < b;
  }
}

template <class Container>
concept Hashed = requires {
  typename Container::hasher;
};

/// The elements of a hashed container in the order of their keys: of its values, or of a map's keys. Borrows them.
template <Hashed Container>
class InKeyOrder {
 public:
  using Element = typename Container::value_type;

  explicit InKeyOrder(const Container& container) {
    elements_.reserve(container.size());
    for (const Element& element : container) elements_.push_back(&element);
    std::sort(elements_.begin(), elements_.end(),
              [](const Element* a, const Element* b) { return before_as_key(key(*a), key(*b)); });
  }

  class iterator {
   public:
    explicit iterator(const Element* const* at) : at_(at) {}
    const Element& operator*() const { return **at_; }
    iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator!=(const iterator& other) const { return at_ != other.at_; }

   private:
    const Element* const* at_;
  };
  iterator begin() const { return iterator(elements_.data()); }
  iterator end() const { return iterator(elements_.data() + elements_.size()); }

 private:
  static const auto& key(const Element& element) {
    if constexpr (requires { typename Container::mapped_type; }) {
      return element.first;
    } else {
      return element;
    }
  }

  std::vector<const Element*> elements_;
};

/// `values` in the order in which they are stored. O(n log n) and one allocation for hashed ones.
template <class V>
decltype(auto) in_stored_order(const V& values) {
  if constexpr (Hashed<V>) {
    return InKeyOrder<V>(values);
  } else {
    return (values);
  }
}

/// Copies the elements of `view` into a container, E::own for each. An array has as many. Throws Corrupt when a set
/// does not take all of them.
template <class E, class View, class Container>
void own_elements(const View& view, Container& out) {
  if constexpr (requires { std::tuple_size<Container>::value; }) {
    for (std::size_t i = 0; i < view.size(); ++i) E::own(view[i], out[i]);
  } else {
    out.clear();
    if constexpr (requires { out.reserve(view.size()); }) out.reserve(view.size());
    for (std::size_t i = 0; i < view.size(); ++i) {
      if constexpr (requires { out.emplace_back(); }) {
        E::own(view[i], out.emplace_back());
      } else {
        typename Container::value_type value{};
        E::own(view[i], value);
        out.insert(out.end(), std::move(value));
      }
    }
    if (out.size() != view.size()) throw_damaged(Damage::repeated_element);
  }
}

}  // namespace netabase::wire::detail
