#pragma once

/// \file
/// One pointer of a stored record, to be followed. What the wire types (text.hpp, list.hpp, struct.hpp) are read from;
/// generated code and users see StructView and the wire types instead.

#include <cstddef>
#include <cstdint>

#include "netabase/bytes.hpp"
#include "netabase/codec/damage.hpp"
#include "netabase/codec/word.hpp"
#include "netabase/lifetime.hpp"

namespace netabase::wire {

/// The body that a view borrows from, and how deep in it the view is. Every pointer is checked against it.
struct Segment {
  const std::byte* begin = nullptr;  ///< 8-aligned
  const std::byte* end = nullptr;    ///< a whole number of words behind
};

/// Elements that follow each other at one distance: the content of a list of pointers, bits or structs.
struct Elements {
  const std::byte* first = nullptr;
  std::uint32_t count = 0;
  std::uint32_t stride = 0;    ///< bytes from one to the next; 0 for bits
  std::uint16_t pointers = 0;  ///< at the end of each
};

namespace detail {
/// Says what is wrong with a pointer that does not lead to a list of the right elements.
[[noreturn, gnu::cold]] void throw_wrong_list(Word pointer);

/// Throws Corrupt unless everything that the pointers of `elements` lead to, taken together, fits into `segment` as it
/// would without bytes shared, is at most max_depth deep, and is made of structs and lists. Takes a few nanoseconds for
/// each pointer.
void check_content(const Segment& segment, const Elements& elements, std::uint16_t depth);
}  // namespace detail

class PointerView {
 public:
  /// A null pointer.
  PointerView() = default;
  /// The pointer at `at`, which lies in `segment`.
  PointerView(const std::byte* at, const Segment& segment, std::uint16_t depth, Lifetime lifetime) noexcept
      : at_(at), word_(detail::load<std::uint64_t>(at)), segment_(segment), depth_(depth), lifetime_(lifetime) {}

  bool is_null() const noexcept { return word_.is_null(); }
  const Segment& segment() const noexcept { return segment_; }
  /// Of the struct or list that holds the pointer.
  std::uint16_t depth() const noexcept { return depth_; }
  /// Of the struct or list it leads to. Throws Corrupt when that is too deep.
  std::uint16_t next_depth() const {
    if (depth_ >= max_depth) throw_damaged(Damage::too_deep);
    return static_cast<std::uint16_t>(depth_ + 1);
  }
  const Lifetime& lifetime() const noexcept { return lifetime_; }

  /// Content of a list of `size` elements with whole bytes, `count` of them through the parameter. 8-aligned. The
  /// pointer must not be null. Throws Corrupt when it is none.
  const std::byte* list(ElementSize size, std::uint32_t& count) const {
    expect_list(size);
    count = word_.count();
    return target(std::uint64_t{count} * bytes_of(size));
  }

  /// Content of a list of bytes.
  Bytes bytes() const {
    std::uint32_t count = 0;
    const std::byte* const first = list(ElementSize::byte, count);
    return {first, count};
  }

  /// Content of a list of bits, lowest bit first.
  Elements bit_list() const {
    expect_list(ElementSize::bit);
    Elements elements;
    elements.count = word_.count();
    elements.first = target((std::uint64_t{elements.count} + 7) / 8);
    return elements;
  }

  Elements pointer_list() const {
    Elements elements;
    elements.first = list(ElementSize::pointer, elements.count);
    elements.stride = word_size;
    elements.pointers = 1;
    return elements;
  }

  /// Content of a list of structs. A list of scalars or pointers is one too: each element is a struct's first field,
  /// which is how a schema widens a list.
  Elements struct_list() const {
    if (!word_.is_list()) throw_damaged(Damage::not_a_list);
    const ElementSize size = word_.element_size();
    Elements elements;
    if (size == ElementSize::structs) [[likely]] {
      const std::uint64_t words = word_.count();
      const std::byte* const tag_at = target((words + 1) * word_size);
      const Word tag(detail::load<std::uint64_t>(tag_at));
      if (!tag.is_struct()) throw_damaged(Damage::not_a_struct);
      if (std::uint64_t{tag.elements()} * tag.struct_words() > words) throw_damaged(Damage::elements_overrun);
      elements.first = tag_at + word_size;
      elements.count = tag.elements();
      elements.stride = tag.struct_words() * static_cast<std::uint32_t>(word_size);
      elements.pointers = tag.pointers();
    } else {
      if (size == ElementSize::bit) throw_damaged(Damage::wrong_element_size);
      elements.stride = bytes_of(size);
      elements.count = word_.count();
      elements.first = target(std::uint64_t{elements.count} * elements.stride);
      elements.pointers = size == ElementSize::pointer ? 1 : 0;
    }
    if (elements.stride == 0 && elements.count > max_empty_elements) throw_damaged(Damage::too_many_empty);
    return elements;
  }

  /// The struct it leads to: one element. The pointer must not be null.
  Elements structure() const {
    if (!word_.is_struct()) throw_damaged(Damage::not_a_struct);
    Elements element;
    element.count = 1;
    element.stride = word_.struct_words() * static_cast<std::uint32_t>(word_size);
    element.pointers = word_.pointers();
    element.first = target(element.stride);
    return element;
  }

 private:
  void expect_list(ElementSize size) const {
    if (!word_.is_list_of(size)) [[unlikely]]
      detail::throw_wrong_list(word_);
  }

  /// The pointer's target, when `bytes` from there on are inside the segment.
  const std::byte* target(std::uint64_t bytes) const {
    // Modulo 2^64: what lies before the segment becomes a position far behind its end.
    const auto size = static_cast<std::uint64_t>(segment_.end - segment_.begin);
    const std::uint64_t position = static_cast<std::uint64_t>(at_ - segment_.begin) + word_size +
                                   static_cast<std::uint64_t>(word_.offset()) * word_size;
    if (position > size || bytes > size - position) [[unlikely]]
      throw_damaged(Damage::outside);
    return segment_.begin + position;
  }

  const std::byte* at_ = nullptr;
  Word word_{};
  Segment segment_{};
  std::uint16_t depth_ = 0;
  [[no_unique_address]] Lifetime lifetime_{};
};

}  // namespace netabase::wire
