#pragma once

/// \file
/// The other side: LMDB called by hand. Not the benchmarks' raw_store.hpp, which may learn new tricks: the committed
/// ratios hold against this code as it stands.

#include <lmdb.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace hot {

/// Ends the program when LMDB reports a failure: the figures would mean nothing.
void require(int code);

/// Big-endian, so that memcmp order is numeric order.
struct RawKey {
  explicit RawKey(std::uint64_t id) : bytes(__builtin_bswap64(id)) {}
  MDB_val value() { return {sizeof(bytes), &bytes}; }
  std::uint64_t bytes;
};

/// A number, then an id: the key of an index that is not unique.
struct RawEntry {
  explicit RawEntry(std::uint32_t number, std::uint64_t id = 0) {
    const std::uint32_t number_bytes = __builtin_bswap32(number);
    const std::uint64_t id_bytes = __builtin_bswap64(id);
    std::memcpy(bytes, &number_bytes, sizeof(number_bytes));
    std::memcpy(bytes + sizeof(number_bytes), &id_bytes, sizeof(id_bytes));
  }
  MDB_val value() { return {sizeof(bytes), bytes}; }
  char bytes[12];
};

/// What both models come to, packed: three numbers and three texts.
struct Packed {
  struct Head {
    std::uint64_t id;
    std::uint32_t first;
    std::uint32_t second;
    std::uint16_t sizes[3];
    std::uint16_t reserved;
  };

  Packed() = default;
  explicit Packed(const MDB_val& value) {
    Head head;
    std::memcpy(&head, value.mv_data, sizeof(head));
    id = head.id;
    first = head.first;
    second = head.second;
    const char* at = static_cast<const char*>(value.mv_data) + sizeof(head);
    for (int i = 0; i < 3; ++i) {
      texts[i] = {at, head.sizes[i]};
      at += head.sizes[i];
    }
  }
  std::size_t size() const { return sizeof(Head) + texts[0].size() + texts[1].size() + texts[2].size(); }
  void write(void* space) const {
    Head head{id, first, second, {}, 0};
    for (int i = 0; i < 3; ++i) head.sizes[i] = static_cast<std::uint16_t>(texts[i].size());
    std::memcpy(space, &head, sizeof(head));
    char* at = static_cast<char*>(space) + sizeof(head);
    for (const std::string_view text : texts) {
      std::memcpy(at, text.data(), text.size());
      at += text.size();
    }
  }

  std::uint64_t id = 0;
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  std::string_view texts[3];
};

inline MDB_val to_value(std::string_view text) { return {text.size(), const_cast<char*>(text.data())}; }

/// An environment with two tables, records and one index. Nothing is synced.
class RawStore {
 public:
  explicit RawStore(const std::string& path);
  ~RawStore();
  RawStore(const RawStore&) = delete;
  RawStore& operator=(const RawStore&) = delete;

  MDB_txn* begin(unsigned flags);
  MDB_cursor* cursor(MDB_txn* txn, MDB_dbi table);
  void clear();

  MDB_env* env = nullptr;
  MDB_dbi records = 0;
  MDB_dbi index = 0;
};

}  // namespace hot
