#pragma once

/// \file
/// The one hash the compiler uses: ids of types and fingerprints of stored schemas.
///
/// FNV-1a, 64 bits: a few lines, no dependency, the same on every machine. It guards against mistakes, not against an
/// adversary; two types of one file with the same id are told apart by whoever gives ids.

#include <cstdint>
#include <string>
#include <string_view>

namespace netabase::compiler::layout {

/// FNV-1a of the bytes, 64 bits.
constexpr std::uint64_t fingerprint(std::string_view bytes) noexcept {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char byte : bytes) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 0x100000001b3ULL;
  }
  return hash;
}

/// A Cap'n Proto id for what `name` names. Cap'n Proto wants the highest bit set.
constexpr std::uint64_t type_id(std::string_view name) noexcept { return fingerprint(name) | (1ULL << 63U); }

/// Sixteen digits, the way both are written.
inline std::string hex(std::uint64_t number) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (unsigned shift = 64; shift != 0; shift -= 4) out += digits[(number >> (shift - 4)) & 15U];
  return out;
}

}  // namespace netabase::compiler::layout
