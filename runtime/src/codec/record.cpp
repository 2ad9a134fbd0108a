#include "netabase/codec/record.hpp"

// Compiled in: a call through the shared library costs as much as hashing a small record.
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace netabase::record {

namespace detail {

std::uint32_t checksum(Bytes body) noexcept {
  return static_cast<std::uint32_t>(XXH3_64bits(body.data(), body.size()));
}

wire::StructView find_root(Bytes value, Lifetime lifetime) {
  using wire::Damage;
  if (reinterpret_cast<std::uintptr_t>(value.data()) % wire::word_size != 0) wire::throw_damaged(Damage::misaligned);
  if (value.size() < header_size + wire::word_size || value.size() % wire::word_size != 0) {
    wire::throw_damaged(Damage::truncated);
  }
  if (wire::detail::load<std::uint16_t>(value.data() + 6) != 0) wire::throw_damaged(Damage::unknown_flags);
  const wire::Segment body{value.data() + header_size, value.data() + value.size()};
  const wire::PointerView pointer(body.begin, body, 0, lifetime);
  if (pointer.is_null()) return {};
  const wire::Elements root = pointer.structure();
  return wire::StructView(root.first, root.stride, root.pointers, body, 1, lifetime);
}

}  // namespace detail

bool checksum_matches(Bytes value) noexcept {
  if (value.size() < header_size) return false;
  return wire::detail::load<std::uint32_t>(value.data()) == detail::checksum(value.subspan(header_size));
}

}  // namespace netabase::record
