#include "netabase/key/stored.hpp"

#include <array>

// Compiled in: a call through the shared library costs as much as hashing a short key.
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace netabase::key::detail {

namespace {

void write_hash(Bytes key, std::byte* out) {
  XXH128_canonical_t canonical;  // high half first, both big-endian
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(key.data(), key.size()));
  static_assert(sizeof(canonical.digest) == hash_size);
  std::memcpy(out, canonical.digest, hash_size);
}

}  // namespace

void replace_tail_by_hash(Buffer& key, std::size_t kept) {
  std::array<std::byte, hash_size> hash;
  write_hash(key.bytes(), hash.data());
  key.truncate(kept);
  key.append(hash.data(), hash.size());
}

void append_hashed(Buffer& out, Bytes key, std::size_t kept) {
  out.append(key.data(), kept);
  write_hash(key, out.extend(hash_size));
}

}  // namespace netabase::key::detail
