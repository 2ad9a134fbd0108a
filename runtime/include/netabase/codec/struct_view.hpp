#pragma once

/// \file
/// A stored struct, read in place: what every generated Ref class holds.
///
///     | data section: scalars at fixed byte offsets | pointer section: one word for each text, list and struct |
///       ^ data_                                       ^ data_ + data_bytes_
///
/// Either section may be shorter than the schema says (an older schema wrote it, or all that would follow is zero) or
/// longer (a newer one did): what is missing reads as its default, what is more is not looked at. That is why scalars
/// are stored XOR their default: a missing one and a default one are both zero.

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "netabase/codec/pointer_view.hpp"
#include "netabase/codec/word.hpp"
#include "netabase/lifetime.hpp"

namespace netabase::wire {

/// Borrows a struct's bytes from the store's map.
///
/// Valid until its transaction ends or, when it was taken in a write transaction, until the next write there; the same
/// holds for every string_view, span, list and struct taken from it. In checked builds a later use throws
/// TransactionEnded; otherwise it is undefined. Trivially copyable, 32 bytes (48 in checked builds). May be read and
/// copied by any thread. Reads allocate nothing.
///
/// Whatever the bytes are, a read gives a value or throws Corrupt: sections and pointers are checked when they are
/// used, against the record's own length.
class StructView {
 public:
  /// A struct of which every field has its default.
  StructView() = default;
  /// The struct at `first` of `bytes` bytes, the last of which are `pointers` pointers; inside `segment`.
  StructView(const std::byte* first, std::uint32_t bytes, std::uint16_t pointers, const Segment& segment,
             std::uint16_t depth, Lifetime lifetime) noexcept
      : data_(first),
        segment_(segment),
        data_bytes_(bytes - std::uint32_t{pointers} * static_cast<std::uint32_t>(word_size)),
        pointers_(pointers),
        depth_(depth),
        lifetime_(lifetime) {}

  /// The scalar at `byte_offset` of the data section. Costs a compare and a load.
  template <detail::Scalar T>
  T scalar(std::uint32_t byte_offset, std::type_identity_t<T> default_value = {}) const {
    using Bits = detail::BitsOf<T>;
    lifetime_.check();
    if (byte_offset + sizeof(Bits) > data_bytes_) return default_value;
    const Bits bits = detail::load<Bits>(data_ + byte_offset);
    return detail::from_bits<T>(static_cast<Bits>(bits ^ detail::to_bits<T>(default_value)));
  }

  /// The bool at bit `bit_offset` of the data section.
  bool boolean(std::uint32_t bit_offset, bool default_value = false) const {
    lifetime_.check();
    if (bit_offset / 8 >= data_bytes_) return default_value;
    const bool bit = (std::to_integer<unsigned>(data_[bit_offset / 8]) >> (bit_offset % 8) & 1) != 0;
    return bit != default_value;
  }

  /// What pointer `index` leads to, read as wire type W; the empty value when it is null or missing. Costs a few
  /// compares and two or three loads, whatever the size of what it leads to. Throws Corrupt.
  template <class W>
  [[gnu::always_inline]] typename W::View pointer(std::uint16_t index) const {
    return W::read(pointer_at(index));
  }

  /// The same with a default for a pointer that is null or missing.
  template <class W>
  typename W::View pointer(std::uint16_t index, typename W::View default_value) const {
    const PointerView view = pointer_at(index);
    return view.is_null() ? default_value : W::read(view);
  }

  /// Whether pointer `index` leads anywhere.
  bool has(std::uint16_t index) const { return !pointer_at(index).is_null(); }

 private:
  PointerView pointer_at(std::uint16_t index) const {
    lifetime_.check();
    if (index >= pointers_) return {};
    return PointerView(data_ + data_bytes_ + std::size_t{index} * word_size, segment_, depth_, lifetime_);
  }

  const std::byte* data_ = nullptr;
  Segment segment_{};
  std::uint32_t data_bytes_ = 0;
  std::uint16_t pointers_ = 0;
  std::uint16_t depth_ = 0;
  [[no_unique_address]] Lifetime lifetime_{};
};

static_assert(std::is_trivially_copyable_v<StructView>);
static_assert(NETABASE_CHECKED || sizeof(StructView) == 32);

}  // namespace netabase::wire
