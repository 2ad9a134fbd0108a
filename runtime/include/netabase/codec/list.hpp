#pragma once

/// \file
/// The wire types of lists. The members of each are explained in text.hpp; an empty list is null.
///
///     List<Scalar<T>>   | list pointer, T's size, n | ... | n values, zeros up to a word |
///     List<Bit>         | list pointer, bits, n     | ... | n bits from the lowest on, zeros up to a word |
///     List<W>           | list pointer, pointers, n | ... | n pointers | what the 1st leads to | the 2nd | ... |
///     List<Struct<C>>   | list pointer, structs, w  | ... | tag: n, sections | w words: n structs | what they lead to
///     |
///
/// All structs of a list have the sections of the largest.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

#include "netabase/codec/containers.hpp"
#include "netabase/codec/damage.hpp"
#include "netabase/codec/list_view.hpp"
#include "netabase/codec/pointer_view.hpp"
#include "netabase/codec/struct.hpp"
#include "netabase/codec/struct_view.hpp"
#include "netabase/codec/struct_writer.hpp"
#include "netabase/codec/word.hpp"

namespace netabase::wire {

/// Element of a list of integers, floats, enums or what is stored as one of these.
template <detail::Scalar T>
struct Scalar {
  using View = T;
  static T element(const ListView<Scalar>& list, std::size_t index) {
    using Bits = detail::BitsOf<T>;
    return detail::from_bits<T>(detail::load<Bits>(list.elements().first + index * sizeof(Bits)));
  }
  static void own(T value, T& out) noexcept { out = value; }
};

/// Element of a list of bools.
struct Bit {
  using View = bool;
  static bool element(const ListView<Bit>& list, std::size_t index) {
    return (std::to_integer<unsigned>(list.elements().first[index / 8]) >> (index % 8) & 1) != 0;
  }
  static void own(bool value, bool& out) noexcept { out = value; }
};

namespace detail {

/// The elements of `values`, if the format can count them.
template <class V>
std::size_t checked_count(const V& values) {
  const std::size_t count = values.size();
  if (count > max_count) [[unlikely]]
    throw_too_large(count, max_count);
  return count;
}

template <class Bits>
constexpr ElementSize element_size() noexcept {
  return sizeof(Bits) == 1   ? ElementSize::byte
         : sizeof(Bits) == 2 ? ElementSize::two_bytes
         : sizeof(Bits) == 4 ? ElementSize::four_bytes
                             : ElementSize::eight_bytes;
}

/// Copies a list of views into a container, E::own for each.
template <class E, class Container>
void own_list(const ListView<E>& view, Container& out) {
  // A copy must not grow beyond what the record can hold, however its pointers lie.
  check_content(view.segment(), view.elements(), view.depth());
  own_elements<E>(view, out);
}

/// Gives a pointer wire type what a list asks of its elements.
template <class W>
struct PointerElement {
  using View = typename W::View;
  static View element(const ListView<PointerElement>& list, std::size_t index) {
    return W::read(
        PointerView(list.elements().first + index * word_size, list.segment(), list.depth(), list.lifetime()));
  }
  template <class T>
  static void own(const View& view, T& out) {
    W::own(view, out);
  }
};

template <class Codec>
struct StructElement {
  using View = typename Codec::View;
  static View element(const ListView<StructElement>& list, std::size_t index) {
    const Elements& elements = list.elements();
    return Codec::read(StructView(elements.first + index * elements.stride, elements.stride, elements.pointers,
                                  list.segment(), list.depth(), list.lifetime()));
  }
  template <class T>
  static void own(const View& view, T& out) {
    out = Codec::own(view);
  }
};

}  // namespace detail

/// A list whose elements are pointers: List<Text>, List<Data<>>, List<List<...>>.
template <class E>
struct List {
  using View = ListView<detail::PointerElement<E>>;

  template <class V>
  static bool is_null(const V& values) noexcept {
    return values.empty();
  }
  template <class V>
  static std::size_t words(const V& values, Depth depth) {
    if (values.empty()) return 0;
    const Depth inner = detail::deeper(depth);
    std::size_t words = detail::checked_count(values);
    for (const auto& value : values) words += E::is_null(value) ? 0 : E::words(value, inner);
    return words;
  }
  template <class V>
  static void write(std::byte* at, Space& space, const V& values) {
    std::byte* pointer = space.take_zeros(values.size());
    detail::store(at, Word::to_list(detail::offset(at, pointer), ElementSize::pointer, values.size()).bits());
    for (const auto& value : detail::in_stored_order(values)) {
      if (!E::is_null(value)) E::write(pointer, space, value);
      pointer += word_size;
    }
  }
  static View read(const PointerView& pointer) {
    if (pointer.is_null()) return {};
    return View(pointer.pointer_list(), pointer.segment(), pointer.next_depth(), pointer.lifetime());
  }
  template <class Container>
  static void own(const View& view, Container& out) {
    detail::own_list(view, out);
  }
};

/// A list of numbers. Read as a span over the map where they are stored as they lie in memory, else as a ListView.
template <class T>
struct List<Scalar<T>> {
  static constexpr bool in_place = detail::PlainScalar<T>;
  using Bits = detail::BitsOf<T>;
  using View = std::conditional_t<in_place, std::span<const T>, ListView<Scalar<T>>>;

  template <class V>
  static bool is_null(const V& values) noexcept {
    return values.empty();
  }
  template <class V>
  static std::size_t words(const V& values, Depth) {
    return detail::words_for(detail::checked_count(values) * sizeof(Bits));
  }
  template <class V>
  static void write(std::byte* at, Space& space, const V& values) {
    const std::size_t words = detail::words_for(values.size() * sizeof(Bits));
    std::byte* const first = space.take(words);
    detail::store(at, Word::to_list(detail::offset(at, first), detail::element_size<Bits>(), values.size()).bits());
    detail::store(first + (words - 1) * word_size, std::uint64_t{0});
    if constexpr (in_place && requires { values.data(); }) {
      std::memcpy(first, values.data(), values.size() * sizeof(Bits));
    } else {
      std::byte* next = first;
      for (const T value : detail::in_stored_order(values)) {
        detail::store(next, detail::to_bits<T>(value));
        next += sizeof(Bits);
      }
    }
  }
  static View read(const PointerView& pointer) {
    if (pointer.is_null()) return {};
    std::uint32_t count = 0;
    const std::byte* const first = pointer.list(detail::element_size<Bits>(), count);
    if constexpr (in_place) {
      return {reinterpret_cast<const T*>(first), count};  // aligned: whole words from the aligned begin of the body
    } else {
      return View({first, count, sizeof(Bits), 0}, pointer.segment(), pointer.depth(), pointer.lifetime());
    }
  }
  template <class Container>
  static void own(const View& view, Container& out) {
    if constexpr (in_place && requires { out.assign(view.begin(), view.end()); }) {
      out.assign(view.begin(), view.end());
    } else {
      detail::own_elements<Scalar<T>>(view, out);
    }
  }
};

/// A list of bools, a bit each.
template <>
struct List<Bit> {
  using View = ListView<Bit>;

  template <class V>
  static bool is_null(const V& values) noexcept {
    return values.empty();
  }
  template <class V>
  static std::size_t words(const V& values, Depth) {
    return detail::words_for((detail::checked_count(values) + 7) / 8);
  }
  template <class V>
  static void write(std::byte* at, Space& space, const V& values) {
    std::byte* const first = space.take_zeros(detail::words_for((values.size() + 7) / 8));
    detail::store(at, Word::to_list(detail::offset(at, first), ElementSize::bit, values.size()).bits());
    std::size_t index = 0;
    for (const bool value : detail::in_stored_order(values)) {
      if (value) first[index / 8] |= std::byte{1} << (index % 8);
      ++index;
    }
  }
  static View read(const PointerView& pointer) {
    if (pointer.is_null()) return {};
    return View(pointer.bit_list(), pointer.segment(), pointer.depth(), pointer.lifetime());
  }
  template <class Container>
  static void own(const View& view, Container& out) {
    if constexpr (requires { out.flip(); }) {  // std::vector<bool> gives no references to its elements
      out.assign(view.begin(), view.end());
    } else {
      detail::own_elements<Bit>(view, out);
    }
  }
};

/// A list of structs.
template <class Codec>
struct List<Struct<Codec>> {
  using View = ListView<detail::StructElement<Codec>>;

  template <class V>
  static bool is_null(const V& values) noexcept {
    return values.empty();
  }
  template <class V>
  static std::size_t words(const V& values, Depth depth) {
    if (values.empty()) return 0;
    const Depth inner = detail::deeper(depth);
    const std::size_t structs = values.size() * element_size(values).words();
    if (structs > max_words) [[unlikely]]
      throw_too_large(structs * word_size, max_words * word_size);
    std::size_t words = 1 + structs;
    for (const auto& value : values) words += Codec::content_words(value, inner);
    return words;
  }
  template <class V>
  static void write(std::byte* at, Space& space, const V& values) {
    const StructSize size = element_size(values);
    const std::size_t count = values.size();
    std::byte* const tag = space.take(1);
    detail::store(at, Word::to_list(detail::offset(at, tag), ElementSize::structs, count * size.words()).bits());
    detail::store(tag, Word::tag(count, size.data_words, size.pointers).bits());
    std::byte* element = space.take_zeros(count * size.words());
    for (const auto& value : detail::in_stored_order(values)) {
      StructWriter writer(element, size, space);
      Codec::write(value, writer);
      element += size.words() * word_size;
    }
  }
  static View read(const PointerView& pointer) {
    if (pointer.is_null()) return {};
    return View(pointer.struct_list(), pointer.segment(), pointer.next_depth(), pointer.lifetime());
  }
  template <class Container>
  static void own(const View& view, Container& out) {
    detail::own_list(view, out);
  }

 private:
  /// The sections of every element: those of the largest.
  template <class V>
  static StructSize element_size(const V& values) {
    StructSize largest;
    for (const auto& value : values) {
      const StructSize size = Codec::size(value);
      if (size.data_words > largest.data_words) largest.data_words = size.data_words;
      if (size.pointers > largest.pointers) largest.pointers = size.pointers;
    }
    if (largest.words() == 0 && detail::checked_count(values) > max_empty_elements) largest.data_words = 1;
    return largest;
  }
};

}  // namespace netabase::wire
