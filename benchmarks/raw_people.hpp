#pragma once

/// \file
/// People as one stores them by hand: a packed record, and index entries of a number and the id.

#include <cstdint>
#include <cstring>

#include "people.netabase.hpp"
#include "raw_store.hpp"

namespace bench {

/// The fixed head of a packed record; the two texts follow.
struct PackedPerson {
  std::uint64_t id;
  std::uint32_t household;
  std::uint32_t country;
  std::uint32_t age;
  std::uint16_t name;
  std::uint16_t street;
};

/// Bytes of a record, packed, and the packing itself, into LMDB's own page.
inline std::size_t packed_size(const people::Person& person) {
  return sizeof(PackedPerson) + person.name.size() + person.street.size();
}
inline void pack(const people::Person& person, void* space) {
  const PackedPerson head{person.id,
                          person.household,
                          person.country,
                          person.age,
                          static_cast<std::uint16_t>(person.name.size()),
                          static_cast<std::uint16_t>(person.street.size())};
  char* at = static_cast<char*>(space);
  std::memcpy(at, &head, sizeof(head));
  at += sizeof(head);
  std::memcpy(at, person.name.data(), person.name.size());
  std::memcpy(at + person.name.size(), person.street.data(), person.street.size());
}

/// A key of an index: the number and the id, big-endian.
struct RawEntry {
  RawEntry(std::uint32_t number, std::uint64_t id) {
    const std::uint32_t number_bytes = __builtin_bswap32(number);
    const std::uint64_t id_bytes = __builtin_bswap64(id);
    std::memcpy(bytes, &number_bytes, sizeof(number_bytes));
    std::memcpy(bytes + sizeof(number_bytes), &id_bytes, sizeof(id_bytes));
  }
  MDB_val value() { return {sizeof(bytes), bytes}; }
  char bytes[12];
};

}  // namespace bench
