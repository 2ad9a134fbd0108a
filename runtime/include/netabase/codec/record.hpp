#pragma once

/// \file
/// A record's value in the store: a head and a Cap'n Proto message.
///
///      0       4       6       8                16
///     | check | schema| flags | root pointer    | root struct, and all that it points to ... |
///     |  u32  |  u16  |  u16  |<------------------------- body ---------------------------->|
///
///     check    low 32 bits of XXH3-64 of the body
///     schema   the version of the definition's schema that wrote the record
///     flags    0
///
/// All little-endian. The body is one segment in canonical form, without a segment table, of whole words; any Cap'n
/// Proto reader takes it as it is. Keys in a table of records have lengths that are multiples of 8 (key/stored.hpp),
/// and so has a value: every body lies 8-aligned in the map.
///
/// The checksum is compared by Store::check(), not by each read: it costs time by the byte, and a
/// read of one field should not depend on the record's size. Reads are safe without it (StructView).

#include <cstddef>
#include <cstdint>
#include <span>

#include "netabase/bytes.hpp"
#include "netabase/codec/damage.hpp"
#include "netabase/codec/struct.hpp"
#include "netabase/codec/struct_view.hpp"
#include "netabase/codec/struct_writer.hpp"
#include "netabase/codec/word.hpp"
#include "netabase/lifetime.hpp"

namespace netabase::record {

inline constexpr std::size_t header_size = 8;

namespace detail {
std::uint32_t checksum(Bytes body) noexcept;
}  // namespace detail

/// What a value takes as a record.
struct Extent {
  wire::StructSize sections;  ///< of its root struct
  std::size_t bytes = 0;      ///< head included; a multiple of 8
};

/// The extent of `value`. Throws Error(invalid_argument) when its bytes are more than wire::max_words and the head, and
/// for whatever else the format cannot hold.
template <class Codec>
Extent measure(const typename Codec::Owned& value) {
  const wire::StructSize sections = Codec::size(value);
  const std::size_t words = 1 + sections.words() + Codec::content_words(value, 1);
  if (words > wire::max_words) [[unlikely]] {
    wire::throw_too_large(words * wire::word_size, wire::max_words * wire::word_size);
  }
  return {sections, header_size + words * wire::word_size};
}

/// The bytes of measure().
template <class Codec>
std::size_t size(const typename Codec::Owned& value) {
  return measure<Codec>(value).bytes;
}

/// Writes the head of the record in `space`, whose body is complete.
inline void seal(std::span<std::byte> space, std::uint16_t schema_version) noexcept {
  const std::uint64_t checksum = detail::checksum(space.subspan(header_size));
  wire::detail::store(space.data(), checksum | std::uint64_t{schema_version} << 32);
}

/// Writes `value` to `space`, which has `extent.bytes` bytes, the result of measure() for the same value. Fills every
/// byte.
template <class Codec>
void write(std::byte* space, const Extent& extent, const typename Codec::Owned& value, std::uint16_t schema_version) {
  const wire::StructSize& sections = extent.sections;
  wire::Space rest(space + header_size + wire::word_size);
  std::byte* const root = rest.take_zeros(sections.words());
  // A root without sections is not null: offset -1 is how the format says "an empty struct".
  const std::int64_t offset = sections.words() == 0 ? -1 : 0;
  wire::detail::store(space + header_size,
                      wire::Word::to_struct(offset, sections.data_words, sections.pointers).bits());
  wire::StructWriter writer(root, sections, rest);
  Codec::write(value, writer);
  seal({space, extent.bytes}, schema_version);
}

/// The same with the result of size().
template <class Codec>
void write(std::byte* space, std::size_t size, const typename Codec::Owned& value, std::uint16_t schema_version) {
  write<Codec>(space, Extent{Codec::size(value), size}, value, schema_version);
}

namespace detail {
/// root() for everything but the form that write() gives a record.
wire::StructView find_root(Bytes value, Lifetime lifetime);
}  // namespace detail

/// The root struct of a stored record, borrowed from `value`, which is 8-aligned as the engine gave it. Throws Corrupt.
/// Costs a few nanoseconds for any size.
[[gnu::always_inline]] inline wire::StructView root(Bytes value, Lifetime lifetime) {
  using wire::detail::load;
  const std::byte* const begin = value.data();
  const std::size_t size = value.size();
  constexpr std::size_t head = header_size + wire::word_size;
  if (((reinterpret_cast<std::uintptr_t>(begin) | size) % wire::word_size) == 0 && size > head) [[likely]] {
    const std::uint64_t pointer = load<std::uint64_t>(begin + header_size);
    const wire::Word word(pointer);
    const std::uint32_t bytes = word.struct_words() * static_cast<std::uint32_t>(wire::word_size);
    // A struct right behind its pointer, and no flags.
    if (static_cast<std::uint32_t>(pointer) == 0 && load<std::uint16_t>(begin + 6) == 0 && bytes <= size - head)
        [[likely]] {
      return wire::StructView(begin + head, bytes, word.pointers(), {begin + header_size, begin + size}, 1, lifetime);
    }
  }
  return detail::find_root(value, lifetime);
}

/// The same as the record's generated view.
template <class Codec>
[[gnu::always_inline]] inline typename Codec::View read(Bytes value, Lifetime lifetime) {
  return Codec::read(root(value, lifetime));
}

/// Whether the body is the one that was written; false for values too short to be records. O(size).
bool checksum_matches(Bytes value) noexcept;

/// The version of the schema that wrote the record. Throws Corrupt when `value` is too short to have one.
inline std::uint16_t schema_version(Bytes value) {
  if (value.size() < header_size) wire::throw_damaged(wire::Damage::truncated);
  return wire::detail::load<std::uint16_t>(value.data() + 4);
}

}  // namespace netabase::record
