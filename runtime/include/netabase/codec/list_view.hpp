#pragma once

/// \file
/// A stored list, read in place, of elements that are not simply numbers beside each other: bits, texts, lists,
/// structs. (Numbers are a std::span over the map.)

#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>

#include "netabase/codec/pointer_view.hpp"
#include "netabase/codec/word.hpp"
#include "netabase/lifetime.hpp"

namespace netabase::wire {

/// A sized random-access range over the views of E's elements; each is read when it is asked for.
///
///     for (std::string_view tag : post.tags()) ...
///
/// Lifetime, threads and cost are those of StructView. Trivially copyable, and its iterators stay valid without it.
/// Reading an element throws Corrupt when its bytes are damaged.
template <class E>
class ListView {
 public:
  using value_type = typename E::View;
  class iterator;
  using const_iterator = iterator;

  ListView() = default;
  ListView(const Elements& elements, const Segment& segment, std::uint16_t depth, Lifetime lifetime) noexcept
      : elements_(elements), depth_(depth), segment_(segment), lifetime_(lifetime) {}

  std::size_t size() const noexcept { return elements_.count; }
  bool empty() const noexcept { return elements_.count == 0; }

  /// Element `index`, which is less than size(). In checked builds a larger one throws Error(invalid_argument).
  value_type operator[](std::size_t index) const {
    lifetime_.check();
#if NETABASE_CHECKED
    if (index >= size()) throw_no_such_element(index, size());
#endif
    return E::element(*this, index);
  }
  value_type front() const { return (*this)[0]; }
  value_type back() const { return (*this)[size() - 1]; }

  iterator begin() const noexcept { return iterator(*this, 0); }
  iterator end() const noexcept { return iterator(*this, size()); }

  /// For the wire types.
  const Elements& elements() const noexcept { return elements_; }
  const Segment& segment() const noexcept { return segment_; }
  std::uint16_t depth() const noexcept { return depth_; }
  const Lifetime& lifetime() const noexcept { return lifetime_; }

 private:
  Elements elements_{};
  std::uint16_t depth_ = 0;
  Segment segment_{};
  [[no_unique_address]] Lifetime lifetime_{};
};

template <class E>
class ListView<E>::iterator {
 public:
  using iterator_concept = std::random_access_iterator_tag;
  using iterator_category = std::input_iterator_tag;  // it gives values, not references
  using value_type = typename ListView::value_type;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = value_type;

  iterator() = default;
  iterator(const ListView& list, std::size_t index) noexcept
      : list_(list), index_(static_cast<difference_type>(index)) {}

  value_type operator*() const { return list_[static_cast<std::size_t>(index_)]; }
  value_type operator[](difference_type n) const { return list_[static_cast<std::size_t>(index_ + n)]; }

  iterator& operator++() noexcept { return *this += 1; }
  iterator& operator--() noexcept { return *this -= 1; }
  iterator operator++(int) noexcept {
    iterator old = *this;
    ++index_;
    return old;
  }
  iterator operator--(int) noexcept {
    iterator old = *this;
    --index_;
    return old;
  }
  iterator& operator+=(difference_type n) noexcept {
    index_ += n;
    return *this;
  }
  iterator& operator-=(difference_type n) noexcept {
    index_ -= n;
    return *this;
  }
  friend iterator operator+(iterator at, difference_type n) noexcept { return at += n; }
  friend iterator operator+(difference_type n, iterator at) noexcept { return at += n; }
  friend iterator operator-(iterator at, difference_type n) noexcept { return at -= n; }
  friend difference_type operator-(const iterator& a, const iterator& b) noexcept { return a.index_ - b.index_; }
  /// Only between iterators of one list.
  friend bool operator==(const iterator& a, const iterator& b) noexcept { return a.index_ == b.index_; }
  friend std::strong_ordering operator<=>(const iterator& a, const iterator& b) noexcept {
    return a.index_ <=> b.index_;
  }

 private:
  ListView list_{};
  difference_type index_ = 0;
};

}  // namespace netabase::wire

template <class E>
inline constexpr bool std::ranges::enable_borrowed_range<netabase::wire::ListView<E>> = true;
template <class E>
inline constexpr bool std::ranges::enable_view<netabase::wire::ListView<E>> = true;
