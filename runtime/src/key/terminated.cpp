#include "netabase/key/terminated.hpp"

#include "netabase/error.hpp"

namespace netabase::key::detail {

void append_escaped(Buffer& out, Bytes value, const std::byte* zero) {
  const std::byte* at = value.data();
  const std::byte* const end = at + value.size();
  while (zero != nullptr) {
    const auto run = static_cast<std::size_t>(zero - at) + 1;  // with the zero
    out.append(at, run);
    out.push(escaped_zero);
    at = zero + 1;
    zero = at == end ? nullptr : static_cast<const std::byte*>(std::memchr(at, 0, static_cast<std::size_t>(end - at)));
  }
  out.append(at, static_cast<std::size_t>(end - at));
  out.push(std::byte{0});
  out.push(end_of_value);
}

void invert(std::byte* first, std::size_t count) noexcept {
  for (std::size_t i = 0; i < count; ++i) first[i] = ~first[i];
}

std::size_t unescape(Bytes encoded, std::byte mask, std::byte* out) noexcept {
  const std::byte* at = encoded.data();
  const std::byte* const end = at + encoded.size();
  std::byte* to = out;
  while (at != end) {
    const void* const zero = std::memchr(at, std::to_integer<int>(mask), static_cast<std::size_t>(end - at));
    const std::byte* const stop = zero == nullptr ? end : static_cast<const std::byte*>(zero) + 1;
    for (; at != stop; ++at) *to++ = *at ^ mask;
    if (zero != nullptr) ++at;  // the mark that tells the zero from the end
  }
  return static_cast<std::size_t>(to - out);
}

void throw_no_such_key() {
  throw Corrupt(
      "a key in the store is damaged: its bytes are not the encoding of any value of the key's type; run "
      "Store::check() to see what else is");
}

}  // namespace netabase::key::detail
