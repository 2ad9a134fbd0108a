#include "evolution/tree.hpp"

#include <algorithm>
#include <cstring>

#include "netabase/codec/damage.hpp"
#include "netabase/lifetime.hpp"

namespace netabase::evolution {

using wire::Elements;
using wire::ElementSize;
using wire::PointerView;
using wire::Segment;
using wire::Word;
using wire::word_size;

namespace {

Object read_pointer(const std::byte* at, const Segment& segment, std::uint16_t depth);

std::vector<std::uint64_t> copy_words(const std::byte* first, std::size_t bytes) {
  std::vector<std::uint64_t> words((bytes + word_size - 1) / word_size);
  if (bytes != 0) std::memcpy(words.data(), first, bytes);
  return words;
}

Object read_struct(const std::byte* first, std::uint32_t bytes, std::uint16_t pointers, const Segment& segment,
                   std::uint16_t depth) {
  Object object;
  object.kind = Object::Kind::structure;
  const std::size_t data_bytes = bytes - pointers * word_size;
  object.data = copy_words(first, data_bytes);
  object.pointers.reserve(pointers);
  for (std::uint16_t i = 0; i < pointers; ++i) {
    object.pointers.push_back(read_pointer(first + data_bytes + i * word_size, segment, depth));
  }
  trim(object, false);
  return object;
}

Object read_list(const PointerView& pointer, Word word, const Segment& segment) {
  Object object;
  object.kind = Object::Kind::list;
  object.size = word.element_size();
  object.count = word.count();
  if (object.size == ElementSize::bit) {
    object.data = copy_words(pointer.bit_list().first, (std::size_t{object.count} + 7) / 8);
  } else if (object.size == ElementSize::structs || object.size == ElementSize::pointer ||
             object.size == ElementSize::none) {
    const Elements elements = pointer.struct_list();
    const std::uint16_t depth = pointer.next_depth();
    object.count = elements.count;
    object.pointers.reserve(elements.count);
    const std::byte* at = elements.first;
    for (std::uint32_t i = 0; i < elements.count; ++i, at += elements.stride) {
      object.pointers.push_back(object.size == ElementSize::pointer
                                    ? read_pointer(at, segment, depth)
                                    : read_struct(at, elements.stride, elements.pointers, segment, depth));
    }
  } else {
    const std::byte* const first = pointer.list(object.size, object.count);
    object.data = copy_words(first, std::size_t{object.count} * bytes_of(object.size));
  }
  return object;
}

Object read_pointer(const std::byte* at, const Segment& segment, std::uint16_t depth) {
  const PointerView pointer(at, segment, depth, Lifetime());
  if (pointer.is_null()) return {};
  const Word word(wire::detail::load<std::uint64_t>(at));
  if (word.is_list()) return read_list(pointer, word, segment);
  const Elements element = pointer.structure();
  return read_struct(element.first, element.stride, element.pointers, segment, pointer.next_depth());
}

/// Writes in preorder: each object behind everything before it.
class Writer {
 public:
  std::vector<std::uint64_t> write(const Object& root) {
    words_.push_back(0);
    write_pointer(root, 0);
    if (words_.size() > wire::max_words) {
      wire::throw_too_large(words_.size() * word_size, wire::max_words * word_size);
    }
    return std::move(words_);
  }

 private:
  void write_pointer(const Object& object, std::size_t at) {
    const auto offset = static_cast<std::int64_t>(words_.size() - at) - 1;
    if (object.kind == Object::Kind::structure) {
      const bool empty = object.data.empty() && object.pointers.empty();
      words_[at] = Word::to_struct(empty ? -1 : offset, static_cast<std::uint16_t>(object.data.size()),
                                   static_cast<std::uint16_t>(object.pointers.size()))
                       .bits();
      const std::size_t first = words_.size();
      words_.insert(words_.end(), object.data.begin(), object.data.end());
      words_.resize(words_.size() + object.pointers.size());
      for (std::size_t i = 0; i < object.pointers.size(); ++i) {
        write_pointer(object.pointers[i], first + object.data.size() + i);
      }
    } else if (object.kind == Object::Kind::list) {
      write_list(object, at, offset);
    }
  }

  void write_list(const Object& list, std::size_t at, std::int64_t offset) {
    if (list.size == ElementSize::structs) {
      std::size_t data = 0;
      std::size_t pointers = 0;
      for (const Object& element : list.pointers) {
        data = std::max(data, element.data.size());
        pointers = std::max(pointers, element.pointers.size());
      }
      if (data + pointers == 0 && list.count > wire::max_empty_elements) data = 1;
      const std::size_t stride = data + pointers;
      words_[at] = Word::to_list(offset, ElementSize::structs, list.count * stride).bits();
      words_.push_back(
          Word::tag(list.count, static_cast<std::uint16_t>(data), static_cast<std::uint16_t>(pointers)).bits());
      const std::size_t first = words_.size();
      words_.resize(first + list.count * stride);
      for (std::size_t i = 0; i < list.count; ++i) {
        const Object& element = list.pointers[i];
        std::copy(element.data.begin(), element.data.end(),
                  words_.begin() + static_cast<std::ptrdiff_t>(first + i * stride));
        for (std::size_t j = 0; j < element.pointers.size(); ++j) {
          write_pointer(element.pointers[j], first + i * stride + data + j);
        }
      }
      return;
    }
    words_[at] = Word::to_list(offset, list.size, list.count).bits();
    if (list.size == ElementSize::pointer) {
      const std::size_t first = words_.size();
      words_.resize(first + list.count);
      for (std::size_t i = 0; i < list.count; ++i) write_pointer(list.pointers[i], first + i);
    } else {
      words_.insert(words_.end(), list.data.begin(), list.data.end());
    }
  }

  std::vector<std::uint64_t> words_;
};

}  // namespace

Object read_body(Bytes body) {
  if (reinterpret_cast<std::uintptr_t>(body.data()) % word_size != 0) wire::throw_damaged(wire::Damage::misaligned);
  if (body.size() < word_size || body.size() % word_size != 0) wire::throw_damaged(wire::Damage::truncated);
  const Segment segment{body.data(), body.data() + body.size()};
  const Elements root{body.data(), 1, word_size, 1};
  wire::detail::check_content(segment, root, 0);
  Object object = read_pointer(body.data(), segment, 0);
  if (object.is_null()) object.kind = Object::Kind::structure;
  if (object.kind != Object::Kind::structure) wire::throw_damaged(wire::Damage::not_a_struct);
  return object;
}

Object read_element(const Elements& elements, std::size_t index, const Segment& segment) {
  const Elements one{elements.first + index * elements.stride, 1, elements.stride, elements.pointers};
  wire::detail::check_content(segment, one, 0);
  return read_struct(one.first, one.stride, one.pointers, segment, 0);
}

std::vector<std::uint64_t> write_body(const Object& root) { return Writer().write(root); }

void trim(Object& structure, bool may_be_null) {
  while (!structure.data.empty() && structure.data.back() == 0) structure.data.pop_back();
  while (!structure.pointers.empty() && structure.pointers.back().is_null()) structure.pointers.pop_back();
  if (may_be_null && structure.data.empty() && structure.pointers.empty()) structure.kind = Object::Kind::null;
}

}  // namespace netabase::evolution
