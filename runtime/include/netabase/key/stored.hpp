#pragma once

/// \file
/// Keys as they lie in the file. An engine's keys end at 511 bytes, ours do not: a longer one keeps its beginning and
/// ends in a hash of all of it, 16 bytes: XXH3-128 of the encoded key, big-endian.
///
///     records          K, then zero bytes to a multiple of 8        |K| <= 496          8 to 496 bytes
///                      K[0, 488) | hash of K                        else                     504 bytes
///     unique index     I                                            |I| <= 495          1 to 495 bytes
///                      I[0, 495) | hash of I                        else                     511 bytes
///     other indexes    I* | P*
///                I* =  I                                            |I| <= 224
///                      I[0, 224) | hash of I                        else                     240 bytes
///                P* =  P                                            |P| <= 271
///                      P[0, 248) | hash of P                        else                     264 bytes
///
/// K and I are encoded keys (parts.hpp), P is a record key as stored. Values: a record; P; nothing, or P when either
/// half was hashed. So which keys were hashed can be told from the entry alone: by the length, or by the value.
///
/// Padding is safe because K is prefix-free: two different keys differ before either ends. It makes every length in a
/// table of records a multiple of 8, which is what keeps records aligned in the map without padding of their own.
/// Keys that were not hashed keep their order; hashed ones are ordered by their kept beginning, and among equal
/// beginnings by the hash, that is in no order that means anything. Whoever looks up a hashed key compares the full key
/// with the one in the record.
///
/// Rejected: refusing long keys (data would be refused for its length); hashing every key (loses ranges); a 64-bit hash
/// (at a billion keys with one beginning, a collision is a matter of a few percent; with 128 bits it is not).

#include <cstddef>

#include "netabase/bytes.hpp"
#include "netabase/key/buffer.hpp"

namespace netabase::key {

inline constexpr std::size_t hash_size = 16;

inline constexpr std::size_t record_key_limit = 496;  ///< the longest encoded key stored as it is
inline constexpr std::size_t hashed_record_key_prefix = 488;
inline constexpr std::size_t hashed_record_key_size = hashed_record_key_prefix + hash_size;

inline constexpr std::size_t unique_key_limit = 495;
inline constexpr std::size_t hashed_unique_key_size = unique_key_limit + hash_size;

inline constexpr std::size_t index_part_limit = 224;
inline constexpr std::size_t hashed_index_part_size = index_part_limit + hash_size;
inline constexpr std::size_t record_key_part_limit = 271;
inline constexpr std::size_t hashed_record_key_part_prefix = 248;
inline constexpr std::size_t hashed_record_key_part_size = hashed_record_key_part_prefix + hash_size;

namespace detail {
/// Replaces what lies behind the first `kept` bytes with the hash of all of them.
void replace_tail_by_hash(Buffer& key, std::size_t kept);
/// Adds the first `kept` bytes of `key` and the hash of all of it.
void append_hashed(Buffer& out, Bytes key, std::size_t kept);
/// Adds zero bytes up to a multiple of 8.
inline void pad(Buffer& key) {
  const std::size_t missing = (8 - key.size() % 8) % 8;
  if (missing == 0) return;
  std::byte* const at = key.extend(missing);
  for (std::size_t i = 0; i < missing; ++i) at[i] = std::byte{0};
}
}  // namespace detail

/// Turns the encoded primary key in `key` into a record key, in place. Throws std::bad_alloc at worst.
inline void seal_record_key(Buffer& key) {
  if (key.size() <= record_key_limit) [[likely]] {
    detail::pad(key);
  } else {
    detail::replace_tail_by_hash(key, hashed_record_key_prefix);
  }
}

/// Whether a stored record key holds a hash: it cannot be decoded then; the record has the full key.
inline bool is_hashed_record_key(Bytes key) noexcept { return key.size() == hashed_record_key_size; }

/// Whether `rest`, what a record key leaves behind the decoded parts, is what seal_record_key() adds.
inline bool is_padding(Bytes rest) noexcept {
  if (rest.size() >= 8) return false;
  for (const std::byte byte : rest) {
    if (byte != std::byte{0}) return false;
  }
  return true;
}

/// Turns the encoded key in `key` into a key of a unique index, in place.
inline void seal_unique_key(Buffer& key) {
  if (key.size() > unique_key_limit) [[unlikely]]
    detail::replace_tail_by_hash(key, unique_key_limit);
}

/// Whether a unique index's stored key holds a hash.
inline bool is_hashed_unique_key(Bytes key) noexcept { return key.size() == hashed_unique_key_size; }

/// Turns the encoded key in `key` into the first half of an entry of a non-unique index, in place. Returns whether it
/// was hashed.
inline bool seal_index_part(Buffer& key) {
  if (key.size() <= index_part_limit) [[likely]]
    return false;
  detail::replace_tail_by_hash(key, index_part_limit);
  return true;
}

/// Adds the second half: `record_key` as stored, shortened when long. Returns whether it was hashed; the entry's value
/// is `record_key` in full when either half was, and empty otherwise.
inline bool append_record_key_part(Buffer& entry, Bytes record_key) {
  if (record_key.size() <= record_key_part_limit) [[likely]] {
    entry.append(record_key);
    return false;
  }
  detail::append_hashed(entry, record_key, hashed_record_key_part_prefix);
  return true;
}

}  // namespace netabase::key
