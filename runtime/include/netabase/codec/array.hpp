#pragma once

/// \file
/// The wire type of std::array: a list that always has as many elements. A null pointer (a record older than the
/// field) reads as elements that all have their default; any other length is Corrupt. Arrays of bytes are FixedData.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "netabase/codec/damage.hpp"
#include "netabase/codec/list.hpp"
#include "netabase/codec/list_view.hpp"
#include "netabase/codec/pointer_view.hpp"
#include "netabase/codec/struct_writer.hpp"

namespace netabase::wire {

namespace detail {
template <class E>
inline constexpr bool is_struct = false;
template <class Codec>
inline constexpr bool is_struct<Struct<Codec>> = true;
}  // namespace detail

template <class E, std::size_t size>
struct Array {
  using Elements = List<E>;
  using View = typename Elements::View;

  template <class V>
  static constexpr bool is_null(const V&) noexcept {
    return false;
  }
  template <class V>
  static std::size_t words(const V& values, Depth depth) {
    return Elements::words(values, depth);
  }
  template <class V>
  static void write(std::byte* at, Space& space, const V& values) {
    Elements::write(at, space, values);
  }
  static View read(const PointerView& pointer) {
    // Zeros are the default of numbers, bits and pointers; structs need no bytes at all.
    alignas(8) static constexpr std::array<std::byte, detail::is_struct<E> ? 8 : size * 8> zeros{};
    if (pointer.is_null()) {
      wire::Elements elements;
      elements.first = zeros.data();
      elements.count = size;
      return View(elements, pointer.segment(), pointer.depth(), pointer.lifetime());
    }
    const View view = Elements::read(pointer);
    if (view.size() != size) throw_damaged(Damage::wrong_length);
    return view;
  }
  template <class V>
  static void own(const View& view, V& out) {
    Elements::own(view, out);
  }
};

/// Of numbers that are stored as they lie in memory: a span of fixed extent over the map.
template <detail::PlainScalar T, std::size_t size>
struct Array<Scalar<T>, size> {
  using Elements = List<Scalar<T>>;
  using View = std::span<const T, size>;

  static constexpr bool is_null(const std::array<T, size>&) noexcept { return false; }
  static std::size_t words(const std::array<T, size>& values, Depth depth) { return Elements::words(values, depth); }
  static void write(std::byte* at, Space& space, const std::array<T, size>& values) {
    Elements::write(at, space, values);
  }
  static View read(const PointerView& pointer) {
    static constexpr std::array<T, size> zeros{};
    if (pointer.is_null()) return zeros;
    const std::span<const T> view = Elements::read(pointer);
    if (view.size() != size) throw_damaged(Damage::wrong_length);
    return view.template first<size>();
  }
  static void own(const View& view, std::array<T, size>& out) {
    for (std::size_t i = 0; i < size; ++i) out[i] = view[i];
  }
};

}  // namespace netabase::wire
