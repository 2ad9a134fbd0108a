#include "netabase/codec/pointer_view.hpp"

#include "netabase/codec/damage.hpp"
#include "netabase/codec/word.hpp"

namespace netabase::wire::detail {

namespace {

/// Adds up the words that pointers lead to, and stops when they are more than the segment has.
class ContentCheck {
 public:
  explicit ContentCheck(const Segment& segment)
      : segment_(segment), words_left_(static_cast<std::uint64_t>(segment.end - segment.begin) / word_size) {}

  /// Follows the pointers of all `elements`, which are `depth` deep.
  void follow(const Elements& elements, std::uint16_t depth) {
    if (elements.pointers == 0) return;
    const std::byte* element = elements.first;
    for (std::uint32_t i = 0; i < elements.count; ++i, element += elements.stride) {
      const std::byte* const end = element + elements.stride;
      for (const std::byte* at = end - elements.pointers * word_size; at != end; at += word_size) {
        const PointerView pointer(at, segment_, depth, Lifetime());
        if (!pointer.is_null()) follow(pointer, Word(load<std::uint64_t>(at)));
      }
    }
  }

 private:
  void follow(const PointerView& pointer, Word word) {
    if (word.is_struct()) {
      const Elements element = pointer.structure();
      spend(word.struct_words());
      follow(element, pointer.next_depth());
      return;
    }
    switch (word.element_size()) {
      case ElementSize::bit:
        pointer.bit_list();
        spend((std::uint64_t{word.count()} + 63) / 64);
        return;
      case ElementSize::pointer:
      case ElementSize::structs:
      case ElementSize::none: {
        const Elements elements = pointer.struct_list();
        spend(word.count() + std::uint64_t{word.element_size() == ElementSize::structs});
        follow(elements, pointer.next_depth());
        return;
      }
      default: {
        std::uint32_t count = 0;
        pointer.list(word.element_size(), count);
        spend(words_for(std::size_t{count} * bytes_of(word.element_size())));
      }
    }
  }

  void spend(std::uint64_t words) {
    if (words > words_left_) throw_damaged(Damage::overlap);
    words_left_ -= words;
  }

  Segment segment_;
  std::uint64_t words_left_;
};

}  // namespace

void throw_wrong_list(Word pointer) {
  throw_damaged(pointer.is_list() ? Damage::wrong_element_size : Damage::not_a_list);
}

void check_content(const Segment& segment, const Elements& elements, std::uint16_t depth) {
  ContentCheck(segment).follow(elements, depth);
}

}  // namespace netabase::wire::detail
