#pragma once

/// \file
/// The wire type of a struct in a struct.
///
///     | struct pointer | ... | data section | pointer section | what its pointers lead to ... |

#include <cstddef>

#include "netabase/codec/damage.hpp"
#include "netabase/codec/pointer_view.hpp"
#include "netabase/codec/struct_view.hpp"
#include "netabase/codec/struct_writer.hpp"
#include "netabase/codec/word.hpp"

namespace netabase::wire {

namespace detail {

/// The depth of what a pointer in a struct or list at `depth` leads to. Throws Error(invalid_argument) beyond
/// max_depth.
inline Depth deeper(Depth depth) {
  if (depth >= max_depth) [[unlikely]]
    throw_too_deep();
  return static_cast<Depth>(depth + 1);
}

}  // namespace detail

/// A struct written and read by its generated Codec. One of which every field has its default is null.
template <class Codec>
struct Struct {
  using Owned = typename Codec::Owned;
  using View = typename Codec::View;

  static bool is_null(const Owned& value) { return Codec::size(value).words() == 0; }
  static std::size_t words(const Owned& value, Depth depth) {
    const std::size_t sections = Codec::size(value).words();
    return sections == 0 ? 0 : sections + Codec::content_words(value, detail::deeper(depth));
  }
  static void write(std::byte* at, Space& space, const Owned& value) {
    const StructSize size = Codec::size(value);
    std::byte* const first = space.take_zeros(size.words());
    detail::store(at, Word::to_struct(detail::offset(at, first), size.data_words, size.pointers).bits());
    StructWriter writer(first, size, space);
    Codec::write(value, writer);
  }
  static View read(const PointerView& pointer) {
    if (pointer.is_null()) return Codec::read(StructView());
    const Elements element = pointer.structure();
    return Codec::read(StructView(element.first, element.stride, element.pointers, pointer.segment(),
                                  pointer.next_depth(), pointer.lifetime()));
  }
  static void own(const View& view, Owned& out) { out = Codec::own(view); }
};

}  // namespace netabase::wire
